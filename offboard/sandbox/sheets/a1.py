"""Addresses: A1 notation (and R1C1), grid ranges, and rectangles on one sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from offboard.sandbox.documents import Json

NUMBER = r"([1-9]\d{0,6})"
CORNER = rf"\$?([A-Za-z]{{1,3}})?\$?{NUMBER}?"
RANGE = re.compile(rf"{CORNER}(?::{CORNER})?")
R1C1 = re.compile(rf"R{NUMBER}C{NUMBER}(?::R{NUMBER}C{NUMBER})?", re.IGNORECASE)
LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|R\d*C\d*|TRUE|FALSE", re.IGNORECASE)
PLAIN_TITLE = re.compile(r"[^\W\d]\w*")
SIDES = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")


@dataclass(frozen=True)
class Span:
    """A range on a sheet as it was asked for: ends are exclusive, a missing side is unbounded."""

    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None

    def on(self, rows: int, columns: int) -> Box:
        """The part of it that lies on a grid of this size."""
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return Box(self.top or 0, bottom, self.left or 0, right)

    @property
    def one_cell(self) -> bool:
        """Whether it names exactly one cell."""
        sides = (self.top, self.bottom, self.left, self.right)
        return None not in sides and sides == (self.top, (self.top or 0) + 1, self.left, (self.left or 0) + 1)

    def json(self, sheet_id: int) -> Json:
        """As Google writes a GridRange: zero sheet ids and unbounded sides are left out."""
        named = zip(SIDES, (self.top, self.bottom, self.left, self.right), strict=True)
        sides = {name: side for name, side in named if side is not None}
        return ({"sheetId": sheet_id} if sheet_id else {}) | sides

    def text(self) -> str:
        """In A1 notation, without a sheet: `A1:B2`, `A:C`, `2:5`, `B3:B`."""
        first = format_corner(self.top, self.left)
        last = format_corner(
            None if self.bottom is None else self.bottom - 1, None if self.right is None else self.right - 1
        )
        return first if self.one_cell else f"{first}:{last}"


@dataclass(frozen=True)
class Box:
    """A rectangle of cells with all four sides known; ends are exclusive."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def empty(self) -> bool:
        """Whether it has no cell."""
        return self.top >= self.bottom or self.left >= self.right

    def span(self) -> Span:
        """The same rectangle as a range."""
        return Span(self.top, self.bottom, self.left, self.right)

    def meets(self, other: Box) -> bool:
        """Whether the two have a cell in common."""
        return not self.common(other).empty

    def common(self, other: Box) -> Box:
        """The cells of both."""
        return Box(
            max(self.top, other.top),
            min(self.bottom, other.bottom),
            max(self.left, other.left),
            min(self.right, other.right),
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly inside."""
        return self.common(other) == other


def read_span(grid_range: Json) -> Span:
    """The span of a GridRange."""
    return Span(*(grid_range.get(side) for side in SIDES))


def column_letters(index: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters, rest = "", index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def column_index(letters: str) -> int:
    """0 for `A`, 26 for `AA`."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def format_corner(row: int | None, column: int | None) -> str:
    """`B3`, or only the letter or the number where the other is unbounded."""
    return ("" if column is None else column_letters(column)) + ("" if row is None else str(row + 1))


def parse_span(text: str) -> Span | None:
    """The range in A1 or R1C1 notation without its sheet; None when it is not one."""
    matched = R1C1.fullmatch(text)
    if matched:
        top, left, bottom, right = (int(g) if g else None for g in matched.groups())
        assert top is not None
        assert left is not None
        return _ordered(top - 1, left - 1, (bottom or top) - 1, (right or left) - 1)
    matched = RANGE.fullmatch(text)
    if not matched or not text:
        return None
    letters, number, last_letters, last_number = matched.groups()
    left = column_index(letters) if letters else None
    top = int(number) - 1 if number else None
    if ":" not in text:
        return _ordered(top, left, top, left) if letters and number else None
    right = column_index(last_letters) if last_letters else None
    bottom = int(last_number) - 1 if last_number else None
    if not (letters or number) or not (last_letters or last_number) or ((left is None) != (right is None)):
        return None if (left is None) == (right is None) else _half_open(top, left, bottom, right)
    return _ordered(top, left, bottom, right)


def _half_open(top: int | None, left: int | None, bottom: int | None, right: int | None) -> Span | None:
    # Google takes `A1:2` and `1:B2`: unbounded on the side that one corner does not name
    if top is None or bottom is None:
        return None
    return Span(
        min(top, bottom), max(top, bottom) + 1, left if left is not None else 0, None if left is not None else right
    )


def _ordered(top: int | None, left: int | None, bottom: int | None, right: int | None) -> Span:
    if top is not None and bottom is not None and top > bottom:
        top, bottom = bottom, top
    if left is not None and right is not None and left > right:
        left, right = right, left
    return Span(top, None if bottom is None else bottom + 1, left, None if right is None else right + 1)


def split_title(text: str) -> tuple[str | None, str, bool]:
    """Sheet title, rest, and whether the title was quoted: `'it''s'!A1` is (`it's`, `A1`, True)."""
    if text.startswith("'"):
        matched = re.match(r"'((?:[^']|'')+)'(?:!(.*))?$", text, re.DOTALL)
        if matched:
            return matched[1].replace("''", "'"), matched[2] or "", True
    title, mark, rest = text.rpartition("!")
    return (title, rest, False) if mark else (None, text, False)


def quote_title(title: str) -> str:
    """A title as it stands before the `!`: quoted unless it is a plain word that cannot be taken for a cell."""
    if PLAIN_TITLE.fullmatch(title) and not LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"
