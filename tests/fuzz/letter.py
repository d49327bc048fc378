"""One request as it is put together, taken apart again and sent as bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from tests.fuzz.chance import Chance
from tests.fuzz.languages import broken_query
from tests.fuzz.words import HEADERS, WORDS

VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW", "get"]
SPOILS = ["header", "header", "header", "twice", "value", "value", "missing", "more", "escape", "verb", "path"]
GENERAL = ["fields", "key", "callback", "$.xgafv", "prettyPrint", "access_token"]
ALT = ["json", "media", "proto", "JSON", ""]


@dataclass
class Letter:
    """A request; `raw` is sent instead of everything else where it is given."""

    route: str
    http: str = "GET"
    path: str = "/"
    query: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""
    broken: str = ""  # what stands behind the query, not encoded
    raw: bytes = b""

    def say(self, body: Any) -> None:
        """Let JSON be its content."""
        self.content = json.dumps(body).encode()

    def encode(self) -> bytes:
        """The bytes on the wire."""
        if self.raw:
            return self.raw
        pairs = "&".join(f"{encode(name)}={encode(value)}" for name, value in self.query)
        address = self.path + ("?" if pairs or self.broken else "") + pairs + self.broken
        headers = {"host": "127.0.0.1", "content-length": str(len(self.content))} | self.headers
        lines = [f"{self.http} {address} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + self.content


def encode(text: str) -> str:
    """A text inside an address."""
    return quote(text, safe="", errors="replace")


def spoil_letter(letter: Letter, chance: Chance) -> None:
    """One thing about the address or the headers that nobody wants."""
    kind = chance.one(SPOILS)
    if kind == "header":
        name = chance.one(list(HEADERS))
        letter.headers[name] = chance.one(HEADERS[name])
    elif kind == "twice" and letter.query:
        letter.query.append(chance.one(letter.query))
    elif kind == "value" and letter.query:
        at = chance.up_to(len(letter.query) - 1)
        letter.query[at] = (letter.query[at][0], chance.one(WORDS))
    elif kind == "missing" and letter.query:
        del letter.query[chance.up_to(len(letter.query) - 1)]
    elif kind == "more":
        letter.query.append(
            (chance.one(["nobodyKnows", "alt", "alt", *GENERAL, *WORDS[:6]]), chance.one([*ALT, *WORDS]))
        )
    elif kind == "escape":
        letter.broken = ("&" if letter.query else "") + broken_query(chance).replace(" ", "").replace("#", "%23")
    elif kind == "verb":
        letter.http = chance.one(VERBS)
    elif kind == "path":
        parts = letter.path.split("/")
        parts[chance.up_to(len(parts) - 2) + 1] = encode(chance.one(WORDS))
        letter.path = "/".join(parts)
