"""The search language of `q`, read into a tree; `and` and `or` bind alike, from left to right, as Google's do."""

from __future__ import annotations

import re
from dataclasses import dataclass

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
TERMS: dict[str, tuple[str, ...]] = {
    "name": ("contains", "=", "!="),
    "fullText": ("contains",),
    "mimeType": ("contains", "=", "!="),
    "modifiedTime": COMPARISONS,
    "createdTime": COMPARISONS,
    "viewedByMeTime": COMPARISONS,
    "trashed": ("=", "!="),
    "starred": ("=", "!="),
    "sharedWithMe": ("=", "!="),
    "parents": ("in",),
    "owners": ("in",),
    "writers": ("in",),
    "readers": ("in",),
    "properties": ("has",),
    "appProperties": ("has",),
    "visibility": ("=", "!="),
    "shortcutDetails.targetId": ("=", "!="),
}
BOOLEANS = ("trashed", "starred", "sharedWithMe")
MOST = 2000  # tokens; SQLite's expressions go 1000 levels deep, and each `and` is one
DEEPEST = 40  # brackets in brackets: SQLite's parser takes 100 levels

TOKEN = re.compile(
    r"""\s*(?: (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
             | (?P<sign><=|>=|!=|[=<>(){}])
             | (?P<word>[A-Za-z][A-Za-z.]*) )""",
    re.VERBOSE | re.DOTALL,
)


class BadQuery(ValueError):
    """A query that is not in the language."""


@dataclass(frozen=True)
class Term:
    """One condition: a term, an operator and a value; of a property its key and its value."""

    name: str
    operator: str
    value: str | bool | tuple[str, str]


@dataclass(frozen=True)
class Not:
    """What does not meet the condition."""

    inner: Node


@dataclass(frozen=True)
class Both:
    """What meets both conditions, or with `word` "or" one of them."""

    word: str
    left: Node
    right: Node


Node = Term | Not | Both


def parse_query(text: str) -> Node | None:
    """The tree of a query; None for an empty one."""
    tokens = _tokens(text)
    if len(tokens) > MOST:
        raise BadQuery("too long")
    parser = _Parser(tokens)
    if parser.ended:
        return None
    node = parser.expression(0)
    if not parser.ended:
        raise BadQuery(text)
    return node


def _tokens(text: str) -> list[tuple[str, str]]:
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


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def ended(self) -> bool:
        return self._place == len(self._tokens)

    def expression(self, depth: int) -> Node:
        node = self._operand(depth)
        while self._sees("word", "and") or self._sees("word", "or"):
            word = self._take("word")
            node = Both(word, node, self._operand(depth))
        return node

    def _operand(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise BadQuery("too deep")
        if self._sees("word", "not"):
            self._take("word")
            return Not(self._operand(depth + 1))
        if self._sees("sign", "("):
            self._take("sign")
            node = self.expression(depth + 1)
            self._take("sign", ")")
            return node
        return self._membership() if self._sees("text") else self._term()

    def _membership(self) -> Node:
        value = self._take("text")
        self._take("word", "in")
        return self._checked(self._take("word"), "in", value)

    def _term(self) -> Node:
        name = self._take("word")
        if name == "sharedWithMe" and not self._sees("sign", "=") and not self._sees("sign", "!="):
            return Term(name, "=", True)
        operator = self._take(self._kind())
        if operator == "has":
            return self._checked(name, operator, self._property())
        return self._checked(name, operator, self._take("word" if name in BOOLEANS else "text"))

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

    def _kind(self) -> str:
        if self.ended:
            raise BadQuery("something is missing at the end")
        return self._tokens[self._place][0]

    def _sees(self, kind: str, token: str | None = None) -> bool:
        return not self.ended and self._kind() == kind and token in (None, self._tokens[self._place][1])

    def _take(self, kind: str, token: str | None = None) -> str:
        if not self._sees(kind, token):
            raise BadQuery(token or kind)
        self._place += 1
        return self._tokens[self._place - 1][1]

    def _checked(self, name: str, operator: str, value: str | tuple[str, str]) -> Term:
        if operator not in TERMS.get(name, ()):
            raise BadQuery(name)
        if name not in BOOLEANS:
            return Term(name, operator, value)
        if value not in ("true", "false"):
            raise BadQuery(name)
        return Term(name, operator, value == "true")
