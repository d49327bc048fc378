"""JSON bodies: built right from the documents' schemas, spoilt here and there, written down well or badly."""

from __future__ import annotations

import gzip
import json
from typing import Any

from offboard.sandbox.documents import schemas
from offboard.sandbox.validation import ONE_OF
from tests.fuzz.chance import Chance
from tests.fuzz.languages import FIELDS, MASKS, drive_query, formula, gmail_search, place
from tests.fuzz.mails import mail
from tests.fuzz.words import JUNK, NUMBERS, WORDS

Known = dict[str, list[str]]
DEEPEST = 7
TEXTS = {  # what a field of this name holds when it is right
    "formulaValue": formula,
    "raw": mail,
    "range": place,
    "a1Range": place,
    "q": lambda chance: drive_query(chance) if chance.often(0.6) else gmail_search(chance),
    "fields": lambda chance: chance.one(FIELDS),
    "ranges": place,
    "emailAddress": lambda chance: chance.one(["maya@bloom.example", "x@y.example", "ana@sandbox.example", *WORDS]),
    "title": lambda chance: chance.one(["Sheet1", "Clients", "New", *WORDS]),
    "name": lambda chance: chance.one(["a.txt", "Räport/1", *WORDS]),
    "mimeType": lambda chance: chance.one(
        [
            "text/plain",
            "application/vnd.google-apps.folder",
            "application/vnd.google-apps.spreadsheet",
            "a/b",
            "",
            "\r\n",
        ]
    ),
    "pattern": lambda chance: chance.one(
        ["0.00", "yyyy-mm-dd", "[h]:mm", "#,##0", "[red]0;[blue]-0", '"', "@", "0" * 300, "[", "E+"]
    ),
    "data": lambda chance: chance.one(["a,b\n1,2", "<table>", '"', "\t" * 300, "=1/0", *WORDS]),
    "delimiter": lambda chance: chance.one([",", "\t", "", ";;", "\x00"]),
    "find": lambda chance: chance.one(["a", "^.*$", "(", "[", "(a+)+$", "\\", "$1", "", "(?<=x)", "\\1", "{999999}"]),
    "replacement": lambda chance: chance.one(["", "$1", "$9", "\\", "\\1", "=1/0", "x" * 5000, "$"]),
    "userEnteredValue": lambda chance: formula(chance) if chance.often(0.5) else chance.one(["1", "0.5", *WORDS]),
}


