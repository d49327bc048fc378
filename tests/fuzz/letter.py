"""One request as it is put together, taken apart again and sent as bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

from tests.fuzz.chance import Chance
from tests.fuzz.languages import broken_query
from tests.fuzz.words import HEADERS, WORDS

VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW", "get"]


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

    def encode(self) -> bytes:
        """The bytes on the wire."""
        if self.raw:
            return self.raw
        pairs = "&".join(f"{_encode(name)}={_encode(value)}" for name, value in self.query)
        address = self.path + ("?" if pairs or self.broken else "") + pairs + self.broken
        headers = {"host": "127.0.0.1", "content-length": str(len(self.content))} | self.headers
        lines = [f"{self.http} {address} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + self.content


def _encode(text: str) -> str:
    return quote(text, safe="", errors="replace")


def spoil_letter(letter: Letter, chance: Chance) -> None:
    """One thing about the address or the headers that nobody wants."""
    kind = chance.up_to(9)
    if kind <= 2:
        name = chance.one(list(HEADERS))
        letter.headers[name] = chance.one(HEADERS[name])
    elif kind == 3 and letter.query:
        letter.query.append(chance.one(letter.query))
    elif kind == 4 and letter.query:
        at = chance.up_to(len(letter.query) - 1)
        letter.query[at] = (letter.query[at][0], chance.one(WORDS))
    elif kind == 5:
        letter.query.append(
            (chance.one(["nobodyKnows", "alt", "fields", "key", "callback", "$.xgafv", *WORDS[:6]]), chance.one(WORDS))
        )
        letter.query.append(("alt", chance.one(["json", "media", "proto", "JSON", ""]))) if chance.often(0.3) else None
    elif kind == 6:
        letter.broken = chance.one(["&", ""]) + broken_query(chance).replace(" ", "").replace("#", "%23")
    elif kind == 7:
        letter.http = chance.one(VERBS)
    elif kind == 8 and letter.query:
        del letter.query[chance.up_to(len(letter.query) - 1)]
    else:
        parts = letter.path.split("/")
        parts[chance.up_to(len(parts) - 2) + 1] = _encode(chance.one(WORDS))
        letter.path = "/".join(parts)
