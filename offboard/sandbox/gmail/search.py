"""Gmail's search: whole words, operators, quotes, `-`, `OR`, parentheses and braces; what it finds, in pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from offboard.sandbox.call import Call
from offboard.sandbox.gmail.mailbox import Mail
from offboard.sandbox.gmail.terms import ABSENT, OPERATORS, Letter, check_operator
from offboard.sandbox.refusal import Refusal

TOKEN = re.compile(r'-(?=[^\s)}])|[(){}]|"[^"]*"?|[A-Za-z0-9_]+:(?=\S)|[^\s(){}"]+')
DEEPEST = 50
Test = Callable[[Letter], bool]
MOST = 500  # mails in one page, however many are asked for


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


def get_page(call: Call, mails: list[Mail], name: str, render: Callable[[Mail], dict[str, Any]]) -> dict[str, Any]:
    """One page of those mails that match the request, under the name that the answer gives them."""
    query, labels = call.parameters.get("q", ""), set(call.parameters.get("labelIds", ()))
    matches = parse_query(query)
    now = call.state.clock.now()
    found = [mail for mail in mails if labels <= set(mail.labels) and matches(Letter(mail, now))]
    rest = [mail for mail in found if mail.number < _start(call)]
    page = rest[: max(1, min(call.parameters["maxResults"], MOST))]
    answer: dict[str, Any] = {name: [render(mail) for mail in page]} if page else {}
    if len(page) < len(rest):
        answer["nextPageToken"] = str(page[-1].number).zfill(20)
    return answer | {"resultSizeEstimate": len(found)}


def _start(call: Call) -> float:
    token = call.parameters.get("pageToken", "")
    if not token:
        return float("inf")
    if not re.fullmatch(r"[0-9]{20}", token):
        raise Refusal(400, "Invalid pageToken", reason="invalidArgument")
    return int(token)
