"""Values read from a range: formatted, unformatted or as formulas, by rows or by columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell import Cell, tidy_number
from offboard.sandbox.sheets.formula.values import FormulaError, Shaped
from offboard.sandbox.sheets.number_format import DATES
from offboard.sandbox.sheets.sheet import Sheet


@dataclass(frozen=True)
class Rendering:
    """How values are given back."""

    value: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"
    by_columns: bool = False


def read_rendering(asked: Json, prefix: str = "") -> Rendering:
    """How the request wants values back; in answers to a write the names begin with `response`."""
    value, dates = "valueRenderOption", "dateTimeRenderOption"
    if prefix:
        value, dates = "responseValueRenderOption", "responseDateTimeRenderOption"
    return Rendering(
        asked.get(value, "FORMATTED_VALUE"),
        asked.get(dates, "SERIAL_NUMBER"),
        asked.get("majorDimension") == "COLUMNS",
    )


def value_range(book: Book, sheet: Sheet, box: Box, rendering: Rendering) -> Json:
    """A range with its values as Google's ValueRange; without `values` where all is blank."""
    dimension = "COLUMNS" if rendering.by_columns else "ROWS"
    answer: Json = {"range": sheet.address(box.span()), "majorDimension": dimension}
    values = read_values(book, sheet, box, rendering)
    return answer | ({"values": values} if values else {})


def read_values(book: Book, sheet: Sheet, box: Box, rendering: Rendering) -> list[list[Any]]:
    """The values line by line; blanks at the ends of lines, and blank lines at the end, are left out."""
    rows: list[list[Any]] = []
    line: list[Any]
    for row in range(box.top, min(box.bottom, len(sheet.rows))):
        cells = sheet.rows[row][box.left : box.right]
        if rendering.value == "FORMATTED_VALUE":  # most are asked for again and again: what was shown is kept
            line = [
                None
                if cell is None
                else cell.shown
                if cell.shown is not None
                else _shown(book, sheet, row, column, cell)
                for column, cell in enumerate(cells, box.left)
            ]
        else:
            line = [
                None
                if cell is None
                else cell.value  # as it stands in most cells, and None where only a note or a rule is
                if cell.formula is None and cell.format is None
                else _rendered(book, sheet, row, column, cell, rendering)
                for column, cell in enumerate(cells, box.left)
            ]
        rows.append(line)
    if rendering.by_columns:
        rows = [list(column) for column in zip_longest(*rows)]
    return _without_ends(rows)


def _without_ends(rows: list[list[Any]]) -> list[list[Any]]:
    """Lines without the blanks (None) at their ends; a formula that shows nothing is no blank."""
    for number, line in enumerate(rows):
        end = len(line)
        while end and line[end - 1] is None:
            end -= 1
        line = line[:end]
        rows[number] = ["" if value is None else value for value in line] if None in line else line
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _shown(book: Book, sheet: Sheet, row: int, column: int, cell: Cell) -> str | None:
    return book.shown(sheet, row, column, cell) if cell.filled else None


def _rendered(book: Book, sheet: Sheet, row: int, column: int, cell: Cell, rendering: Rendering) -> Any:
    if not cell.filled:
        return None
    if rendering.value == "FORMULA" and cell.formula is not None:
        return cell.formula
    value = book.effective(sheet, row, column, cell)
    if value is None:
        return ""
    if isinstance(value, FormulaError):
        return value.shown
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return value
    look = cell.number_format or (value.number_format if isinstance(value, Shaped) else {})
    if rendering.dates == "FORMATTED_STRING" and look.get("type") in DATES:
        return book.shown(sheet, row, column, cell)
    return tidy_number(value)
