"""Sheets added, deleted, duplicated; their properties and the spreadsheet's changed."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.drive.store import rename
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.formula.rewrite import Written, translated_formula
from offboard.sandbox.sheets.looks import change_fields, masked, settle_colors
from offboard.sandbox.sheets.new_book import check_book_properties
from offboard.sandbox.sheets.places import Invalid, get_sheet
from offboard.sandbox.sheets.sheet import Sheet
from offboard.sandbox.sheets.sheet_properties import (
    GRID,
    check_grid,
    check_size,
    check_title,
    copy_sheet,
    free_title,
    new_sheet,
)
from offboard.sandbox.sheets.spreadsheet_json import properties_json
from offboard.sandbox.sheets.structure import resize, rewrite_cells
from offboard.sandbox.sheets.writing import read_mask


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


@kind("updateSpreadsheetProperties")
def update_spreadsheet_properties(opened: Opened, request: Json) -> None:
    """Change the title (the Drive file's name), the locale, the time zone, when it recalculates."""
    mask = read_mask(request.get("fields"), "SpreadsheetProperties")
    asked = request.get("properties", {})
    if "title" in mask:
        if not asked.get("title"):
            raise Invalid("The spreadsheet title cannot be empty.")
        rename(opened.call.state, opened.file.id, asked["title"])
    changed = opened.book.properties | {
        name: asked[name] for name in ("locale", "timeZone", "autoRecalc") if name in mask and asked.get(name)
    }
    check_book_properties(changed)
    old = opened.book.region.decimal
    opened.book.properties = changed
    opened.book.touch()
    for sheet in opened.book.sheets if "locale" in mask else ():
        _translate(sheet, old, opened.book.region.decimal)


def _translate(sheet: Sheet, old: str, new: str) -> None:
    """Let a sheet be read in another locale: what was shown is forgotten, formulas get its separators."""
    for row, column, cell in list(sheet.cells_in(sheet.box)):
        cell.shown = None
        if cell.formula is not None and old != new:
            formula = translated_formula(cell.formula, old, new)
            sheet.put(row, column, Cell(None, formula, cell.format, cell.note, cell.rule))


@kind("updateSheetProperties")
def update_sheet_properties(opened: Opened, request: Json) -> None:
    """Change a sheet's name, place, size, what is frozen, hidden or coloured."""
    asked = request.get("properties", {})
    mask = read_mask(request.get("fields"), "SheetProperties")
    book = opened.book
    sheet = get_sheet(book, asked.get("sheetId", 0))
    if "title" in mask:
        check_title(book, asked.get("title", ""), sheet)
        _retitle(book, sheet, asked["title"])
    if "gridProperties" in mask:
        _change_grid(book, sheet, masked(sheet.grid, asked.get("gridProperties", {}), mask["gridProperties"]))
    kept = {name: inner for name, inner in mask.items() if name not in ("title", "gridProperties", "index", "sheetId")}
    changed = change_fields(sheet.properties, settle_colors(asked), kept)
    sheet.properties = {name: value for name, value in changed.items() if value is not False}
    if all(other.properties.get("hidden") for other in book.sheets):
        raise Invalid("You can't hide all the sheets in a document.")
    if "index" in mask:
        place_sheet(book, sheet, asked.get("index", len(book.sheets)))


def _retitle(book: Book, sheet: Sheet, title: str) -> None:
    old = sheet.title

    def change(written: Written) -> Written:
        named = written.title is not None and written.title.lower() == old.lower()
        return Written(title, written.first, written.last) if named else written

    sheet.properties = sheet.properties | {"title": title}
    rewrite_cells(book, lambda _home: change)
    book.touch()


def _change_grid(book: Book, sheet: Sheet, grid: Json) -> None:
    check_grid(grid)
    rows, columns = grid["rowCount"], grid["columnCount"]
    check_size(book, rows * columns - sheet.row_count * sheet.column_count)
    resize(book, sheet, "ROWS", rows)
    resize(book, sheet, "COLUMNS", columns)
    sheet.properties["gridProperties"] = {name: grid[name] for name in GRID if grid.get(name)}


def place_sheet(book: Book, sheet: Sheet, index: int) -> None:
    """Move a sheet in front of the one that has this index before the move."""
    if not 0 <= index <= len(book.sheets):
        raise Invalid(f"Invalid index: {index}.")
    old = book.sheets.index(sheet)
    book.sheets.remove(sheet)
    book.sheets.insert(index - 1 if index > old else index, sheet)
