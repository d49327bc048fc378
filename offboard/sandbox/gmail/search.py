"""Gmail's search: whole words, operators, quotes, `-`, `OR`, parentheses and braces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from offboard.sandbox.gmail.terms import ABSENT, OPERATORS, Letter, check_operator
from offboard.sandbox.refusal import Refusal

TOKEN = re.compile(r'-(?=[^\s)}])|[(){}]|"[^"]*"?|[A-Za-z0-9_]+:(?=\S)|[^\s(){}"]+')
DEEPEST = 50
Test = Callable[[Letter], bool]


def parse_query(text: str) -> Test:
    """What a mail must be to be found by what a person would type into Gmail's search box."""
    tokens = TOKEN.findall(text)[::-1]  # a stack: the next token is its last
    tests: list[Test] = []
    while tokens:
        if tokens[-1] in ")}":
            tokens.pop()  # Gmail forgives a stray one
        tests.extend(_all(tokens, "", 0))
    return _joined(all, tests)


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
    return [_joined(any, group) for group in groups]


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
        return _joined(any if token == "{" else all, tests)
    if token.endswith(":") and tokens and token[:-1].lower() in (*OPERATORS, *ABSENT):
        return _one(tokens, token[:-1].lower(), depth + 1)
    value = token.strip('"')
    if token.endswith(":") and tokens:
        value += tokens.pop()  # no operator: a word with a colon in it
    check_operator(field, value)
    return lambda letter: OPERATORS[field](letter, value)


def _joined(how: Callable[[Iterable[bool]], bool], tests: list[Test]) -> Test:
    if len(tests) == 1:
        return tests[0]
    return lambda letter: how(test(letter) for test in tests)
