"""Sheets added, deleted and duplicated: addSheet, deleteSheet, duplicateSheet."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.formula.rewrite import Written
from offboard.sandbox.sheets.places import Invalid, get_sheet
from offboard.sandbox.sheets.sheet_properties import check_title, copy_sheet, free_title, new_sheet
from offboard.sandbox.sheets.shifts import rewrite_cells
from offboard.sandbox.sheets.spreadsheet_json import properties_json


@kind("addSheet")
def add_sheet(opened: Opened, request: Json) -> Json:
    """A blank sheet, at the end unless an index is given."""
    asked = request.get("properties", {})
    book = opened.book
    index = min(asked.get("index", len(book.sheets)), len(book.sheets))
    sheet = new_sheet(book, asked)
    book.adopt(sheet, index)
    return {"properties": properties_json(sheet, index)}


@kind("deleteSheet")
def delete_sheet(opened: Opened, request: Json) -> None:
    """A sheet goes; what referred to it reads `#REF!`."""
    book = opened.book
    sheet = get_sheet(book, request.get("sheetId", 0))
    opened.check_protection(sheet, sheet.box)
    if len(book.sheets) == 1:
        raise Invalid("You can't remove all the sheets in a document.")
    if all(other.properties.get("hidden") for other in book.sheets if other is not sheet):
        raise Invalid("You can't remove all the visible sheets in a document.")
    title = sheet.title.lower()

    def change(written: Written) -> Written | None:
        return None if written.title is not None and written.title.lower() == title else written

    book.sheets.remove(sheet)
    rewrite_cells(book, lambda _home: change)
    book.named_ranges = [named for named in book.named_ranges if named["range"].get("sheetId", 0) != sheet.id]
    book.metadata = [entry for entry in book.metadata if _sheet_of(entry["location"]) != sheet.id]
    book.touch()


def _sheet_of(location: Json) -> int | None:
    where = location.get("dimensionRange")
    return where.get("sheetId", 0) if where else location.get("sheetId")


@kind("duplicateSheet")
def duplicate_sheet(opened: Opened, request: Json) -> Json:
    """A copy of a sheet in the same spreadsheet."""
    book = opened.book
    source = get_sheet(book, request.get("sourceSheetId", 0))
    number = request.get("newSheetId")
    if number is not None and book.find_sheet(number):
        raise Invalid(f"Sheet with id: {number} already exists.")
    title = request.get("newSheetName") or free_title(book, f"Copy of {source.title}")
    check_title(book, title, None)
    copied = copy_sheet(book, source, title, number)
    index = min(request.get("insertSheetIndex", 0), len(book.sheets))
    book.adopt(copied, index)
    return {"properties": properties_json(copied, index)}
