"""Cells pushed aside and drawn together within a range: insertRange, deleteRange."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.kinds.copying import follow_cells
from offboard.sandbox.sheets.places import get_box, get_dimension
from offboard.sandbox.sheets.sheet import Sheet

Json = dict[str, Any]


@kind("insertRange")
def insert_range(opened: Opened, request: Json) -> None:
    """Blank cells; those that were there, and what lies behind them, move down or to the right."""
    sheet, box = get_box(opened.book, request.get("range"))
    down = get_dimension(request, "shiftDimension") == "ROWS"
    many = box.bottom - box.top if down else box.right - box.left
    pushed = Box(box.top, len(sheet.rows), box.left, box.right) if down else _to_the_right(sheet, box)
    opened.check_protection(sheet, pushed, box)
    if down:
        sheet.grid["rowCount"] = max(sheet.row_count, pushed.bottom + many)
    else:
        sheet.grid["columnCount"] = max(sheet.column_count, pushed.right + many)
    into = _moved(pushed, many if down else 0, 0 if down else many)
    _move_block(opened, sheet, pushed, into)


@kind("deleteRange")
def delete_range(opened: Opened, request: Json) -> None:
    """Cells go; what lies behind them moves up or to the left."""
    sheet, box = get_box(opened.book, request.get("range"))
    up = get_dimension(request, "shiftDimension") == "ROWS"
    many = box.bottom - box.top if up else box.right - box.left
    right = _to_the_right(sheet, box).right
    behind = (
        Box(box.bottom, max(len(sheet.rows), box.bottom), box.left, box.right)
        if up
        else Box(box.top, box.bottom, box.right, max(right, box.right))
    )
    opened.check_protection(sheet, box, behind)
    for row, column, _ in list(sheet.cells_in(box)):
        sheet.put(row, column, None)
    _move_block(opened, sheet, behind, _moved(behind, -many if up else 0, 0 if up else -many))


def _to_the_right(sheet: Sheet, box: Box) -> Box:
    lines = sheet.rows[box.top : box.bottom]
    return Box(box.top, box.bottom, box.left, max(box.left, *map(len, lines)) if lines else box.left)


def _moved(box: Box, down: int, right: int) -> Box:
    return Box(box.top + down, box.bottom + down, box.left + right, box.right + right)


def _move_block(opened: Opened, sheet: Sheet, box: Box, into: Box) -> None:
    if box.empty:
        return
    taken = list(sheet.cells_in(box))
    for row, column, _ in taken:
        sheet.put(row, column, None)
    for row, column, cell in taken:
        sheet.put(row + into.top - box.top, column + into.left - box.left, cell)
    follow_cells(opened, sheet, box, sheet, into)
