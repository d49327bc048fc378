"""Rows sorted: sortRange."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.formula.rewrite import copied_formula
from offboard.sandbox.sheets.formula.values import Scalar, order_key
from offboard.sandbox.sheets.kinds.merges import merge_box
from offboard.sandbox.sheets.places import Invalid, get_box, get_sheet
from offboard.sandbox.sheets.sheet import Row, Sheet


@kind("sortRange")
def sort_range(opened: Opened, request: Json) -> None:
    """Sort a range's rows: numbers before texts, blanks last in either order; hidden rows stay where they are."""
    grid_range = request.get("range", {})
    sheet = get_sheet(opened.book, grid_range.get("sheetId", 0), "grid")
    if grid_range.get("startRowIndex", 0) >= sheet.row_count:
        raise Invalid(f"range.startRowIndex is larger than current grid size ({sheet.row_count})")
    sheet, box = get_box(opened.book, grid_range)
    opened.check_protection(sheet, box)
    _refuse_merges(sheet, box)
    sort_rows(opened, sheet, box, request.get("sortSpecs", []))


def _refuse_merges(sheet: Sheet, box: Box) -> None:
    for merge in sheet.lists["merges"]:
        merged = merge_box(sheet, merge)
        if merged.meets(box) and merged.bottom - merged.top > 1:
            message = "You can't sort a range containing vertical merges. There is a vertical merge at "
            raise Invalid(message + merged.span().text())


def sort_rows(opened: Opened, sheet: Sheet, box: Box, specs: list[Json]) -> None:
    """Put the rows of a rectangle in order."""
    hidden = {row for row, size in sheet.sizes["ROWS"].items() if size.get("hiddenByUser")}
    places = [row for row in range(box.top, min(box.bottom, len(sheet.rows))) if row not in hidden]
    order = list(places)
    for spec in reversed(specs):
        order = _ordered(opened, sheet, order, spec)
    width = box.right - box.left
    taken = {row: _padded(sheet.rows[row][box.left : box.right], width) for row in places}
    for place, row in zip(places, order, strict=True):
        if place != row:
            for column, cell in enumerate(taken[row], box.left):
                sheet.put(place, column, _moved(opened, cell, place - row))


def _ordered(opened: Opened, sheet: Sheet, rows: list[int], spec: Json) -> list[int]:
    if {"backgroundColorStyle", "foregroundColorStyle", "backgroundColor", "foregroundColor"} & spec.keys():
        raise Refusal(501, "The sandbox does not sort by colour.")
    column = spec.get("dimensionIndex", 0)
    values: dict[int, Scalar] = {}
    for row in rows:
        cell = sheet.cell(row, column)
        values[row] = opened.book.effective(sheet, row, column, cell) if cell and cell.filled else None
    filled = [row for row in rows if values[row] is not None]
    filled.sort(key=lambda row: order_key(values[row]), reverse=spec.get("sortOrder") == "DESCENDING")
    return filled + [row for row in rows if values[row] is None]


def _padded(cells: Row, width: int) -> Row:
    return cells + [None] * (width - len(cells))


def _moved(opened: Opened, cell: Cell | None, down: int) -> Cell | None:
    if cell is None or cell.formula is None:
        return cell
    formula = copied_formula(cell.formula, opened.book.region.decimal, down, 0)
    return Cell(None, formula, cell.format, cell.note, cell.rule)
