"""Alternating colours and the basic filter: add, update, delete, set, clear."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Box, read_span
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.kinds.ranges import get_named_range
from offboard.sandbox.sheets.looks import change_fields, settle_colors
from offboard.sandbox.sheets.numbered import choose_id, get_item, replace_item
from offboard.sandbox.sheets.places import Invalid, get_box, get_sheet
from offboard.sandbox.sheets.sheet import Sheet
from offboard.sandbox.sheets.writing import read_mask


@kind("addBanding")
def add_banding(opened: Opened, request: Json) -> Json:
    """Bands over a range where there are none yet."""
    asked = request.get("bandedRange", {})
    if not asked.get("rowProperties") and not asked.get("columnProperties"):
        raise Invalid("At least one of rowProperties or columnProperties must be specified.")
    sheet, grid_range = _settled(opened.book, asked, None)
    number = choose_id(opened.book, "bandedRanges", asked.get("bandedRangeId"))
    banded = settle_colors(asked | {"range": grid_range, "bandedRangeId": number})
    sheet.lists["bandedRanges"].append(banded)
    return {"bandedRange": banded}


def _settled(book: Book, asked: Json, own: Json | None) -> tuple[Sheet, Json]:
    sheet, box = get_box(book, asked.get("range"))
    check_unbanded(sheet, box, own)
    return sheet, box.span().json(sheet.id)


def check_unbanded(sheet: Sheet, box: Box, own: Json | None) -> None:
    """Refuse a range where another one has alternating colours, as tables have them too."""
    size = sheet.row_count, sheet.column_count
    for other in (*sheet.lists["bandedRanges"], *sheet.lists["tables"]):
        if other is not own and read_span(other["range"]).on(*size).meets(box):
            raise Invalid("You cannot add alternating background colors to a range that already has them.")


@kind("updateBanding")
def update_banding(opened: Opened, request: Json) -> None:
    """Change the colours or the range of bands."""
    asked = request.get("bandedRange", {})
    mask = read_mask(request.get("fields"), "BandedRange")
    sheet, item = get_item(opened.book, "bandedRanges", asked.get("bandedRangeId", 0))
    changed = change_fields(
        item, settle_colors(asked), {name: inner for name, inner in mask.items() if name != "range"}
    )
    changed |= {"bandedRangeId": item["bandedRangeId"], "range": item["range"]}
    if "range" in mask:
        _, changed["range"] = _settled(opened.book, asked, item)
    replace_item(sheet, "bandedRanges", item, changed)


@kind("deleteBanding")
def delete_banding(opened: Opened, request: Json) -> None:
    """The bands go."""
    sheet, item = get_item(opened.book, "bandedRanges", request.get("bandedRangeId", 0))
    sheet.lists["bandedRanges"].remove(item)


@kind("setBasicFilter")
def set_basic_filter(opened: Opened, request: Json) -> None:
    """The sheet's filter, in place of an earlier one; it is kept and shown, rows are not hidden by it."""
    asked = request.get("filter", {})
    settled = _settled_filter(opened.book, asked)
    sheet, box = get_box(opened.book, settled["range"])
    opened.check_protection(sheet, box)
    sheet.basic_filter = settled


def _settled_filter(book: Book, asked: Json) -> Json:
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
