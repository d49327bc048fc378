"""A spreadsheet in memory: its sheets, names and metadata, and the values of its formulas."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from offboard.sandbox.clock import Clock
from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Span, parse_span, read_span, split_title
from offboard.sandbox.sheets.cell import Cell, shown_chips, shown_text
from offboard.sandbox.sheets.entered_dates import serial_of_moment
from offboard.sandbox.sheets.formula.evaluate import Evaluator
from offboard.sandbox.sheets.formula.parse import parse_formula
from offboard.sandbox.sheets.formula.values import Area, FormulaError, Scalar
from offboard.sandbox.sheets.regions import Region, get_region
from offboard.sandbox.sheets.sheet import Sheet

T = TypeVar("T")
Place = tuple[int, int, int]
Kept = tuple[Any, set[int]]  # what was made, and the sheets that it refers to

MOST_ROWS = 10_000_000


class Book:
    """A spreadsheet. Its title is not here: the Drive file's name is the one truth."""

    def __init__(self, book_id: str, properties: Json, sheets: list[Sheet], clock: Clock) -> None:
        self.id = book_id
        self.properties = properties
        self.sheets = sheets
        self.named_ranges: list[Json] = []
        self.metadata: list[Json] = []
        self.version: int | None = None  # None while a request is changing it
        self.abandoned: int | None = None  # the version that the change began with
        self.clock = clock
        self._kept: dict[Hashable, Kept] = {}
        self._reading: list[set[int]] = [set()]  # of what is being made, outermost first: the sheets it refers to
        self._touched: set[int] = set()  # the sheets whose cells have changed since
        self._day = 0
        self._computing: set[Place] = set()
        for sheet in sheets:
            self._watch(sheet)

    @property
    def region(self) -> Region:
        """The habits of its locale."""
        return get_region(self.properties["locale"])

    def _watch(self, sheet: Sheet) -> None:
        sheet.touch = lambda: self.touch(sheet.id)

    def touch(self, sheet: int | None = None) -> None:
        """Forget what refers to this sheet, for a cell in it has changed; without one, everything."""
        if sheet is None:
            self._kept, self._touched = {}, set()
        elif self._kept:
            self._touched.add(sheet)

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes, made again only when a cell has changed in a sheet that it refers to, or the day has."""
        if self._day != self.today():
            self._day = self.today()
            self.touch()
        if self._touched:
            touched, self._touched = self._touched, set()
            self._kept = {key: kept for key, kept in self._kept.items() if not kept[1] & touched}
        if key not in self._kept:
            self._reading.append(set())
            try:
                made = make()
            finally:
                reads = self._reading.pop()
                self._reading[-1] |= reads
            self._kept[key] = made, reads
        found: T
        found, reads = self._kept[key]
        self._reading[-1] |= reads
        return found

    def refer(self, sheet: int) -> None:
        """What is being made refers to this sheet."""
        self._reading[-1].add(sheet)

    def adopt(self, sheet: Sheet, at: int) -> None:
        """Take a sheet in at this place."""
        self._watch(sheet)
        sheet.shifts.insert(0, (0, -MOST_ROWS))  # storage may have rows of an earlier sheet of this number
        self.sheets.insert(at, sheet)
        self.touch()

    def find_sheet(self, sheet_id: int) -> Sheet | None:
        """The sheet with this number."""
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)

    def find_titled(self, title: str) -> Sheet | None:
        """The sheet with this name, whatever its case."""
        return next((sheet for sheet in self.sheets if sheet.title.lower() == title.lower()), None)

    def find_range(self, text: str) -> tuple[Sheet, Span] | None:
        """The sheet and range of an address: A1 or R1C1 notation, a sheet's title, a named range."""
        title, rest, quoted = split_title(text)
        if title is None:
            return self._find_untitled(rest)
        sheet = self.find_titled(title)
        if sheet is None:
            return None
        if not rest:
            return (sheet, Span()) if quoted and not text.endswith("!") else None
        span = parse_span(rest)
        if span is not None:
            return sheet, span
        named = self.find_name(rest)
        return self._named(named) if named and named["range"].get("sheetId", 0) == sheet.id else None

    def _find_untitled(self, text: str) -> tuple[Sheet, Span] | None:
        span = parse_span(text)
        if span is not None:
            return next(sheet for sheet in self.sheets if not sheet.properties.get("hidden")), span
        named = self.find_name(text)
        if named:
            return self._named(named)
        sheet = self.find_titled(text)
        return (sheet, Span()) if sheet else None

    def _named(self, named: Json) -> tuple[Sheet, Span] | None:
        sheet = self.find_sheet(named["range"].get("sheetId", 0))
        return (sheet, read_span(named["range"])) if sheet else None

    def find_name(self, name: str) -> Json | None:
        """The named range of this name, whatever its case."""
        return next((named for named in self.named_ranges if named["name"].lower() == name.lower()), None)

    def effective(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Scalar:
        """The value of a cell: what was entered, or what its formula comes to."""
        return cell.scalar if cell.formula is None else self._computed(sheet, row, column, cell.formula)

    def shown(self, sheet: Sheet, row: int, column: int, cell: Cell) -> str:
        """What a person sees in a cell."""
        if cell.formula is not None:
            return shown_text(self._computed(sheet, row, column, cell.formula), cell.number_format, self.region)
        if cell.shown is None:
            cell.shown = shown_chips(cell) or shown_text(cell.value, cell.number_format, self.region)
        return cell.shown

    def _computed(self, sheet: Sheet, row: int, column: int, formula: str) -> Scalar:
        place = (sheet.id, row, column)
        return self.keep(place, lambda: self._compute(place, formula))

    def _compute(self, place: Place, formula: str) -> Scalar:
        if place in self._computing:
            message = "Circular dependency detected. To resolve with iterative calculation, see File > Settings."
            raise FormulaError("REF", message)
        self._computing.add(place)
        try:
            evaluator = Evaluator(self, *place)
            return evaluator.single(evaluator.value(parse_formula(formula, self.region.decimal)))
        except FormulaError as error:
            return error
        except RecursionError:
            return FormulaError("REF", "The formula depends on too many others.")
        finally:
            self._computing.discard(place)

    def value_at(self, sheet: int, row: int, column: int) -> Scalar:
        """The effective value of a cell, for formulas."""
        found = self.find_sheet(sheet)
        if found is None:
            return None
        cell = found.cell(row, column)
        return self.effective(found, row, column, cell) if cell else None

    def used_rows(self, sheet: int) -> int:
        """How many rows, from the first, have anything in them."""
        found = self.find_sheet(sheet)
        return len(found.rows) if found else 0

    def area_of(self, title: str | None, own: int, span: Span) -> Area | None:
        """The cells of a formula's reference."""
        sheet = self.find_sheet(own) if title is None else self.find_titled(title)
        if sheet is None:
            return None
        box = span.on(sheet.row_count, sheet.column_count)
        if box.empty:
            raise FormulaError("REF", "Reference does not exist.")
        self.refer(sheet.id)
        return Area(sheet.id, box)

    def named_area(self, name: str) -> Area | None:
        """The cells of a named range."""
        named = self.find_name(name)
        place = self._named(named) if named else None
        if place is None:
            return None
        sheet, span = place
        self.refer(sheet.id)
        return Area(sheet.id, span.on(sheet.row_count, sheet.column_count))

    def moment(self) -> datetime:
        """The present moment by the spreadsheet's own clock."""
        try:
            zone = ZoneInfo(self.properties["timeZone"])
        except (ZoneInfoNotFoundError, ValueError):
            zone = ZoneInfo("Etc/GMT")
        return self.clock.now().astimezone(zone)

    def today(self) -> int:
        """The serial of this day."""
        return int(serial_of_moment(self.moment()))
