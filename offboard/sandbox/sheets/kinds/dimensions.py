"""Rows and columns: insertDimension, deleteDimension, moveDimension, appendDimension and their properties."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import read_span
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.looks import masked
from offboard.sandbox.sheets.places import Invalid, get_dimension, get_lines, get_sheet, lines_box
from offboard.sandbox.sheets.sheet import Dimension, Sheet
from offboard.sandbox.sheets.sheet_properties import check_size
from offboard.sandbox.sheets.structure import GRID_KEYS, delete_lines, insert_lines, move_lines
from offboard.sandbox.sheets.writing import read_mask

LINE: dict[Dimension, str] = {"ROWS": "row", "COLUMNS": "column"}
FROZEN: dict[Dimension, str] = {"ROWS": "frozenRowCount", "COLUMNS": "frozenColumnCount"}


@kind("insertDimension")
def insert_dimension(opened: Opened, request: Json) -> None:
    """Blank rows or columns, looking like those before or after."""
    sheet, dimension, start, end = get_lines(opened.book, request.get("range"))
    if "endIndex" not in request["range"] or end == start:
        raise Invalid("range must be bounded and not empty.")
    like_before, size = bool(request.get("inheritFromBefore")), sheet.count(dimension)
    if start > size:
        raise Invalid(f"range.startIndex is larger than current grid size ({size})")
    if start == size and not like_before:
        raise Invalid(f"range.startIndex must be less than the grid size ({size}) if inheritFromBefore is false.")
    if start == 0 and like_before:
        raise Invalid("range.startIndex must be greater than zero if inheritFromBefore is true.")
    opened.check_protection(sheet, lines_box(sheet, dimension, max(start - 1, 0) if like_before else start, start + 1))
    check_size(opened.book, (end - start) * _across(sheet, dimension))
    insert_lines(opened.book, sheet, dimension, start, end - start, like_before=like_before)


def _across(sheet: Sheet, dimension: Dimension) -> int:
    return sheet.column_count if dimension == "ROWS" else sheet.row_count


@kind("deleteDimension")
def delete_dimension(opened: Opened, request: Json) -> None:
    """Rows or columns go, with everything in them."""
    sheet, dimension, start, end = get_lines(opened.book, request.get("range"))
    size, line = sheet.count(dimension), LINE[dimension]
    if end > size:
        index = max(start, size)
        message = f"Cannot delete a {line} that doesn't exist. Tried to delete {line} index {index} "
        raise Invalid(f"{message}but there are only {size} {line}s.")
    frozen = sheet.grid.get(FROZEN[dimension], 0)
    if start <= frozen and end == size:
        raise Invalid(f"Sorry, it is not possible to delete all non-frozen {line}s.")
    opened.check_protection(sheet, lines_box(sheet, dimension, start, end))
    delete_lines(opened.book, sheet, dimension, start, end)
    left = frozen - max(0, min(end, frozen) - start)
    if left != frozen:
        sheet.grid.pop(FROZEN[dimension])
        sheet.grid.update({FROZEN[dimension]: left} if left else {})


@kind("moveDimension")
def move_dimension(opened: Opened, request: Json) -> None:
    """Rows or columns move in front of the one that had the destination's index before the move."""
    sheet, dimension, start, end = get_lines(opened.book, request.get("source"))
    to, size, line = request.get("destinationIndex", 0), sheet.count(dimension), LINE[dimension]
    if end > size or not 0 <= to <= size:
        raise Invalid(f"Cannot move {line}s that don't exist: there are only {size} {line}s.")
    if start < to < end:
        raise Invalid(f"Cannot move {line}s into themselves.")
    if _crosses_merge(sheet, dimension, start, end, to):
        message = f"Sorry, it is not possible to move a {line} to a position that crosses a merged cell. "
        raise Invalid(f"{message}Please unmerge and try again.")
    place = to - (end - start) if to > start else to
    low, high = min(start, place), max(end, place + end - start)
    opened.check_protection(sheet, lines_box(sheet, dimension, low, high))
    move_lines(opened.book, sheet, dimension, start, end, place)


def _crosses_merge(sheet: Sheet, dimension: Dimension, start: int, end: int, to: int) -> bool:
    for merge in sheet.lists["merges"]:
        span = read_span(merge)
        first, last = (span.top, span.bottom) if dimension == "ROWS" else (span.left, span.right)
        assert first is not None
        assert last is not None
        whole = start <= first and last <= end
        if last - first > 1 and ((first < end and start < last and not whole) or first < to < last):
            return True
    return False


@kind("appendDimension")
def append_dimension(opened: Opened, request: Json) -> None:
    """Rows or columns at the end."""
    sheet = get_sheet(opened.book, request.get("sheetId", 0), "grid")
    dimension, length = get_dimension(request), request.get("length", 0)
    if length <= 0:
        raise Invalid("length must be greater than zero.")
    check_size(opened.book, length * _across(sheet, dimension))
    sheet.grid[GRID_KEYS[dimension]] += length


@kind("updateDimensionProperties")
def update_dimension_properties(opened: Opened, request: Json) -> None:
    """Give rows or columns a size, hide or show them."""
    sheet, dimension, start, end = get_lines(opened.book, request.get("range"))
    mask = read_mask(request.get("fields"), "DimensionProperties")
    asked = request.get("properties", {})
    for number in range(start, min(end, sheet.count(dimension))):
        changed = masked(sheet.sizes[dimension].get(number, {}), asked, mask)
        kept = {name: changed[name] for name in ("hiddenByUser", "pixelSize") if changed.get(name)}
        sheet.sizes[dimension].pop(number, None)
        sheet.sizes[dimension] |= {number: kept} if kept else {}
