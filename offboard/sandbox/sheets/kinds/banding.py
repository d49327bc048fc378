"""Alternating colours: addBanding, updateBanding, deleteBanding."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.sheets.a1 import read_span
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell_update import read_mask
from offboard.sandbox.sheets.colors import settle_colors
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.invalid import Invalid
from offboard.sandbox.sheets.looks import change_fields
from offboard.sandbox.sheets.places import get_box
from offboard.sandbox.sheets.sheet import Sheet
from offboard.sandbox.sheets.sheet_properties import random_id

Json = dict[str, Any]


@kind("addBanding")
def add_banding(opened: Opened, request: Json) -> Json:
    """Bands over a range where there are none yet."""
    asked = request.get("bandedRange", {})
    if not asked.get("rowProperties") and not asked.get("columnProperties"):
        raise Invalid("At least one of rowProperties or columnProperties must be specified.")
    sheet, grid_range = _settled(opened.book, asked, None)
    taken = {item["bandedRangeId"] for other in opened.book.sheets for item in other.lists["bandedRanges"]}
    number = asked.get("bandedRangeId") or random_id(taken)
    if number in taken:
        raise Invalid(f"Banded range with id: {number} already exists.")
    banded = settle_colors(asked | {"range": grid_range, "bandedRangeId": number})
    sheet.lists["bandedRanges"].append(banded)
    return {"bandedRange": banded}


def _settled(book: Book, asked: Json, own: Json | None) -> tuple[Sheet, Json]:
    sheet, box = get_box(book, asked.get("range"))
    for other in sheet.lists["bandedRanges"]:
        size = sheet.row_count, sheet.column_count
        if other is not own and read_span(other["range"]).on(*size).meets(box):
            raise Invalid("You cannot add alternating background colors to a range that already has them.")
    return sheet, box.span().json(sheet.id)


def _get(book: Book, number: int) -> tuple[Sheet, Json]:
    for sheet in book.sheets:
        for item in sheet.lists["bandedRanges"]:
            if item["bandedRangeId"] == number:
                return sheet, item
    raise Invalid(f"No banding with id: {number}")


@kind("updateBanding")
def update_banding(opened: Opened, request: Json) -> None:
    """Change the colours or the range of bands."""
    asked = request.get("bandedRange", {})
    mask = read_mask(request.get("fields"), "BandedRange")
    sheet, item = _get(opened.book, asked.get("bandedRangeId", 0))
    changed = change_fields(
        item, settle_colors(asked), {name: inner for name, inner in mask.items() if name != "range"}
    )
    changed |= {"bandedRangeId": item["bandedRangeId"], "range": item["range"]}
    if "range" in mask:
        _, changed["range"] = _settled(opened.book, asked, item)
    sheet.lists["bandedRanges"] = [changed if other is item else other for other in sheet.lists["bandedRanges"]]


@kind("deleteBanding")
def delete_banding(opened: Opened, request: Json) -> None:
    """The bands go."""
    sheet, item = _get(opened.book, request.get("bandedRangeId", 0))
    sheet.lists["bandedRanges"].remove(item)
