"""Uploads as Google takes them: simple, multipart/related, and resumable in chunks."""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from offboard.sandbox.call import Media
from offboard.sandbox.refusal import LEGACY, Refusal
from offboard.sandbox.state import State, tables

BOUNDARY = re.compile(r'boundary\s*=\s*(?:"([^"]+)"|([^\s;,"]+))', re.IGNORECASE)
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


@dataclass(frozen=True)
class Part:
    """One part: header names in lower case, content with its transfer encoding undone."""

    headers: dict[str, str]
    content: bytes

    @property
    def mime(self) -> str:
        """The part's type without its parameters; plain text where it names none."""
        return self.headers.get("content-type", "text/plain").partition(";")[0].strip().lower()


def split_parts(content: bytes, content_type: str, kind: str) -> list[Part]:
    """The parts of a `multipart/related` or `multipart/mixed` body; none when it is of another kind or malformed."""
    boundary = BOUNDARY.search(content_type)
    if content_type.partition(";")[0].strip().lower() != kind or boundary is None:
        return []
    mark = re.escape((boundary[1] or boundary[2]).encode("latin-1", "replace"))
    pieces = re.split(rb"(?:\A|\r?\n)--" + mark + rb"(--)?[ \t]*(?=\r?\n|\Z)", content)
    # pieces: preamble, then for each delimiter its closing `--` (or None) and what follows it
    closings, bodies = pieces[1::2], pieces[2::2]
    if b"--" not in closings:
        return []
    return [_read_part(body) for body in bodies[: closings.index(b"--")]]


def read_headers(block: bytes) -> dict[str, str]:
    """Header fields by their names in lower case; a folded field is unfolded."""
    unfolded = re.sub(r"\r?\n[ \t]+", " ", block.decode("latin-1"))
    fields = (line.partition(":") for line in unfolded.splitlines())
    return {name.strip().lower(): value.strip() for name, _, value in fields}


def split_head(content: bytes) -> tuple[bytes, bytes]:
    """What stands before the first empty line, and what after it."""
    halves = re.split(rb"\r?\n\r?\n", content, maxsplit=1)
    return halves[0], halves[1] if len(halves) == 2 else b""


def _read_part(piece: bytes) -> Part:
    # the line end that closes the delimiter stands first, so that a part without headers begins with an empty line
    head, content = split_head(piece)
    headers = read_headers(head.strip())
    if headers.get("content-transfer-encoding", "").lower() == "base64":
        try:
            content = base64.b64decode(content)
        except binascii.Error:
            content = b""
    return Part(headers, content)


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
