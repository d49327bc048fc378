"""What happens to everything on a sheet when rows or columns are inserted, deleted or moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Protocol

from offboard.sandbox.sheets.a1 import Span, read_span
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.formula.rewrite import Written, rewrite_formula
from offboard.sandbox.sheets.sheet import Dimension, Sheet

Json = dict[str, Any]
ENDLESS = 1 << 40


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
    """Carry formulas, names, rules, protections, filters, sizes, groups and metadata along."""

    def span(old: Span) -> Span | None:
        return shift_span(old, dimension, shift)

    _shift_formulas(book, sheet, span)
    book.named_ranges = _kept(book.named_ranges, lambda named: _ranged(named, sheet, span))
    book.metadata = _kept(book.metadata, lambda item: _metadata(item, sheet, dimension, shift))
    for name, key in (("protectedRanges", "range"), ("bandedRanges", "range"), ("filterViews", "range")):
        sheet.lists[name] = _kept(sheet.lists[name], lambda item, key=key: _ranged(item, sheet, span, key))  # type: ignore[misc]
    sheet.lists["tables"] = _kept(sheet.lists["tables"], lambda table: _table(table, sheet, dimension, span, shift))
    sheet.lists["protectedRanges"] = [_unprotected(item, sheet, span) for item in sheet.lists["protectedRanges"]]
    sheet.lists["merges"] = _kept(sheet.lists["merges"], lambda merge: _merge(merge, sheet, span))
    sheet.lists["conditionalFormats"] = _kept(sheet.lists["conditionalFormats"], lambda rule: _rule(rule, sheet, span))
    if sheet.basic_filter:
        sheet.basic_filter = _ranged(sheet.basic_filter, sheet, span)
    groups = "rowGroups" if dimension == "ROWS" else "columnGroups"
    sheet.lists[groups] = _kept(sheet.lists[groups], lambda group: _group(group, shift))
    moved = ((shift.stretch(n, n + 1), size) for n, size in sheet.sizes[dimension].items())
    sheet.sizes[dimension] = {place[0]: size for place, size in moved if place}
    book.touch()


def shift_span(span: Span, dimension: Dimension, shift: Shift) -> Span | None:
    """Where a range comes to lie; a side that it leaves open stays open."""
    first, last = (span.top, span.bottom) if dimension == "ROWS" else (span.left, span.right)
    if first is None and last is None:
        return span
    place = shift.stretch(first or 0, ENDLESS if last is None else last)
    if place is None:
        return None
    start = None if first is None else place[0]
    end = None if last is None else place[1]
    return replace(span, top=start, bottom=end) if dimension == "ROWS" else replace(span, left=start, right=end)


def _kept(items: list[Json], change: Callable[[Json], Json | None]) -> list[Json]:
    return [changed for changed in map(change, items) if changed is not None]


def _ranged(item: Json, sheet: Sheet, span: Callable[[Span], Span | None], key: str = "range") -> Json | None:
    if key not in item or item[key].get("sheetId", 0) != sheet.id:
        return item
    place = span(read_span(item[key]))
    return item | {key: place.json(sheet.id)} if place else None


def _merge(merge: Json, sheet: Sheet, span: Callable[[Span], Span | None]) -> Json | None:
    place = span(read_span(merge))
    return place.json(sheet.id) if place and not place.one_cell else None


def _unprotected(item: Json, sheet: Sheet, span: Callable[[Span], Span | None]) -> Json:
    if "unprotectedRanges" not in item:
        return item
    places = [span(read_span(inner)) for inner in item["unprotectedRanges"]]
    return item | {"unprotectedRanges": [place.json(sheet.id) for place in places if place]}


def _table(
    table: Json, sheet: Sheet, dimension: Dimension, span: Callable[[Span], Span | None], shift: Shift
) -> Json | None:
    moved = _ranged(table, sheet, span)
    if moved is None or moved is table or dimension == "ROWS":
        return moved
    old, new = read_span(table["range"]).left or 0, read_span(moved["range"])
    columns: list[Json] = [{} for _ in range((new.right or 0) - (new.left or 0))]
    for index, column in enumerate(table["columnProperties"], old):
        place = shift.stretch(index, index + 1)
        if place and (new.left or 0) <= place[0] < (new.right or 0):
            columns[place[0] - (new.left or 0)] = column
    return moved | {"columnProperties": columns}


def _rule(rule: Json, sheet: Sheet, span: Callable[[Span], Span | None]) -> Json | None:
    places = [span(read_span(inner)) for inner in rule["ranges"]]
    ranges = [place.json(sheet.id) for place in places if place]
    return rule | {"ranges": ranges} if ranges else None


def _group(group: Json, shift: Shift) -> Json | None:
    place = shift.stretch(group["range"].get("startIndex", 0), group["range"]["endIndex"])
    return group | {"range": group["range"] | {"startIndex": place[0], "endIndex": place[1]}} if place else None


def _metadata(item: Json, sheet: Sheet, dimension: Dimension, shift: Shift) -> Json | None:
    where = item["location"].get("dimensionRange")
    if not where or where.get("sheetId", 0) != sheet.id or where["dimension"] != dimension:
        return item
    place = shift.stretch(where.get("startIndex", 0), where["endIndex"])
    if not place:
        return None
    return item | {
        "location": item["location"] | {"dimensionRange": where | {"startIndex": place[0], "endIndex": place[1]}}
    }


def _shift_formulas(book: Book, sheet: Sheet, span: Callable[[Span], Span | None]) -> None:
    def change_on(home: Sheet) -> Callable[[Written], Written | None]:
        @cache
        def change(written: Written) -> Written | None:
            target = home if written.title is None else book.find_titled(written.title)
            if target is not sheet:
                return written
            place = span(written.span)
            return written.with_span(place) if place else None

        return change

    rewrite_cells(book, change_on)


def rewrite_cells(book: Book, change_on: Callable[[Sheet], Callable[[Written], Written | None]]) -> None:
    """Rewrite the references of every formula of a spreadsheet: in cells, in their rules, in conditional formats."""
    decimal = book.region.decimal
    for home in book.sheets:
        change = change_on(home)
        rules: dict[int, Json] = {}
        for row, column, cell in home.cells_that_refer():
            formula = rewrite_formula(cell.formula, decimal, change) if cell.formula else cell.formula
            rule = cell.rule
            if rule:
                if id(rule) not in rules:
                    rules[id(rule)] = rewrite_condition(rule, "condition", decimal, change)
                rule = rules[id(rule)]
            if formula != cell.formula or rule is not cell.rule:
                kept = Cell(cell.value, formula, cell.format, cell.note, rule, cell.runs, cell.chips)
                home.put(row, column, kept)
        for name, rule in enumerate(home.lists["conditionalFormats"]):
            if "booleanRule" in rule:
                boolean = rewrite_condition(rule["booleanRule"], "condition", decimal, change)
                home.lists["conditionalFormats"][name] = rule | {"booleanRule": boolean}


def rewrite_condition(holder: Json, key: str, decimal: str, change: Callable[[Written], Written | None]) -> Json:
    """A rule with the references in its condition's values changed; itself when nothing changes."""
    condition = holder.get(key, {})
    values = condition.get("values", [])
    rewritten = [
        value | {"userEnteredValue": rewrite_formula(text, decimal, change)}
        if (text := value.get("userEnteredValue", "")).startswith("=")
        else value
        for value in values
    ]
    return holder if rewritten == values else holder | {key: condition | {"values": rewritten}}
