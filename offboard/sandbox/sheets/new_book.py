"""A spreadsheet as it is when it is made: one blank sheet, or what a create request describes."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from offboard.sandbox.call import Call
from offboard.sandbox.clock import Clock
from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.kinds.ranges import name_range
from offboard.sandbox.sheets.places import Invalid
from offboard.sandbox.sheets.regions import get_region
from offboard.sandbox.sheets.sheet import Dimension, Sheet
from offboard.sandbox.sheets.sheet_properties import new_sheet
from offboard.sandbox.sheets.writing import update_cell

PROPERTIES = {"locale": "en_US", "autoRecalc": "ON_CHANGE", "timeZone": "Etc/GMT"}
UNANSWERED = ("dataSources", "dataSourceSchedules", "comments")
UNANSWERED_OF_SHEET = ("charts", "slicers", "tables", "commentAnchors", "filterViews", "rowGroups", "columnGroups")


def blank_book(book_id: str, clock: Clock, locale: str = "en_US") -> Book:
    """A spreadsheet with one blank sheet."""
    book = Book(book_id, PROPERTIES | {"locale": locale}, [], clock)
    book.adopt(new_sheet(book, {"sheetId": 0, "title": "Sheet1"}), 0)
    return book


def build_book(call: Call, book_id: str, body: Json) -> Book:
    """The spreadsheet that a create request describes."""
    for name in UNANSWERED:
        if body.get(name):
            raise Refusal(501, f"The sandbox does not create a spreadsheet with {name}.")
    properties = {name: body.get("properties", {}).get(name, usual) for name, usual in PROPERTIES.items()}
    check_book_properties(properties)
    book = Book(book_id, properties, [], call.state.clock)
    for described in body.get("sheets") or [{"properties": {"sheetId": 0, "title": "Sheet1"}}]:
        sheet = new_sheet(book, described.get("properties", {}))
        book.adopt(sheet, len(book.sheets))
        _furnish(call, book, sheet, described)
    for named in body.get("namedRanges", []):
        name_range(call.state, book, named)
    return book


def check_book_properties(properties: Json) -> None:
    """Refuse a locale or a time zone that there is not."""
    try:
        get_region(properties["locale"])
    except ValueError:
        raise Invalid(f"Unsupported locale: {properties['locale']}") from None
    try:
        ZoneInfo(properties["timeZone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(f"Invalid time zone: {properties['timeZone']}") from None


def _furnish(call: Call, book: Book, sheet: Sheet, described: Json) -> None:
    """Put in what a described sheet brings along."""
    for name in UNANSWERED_OF_SHEET:
        if described.get(name):
            raise Refusal(501, f"The sandbox does not create a sheet with {name}.")
    for name in sheet.lists:
        sheet.lists[name] = list(described.get(name, []))
    sheet.basic_filter = described.get("basicFilter")
    for data in described.get("data", []):
        top, left = data.get("startRow", 0), data.get("startColumn", 0)
        for row, line in enumerate(data.get("rowData", []), top):
            for column, cell in enumerate(line.get("values", []), left):
                if row >= sheet.row_count or column >= sheet.column_count:
                    raise Invalid(f"Attempting to write beyond the grid of sheet {sheet.title}.")
                sheet.edit(row, column, lambda old, cell=cell: update_cell(call, book, old, cell, {}))  # type: ignore[misc]
        sizes: tuple[tuple[Dimension, str, int], ...] = (
            ("ROWS", "rowMetadata", top),
            ("COLUMNS", "columnMetadata", left),
        )
        for dimension, name, start in sizes:
            sheet.sizes[dimension] |= {n: size for n, size in enumerate(data.get(name, []), start) if size}
