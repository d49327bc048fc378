"""Bytes that are hardly HTTP."""

from __future__ import annotations

from tests.fuzz.chance import Chance
from tests.fuzz.letter import Letter

LINES = [
    b"\r\n\r\nGET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /%zz/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET http://localhost/drive/v3/files HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /\xff\xfe?\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /drive/v3/about HTTP/1.1\r\n\r\n",
    b"GET /drive/v3/about HTTP/1.0\r\n\r\n",
    b"GET /drive/v3/about\r\n\r\n",
    b"BREW /drive/v3/about HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"HEAD /drive/v3/about HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n\xff\x00%zz",
    b"POST /batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: \xff\r\nContent-Length: 0\r\n\r\n",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n1\r\na\r\n0",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n folded\r\nNo colon\r\n\r\n",
    b"GET / HTTP/1.1\nHost: localhost\n\n",
    b"GET /o/oauth2/auth HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,
    b"\x00" * 70_000,
    b"",
]


def line_letter(letter: Letter, chance: Chance) -> Letter:
    """One of these lines, or this letter with a few of its bytes changed, cut off or said twice."""
    if chance.often(0.3):
        return Letter("line", raw=chance.one(LINES) or b"\r\n")
    written = bytearray(letter.encode()[:20_000])
    for _ in range(chance.up_to(3) + 1):
        at = chance.up_to(max(0, len(written) - 1))
        kind = chance.up_to(3)
        if kind == 0:
            written[at : at + 1] = bytes([chance.up_to(255)])
        elif kind == 1:
            del written[at : at + chance.up_to(9)]
        elif kind == 2:
            written[at:at] = bytes(written[max(0, at - 20) : at])
        else:
            del written[max(at, 1) :]
    return Letter("line", raw=bytes(written) or b"\r\n")
