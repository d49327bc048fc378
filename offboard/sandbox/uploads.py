"""Uploads as Google takes them: simple, multipart/related, and resumable in chunks."""

from __future__ import annotations

import json
import re
from email import policy
from email.parser import BytesParser
from typing import Any

from offboard.sandbox.call import Media
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS uploads (
        id TEXT PRIMARY KEY, address TEXT NOT NULL, body TEXT NOT NULL, mime TEXT NOT NULL,
        total INTEGER, received BLOB NOT NULL) WITHOUT ROWID;""",
    contents=("uploads",),
)

CHUNK = 256 * 1024  # every chunk but the last is a multiple of this
RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")


def read_json(content: bytes) -> dict[str, Any]:
    """A JSON object; nothing is an empty one; anything else is refused."""
    if not content.strip():
        return {}
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        raise Refusal(400, "Parse Error", reason="parseError") from None
    if not isinstance(read, dict):
        raise Refusal(400, "Invalid JSON payload received. Root element must be a message.", reason="parseError")
    return read


def read_multipart(content: bytes, content_type: str) -> tuple[dict[str, Any], Media]:
    """The metadata and the media of a multipart/related body: JSON first, bytes second."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=policy.HTTP).parsebytes(head + content)
    parts = list(message.iter_parts()) if message.is_multipart() else []
    if len(parts) != 2:
        raise Refusal(400, "Malformed multipart body.", reason="badContent")
    metadata, media = (part.get_payload(decode=True) for part in parts)
    if not isinstance(metadata, bytes) or not isinstance(media, bytes):
        raise Refusal(400, "Malformed multipart body.", reason="badContent")
    return read_json(metadata), Media(_exact_media(content, content_type, media, parts[1]), parts[1].get_content_type())


def _exact_media(content: bytes, content_type: str, parsed: bytes, part: Any) -> bytes:
    """The second part's bytes as sent: the e-mail parser would normalise line ends of binary content."""
    if part.get("Content-Transfer-Encoding", "binary").strip().lower() == "base64":
        return parsed
    boundary = re.search(r'boundary="?([^";]+)"?', content_type)
    if boundary is None:
        return parsed
    mark = b"--" + boundary[1].strip().encode("latin-1", "replace")
    pieces = content.split(mark)
    body = re.split(rb"\r?\n\r?\n", pieces[2], maxsplit=1)
    return re.sub(rb"\r?\n\Z", b"", body[1]) if len(body) == 2 else parsed


def begin_upload(state: State, address: str, body: dict[str, Any], headers: dict[str, str]) -> str:
    """Open a resumable session and answer its id; what is uploaded waits here until it is whole."""
    total = headers.get("x-upload-content-length", "")
    if total and not total.isdigit():
        raise Refusal(400, "Invalid value for X-Upload-Content-Length.", reason="badRequest")
    upload = state.new_id(60, "A")
    mime = headers.get("x-upload-content-type", "application/octet-stream")
    row = (upload, address, json.dumps(body), mime, int(total) if total else None, b"")
    state.db.execute("INSERT INTO uploads VALUES (?, ?, ?, ?, ?, ?)", row)
    return upload


def continue_upload(
    state: State, upload: str, address: str, content: bytes, headers: dict[str, str]
) -> tuple[dict[str, Any], Media] | int:
    """Take a chunk: metadata and media once all is there, else the number of bytes received so far."""
    row = state.db.execute("SELECT * FROM uploads WHERE id = ?", (upload,)).fetchone()
    if row is None or row["address"] != address:
        raise Refusal(404, "Upload session not found.", reason="notFound")
    received = bytes(row["received"])
    start, total = _span(headers, len(content), row["total"])
    if start is not None:
        if start > len(received) or (total is None and len(content) % CHUNK):
            raise Refusal(400, "Invalid request. The chunk does not continue the upload.", reason="badRequest")
        received = received[:start] + content
    if total is not None and len(received) > total:
        raise Refusal(400, "Invalid request. More bytes than announced.", reason="badRequest")
    if total is None or len(received) < total:
        if start is not None and len(content) % CHUNK:
            message = "Invalid request. The number of bytes uploaded is required to be equal or greater than 262144"
            raise Refusal(400, message, reason="badRequest")
        state.db.execute("UPDATE uploads SET received = ?, total = ? WHERE id = ?", (received, total, upload))
        return len(received)
    state.db.execute("DELETE FROM uploads WHERE id = ?", (upload,))
    return json.loads(row["body"]), Media(received, row["mime"])


def _span(headers: dict[str, str], length: int, announced: int | None) -> tuple[int | None, int | None]:
    """Where this chunk starts (None: a question about the state) and how long the whole is (None: unknown)."""
    text = headers.get("content-range")
    if text is None:
        return 0, length
    matched = RANGE.fullmatch(text.strip())
    if matched is None:
        raise Refusal(400, "Failed to parse Content-Range header.", reason="badRequest")
    first, last, total = matched.groups()
    whole = int(total) if total != "*" else announced
    if first is None:
        return None, whole
    if int(last) - int(first) + 1 != length:
        raise Refusal(400, "Content-Range does not match the number of bytes sent.", reason="badRequest")
    return int(first), whole
