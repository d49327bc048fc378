"""Multipart bodies cut into their parts, byte for byte as they were sent."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

BOUNDARY = re.compile(r'boundary\s*=\s*(?:"([^"]+)"|([^\s;,"]+))', re.IGNORECASE)


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
