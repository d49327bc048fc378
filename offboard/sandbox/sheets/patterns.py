"""Number format patterns, cut into tokens: `#,##0.00`, `dd/mm/yyyy hh:mm`, `[$€]0.00;[Red]-0.00;"none";@`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"
  | \\(?P<escaped>.)
  | _(?P<space>.)
  | \*(?P<fill>.)
  | \[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]
  | \[(?P<elapsed>h+|m+|s+)\]
  | \[(?P<color>[^\]]*)\]
  | (?P<half>am/pm|a/p)
  | (?P<general>general)
  | (?P<exponent>e[+-]0+)
  | (?P<date>y+|m+|d+|h+|s+)
  | (?P<digits>[0\#?][0\#?,]*(?:\.[0\#?]*)?|\.[0\#?]+)
  | (?P<percent>%)
  | (?P<text>@)
  | (?P<literal>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
LITERAL = ("quoted", "escaped", "literal")


@dataclass(frozen=True)
class Token:
    """A piece of a pattern: its kind (`digits`, `date`, `literal`, …) and its text."""

    kind: str
    text: str


@dataclass(frozen=True)
class Section:
    """One of a pattern's up to four parts: for positive numbers, negative ones, zero, text."""

    tokens: tuple[Token, ...]

    @property
    def is_date(self) -> bool:
        """Whether it shows a day or a time rather than a number."""
        return any(token.kind in ("date", "elapsed", "half") for token in self.tokens)


@lru_cache(maxsize=512)
def parse_pattern(pattern: str) -> tuple[Section, ...]:
    """The sections of a pattern."""
    sections: list[list[Token]] = [[]]
    for matched in TOKEN.finditer(pattern):
        kind = matched.lastgroup or "literal"
        if kind == "literal" and matched.group() == ";":
            sections.append([])
        elif kind in LITERAL:
            sections[-1].append(Token("literal", matched[kind]))
        elif kind == "space":
            sections[-1].append(Token("literal", " "))
        elif kind not in ("fill", "color"):
            sections[-1].append(Token(kind, matched[kind]))
    return tuple(Section(_minutes(tuple(tokens))) for tokens in sections)


def _minutes(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """`m` is minutes after hours or before seconds, months elsewhere."""
    read: list[Token] = []
    times = [n for n, t in enumerate(tokens) if t.kind in ("date", "elapsed")]
    for n, token in enumerate(tokens):
        if token.kind == "date" and token.text[0] in "mM" and len(token.text) <= 2:
            at = times.index(n)
            before = tokens[times[at - 1]].text[0].lower() if at else ""
            after = tokens[times[at + 1]].text[0].lower() if at + 1 < len(times) else ""
            if before == "h" or after == "s":
                read.append(Token("minutes", token.text))
                continue
        read.append(token)
    return tuple(read)
