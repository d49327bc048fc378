"""Letters to Google's methods: each first written as it should be, then, mostly, spoilt."""

from __future__ import annotations

import json
from typing import Any

from offboard.sandbox.call import ANSWERED
from offboard.sandbox.documents import Method, methods, schemas
from tests.fuzz.bodies import Builder, Known, spoil, write
from tests.fuzz.chance import Chance
from tests.fuzz.languages import drive_query, gmail_search
from tests.fuzz.letter import Letter, encode, spoil_letter
from tests.fuzz.words import HEADERS, NUMBERS, WORDS

MEDIA = [
    b"",
    b"hi",
    b"To: a@b.de\r\n\r\nhi",
    b"\x00\xff",
    b"a,b\n1,2\n",
    b"# Title\n\n* a\n",
    b"%PDF-1.4",
    b"PK\x03\x04" + b"\x00" * 60,
]
MEDIA += [b"x" * 262_144, b"<b>hi</b>", b'"unclosed,\n', b"\xef\xbb\xbfa;b", b"=1/0,=A1\n" * 50]
KINDS = ["text/csv", "text/plain", "text/markdown", "text/html", "application/pdf", "message/rfc822", "", "/", "a/b"]
NEEDED = {"valueInputOption", "fileId"}  # what a method wants though its document does not say so
KINDS += ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.google-apps.document"]


def answered() -> list[Method]:
    """Every method that a room answers; uploads beside them."""
    return [method for method in methods() if method.id in ANSWERED]


def unanswered() -> list[Method]:
    """Every method that no room answers."""
    return [method for method in methods() if method.id not in ANSWERED]


def name_of(method: Method) -> str:
    """How a method's route is called."""
    return method.id + (" upload" if method.upload else "")


def resource_of(method: Method) -> str:
    """The resource that a method belongs to: `gmail.users.drafts`."""
    return method.id.rpartition(".")[0]


class Writer:
    """Writes letters to methods, in the name of somebody who is signed in."""

    def __init__(self, known: Known, token: str, chance: Chance) -> None:
        self._known = known
        self._token = token
        self._chance = chance

    def letter(self, method: Method, kind: str = "") -> Letter:
        """One more letter to this method; for a batchUpdate perhaps of one kind."""
        chance = self._chance
        builder = Builder(method.document, self._known, chance)
        letter = Letter(name_of(method) + (f" {kind}" if kind else ""), method.http, self._path(method, builder))
        letter.headers = {"authorization": f"Bearer {self._token}", "content-type": "application/json"}
        letter.query = self._query(method, builder)
        body: Any = {}
        if method.request:
            body = builder.value({"$ref": method.request})
        if kind:
            body = {"requests": [{kind: self._of_kind(kind, builder)}]}
        wrong = chance.one([0, 0, 1, 1, 2, 3])
        for _ in range(wrong):
            if method.request and chance.often(0.5):
                body = spoil(body, chance)
        letter.content = (write(body, chance) if wrong else json.dumps(body).encode()) if method.request else b""
        if method.upload:
            self._upload(letter)
        for _ in range(wrong):
            if chance.often(0.4):
                spoil_letter(letter, chance)
        return letter

    def _of_kind(self, kind: str, builder: Builder) -> Any:
        described = schemas("sheets")["Request"]["properties"][kind]
        value = builder.value(described, kind, 1)
        fields = schemas("sheets")[described["$ref"]]["properties"]
        for name, field in fields.items():  # a request without its range or its mask is refused at once
            if name not in value and ("$ref" in field or name in ("fields", "sheetId")) and self._chance.often(0.6):
                value[name] = builder.value(field, name, 2)
        return value

    def _path(self, method: Method, builder: Builder) -> str:
        path = method.path.pattern
        for name in method.path.groupindex:
            own = self._known.get(f"{resource_of(method)}.{name}", [])
            value = self._chance.one(own) if own and self._chance.often(0.9) else builder.text(name, {})
            value = value if self._chance.often(0.97) else self._chance.one(WORDS)
            path = path.replace(f"(?P<{name}>[^/]+)", encode(value) or "-")
        return path.replace("\\", "")

    def _query(self, method: Method, builder: Builder) -> list[tuple[str, str]]:
        chance, query = self._chance, []
        for name, described in method.parameters.items():
            needed = described.get("required") or name in NEEDED
            if described.get("location") != "query" or not chance.often(0.98 if needed else 0.07):
                continue
            query += [(name, self._value(method, name, described, builder))] * (1 + described.get("repeated", False))
        if method.id == "drive.about.get":
            query.append(("fields", "*"))
        return [pair for pair in query if pair[0] not in ("alt", "callback", "$.xgafv", "access_token")]

    def _value(self, method: Method, name: str, described: dict[str, Any], builder: Builder) -> str:
        chance, kind = self._chance, described.get("type")
        if name == "q":
            return gmail_search(chance) if method.api == "gmail" else drive_query(chance)
        if "enum" in described:
            return chance.one(described["enum"])
        if kind == "boolean":
            return chance.one(["true", "false"])
        if kind == "integer":
            return str(chance.up_to(9) if chance.often(0.8) else chance.one(NUMBERS))
        if name == "fields" and chance.often(0.5):
            return "*"
        return builder.text(name, described)

    def _upload(self, letter: Letter) -> None:
        """Make it one of the ways in which something is uploaded, or go on with one."""
        chance, sessions = self._chance, self._known.get("upload", [])
        kind = chance.one(
            ["media", "multipart", "resumable", "resumable", "going on", "going on", chance.one(["", "x", "MEDIA"])]
        )
        media = chance.one(MEDIA)
        if kind == "going on" and sessions:
            letter.http, there = "PUT", chance.one(sessions)
            letter.path, _, letter.broken = there.partition("?")
            letter.query, letter.content = [], media
            if chance.often(0.7):
                size = len(media)
                right = [f"bytes 0-{size - 1}/{size}", f"bytes 0-{size - 1}/*", "bytes */*", f"bytes */{size}"]
                letter.headers["content-range"] = chance.one([*right, *HEADERS["content-range"]])
            return
        letter.query.append(("uploadType", kind))
        if kind == "media":
            letter.content = media
            letter.headers["content-type"] = chance.one(KINDS)
        elif kind == "multipart":
            letter.headers["content-type"] = "multipart/related; boundary=x"
            letter.content = self._multipart(letter.content, media)
        elif kind == "resumable" and chance.often(0.5):
            letter.headers["x-upload-content-type"] = chance.one(KINDS)
            letter.headers["x-upload-content-length"] = chance.one(["2", str(len(media)), "-1", "x"])

    def _multipart(self, metadata: bytes, media: bytes) -> bytes:
        chance = self._chance
        head = b"--x\r\nContent-Type: application/json\r\n\r\n" + metadata + b"\r\n"
        body = b"--x\r\nContent-Type: " + chance.one(KINDS).encode() + b"\r\n\r\n" + media + b"\r\n"
        whole = head + body + b"--x--\r\n"
        if chance.often(0.7):
            return whole
        odd = body.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n", 1)
        return chance.one(
            [
                head,
                body,
                head + body,
                head + b"--x--",
                head + body + body + b"--x--",
                whole.replace(b"\r\n", b"\n"),
                odd,
                head + odd + b"--x--",
                b"--x--",
                b"--x",
                b"",
                whole[: len(whole) // 2],
                b"\r\n" * 500 + whole,
                b"--x\r\n" * 300,
            ]
        )
