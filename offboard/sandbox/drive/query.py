"""The search language of `q`, read into the condition of a SELECT on `files` (and `marks` as `m`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from offboard.sandbox.accounts import permission_id
from offboard.sandbox.drive.grants import BY_LINK, BY_SEARCH, RANKS
from offboard.sandbox.drive.marks import PUBLIC
from offboard.sandbox.drive.store import fold_words
from offboard.sandbox.drive.times import IN_QUERY, parse_time

MOST = 2000  # tokens; SQLite's expressions go 1000 levels deep, and each `and` is one
DEEPEST = 40  # brackets in brackets, or turns from `and` to `or`: SQLite's parser takes 100 levels
TOKEN = re.compile(
    r"""\s*(?: (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
             | (?P<sign><=|>=|!=|[=<>(){}])
             | (?P<word>[A-Za-z][A-Za-z.]*) )""",
    re.VERBOSE | re.DOTALL,
)
EQUAL = ("=", "!=")
COLUMNS = {
    "mimeType": "files.mime",
    "shortcutDetails.targetId": "json_extract(files.details, '$.shortcutDetails.targetId')",
    "modifiedTime": "files.modified",
    "createdTime": "files.created",
    "viewedByMeTime": "coalesce(m.viewed, '')",
    "trashed": "files.trashed != 0",
    "starred": "coalesce(m.starred, 0)",
}
WORDS = (
    "(instr(files.words, ?) OR EXISTS (SELECT 1 FROM texts WHERE texts.file_id = files.id AND instr(texts.words, ?)))"
)
MEMBER = "EXISTS (SELECT 1 FROM access a WHERE a.file_id = files.id AND a.permission_id = ? AND a.rank >= ?)"
SHARED = (
    "(files.owner != ? AND files.drive = '' AND EXISTS"
    " (SELECT 1 FROM permissions p WHERE p.file_id = files.id AND p.id = ?))"
)
PROPERTY = (
    "EXISTS (SELECT 1 FROM file_properties x WHERE x.file_id = files.id AND x.client = ? AND x.key = ? AND x.value = ?)"
)
VISIBLE = "EXISTS (SELECT 1 FROM access a WHERE a.file_id = files.id AND a.permission_id = ?)"
VISIBILITIES = ("anyoneCanFind", "anyoneWithLink", "domainCanFind", "domainWithLink", "limited")
BOOLEANS = ("trashed", "starred", "sharedWithMe")


class BadQuery(ValueError):
    """A query that is not in the language."""


@dataclass
class Query:
    """A condition with the values of its places, for the person and the app that ask."""

    email: str
    client: str
    resolve: Callable[[str], str]  # a folder's id as the request names it: the one that is meant
    sql: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)  # the folders that the query names
    full_text: bool = False  # whether it looks into the texts
    _tokens: list[tuple[str, str]] = field(default_factory=list)

    def read(self, text: str) -> Query:
        """The same with this query's condition; empty for an empty one."""
        self._tokens = _cut(text)[::-1]  # a stack: the next token is its last
        if len(self._tokens) > MOST:
            raise BadQuery("too long")
        self.sql = self._expression(0) if self._tokens else ""
        if self._tokens:
            raise BadQuery(text)
        return self

    def _expression(self, depth: int) -> str:
        """Conditions between `and` and `or`, which bind alike, from left to right, as Google's do."""
        parts, joint = [self._operand(depth)], ""
        while self._sees("word", "and") or self._sees("word", "or"):
            word = self._take("word")
            if joint not in ("", word):  # a chain of one word is no deeper than it is in words
                parts, depth = [_joined(parts, joint)], depth + 1
            joint = word
            parts.append(self._operand(depth))
        return _joined(parts, joint)

    def _operand(self, depth: int) -> str:
        if depth > DEEPEST:
            raise BadQuery("too deep")
        if self._sees("word", "not"):
            self._take("word")
            return f"(NOT {self._operand(depth + 1)})"
        if self._sees("sign", "("):
            self._take("sign")
            inner = self._expression(depth + 1)
            self._take("sign", ")")
            return inner
        if self._sees("text"):
            value = self._take("text")
            self._take("word", "in")
            return self._term(self._take("word"), "in", value)
        name = self._take("word")
        if name == "sharedWithMe" and not (self._sees("sign", "=") or self._sees("sign", "!=")):
            return self._term(name, "=", "true")
        operator = self._take(self._tokens[-1][0] if self._tokens else "sign")
        if operator == "has":
            return self._term(name, operator, *self._property())
        return self._term(name, operator, self._take("word" if name in BOOLEANS else "text"))

    def _property(self) -> tuple[str, str]:
        self._take("sign", "{")
        pair = {}
        for word in ("key", "value"):
            if word == "value":
                self._take("word", "and")
            self._take("word", word)
            self._take("sign", "=")
            pair[word] = self._take("text")
        self._take("sign", "}")
        return pair["key"], pair["value"]

    def _sees(self, kind: str, token: str | None = None) -> bool:
        return bool(self._tokens) and self._tokens[-1][0] == kind and token in (None, self._tokens[-1][1])

    def _take(self, kind: str, token: str | None = None) -> str:
        if not self._sees(kind, token):
            raise BadQuery(token or kind)
        return self._tokens.pop()[1]

    def _term(self, name: str, operator: str, *values: str) -> str:
        render, operators = TERMS.get(name, (None, ()))
        if render is None or operator not in operators:
            raise BadQuery(name)
        if name in BOOLEANS:
            if values[0] not in ("true", "false"):
                raise BadQuery(name)
            found = render(self, name, operator)
            return f"({found})" if (values[0] == "true") == (operator == "=") else f"(NOT {found})"
        return render(self, name, operator, *values)

    def _put(self, sql: str, *values: Any) -> str:
        for value in values:
            name = f"q{len(self.values)}"
            self.values[name] = value
            sql = sql.replace("?", f":{name}", 1)
        return sql

    def _name(self, _name: str, operator: str, value: str) -> str:
        if operator == "contains":
            return self._put("instr(files.words, ?)", fold_words(value)[:-1])
        return self._put(f"files.folded {operator} ?", value.casefold())

    def _plain(self, name: str, operator: str, value: str) -> str:
        if operator == "contains":
            return self._put(f"instr({COLUMNS[name]}, ?)", value)
        return self._put(f"coalesce({COLUMNS[name]}, '') {operator} ?", value)

    def _full_text(self, _name: str, _operator: str, text: str) -> str:
        self.full_text = True
        phrase = len(text) > 1 and text[0] == text[-1] == '"'
        wanted = [fold_words(text)] if phrase else [f" {word} " for word in fold_words(text).split()]
        found = [self._put(WORDS, word, word) for word in wanted if word.strip()]
        return _joined(found, "and") if found else "0"

    def _time(self, name: str, operator: str, value: str) -> str:
        moment = parse_time(value, IN_QUERY)
        if moment is None:
            raise BadQuery(name)
        return self._put(f"({COLUMNS[name]} {operator} ? AND {COLUMNS[name]} != '')", moment)

    def _flag(self, name: str, _operator: str) -> str:
        return COLUMNS[name]

    def _shared(self, _name: str, _operator: str) -> str:
        return self._put(SHARED, self.email, permission_id(self.email))

    def _parents(self, _name: str, _operator: str, value: str) -> str:
        self.folders.append(self.resolve(value))
        return self._put("files.parent = ?", self.folders[-1])

    def _people(self, name: str, _operator: str, value: str) -> str:
        email = self.email if value == "me" else value
        if name == "owners":
            return self._put("files.owner = ?", email.lower())
        return self._put(MEMBER, permission_id(email), RANKS[name.removesuffix("s")])

    def _has_property(self, name: str, _operator: str, key: str, value: str) -> str:
        return self._put(PROPERTY, PUBLIC if name == "properties" else self.client, key, value)

    def _visibility(self, name: str, operator: str, value: str) -> str:
        if value not in VISIBILITIES:
            raise BadQuery(name)
        if value == "limited":
            found = f"NOT ({self._put(VISIBLE, BY_LINK)} OR {self._put(VISIBLE, BY_SEARCH)})"
        elif value.startswith("anyone"):
            found = self._put(VISIBLE, BY_SEARCH if value == "anyoneCanFind" else BY_LINK)
        else:
            found = "0"  # no organization shares anything with all its people here
        return f"({found})" if operator == "=" else f"(NOT ({found}))"


# each term with what renders it and the operators that it takes
TERMS: dict[str, tuple[Callable[..., str], tuple[str, ...]]] = {
    "name": (Query._name, ("contains", *EQUAL)),
    "fullText": (Query._full_text, ("contains",)),
    "mimeType": (Query._plain, ("contains", *EQUAL)),
    "shortcutDetails.targetId": (Query._plain, EQUAL),
    **dict.fromkeys(("modifiedTime", "createdTime", "viewedByMeTime"), (Query._time, (*EQUAL, "<", "<=", ">", ">="))),
    **dict.fromkeys(("trashed", "starred"), (Query._flag, EQUAL)),
    "sharedWithMe": (Query._shared, EQUAL),
    "parents": (Query._parents, ("in",)),
    **dict.fromkeys(("owners", "writers", "readers"), (Query._people, ("in",))),
    **dict.fromkeys(("properties", "appProperties"), (Query._has_property, ("has",))),
    "visibility": (Query._visibility, EQUAL),
}


def _joined(parts: list[str], word: str) -> str:
    return parts[0] if len(parts) == 1 else f"({f' {word.upper()} '.join(parts)})"


def _cut(text: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while text[place:].strip():
        matched = TOKEN.match(text, place)
        if matched is None:
            raise BadQuery(text)
        kind = str(matched.lastgroup)
        token = matched[kind]
        found.append((kind, re.sub(r"\\(['\"\\])", r"\1", token[1:-1]) if kind == "text" else token))
        place = matched.end()
    return found
