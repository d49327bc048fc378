"""Uploads as Google takes them: simple, multipart/related, and resumable in chunks."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from offboard.sandbox.call import Media
from offboard.sandbox.multipart import split_parts
from offboard.sandbox.refusal import LEGACY, Refusal
from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS upload_sessions (
        id TEXT PRIMARY KEY, address TEXT NOT NULL, body TEXT NOT NULL, mime TEXT NOT NULL,
        total INTEGER, received BLOB NOT NULL, answer TEXT, ends REAL NOT NULL) WITHOUT ROWID;""",
    contents=("upload_sessions",),
)

LIFETIME = 7 * 24 * 60 * 60  # seconds for which an upload can be gone on with
CHUNK = 256 * 1024  # every chunk but the last is a multiple of this
DEEPEST = 100  # messages within messages; Google's parser stops there, too
NUMBER = r"[0-9]{1,18}"
RANGE = re.compile(rf"bytes (?:({NUMBER})-({NUMBER})|\*)/({NUMBER}|\*)")
SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def read_json(content: bytes, api: str = "drive") -> dict[str, Any]:
    """A JSON object; nothing is an empty one; anything else is refused, in this API's words."""
    if not content.strip():
        return {}
    try:
        read = json.loads(content, parse_constant=_refuse, parse_float=_real, parse_int=_whole)
        if SURROGATE.search(content):
            json.dumps(read, ensure_ascii=False).encode()  # half of a pair is no character
    except (ValueError, RecursionError):
        message = "Parse Error" if api in LEGACY else "Invalid JSON payload received. Unexpected token."
        raise Refusal(400, message, reason="parseError") from None
    if not isinstance(read, dict):
        message = 'Invalid JSON payload received. Unknown name "": Root element must be a message.'
        raise Refusal(400, message, reason="parseError")
    if content.count(b"{") + content.count(b"[") > DEEPEST and _is_deep(read):
        raise Refusal(400, "Message too deep. Max recursion depth reached.", reason="parseError")
    return read


def _is_deep(read: dict[str, Any]) -> bool:
    level: list[Any] = [read]
    for _ in range(DEEPEST):
        values = (value for held in level for value in (held.values() if isinstance(held, dict) else held))
        level = [value for value in values if isinstance(value, dict | list)]
    return bool(level)


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)  # NaN and Infinity are Python's, not JSON's; and what no double can hold is no number


def _real(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


def _whole(text: str) -> int:
    return int(text) if len(text) < 300 else _refuse(text)


def read_multipart(content: bytes, content_type: str) -> tuple[dict[str, Any], Media]:
    """The metadata and the media of a multipart/related body: JSON first, bytes second."""
    parts = split_parts(content, content_type, "multipart/related")
    if len(parts) != 2:
        raise Refusal(400, "Malformed multipart body.", reason="badContent")
    metadata, media = parts
    return read_json(metadata.content), Media(media.content, media.mime)


def begin_upload(state: State, address: str, body: dict[str, Any], headers: dict[str, str], mime: str) -> str:
    """Open a resumable session and answer its id; what is uploaded waits here until it is whole."""
    total = headers.get("x-upload-content-length", "")
    if total and not re.fullmatch(NUMBER, total):
        raise Refusal(400, "Invalid value for X-Upload-Content-Length.", reason="badRequest")
    upload = state.new_id(60, "A")
    row = (upload, address, json.dumps(body), mime, int(total) if total else None, b"", None)
    ends = state.clock.timestamp() + LIFETIME
    state.db.execute("INSERT INTO upload_sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, ends))
    return upload


def continue_upload(
    state: State, upload: str, address: str, content: bytes, headers: dict[str, str]
) -> tuple[dict[str, Any], Media] | int | bytes:
    """Take a chunk: metadata and media once all is there, before that the number of bytes received, after it the
    answer that was given when it was whole."""
    row = state.db.execute("SELECT * FROM upload_sessions WHERE id = ?", (upload,)).fetchone()
    if row is None or row["address"] != address or row["ends"] <= state.clock.timestamp():
        raise Refusal(404, "Upload session not found.", reason="notFound")
    if row["answer"] is not None:
        return str(row["answer"]).encode()
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
        state.db.execute("UPDATE upload_sessions SET received = ?, total = ? WHERE id = ?", (received, total, upload))
        return len(received)
    return json.loads(row["body"]), Media(received, row["mime"])


def finish_upload(state: State, upload: str, answer: bytes) -> None:
    """Keep the answer in the place of the bytes: whoever lost it asks for the upload's state and gets it again."""
    state.db.execute("UPDATE upload_sessions SET received = x'', answer = ? WHERE id = ?", (answer.decode(), upload))


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
