"""Cells written: updateCells, appendCells, repeatCell, setDataValidation."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.fields import Mask
from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.formula.rewrite import copied_formula
from offboard.sandbox.sheets.kinds.tables import make_room
from offboard.sandbox.sheets.places import Invalid, get_box, get_coordinate, get_sheet
from offboard.sandbox.sheets.sheet import BLANK, Sheet
from offboard.sandbox.sheets.sheet_properties import check_size
from offboard.sandbox.sheets.writing import read_mask, settle_rule, update_cell


@kind("updateCells")
def update_cells(opened: Opened, request: Json) -> None:
    """Write cells from a corner on, or into a range whose other cells are cleared of the same fields."""
    mask = read_mask(request.get("fields"), "CellData")
    rows = [row.get("values", []) for row in request.get("rows", [])]
    if "range" in request:
        sheet, box = get_box(opened.book, request["range"])
    elif "start" in request:
        sheet, top, left = get_coordinate(opened.book, request["start"])
        box = Box(top, sheet.row_count, left, sheet.column_count)
    else:
        raise Invalid("Must specify either start or range.")
    _check_fit(rows, box)
    touched = Box(box.top, box.top + len(rows), box.left, box.left + max(map(len, rows), default=0))
    opened.check_protection(sheet, box if "range" in request else touched)
    _write(opened, sheet, box.top, box.left, rows, mask)
    if "range" not in request:
        return
    for row, column, cell in list(sheet.cells_in(box)):
        line = rows[row - box.top] if row - box.top < len(rows) else []
        if column - box.left >= len(line):
            sheet.put(row, column, update_cell(opened.call, opened.book, cell, {}, mask))


def _check_fit(rows: list[list[Json]], box: Box) -> None:
    width = max(map(len, rows), default=0)
    if box.left + width > box.right:
        raise Invalid(f"Attempting to write column: {box.right}, beyond the last requested column of: {box.right - 1}")
    if box.top + len(rows) > box.bottom:
        raise Invalid(f"Attempting to write row: {box.bottom}, beyond the last requested row of: {box.bottom - 1}")


def _write(opened: Opened, sheet: Sheet, top: int, left: int, rows: list[list[Json]], mask: Mask) -> None:
    for row, line in enumerate(rows, top):
        for column, data in enumerate(line, left):
            old = sheet.cell(row, column) or BLANK
            sheet.put(row, column, update_cell(opened.call, opened.book, old, data, mask))


@kind("appendCells")
def append_cells(opened: Opened, request: Json) -> None:
    """Write rows below the last row with data, of a sheet or of a table's body; the grid grows where it ends."""
    mask = read_mask(request.get("fields"), "CellData")
    rows = [row.get("values", []) for row in request.get("rows", [])]
    if "tableId" in request:
        sheet, box = make_room(opened, request["tableId"], len(rows))
        _check_fit(rows, box)
        opened.check_protection(sheet, box)
        _write(opened, sheet, box.top, box.left, rows, mask)
        return
    sheet = get_sheet(opened.book, request.get("sheetId", 0), "grid")
    top = sheet.last_filled_row() + 1
    _check_fit(rows, Box(top, top + len(rows), 0, sheet.column_count))
    missing = max(0, top + len(rows) - sheet.row_count)
    check_size(opened.book, missing * sheet.column_count)
    sheet.grid["rowCount"] += missing
    opened.check_protection(sheet, Box(top, top + len(rows), 0, max(map(len, rows), default=0)))
    _write(opened, sheet, top, 0, rows, mask)


@kind("repeatCell")
def repeat_cell(opened: Opened, request: Json) -> None:
    """Write one cell's masked fields into every cell of a range; a formula reads as if it had been copied there."""
    sheet, box = get_box(opened.book, request.get("range"))
    mask = read_mask(request.get("fields"), "CellData")
    opened.check_protection(sheet, box)
    data = request.get("cell", {})
    decimal = opened.book.region.decimal
    made: dict[int, Cell] = {}  # by the old format: cells that looked alike share what they become
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            old = sheet.cell(row, column)
            if old is None or (not old.filled and not old.note and not old.rule and not old.runs and not old.chips):
                key = id(old.format) if old and old.format else 0
                if key not in made:
                    made[key] = update_cell(opened.call, opened.book, old or BLANK, data, mask)
                new = made[key]
            else:
                new = update_cell(opened.call, opened.book, old, data, mask)
            if new.formula and "userEnteredValue" in mask:
                moved = copied_formula(new.formula, decimal, row - box.top, column - box.left)
                new = Cell(None, moved, new.format, new.note, new.rule)
            sheet.put(row, column, new)


@kind("setDataValidation")
def set_data_validation(opened: Opened, request: Json) -> None:
    """Give every cell of a range this rule, or none."""
    sheet, box = get_box(opened.book, request.get("range"))
    rule = settle_rule(request["rule"]) if request.get("rule") else None
    opened.check_protection(sheet, box)
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            sheet.edit(row, column, lambda old: _ruled(old, rule))


def _ruled(old: Cell, rule: Json | None) -> Cell:
    return Cell(old.value, old.formula, old.format, old.note, rule, old.runs, old.chips)
