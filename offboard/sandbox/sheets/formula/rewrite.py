"""Formulas whose references are rewritten where they stand: everything else of the text stays as it was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from offboard.sandbox.sheets.a1 import Span, column_index, column_letters, quote_title, split_title
from offboard.sandbox.sheets.formula.parse import tokenize
from offboard.sandbox.sheets.formula.values import FormulaError

CORNER = re.compile(r"(\$?)([A-Za-z]*)(\$?)(\d*)")


@dataclass(frozen=True)
class Corner:
    """One end of a reference: its column and row, each perhaps absent, each perhaps fixed by `$`."""

    column: int | None
    row: int | None
    column_fixed: bool
    row_fixed: bool

    def text(self) -> str:
        """As it is written."""
        letters = "" if self.column is None else ("$" if self.column_fixed else "") + column_letters(self.column)
        return letters + ("" if self.row is None else ("$" if self.row_fixed else "") + str(self.row + 1))

    def moved(self, down: int, right: int) -> Corner | None:
        """As it reads in a copy that stands elsewhere; None when it would leave the grid."""
        row = self.row if self.row is None or self.row_fixed else self.row + down
        column = self.column if self.column is None or self.column_fixed else self.column + right
        if (row is not None and row < 0) or (column is not None and column < 0):
            return None
        return replace(self, row=row, column=column)


@dataclass(frozen=True)
class Written:
    """A reference as it stands in a formula: a sheet's title or none, one corner or two."""

    title: str | None
    first: Corner
    last: Corner | None

    @property
    def span(self) -> Span:
        """Which cells it means."""
        last = self.last or self.first
        bottom = None if last.row is None else last.row + 1
        right = None if last.column is None else last.column + 1
        return Span(self.first.row, bottom, self.first.column, right)

    def with_span(self, span: Span) -> Written:
        """The same way of writing, for other cells."""
        first = replace(self.first, row=span.top, column=span.left)
        if self.last is None:
            return replace(self, first=first)
        bottom = None if span.bottom is None else span.bottom - 1
        right = None if span.right is None else span.right - 1
        return replace(self, first=first, last=replace(self.last, row=bottom, column=right))

    def text(self) -> str:
        """As it is written."""
        title = "" if self.title is None else quote_title(self.title) + "!"
        return title + self.first.text() + (f":{self.last.text()}" if self.last else "")


Change = Callable[[Written], Written | None]
Rewrite = Callable[[str], str]  # a reference as it is written, and as it shall be


@lru_cache(maxsize=4096)  # a column of formulas refers to the same cells over and over
def parse_written(text: str) -> Written | None:
    """A reference token taken apart; None when the cells it meant are gone."""
    title, rest, _ = split_title(text)
    if "#" in rest:
        return None
    corners = [_corner(part) for part in rest.split(":")]
    return Written(title, corners[0], corners[1] if len(corners) > 1 else None)


def _corner(text: str) -> Corner:
    matched = CORNER.fullmatch(text)
    assert matched is not None
    dollar, letters, second, number = matched.groups()
    row_fixed = bool(second) if letters else bool(dollar or second)
    return Corner(
        column_index(letters) if letters else None,
        int(number) - 1 if number else None,
        bool(letters and dollar),
        row_fixed,
    )


def rewriting(change: Change) -> Rewrite:
    """A change of references as one of their texts, each worked out once; those that are lost read `#REF!`."""

    @cache
    def rewrite(text: str) -> str:
        written = parse_written(text)
        changed = change(written) if written else None
        if written == changed:
            return text
        return changed.text() if changed else "#REF!"

    return rewrite


def rewrite_formula(formula: str, decimal: str, rewrite: Rewrite) -> str:
    """A formula with each reference rewritten."""
    pieces = _cut(formula, decimal)
    written = tuple(map(rewrite, pieces[1::2]))
    if written == pieces[1::2]:
        return formula
    whole = list(pieces)
    whole[1::2] = written
    return "".join(whole)


@lru_cache(maxsize=16384)  # every formula of a tracker is looked at whenever rows or columns move
def _cut(formula: str, decimal: str) -> tuple[str, ...]:
    """The formula's text before, between and behind its references, and these: every second piece is one."""
    try:
        tokens = tokenize(formula, decimal)
    except FormulaError:
        return (formula,)
    pieces: list[str] = []
    end = 0
    for token in tokens:
        if token.kind == "reference":
            pieces += [formula[end : token.start], token.text]
            end = token.end
    return (*pieces, formula[end:])


def copied_formula(formula: str, decimal: str, down: int, right: int) -> str:
    """A formula as it reads in a copy so many rows further down and columns further right."""

    def move(written: Written) -> Written | None:
        first = written.first.moved(down, right)
        last = written.last.moved(down, right) if written.last else None
        if first is None or (written.last is not None and last is None):
            return None
        return replace(written, first=first, last=last)

    return rewrite_formula(formula, decimal, rewriting(move))


def translated_formula(formula: str, old: str, new: str) -> str:
    """A formula as it reads in a locale with another decimal separator: it decides what stands between arguments."""
    try:
        tokens = tokenize(formula, old)
    except FormulaError:
        return formula
    text = list(formula)
    for token in tokens:
        if token.kind == "separator":
            text[token.start] = ";" if new == "," else ","
        elif token.kind == "number":
            text[token.start : token.end] = token.text.replace(old, new)
    return "".join(text)
