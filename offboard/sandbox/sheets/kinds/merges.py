"""Cells merged and parted: mergeCells, unmergeCells."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Box, read_span
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.places import Invalid, get_box
from offboard.sandbox.sheets.sheet import Sheet


@kind("mergeCells")
def merge_cells(opened: Opened, request: Json) -> None:
    """Merge a range as a whole, by rows or by columns; only the first cell of each merge keeps its content."""
    sheet, box = _part(opened, request)
    for part in _parts(box, request.get("mergeType", "MERGE_ALL")):
        if (part.bottom - part.top) * (part.right - part.left) < 2:
            continue
        sheet.lists["merges"].append(part.span().json(sheet.id))
        for row, column, cell in list(sheet.cells_in(part)):
            if (row, column) != (part.top, part.left) and cell.filled:
                sheet.put(row, column, cell.with_content(None))


def _part(opened: Opened, request: Json) -> tuple[Sheet, Box]:
    """Part every merge in the request's range."""
    sheet, box = get_box(opened.book, request.get("range"))
    opened.check_protection(sheet, box)
    touched = [merge for merge in sheet.lists["merges"] if merge_box(sheet, merge).meets(box)]
    if not all(box.holds(merge_box(sheet, merge)) for merge in touched):
        raise Invalid("You must select all cells in a merged range to merge or unmerge them.")
    sheet.lists["merges"] = [merge for merge in sheet.lists["merges"] if merge not in touched]
    return sheet, box


def _parts(box: Box, kind_: str) -> list[Box]:
    if kind_ == "MERGE_ROWS":
        return [Box(row, row + 1, box.left, box.right) for row in range(box.top, box.bottom)]
    if kind_ == "MERGE_COLUMNS":
        return [Box(box.top, box.bottom, column, column + 1) for column in range(box.left, box.right)]
    return [box]


def merge_box(sheet: Sheet, merge: Json) -> Box:
    """The cells of a merge."""
    return read_span(merge).on(sheet.row_count, sheet.column_count)


@kind("unmergeCells")
def unmerge_cells(opened: Opened, request: Json) -> None:
    """Part every merge in a range."""
    _part(opened, request)
