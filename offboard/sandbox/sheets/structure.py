"""Rows and columns put in, taken out and moved: the cells themselves, then everything that refers to them."""

from __future__ import annotations

from collections.abc import Callable

from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.sheet import Dimension, Row, Sheet
from offboard.sandbox.sheets.shifts import Deleted, Inserted, Moved, shift_everything

GRID_KEYS: dict[Dimension, str] = {"ROWS": "rowCount", "COLUMNS": "columnCount"}


def resize(book: Book, sheet: Sheet, dimension: Dimension, count: int) -> None:
    """Give the grid this many rows or columns; those beyond are taken out."""
    before = sheet.count(dimension)
    if count < before:
        delete_lines(book, sheet, dimension, count, before)
    sheet.grid[GRID_KEYS[dimension]] = count


def insert_lines(book: Book, sheet: Sheet, dimension: Dimension, at: int, many: int, *, like_before: bool) -> None:
    """Put in blank rows or columns that look like the one before or after them."""
    model = at - 1 if like_before else at
    if dimension == "ROWS":
        likeness = [_look(cell) for cell in sheet.rows[model]] if 0 <= model < len(sheet.rows) else []
        if at < len(sheet.rows) or any(likeness):
            while len(sheet.rows) < at:
                sheet.rows.append([])
            sheet.rows[at:at] = [list(likeness) for _ in range(many)]
        _remap(sheet, lambda row: row + many if row >= at else row)
        sheet.shifts.append((at, many))
        sheet.changed.update(range(at, at + many) if any(likeness) else ())
    else:
        for number, row in enumerate(sheet.rows):
            look = _look(row[model]) if 0 <= model < len(row) else None
            if at < len(row) or look:
                row.extend([None] * (at - len(row)))
                row[at:at] = [look] * many
                sheet.changed.add(number)
    _trim_all(sheet)
    sheet.grid[GRID_KEYS[dimension]] += many
    shift_everything(book, sheet, dimension, Inserted(at, many))
    size = sheet.sizes[dimension].get(model if like_before else at + many)
    if size and "pixelSize" in size:
        sheet.sizes[dimension] |= {n: {"pixelSize": size["pixelSize"]} for n in range(at, at + many)}


def delete_lines(book: Book, sheet: Sheet, dimension: Dimension, start: int, end: int) -> None:
    """Take out rows or columns."""
    if dimension == "ROWS":
        del sheet.rows[start:end]
        _remap(sheet, lambda row: None if start <= row < end else row - (end - start) if row >= end else row)
        sheet.shifts.append((start, start - end))
    else:
        for number, row in enumerate(sheet.rows):
            if len(row) > start:
                del row[start:end]
                sheet.changed.add(number)
    _trim_all(sheet)
    sheet.grid[GRID_KEYS[dimension]] -= end - start
    shift_everything(book, sheet, dimension, Deleted(start, end))


def move_lines(book: Book, sheet: Sheet, dimension: Dimension, start: int, end: int, to: int) -> None:
    """Move rows or columns so that they begin at `to`."""
    if dimension == "ROWS":
        high = max(end, to + end - start)
        sheet.rows.extend([] for _ in range(high - len(sheet.rows)))
        _move(sheet.rows, start, end, to)
        sheet.changed.update(range(min(start, to), high))
    else:
        for number, row in enumerate(sheet.rows):
            row.extend([None] * (max(end, to + end - start) - len(row)))
            _move(row, start, end, to)
            sheet.changed.add(number)
    _trim_all(sheet)
    shift_everything(book, sheet, dimension, Moved(start, end, to))


def _move(items: list[Row] | list[Cell | None], start: int, end: int, to: int) -> None:
    moved = items[start:end]
    del items[start:end]
    items[to:to] = moved  # type: ignore[assignment]


def _look(cell: Cell | None) -> Cell | None:
    look = Cell(format=cell.format, rule=cell.rule) if cell else None
    return look if look and not look.blank else None


def _remap(sheet: Sheet, place: Callable[[int], int | None]) -> None:
    sheet.changed = {new for new in map(place, sheet.changed) if new is not None}


def _trim_all(sheet: Sheet) -> None:
    for row in sheet.rows:
        while row and row[-1] is None:
            row.pop()
    while sheet.rows and not sheet.rows[-1]:
        sheet.rows.pop()
    sheet.touch()
