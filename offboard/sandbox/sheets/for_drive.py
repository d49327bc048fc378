"""What Drive asks of this room for a file that is a Google Sheet: made, imported, exported, copied, deleted."""

from __future__ import annotations

from typing import NamedTuple

from offboard.sandbox.drive.store import get_file
from offboard.sandbox.sheets.cell import tidy_number
from offboard.sandbox.sheets.formula.values import FormulaError, Shaped
from offboard.sandbox.sheets.new_book import blank_book
from offboard.sandbox.sheets.number_format import pattern_of
from offboard.sandbox.sheets.sheet_properties import copy_sheet
from offboard.sandbox.sheets.store import begin_change, find_book, save_book
from offboard.sandbox.sheets.writing import write_value
from offboard.sandbox.state import State


class Shown(NamedTuple):
    """A cell of an export: its typed value (XLSX), what a person sees (CSV, PDF), and its number format."""

    value: str | float | bool | None
    text: str
    pattern: str = ""  # such as `yyyy-mm-dd`; empty: automatic


Table = tuple[str, tuple[tuple[Shown, ...], ...]]  # a title and its rows


def create(state: State, file_id: str) -> None:
    """One blank sheet; the title is the file's."""
    save_book(state, blank_book(file_id, state.clock), 0)


def import_table(state: State, file_id: str, rows: list[list[str]]) -> None:
    """Replace everything by one sheet, called like the file, with these texts typed in."""
    book = find_book(state, file_id)
    assert book is not None, file_id
    version = begin_change(book)
    fresh = blank_book(file_id, state.clock, book.properties["locale"])
    sheet = fresh.sheets[0]
    sheet.properties |= {"sheetId": book.sheets[0].id + 1, "title": get_file(state, file_id).name[:100] or "Sheet1"}
    sheet.grid["rowCount"] = max(1000, len(rows))
    sheet.grid["columnCount"] = max(26, *map(len, rows)) if rows else 26
    for row, line in enumerate(rows):
        for column, text in enumerate(line):
            write_value(fresh, sheet, row, column, text, typed=True)
    save_book(state, fresh, version)


def export_table(state: State, file_id: str) -> tuple[Table, ...]:
    """Every sheet that is not hidden: its title and its cells as they are shown, with their values."""
    book = find_book(state, file_id)
    assert book is not None, file_id
    tables: list[Table] = []
    for sheet in book.sheets:
        rows: list[tuple[Shown, ...]] = []
        for row, line in enumerate(sheet.rows):
            cells: list[Shown] = []
            for column, cell in enumerate(line):
                if cell is None or not cell.filled:
                    cells.append(Shown(None, ""))
                    continue
                value = book.effective(sheet, row, column, cell)
                text = book.shown(sheet, row, column, cell)
                look = cell.number_format or (value.number_format if isinstance(value, Shaped) else None)
                if isinstance(value, float | int) and not isinstance(value, bool):
                    value = tidy_number(value)
                elif isinstance(value, FormulaError):
                    value = text
                cells.append(
                    Shown(str(value) if isinstance(value, str) else value, text, pattern_of(look, book.region))
                )
            rows.append(tuple(cells))
        tables.append((sheet.title, tuple(rows)))
    return tuple(tables)


def copy(state: State, source_id: str, target_id: str) -> None:
    """The same spreadsheet once more: sheets with their numbers, names, metadata."""
    source = find_book(state, source_id)
    assert source is not None, source_id
    target = blank_book(target_id, state.clock)
    target.properties = dict(source.properties)
    target.sheets = []
    for number, sheet in enumerate(source.sheets):
        target.adopt(copy_sheet(target, sheet, sheet.title, sheet.id), number)
    target.named_ranges = [dict(named) for named in source.named_ranges]
    target.metadata = [dict(entry) for entry in source.metadata]
    save_book(state, target, 0)
