"""Rows and columns put in, taken out and moved: the cells themselves, then everything that refers to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import SIDES, read_span
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.formula.rewrite import Change, Rewrite, Written, rewrite_formula, rewriting
from offboard.sandbox.sheets.sheet import Dimension, Row, Sheet

ENDLESS = 1 << 40
INDEXES = {*SIDES, "startIndex", "endIndex"}  # what tells a range from anything else
GRID_KEYS: dict[Dimension, str] = {"ROWS": "rowCount", "COLUMNS": "columnCount"}


class Shift(Protocol):
    """Where a stretch of rows or columns comes to lie."""

    def stretch(self, start: int, end: int) -> tuple[int, int] | None:
        """The new place of a stretch; None when it is gone."""


@dataclass(frozen=True)
class Inserted:
    """So many rows or columns were put in: a stretch that they fall inside grows, one behind them moves on."""

    at: int
    many: int

    def stretch(self, start: int, end: int) -> tuple[int, int] | None:
        """The new place of a stretch."""
        if start >= self.at:
            return start + self.many, end + self.many
        return start, end + self.many if end > self.at else end


@dataclass(frozen=True)
class Deleted:
    """Rows or columns were taken out: what lies behind them moves up."""

    start: int
    end: int

    def stretch(self, start: int, end: int) -> tuple[int, int] | None:
        """The new place of a stretch; None when all of it was taken out."""
        many = self.end - self.start
        first = start if start < self.start else max(self.start, start - many)
        last = end if end <= self.start else max(self.start, end - many)
        return (first, last) if last > first else None


@dataclass(frozen=True)
class Moved:
    """Rows or columns were moved: a stretch inside goes along, others close the gap and make room."""

    start: int
    end: int
    to: int  # where they begin now

    def stretch(self, start: int, end: int) -> tuple[int, int] | None:
        """The new place of a stretch."""
        if self.start <= start and end <= self.end:
            return start + self.to - self.start, end + self.to - self.start
        low, high = min(self.start, self.to), max(self.end, self.to + self.end - self.start)
        if start <= low and high <= end:
            return start, end
        left = Deleted(self.start, self.end).stretch(start, end)
        return Inserted(self.to, self.end - self.start).stretch(*left) if left else None


def shift_everything(book: Book, sheet: Sheet, dimension: Dimension, shift: Shift) -> None:
    """Carry along formulas, names, rules, protections, filters, sizes, metadata: all that names rows or columns."""
    ends = {True: ("startIndex", "endIndex"), False: SIDES[:2] if dimension == "ROWS" else SIDES[2:]}

    def carried(value: Any) -> Any:
        """A part of a document with every range in it where it now lies; None when nothing is left of it."""
        if isinstance(value, list):
            return [kept for kept in map(carried, value) if kept is not None]
        if not isinstance(value, dict):
            return value
        if not value.keys() & INDEXES:
            changed = {name: carried(inner) for name, inner in value.items()}
            return None if None in changed.values() or changed.get("ranges") == [] else changed
        if value.get("sheetId", 0) != sheet.id or value.get("dimension", dimension) != dimension:
            return value
        start, end = ends["dimension" in value]
        first, last = value.get(start), value.get(end)
        if first is None and last is None:
            return value
        place = shift.stretch(first or 0, ENDLESS if last is None else last)
        if place is None:
            return None
        moved = {start: place[0], end: place[1]}
        return value | {name: index for name, index in moved.items() if name in value}

    def change_on(home: Sheet) -> Change:
        def change(written: Written) -> Written | None:
            target = home if written.title is None else book.find_titled(written.title)
            if target is not sheet:
                return written
            place = carried(written.span.json(sheet.id))
            return written.with_span(read_span(place)) if place else None

        return change

    rewrite_cells(book, change_on)
    tables = sheet.lists["tables"]
    book.named_ranges, book.metadata = carried(book.named_ranges), carried(book.metadata)
    sheet.lists = {name: carried(items) for name, items in sheet.lists.items()}
    sheet.lists["merges"] = [merge for merge in sheet.lists["merges"] if not read_span(merge).one_cell]
    if dimension == "COLUMNS":
        _carry_columns(tables, sheet.lists["tables"], shift)
    sheet.basic_filter = carried(sheet.basic_filter) if sheet.basic_filter else None
    sizes = ((shift.stretch(n, n + 1), size) for n, size in sheet.sizes[dimension].items())
    sheet.sizes[dimension] = {place[0]: size for place, size in sizes if place}
    book.touch()


def _carry_columns(before: list[Json], tables: list[Json], shift: Shift) -> None:
    """Let what is known of a table's columns go where these go."""
    known = {table["tableId"]: table for table in before}
    for table in tables:
        old, new = read_span(known[table["tableId"]]["range"]).left or 0, read_span(table["range"])
        columns: list[Json] = [{} for _ in range((new.right or 0) - (new.left or 0))]
        for index, column in enumerate(table["columnProperties"], old):
            place = shift.stretch(index, index + 1)
            if place and (new.left or 0) <= place[0] < (new.right or 0):
                columns[place[0] - (new.left or 0)] = column
        table["columnProperties"] = columns


def rewrite_cells(book: Book, change_on: Callable[[Sheet], Change]) -> None:
    """Rewrite the references of every formula of a spreadsheet: in cells, in their rules, in conditional formats."""
    decimal = book.region.decimal
    for home in book.sheets:
        rewrite = rewriting(change_on(home))
        rules: dict[int, Json] = {}
        for row, column, cell in home.cells_that_refer():
            formula = rewrite_formula(cell.formula, decimal, rewrite) if cell.formula else cell.formula
            rule = cell.rule
            if rule:
                if id(rule) not in rules:
                    rules[id(rule)] = _rewritten(rule, decimal, rewrite)
                rule = rules[id(rule)]
            if formula != cell.formula or rule is not cell.rule:
                kept = Cell(cell.value, formula, cell.format, cell.note, rule, cell.runs, cell.chips)
                home.put(row, column, kept)
        for name, rule in enumerate(home.lists["conditionalFormats"]):
            if "booleanRule" in rule:
                boolean = _rewritten(rule["booleanRule"], decimal, rewrite)
                home.lists["conditionalFormats"][name] = rule | {"booleanRule": boolean}


def _rewritten(rule: Json, decimal: str, rewrite: Rewrite) -> Json:
    """A rule with the references in its condition's values changed; itself when nothing changes."""
    values = rule.get("condition", {}).get("values", [])
    rewritten = [
        value | {"userEnteredValue": rewrite_formula(text, decimal, rewrite)}
        if (text := value.get("userEnteredValue", "")).startswith("=")
        else value
        for value in values
    ]
    return rule if rewritten == values else rule | {"condition": rule["condition"] | {"values": rewritten}}


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
