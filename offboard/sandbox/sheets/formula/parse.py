"""Formulas cut into tokens, each with its place in the text, and read as trees."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from offboard.sandbox.sheets.a1 import Span, parse_span, split_title
from offboard.sandbox.sheets.formula.values import SHOWN, TOO_LARGE, FormulaError, Scalar

TITLE = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!"
CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d*"
COLUMN = r"\$?[A-Za-z]{1,3}"
ROW = r"\$?[1-9]\d*"
REFERENCE = rf"(?:{TITLE})?(?:{CELL}:(?:{CELL}|{COLUMN}|{ROW})|{CELL}|{COLUMN}:{COLUMN}|{ROW}:{ROW}|\#REF!)(?![\w(.])"
PIECES = r"""
    (?P<space>\s+)
  | (?P<text>"(?:[^"]|"")*")
  | (?P<reference>{reference})
  | (?P<error>\#(?:N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|ERROR!))
  | (?P<number>\d+(?:{decimal}\d*)?(?:[eE][+-]?\d+)?|{decimal}\d+)
  | (?P<call>[^\W\d][\w.]*\s*\()
  | (?P<name>[^\W\d][\w.]*)
  | (?P<operator><>|<=|>=|[-+*/^&=<>%])
  | (?P<open>\()
  | (?P<close>\))
  | (?P<separator>[;,])
"""
BINDING = ({"=", "<>", "<", ">", "<=", ">="}, {"&"}, {"+", "-"}, {"*", "/"}, {"^"})  # loosest first


@dataclass(frozen=True)
class Token:
    """One token and where it starts in the formula's text."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@lru_cache(maxsize=4)
def _pattern(decimal: str) -> re.Pattern[str]:
    pieces = PIECES.replace("{reference}", REFERENCE).replace("{decimal}", re.escape(decimal))
    return re.compile(pieces, re.VERBOSE)


@lru_cache(maxsize=4096)
def tokenize(formula: str, decimal: str) -> tuple[Token, ...]:
    """The tokens of a formula (with its `=`), blanks left out; FormulaError where Google would see none."""
    tokens: list[Token] = []
    pattern, at = _pattern(decimal), 1
    while at < len(formula):
        matched = pattern.match(formula, at)
        kind = matched.lastgroup if matched else None
        if matched is None or kind is None or (kind == "separator" and decimal == "," == matched.group()):
            raise FormulaError("ERROR", "Formula parse error.")
        if kind != "space":
            tokens.append(Token(kind, matched.group(), at))
        at = matched.end()
    return tuple(tokens)


@dataclass(frozen=True)
class Literal:
    """A constant."""

    value: Scalar


@dataclass(frozen=True)
class Reference:
    """Cells, on a sheet by title or on the formula's own."""

    title: str | None
    span: Span


@dataclass(frozen=True)
class Name:
    """A named range."""

    name: str


@dataclass(frozen=True)
class Operation:
    """An operator and its one or two operands; `%` and signs have one."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True)
class Invocation:
    """A function's name in capitals and its arguments; an argument left empty is None."""

    name: str
    arguments: tuple[Node | None, ...]


Node = Literal | Reference | Name | Operation | Invocation


@lru_cache(maxsize=4096)
def parse_formula(formula: str, decimal: str) -> Node:
    """The tree of a formula such as `=A1+1`; FormulaError (#ERROR!) where it cannot be read."""
    parser = _Parser(tokenize(formula, decimal), decimal)
    tree = parser.binary(0)
    if parser.here is not None:
        raise parser.refusal()
    return tree


def reference_of(text: str) -> Reference:
    """The cells that a reference token names; FormulaError when they were deleted."""
    title, rest, _ = split_title(text)
    span = parse_span(rest.replace("$", ""))
    if span is None:
        raise FormulaError("REF", "Reference does not exist.")
    return Reference(title, span)


class _Parser:
    def __init__(self, tokens: tuple[Token, ...], decimal: str) -> None:
        self.tokens = tokens
        self.decimal = decimal
        self.at = 0

    @property
    def here(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def refusal(self) -> FormulaError:
        return FormulaError("ERROR", "Formula parse error.")

    def take(self, kind: str) -> Token | None:
        if self.here is not None and self.here.kind == kind:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def binary(self, level: int) -> Node:
        if level == len(BINDING):
            return self.sign()
        left = self.binary(level + 1)
        while self.here is not None and self.here.kind == "operator" and self.here.text in BINDING[level]:
            operator = self.tokens[self.at].text
            self.at += 1
            left = Operation(operator, (left, self.binary(level + 1)))
        return left

    def sign(self) -> Node:
        if self.here is not None and self.here.kind == "operator" and self.here.text in "+-":
            self.at += 1
            return Operation("u" + self.tokens[self.at - 1].text, (self.sign(),))
        operand = self.operand()
        while self.here is not None and self.here.text == "%":
            self.at += 1
            operand = Operation("%", (operand,))
        return operand

    def operand(self) -> Node:
        token = self.here
        if token is None:
            raise self.refusal()
        self.at += 1
        if token.kind == "number":
            value = float(token.text.replace(self.decimal, "."))
            if not math.isfinite(value):
                return Literal(FormulaError("NUM", TOO_LARGE))
            return Literal(int(value) if value.is_integer() and abs(value) < 1e15 else value)
        if token.kind == "text":
            return Literal(token.text[1:-1].replace('""', '"'))
        if token.kind == "error":
            return Literal(FormulaError(next(kind for kind, shown in SHOWN.items() if shown == token.text)))
        if token.kind == "reference":
            return _reference(token.text)
        if token.kind == "name":
            truth = token.text.upper()
            return Literal(truth == "TRUE") if truth in ("TRUE", "FALSE") else Name(token.text)
        if token.kind == "call":
            return Invocation(token.text[:-1].strip().upper(), self.arguments())
        if token.kind == "open":
            inner = self.binary(0)
            if self.take("close"):
                return inner
        raise self.refusal()

    def arguments(self) -> tuple[Node | None, ...]:
        arguments: list[Node | None] = []
        if self.take("close"):
            return ()
        while True:
            empty = self.here is None or self.here.kind in ("separator", "close")
            arguments.append(None if empty else self.binary(0))
            if self.take("close"):
                return tuple(arguments)
            if not self.take("separator"):
                raise self.refusal()


def _reference(text: str) -> Node:
    try:
        return reference_of(text)
    except FormulaError as error:
        return Literal(error)
