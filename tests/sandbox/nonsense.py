"""Requests that are almost right: built from the documents' schemas, then spoilt here and there."""

from __future__ import annotations

import json
import random
from typing import Any
from urllib.parse import quote, urlencode

from offboard.sandbox.documents import Method, schemas
from offboard.sandbox.gateway import Request

WORDS = [
    "",
    "a",
    "ü\u2028",
    "'",
    '"',
    "\\",
    "0",
    "-1",
    "1e999",
    "NaN",
    "me",
    "A1",
    "Sheet1!A1:B2",
    "=SUM(A1:A9)",
    "=1/0",
]
WORDS += [
    "x" * 300,
    "\x00",
    "\ud7ff",
    "𝒳",
    "../..",
    "%s",
    "<b>",
    "2026-01-01",
    "2026-01-01T00:00:00Z",
    "id",
    "name contains 'a'",
]
NUMBERS = [0, 1, 2, 3, -1, 7, 1000, 2**31 - 1, -(2**31), 2**31, 2**63, 10**40, 0.5, -0.0, 1e308]
JUNK: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**400,
    "",
    "x",
    [],
    [[]],
    [None],
    {},
    {"a": {}},
    {"": 1},
    [{}],
    WORDS[-9],
]
SPANS = [
    "",
    "bytes=0-1",
    "bytes=9-",
    "bytes=-0",
    "bytes=--1",
    "bytes=5-2",
    "bytes=a-b",
    "bytes=0-1,2-3",
    "bytes=" + "9" * 50,
]


class Nonsense:
    """A source of requests to one method; the same for the same seed."""

    def __init__(self, method: Method, known: dict[str, list[str]], token: str, seed: int) -> None:
        self._method = method
        self._known = known
        self._token = token
        self._random = random.Random(f"{method.id} {seed}")
        self._spoilt = 0.0  # the share of values in a body that are of no right kind

    def request(self) -> Request:
        """One more request."""
        self._spoilt = self._one([0, 0, 0.05])
        method = self._method
        path = method.path.pattern
        for name in method.path.groupindex:
            path = path.replace(f"(?P<{name}>[^/]+)", quote(self._path_value(name), safe=""))
        optional = [name for name, of in method.parameters.items() if of.get("location") == "query"]
        query = {name: self._query_value(name) for name in optional if self._often(0.08)}
        for name, described in method.parameters.items():
            if described.get("required") and described.get("location") == "query":
                query[name] = self._query_value(name)
        query.pop("alt", None)
        if self._often(0.05):
            query[self._one(WORDS)] = self._one(WORDS)
        headers = {
            "authorization": f"Bearer {self._token}",
            "content-type": "application/json",
            "range": self._one(SPANS),
        }
        content = self._content(query) if method.request or method.upload or self._often(0.05) else b""
        return Request(method.http, path.replace("\\", ""), urlencode(query, errors="replace"), headers, content)

    def _often(self, share: float) -> bool:
        return self._random.random() < share

    def _one(self, of: list[Any]) -> Any:
        return self._random.choice(of)

    def _path_value(self, name: str) -> str:
        if name == "userId" and self._often(0.9):
            return "me"
        everything = [value for values in self._known.values() for value in values]
        return str(self._one(self._known.get(name, everything) if self._often(0.8) else [*WORDS[1:], *everything]))

    def _query_value(self, name: str) -> str:
        described = self._method.parameters[name]
        if name == "fields":
            return str(self._one([*["*"] * 20, "id", "kind", "nextPageToken", *WORDS]))
        if self._often(0.2):
            return str(self._one(WORDS))
        if "enum" in described:
            return str(self._one(described["enum"]))
        if described.get("type") == "boolean":
            return str(self._one(["true", "false"]))
        if described.get("type") == "integer":
            return str(self._one(NUMBERS))
        return str(self._one([*WORDS, *self._known.get(name, [])]))

    def _content(self, query: dict[str, str]) -> bytes:
        body = b""
        if self._method.request:
            built = self._value({"$ref": self._method.request}, 0)
            body = json.dumps(built).encode() if self._often(0.95) else json.dumps(self._one(JUNK)).encode()
        if not self._method.upload:
            return body[: len(body) // 2] if self._often(0.03) else body
        query["uploadType"] = self._one(["media", "multipart", "resumable", "resumable", ""])
        media = self._one([b"", b"To: a@b.de\r\n\r\nhi", b"\x00\xff", b"a,b\n1,2\n"])
        return media if query["uploadType"] == "media" else body

    def _value(self, schema: dict[str, Any], depth: int) -> Any:
        if self._often(self._spoilt):
            return self._one(JUNK)
        if "$ref" in schema:
            schema = schemas(self._method.document)[schema["$ref"]]
        kind = schema.get("type", "object")
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return [self._value(schema["items"], depth + 1) for _ in range(self._one([1, 1, 2, 0]) if depth < 9 else 0)]
        if "enum" in schema:
            return self._one(schema["enum"])
        if kind == "boolean":
            return self._often(0.5)
        if kind in ("integer", "number"):
            return self._one(NUMBERS[:6] if self._often(0.8) else NUMBERS)
        return self._text(schema)

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        names = list(schema.get("properties", {}))
        most = len(names) if depth == 0 else min(len(names), self._one([1, 1, 1, 2, 4]))  # many allow only one field
        chosen = self._random.sample(names, most) if depth < 9 else []
        built = {name: self._value(schema["properties"][name], depth + 1) for name in chosen}
        if "additionalProperties" in schema:
            built[self._one(WORDS)] = self._value(schema["additionalProperties"], depth + 1)
        return built

    def _text(self, schema: dict[str, Any]) -> str:
        if schema.get("format") == "google-fieldmask":
            return str(
                self._one(["*", "*", "title", "userEnteredValue", "gridProperties.frozenRowCount", "", "nonsense"])
            )
        if schema.get("format") == "byte":
            return str(
                self._one(
                    ["", "eA==", "VG86IGFAYi5kZQ0KDQpoaQ==", "+/+/", "!", "U3ViamVjdDogPT9rbGluZ29uP3E_eD89DQoNCg=="]
                )
            )
        everything = [value for values in self._known.values() for value in values]
        return str(self._one([*WORDS, *everything]))
