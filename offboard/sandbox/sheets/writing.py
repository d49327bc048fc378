"""Values that come as JSON become cells: taken as they are, or read as if a person had typed them."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell import Cell, tidy_number
from offboard.sandbox.sheets.entered import Entered, link_runs, parse_entered
from offboard.sandbox.sheets.formula.rewrite import translated_formula
from offboard.sandbox.sheets.formula.values import LONGEST
from offboard.sandbox.sheets.number_format import DATES
from offboard.sandbox.sheets.places import Invalid
from offboard.sandbox.sheets.sheet import BLANK, Sheet


def write_value(book: Book, sheet: Sheet, row: int, column: int, value: Any, *, typed: bool) -> None:
    """Put a JSON value into a cell; an empty text empties it, its format stays."""
    cell = sheet.cell(row, column) or BLANK
    if value == "" and isinstance(value, str):
        sheet.put(row, column, cell.with_content(None))
    elif isinstance(value, str):
        check_length(value)
        sheet.put(row, column, type_text(book, cell, value) if typed else cell.with_content(value))
    elif isinstance(value, bool):
        sheet.put(row, column, cell.with_content(value))
    else:
        sheet.put(row, column, cell.with_content(tidy_number(value)))


def type_text(book: Book, cell: Cell, text: str) -> Cell:
    """A cell after somebody typed this into it; a cell of plain text takes every typing as it is."""
    if (cell.number_format or {}).get("type") == "TEXT":
        return cell.with_content(text)
    entered = parse_entered(text, book.region, book.moment().year)
    typed = cell.with_content(entered.value, settle(book, entered.formula))
    if entered.number_format and not _fits(cell.number_format, entered):
        typed.format = (cell.format or {}) | {"numberFormat": entered.number_format}
    if isinstance(entered.value, str):
        typed.runs = link_runs(entered.value) or None
    return typed


def settle(book: Book, formula: str | None) -> str | None:
    """A formula as the spreadsheet's locale keeps it: a `;` between arguments becomes a comma where that separates."""
    decimal = book.region.decimal
    return translated_formula(formula, decimal, decimal) if formula and decimal != "," else formula


def check_length(text: str, times: int = 1) -> None:
    """Refuse what is longer than a cell can be, written so many times."""
    if len(text) * times > LONGEST:
        raise Invalid(f"Your input contains more than the maximum of {LONGEST} characters in a single cell.")


def _fits(present: Json | None, entered: Entered) -> bool:
    """Whether a cell's own format can show what was typed, so that it stays."""
    if not present or not entered.number_format:
        return False
    new, old = entered.number_format["type"], present.get("type")
    if new in DATES:
        return old == new or (old in DATES and "DATE" in str(old) and "DATE" in new)
    return old == new or (new == "NUMBER" and old not in DATES)
