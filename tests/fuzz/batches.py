"""Letters that hold letters: the batch addresses, well written or broken."""

from __future__ import annotations

from collections.abc import Callable

from tests.fuzz.chance import Chance
from tests.fuzz.letter import Letter, spoil_letter

INNER = [
    b"",
    b"GET",
    b"GET \r\n\r\n",
    b"GET http://[ HTTP/1.1\r\n\r\n",
    b"\xff\xfe",
    b"GET / HTTP/9\r\n: x\r\n\r\n",
    b"\r\n\r\n\r\n",
]
INNER += [
    b"POST /batch HTTP/1.1\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\nGET /\r\n--y--",
    b"BREW /drive/v3/about",
]
INNER += [
    b"GET /sandbox/reset HTTP/1.1\r\n\r\n",
    b"GET /drive/v3/about?fields=* HTTP/1.1\r\nContent-Length: 99\r\n\r\n",
    b"get /x",
]
TYPES = [
    "multipart/mixed",
    "multipart/mixed; boundary=",
    "multipart/mixed; boundary=y",
    "multipart/related; boundary=x",
    "",
    "\xff",
]
IDS = [b"", b"<a>", b"a", b"<a", b"\xff", b"<" * 300, b"a\tb"]


def batch_letter(token: str, write: Callable[[], Letter], chance: Chance) -> Letter:
    """One more batch, of letters that `write` writes."""
    there = chance.one(["/batch", "/batch/drive/v3", "/batch/gmail/v1", "/batch/calendar/v3"])
    many = chance.one([1, 2, 5, 0, 101 if chance.often(0.1) else 3])
    parts = [b"--x\r\nContent-Type: application/http\r\n" + _part(write, chance) for _ in range(many)]
    content = b"\r\n".join([*parts, b"--x--"])
    if chance.often(0.15):
        content = chance.one(
            [content[: len(content) // 2], content.replace(b"\r\n", b"\n"), b"--x", b"", b"--x--", content[:-2]]
        )
    headers = {"authorization": f"Bearer {token}", "content-type": "multipart/mixed; boundary=x"}
    if chance.often(0.1):
        headers["content-type"] = chance.one(TYPES)
    letter = Letter("batch", "POST", there, headers=headers, content=content)
    if chance.often(0.1):
        spoil_letter(letter, chance)
    return letter


def _part(write: Callable[[], Letter], chance: Chance) -> bytes:
    named = b"Content-ID: " + chance.one(IDS) + b"\r\n" if chance.often(0.5) else b""
    return named + b"\r\n" + (chance.one(INNER) if chance.often(0.2) else write().encode())
