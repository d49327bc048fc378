"""Filters: setBasicFilter, clearBasicFilter."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.kinds.names import get_named_range
from offboard.sandbox.sheets.looks import settle_colors
from offboard.sandbox.sheets.numbered import get_item
from offboard.sandbox.sheets.places import Invalid, get_box, get_sheet


@kind("setBasicFilter")
def set_basic_filter(opened: Opened, request: Json) -> None:
    """The sheet's filter, in place of an earlier one; it is kept and shown, rows are not hidden by it."""
    asked = request.get("filter", {})
    settled = _settled(opened.book, asked)
    sheet, box = get_box(opened.book, settled["range"])
    opened.check_protection(sheet, box)
    sheet.basic_filter = settled


def _settled(book: Book, asked: Json) -> Json:
    """A filter with its range's sides, and its criteria in both of the fields that Google shows."""
    if "namedRangeId" in asked:
        asked = asked | {"range": get_named_range(book, asked["namedRangeId"])["range"]}
    if "tableId" in asked:
        asked = asked | {"range": get_item(book, "tables", asked["tableId"])[1]["range"]}
    sheet, box = get_box(book, asked.get("range", {}))
    settled = settle_colors(asked | {"range": box.span().json(sheet.id)})
    specs = settled.get("filterSpecs")
    if specs is None and settled.get("criteria"):
        items = settled["criteria"].items()
        if not all(column.isascii() and column.isdigit() for column, _ in items):
            raise Invalid("filter.criteria must be keyed by column indexes.")
        specs = [{"columnIndex": int(column), "filterCriteria": criteria} for column, criteria in items]
    if specs:
        criteria = {str(spec.get("columnIndex", 0)): spec.get("filterCriteria", {}) for spec in specs}
        settled |= {"criteria": criteria, "filterSpecs": specs}
    found: Json = settled
    return found


@kind("clearBasicFilter")
def clear_basic_filter(opened: Opened, request: Json) -> None:
    """The sheet's filter goes."""
    get_sheet(opened.book, request.get("sheetId", 0), "grid").basic_filter = None