class Builder:
    """Builds values of a document's schemas."""

    def __init__(self, document: str, known: Known, chance: Chance) -> None:
        self._schemas = schemas(document)
        self._known = known
        self._chance = chance

    def value(self, schema: dict[str, Any], name: str = "", depth: int = 0) -> Any:
        """A value as this schema wants it, for a field of this name."""
        chance = self._chance
        if "$ref" in schema:
            return self._message(schema["$ref"], depth)
        kind = schema.get("type", "any")
        if kind == "array":
            many = 0 if depth > DEEPEST else chance.one([1, 1, 1, 2, 3, 0])
            return [self.value(schema["items"], name, depth + 1) for _ in range(many)]
        if kind == "object":
            return {chance.one(WORDS): self.value(schema.get("additionalProperties", {}), "", depth + 1)}
        if "enum" in schema:
            return chance.one(
                [word for word in schema["enum"] if "UNSPECIFIED" not in word or chance.often(0.05)] or [""]
            )
        if kind == "boolean":
            return chance.often(0.5)
        if kind in ("integer", "number"):
            return self._number(name, kind)
        if kind == "any":
            return chance.one([1, "a", formula(chance), "1.5.2026", True, "10:30", "5%", "€ 7", "'x", None, *WORDS])
        return self.text(name, schema)

    def text(self, name: str, schema: dict[str, Any]) -> str:
        """A string for a field or a parameter of this name."""
        chance, form = self._chance, schema.get("format", "")
        if name in self._known and chance.often(0.9):
            return chance.one(self._known[name])
        if form == "google-fieldmask":
            return chance.one(MASKS) if chance.often(0.5) else "*"
        if name in TEXTS:
            return TEXTS[name](chance)
        if form == "byte":
            return chance.one(["", "eA==", "+/+/", "!", "aGk"])
        if form in ("int64", "uint64"):
            return str(chance.one(NUMBERS[:13]))
        return chance.one([*WORDS, *self._known["fileId"]])

    def _number(self, name: str, kind: str) -> Any:
        chance = self._chance
        if name.endswith("heetId") and chance.often(0.9):
            return int(chance.one(self._known["sheetId"]))
        if name in ("red", "green", "blue", "alpha"):
            return chance.one([0, 0.5, 1])
        if chance.often(0.85):
            return chance.up_to(6 if kind == "integer" else 2)
        return chance.one(NUMBERS)

    def _message(self, schema: str, depth: int) -> dict[str, Any]:
        chance, described = self._chance, self._schemas[schema]
        fields = described.get("properties", {})
        if schema == "GridRange":
            return self._range(chance)
        names = [name for name, of in fields.items() if not _is_told(of) or chance.often(0.02)]
        group, exclusive = ONE_OF.get(schema, ("", ()))
        alone = list(exclusive or names) if group else []
        free = [name for name in names if name not in alone]
        share = [0.6, 0.6, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05][min(depth, DEEPEST)] if len(names) < 12 else 0.2
        chosen = chance.some(free, share) or free[:1]
        if alone:
            chosen.append(chance.one(alone))
        if depth > DEEPEST:
            chosen = [name for name in chosen if "$ref" not in fields[name]]
        return {name: self.value(fields[name], name, depth + 1) for name in chosen}

    def _range(self, chance: Chance) -> dict[str, Any]:
        ends = {}
        for side in ("Row", "Column"):
            start = chance.up_to(6)
            ends[f"start{side}Index"] = start
            ends[f"end{side}Index"] = start + chance.up_to(3) + (1 if chance.often(0.95) else 0)
        kept = chance.some(list(ends), 0.9)
        return {"sheetId": int(chance.one(self._known["sheetId"]))} | {name: ends[name] for name in kept}


def _is_told(described: dict[str, Any]) -> bool:
    """Whether only Google writes this field."""
    return described.get("readOnly", False) or "Output only" in described.get("description", "")


def spoil(value: Any, chance: Chance) -> Any:
    """The same value with one thing in it that nobody wants."""
    inside = isinstance(value, dict | list) and bool(value) and chance.often(0.8)
    if inside and isinstance(value, dict):
        name = chance.one(list(value))
        return value | {name: spoil(value[name], chance)}
    if inside:
        at = chance.up_to(len(value) - 1)
        return [*value[:at], spoil(value[at], chance), *value[at + 1 :]]
    if isinstance(value, dict) and chance.often(0.5):
        return value | {chance.one(["nobodyKnows", "", "kind", "id", "a.b", "\x00"]): chance.one(JUNK)}
    wrapped: list[Any] = [
        [value],
        {"a": value},
        [value] * (300 if isinstance(value, int | None) else 3),
        str(value),
        chance.one(JUNK),
        chance.one(JUNK),
    ]
    return chance.one(wrapped)


def write(value: Any, chance: Chance) -> bytes:
    """JSON, or what somebody took for it."""
    text = json.dumps(value)
    if chance.often(0.85):
        return text.encode()
    middle = len(text) // 2
    return chance.one(
        [
            text[:middle].encode(),
            text.encode("utf-16"),
            b"\xef\xbb\xbf" + text.encode(),
            gzip.compress(text.encode(), mtime=0),
            text.replace('"a"', '"\\ud800"').replace("1", "NaN").encode(),
            text.replace('"', "'").encode(),
            (text[:-1] + ",}").encode(),
            text.replace("{", '{"a": 1, "a": 2, ', 1).encode(),
            text.encode().replace(b'"', b'"\xff', 1),
            text.encode().replace(b'"', b'"\x01', 1),
            b"[" * 5000 + text.encode(),
            b'{"a":' * 200 + text.encode() + b"}" * 200,
            text.encode() + text.encode(),
            b"",
            b"\x00",
            b"null",
            b"[]",
            b'"x"',
            b"a=b&c=d",
        ]
    )
