"""Values that nobody wants: of the wrong kind, too large, too deep, in no encoding."""

from __future__ import annotations

from typing import Any

WORDS = ["", " ", "a", "ü\u2028", "'", '"', "\\", "0", "-1", "1e999", "NaN", "null", "me", "root", "true", "*", "A1"]
WORDS += [
    "../..",
    "%s",
    "{0}",
    "<b>",
    "\x00",
    "a\x00b",
    "\ud7ff",
    "\uffff",
    "𝒳",
    "\u202e",
    "\r\nX: y",
    "\t",
    "id",
    "1/2",
]
WORDS += ["x" * 300, "ß" * 5000, "2026-01-01", "2026-13-45T25:61:61Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
WORDS += [
    "2026-01-01T00:00:00",
    "2026-01-01T00:00:00+99:99",
    "text/plain",
    "a/b; c=d",
    "'; DROP TABLE files; --",
    "²",
    "١",
]
WORDS += ["a@b.example", "a@", "@", "a@b@c", "ana@sandbox.example", "maya@bloom.example", "nobody@nowhere.example"]
NUMBERS: list[Any] = [0, 1, 2, 3, -1, 7, 26, 1000, 2**31 - 1, -(2**31), 2**31, 2**53 + 1, 2**63, 10**40, 10**400]
NUMBERS += [0.5, -0.0, 1e308, 5e-324, 1.0]
JUNK: list[Any] = [None, True, False, "", "x", [], [[]], [None], {}, {"a": {}}, {"": 1}, [{}], *NUMBERS, *WORDS[:24]]
ESCAPES = [
    "%",
    "%zz",
    "%ff",
    "%00",
    "%ED%A0%80",
    "%C0%AF",
    "%2F",
    "%0d%0a",
    "+",
    "%u1234",
    ";",
    "&&",
    "==",
    "#",
    "\xff",
]
HEADERS = {
    "authorization": [
        "",
        "Bearer",
        "Bearer x",
        "Basic eDp5",
        "Basic =",
        "bearer \xff",
        "Digest a",
        "Bearer " + "x" * 9000,
    ],
    "content-type": [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "multipart/related",
        "multipart/related; boundary=",
        "multipart/mixed; boundary=x",
        "/",
        "ÿ",
        "a" * 3000,
        "application/json; charset=klingon",
        'multipart/related; boundary="',
        "multipart/related; boundary=((",
    ],
    "content-encoding": ["gzip", "deflate", "klingon"],
    "range": [
        "bytes=0-1",
        "bytes=9-",
        "bytes=-0",
        "bytes=--1",
        "bytes=5-2",
        "bytes=a-b",
        "bytes=0-1,2-3",
        "bytes=" + "9" * 5000,
        "bytes=²-3",
        "bytes=-",
        "lines=1-2",
        "bytes=1_0-2_0",
        "bytes=+1-2",
        "bytes= 0 - 1 ",
    ],
    "content-range": [
        "bytes */*",
        "bytes 0-0/1",
        "bytes 5-2/9",
        "bytes 0-9/5",
        "bytes a-b/c",
        "x",
        "bytes */5",
        "bytes 0-" + "9" * 17 + "/*",
        "bytes 0-" + "9" * 50 + "/*",
        "bytes -1-2/3",
        "bytes 0-0/0",
    ],
    "x-upload-content-length": ["0", "-1", "x", "9" * 18, "9" * 19, "1.5"],
    "x-upload-content-type": ["", "/", "\xff", "text/plain; charset=klingon", "application/vnd.google-apps.folder"],
    "if-match": ["*", '"x"', "x", ""],
    "if-none-match": ["*", '"x"', ""],
    "if-modified-since": ["yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", ""],
    "x-http-method-override": ["DELETE", "GET", "BREW"],
    "accept": ["text/klingon", "", "*/*;q=9"],
    "accept-encoding": ["gzip", "klingon;q=2"],
    "expect": ["100-continue"],
    "host": ["", "evil.example", "localhost", "[::1]", "127.0.0.1:99999", "localhost:x", "\xff"],
    "origin": ["null", "https://evil.example", "", "\xff"],
    "cookie": ["a=b; c", "=" * 4000],
    "x-nobody-knows": ["\xff", "", "x" * 8000],
}
