"""Gmail's search: whole words, operators, quotes, `-`, `OR`, parentheses and braces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from offboard.sandbox.gmail.mailbox import Mail
from offboard.sandbox.gmail.terms import OPERATORS, Letter, Test
from offboard.sandbox.refusal import Refusal

TOKEN = re.compile(r'-(?=[^\s)}])|[(){}]|"[^"]*"?|[A-Za-z0-9_]+:(?=\S)|[^\s(){}"]+')
DEEPEST = 50


@dataclass(frozen=True)
class Query:
    """A parsed search; `names_hidden` when it looks into the trash or the spam by name."""

    tests: tuple[Test, ...]
    names_hidden: bool


def parse_query(text: str) -> Query:
    """Read what a person would type into Gmail's search box."""
    tokens = TOKEN.findall(text)[::-1]  # a stack: the next token is its last
    tests: list[Test] = []
    while tokens:
        if tokens[-1] in ")}":
            tokens.pop()  # Gmail forgives a stray one
        tests.extend(_all(tokens, "", 0))
    hidden = re.search(r"\b(in|label):(trash|spam|anywhere)\b", text, re.IGNORECASE)
    return Query(tuple(tests), hidden is not None)


def matches(query: Query, mail: Mail, now: datetime) -> bool:
    """Whether a mail is found."""
    letter = Letter(mail, now)
    return all(test(letter) for test in query.tests)


def _all(tokens: list[str], field: str, depth: int) -> list[Test]:
    """The tests up to a closing bracket, each of which must hold; OR binds its two neighbours."""
    groups: list[list[Test]] = []
    either = False
    while tokens and tokens[-1] not in ")}":
        if tokens[-1] == "OR" and groups:
            tokens.pop()
            either = True
            continue
        test = _one(tokens, field, depth)
        if either:
            groups[-1].append(test)
        else:
            groups.append([test])
        either = False
    return [group[0] if len(group) == 1 else _any(group) for group in groups]


def _one(tokens: list[str], field: str, depth: int) -> Test:
    if depth > DEEPEST:
        raise Refusal(400, "Invalid query", reason="invalidArgument", location="q")
    token = tokens.pop()
    if token == "-" and tokens and tokens[-1] not in ")}":
        inner = _one(tokens, field, depth + 1)
        return lambda letter: not inner(letter)
    if token in ("(", "{"):
        tests = _all(tokens, field, depth + 1)
        if tokens:
            tokens.pop()
        return _any(tests) if token == "{" else _every(tests)
    if token.endswith(":") and tokens and token[:-1].lower() in OPERATORS:
        return _one(tokens, token[:-1].lower(), depth + 1)
    value = token.strip('"')
    if token.endswith(":") and tokens:
        value += tokens.pop()  # no operator: a word with a colon in it
    return OPERATORS[field](value)


def _any(tests: list[Test]) -> Test:
    return lambda letter: any(test(letter) for test in tests)


def _every(tests: list[Test]) -> Test:
    return lambda letter: all(test(letter) for test in tests)
