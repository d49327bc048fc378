"""Mails as broken programs write them, ready for Gmail's `raw`."""

from __future__ import annotations

import base64

from tests.fuzz.chance import Chance

NAMES = ["To", "Cc", "Bcc", "From", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Reply-To", "X-Odd"]
NAMES += [
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Disposition",
    "MIME-Version",
    "",
    " ",
    "Ünï",
    "a b",
    "\0",
]
VALUES = [b"", b"a@b.de", b"maya@bloom.example", b"Maya <maya@bloom.example>, Leo <leo@corvo.example>", b"hi", b"1.0"]
VALUES += [
    b"=?utf-8?q?=C3=A4?=",
    b"=?klingon?q?x?=",
    b"=?utf-8?b?!!!?=",
    b"=?utf-8?q?=ZZ?=",
    b"=?",
    b"\xff\xfe",
    b"=?utf-8?b?AAAA",
]
VALUES += [
    b"multipart/mixed",
    b'multipart/mixed; boundary="',
    b"multipart/mixed; boundary=x",
    b"text/plain; charset=klingon",
]
VALUES += [b"text/plain; charset=utf-7", b"text/html; charset=\xff", b"message/rfc822", b"text/plain; name*=utf-8''%zz"]
VALUES += [
    b"base64",
    b"quoted-printable",
    b"x-uuencode",
    b"8bit",
    b"klingon",
    b'attachment; filename="a.pdf"',
    b"attachment",
]
VALUES += [
    b"attachment; filename*0=a; filename*1=b",
    b"attachment; filename*0*=x''%ff",
    b"Mon, 99 Foo 2026 99:99:99 +9999",
]
VALUES += [
    b"<a@b>",
    b"<<>>",
    b"group: a@b.de, c@d.de;",
    b'"unclosed <a@b.de>',
    b"(((((",
    b"a@[127.0.0.1]",
    b"@",
    b"a@b.de,,;",
]
VALUES += [
    b", ".join(b"p%d@example.org" % n for n in range(2000)),
    b"x" * 20_000,
    b"a\r\n folded",
    b"\0",
    b"text/plain;" * 500,
]
VALUES += [
    b"multipart/mixed; boundary*0=a; boundary*1=b",
    b"=?utf-8?q?" + b"a" * 9000 + b"?=",
    b"multipart/x; boundary=" + b"b" * 3000,
]
BODIES = [
    b"",
    b"hi",
    b"\xff\xfe\x00",
    b"--x\r\n\r\na\r\n--x--",
    b"--x\r\n--x\r\n--x",
    b"aGk=",
    b"=ZZ=\r\n",
    b".\r\n.\r\n",
    b"\n" * 5000,
]
BODIES += [
    b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n--x--",
    b"begin 644 a\r\n!!!\r\nend",
    b"!" * 99,
]
ENDS = [b"\r\n", b"\r\n", b"\n", b"\r"]


def mail(chance: Chance) -> str:
    """One mail in base64, or nearly."""
    text = base64.urlsafe_b64encode(content(chance)).decode()
    if chance.often(0.9):
        return text
    return chance.one(
        [text.rstrip("="), text + "=", "!" + text, text[:-1], text.replace("_", "/"), text + "\n", "", "é"]
    )


def content(chance: Chance) -> bytes:
    """One mail's bytes: a right one, a few odd fields, or parts in parts in parts."""
    if chance.often(0.2):
        return b"To: maya@bloom.example\r\nSubject: Hi\r\n\r\nHello"
    if chance.often(0.15):
        return _nested(chance.one([2, 40, 400]))
    return _head(chance) + chance.one(BODIES)


def _head(chance: Chance) -> bytes:
    end = chance.one(ENDS)
    lines = [chance.one(NAMES).encode() + chance.one([b": ", b":", b" : ", b""]) + chance.one(VALUES) for _ in range(6)]
    lines += [b"To: maya@bloom.example"] if chance.often(0.5) else []
    return end.join(lines) + end + (end if chance.often(0.9) else b"")


def _nested(depth: int) -> bytes:
    inner = b"Content-Type: text/plain\r\n\r\ndeep"
    for level in range(depth):
        mark = b"m%d" % level
        inner = (
            b"Content-Type: multipart/mixed; boundary="
            + mark
            + b"\r\n\r\n--"
            + mark
            + b"\r\n"
            + inner
            + b"\r\n--"
            + mark
            + b"--"
        )
    return b"To: maya@bloom.example\r\nMIME-Version: 1.0\r\n" + inner
