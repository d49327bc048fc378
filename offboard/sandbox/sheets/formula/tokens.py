"""A formula cut into tokens, each with its place in the text, so that references can be rewritten where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from offboard.sandbox.sheets.formula.values import FormulaError

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
