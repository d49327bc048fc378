"""Rows sorted, cells merged and parted: sortRange, mergeCells, unmergeCells."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.a1 import Box, read_span
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.formula.rewrite import copied_formula
from offboard.sandbox.sheets.formula.values import Scalar, order_key
from offboard.sandbox.sheets.places import Invalid, get_box, get_sheet
from offboard.sandbox.sheets.sheet import Row, Sheet


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
