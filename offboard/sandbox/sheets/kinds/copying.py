"""Cells copied, cut and pasted: copyPaste, cutPaste, pasteData."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.delimited import split_rows
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.a1 import Box, read_span
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.formula.rewrite import Written, copied_formula
from offboard.sandbox.sheets.formula.values import FormulaError
from offboard.sandbox.sheets.invalid import Invalid
from offboard.sandbox.sheets.kinds.merges import merge_box
from offboard.sandbox.sheets.places import get_box, get_coordinate
from offboard.sandbox.sheets.sheet import BLANK, Sheet
from offboard.sandbox.sheets.shifts import rewrite_cells
from offboard.sandbox.sheets.writing import write_value

Json = dict[str, Any]
Copied = dict[tuple[int, int], Cell]


@kind("copyPaste")
def copy_paste(opened: Opened, request: Json) -> None:
    """Copy a range; a destination several times as large is filled with copies."""
    source, box = get_box(opened.book, request.get("source"))
    target, into = get_box(opened.book, request.get("destination"))
    if box.empty or into.empty:
        raise Invalid("The source and the destination must not be empty.")
    across = request.get("pasteOrientation") == "TRANSPOSE"
    height, width = box.bottom - box.top, box.right - box.left
    if across:
        height, width = width, height
    downs = max(1, (into.bottom - into.top) // height) if (into.bottom - into.top) % height == 0 else 1
    rights = max(1, (into.right - into.left) // width) if (into.right - into.left) % width == 0 else 1
    painted = Box(into.top, into.top + downs * height, into.left, into.left + rights * width)
    if not target.box.holds(painted):
        raise Invalid("The destination is too small for the copied range.")
    opened.check_protection(target, painted)
    taken = _take(opened, source, box)
    for row in range(painted.top, painted.bottom):
        for column in range(painted.left, painted.right):
            down, right = (row - painted.top) % height, (column - painted.left) % width
            place = (box.top + right, box.left + down) if across else (box.top + down, box.left + right)
            cell = taken.get(place, BLANK)
            if cell.formula is not None:
                cell = _copied(opened, cell, row - place[0], column - place[1])
            old = target.cell(row, column) or BLANK
            target.put(row, column, _pasted(opened, source, place, cell, old, request.get("pasteType", "PASTE_NORMAL")))
    if request.get("pasteType", "PASTE_NORMAL") == "PASTE_NORMAL" and not across:
        _copy_merges(source, box, target, painted)


def _take(_opened: Opened, sheet: Sheet, box: Box) -> Copied:
    return {(row, column): cell for row, column, cell in sheet.cells_in(box)}


def _copied(opened: Opened, cell: Cell, down: int, right: int) -> Cell:
    formula = copied_formula(cell.formula or "", opened.book.region.decimal, down, right)
    return Cell(None, formula, cell.format, cell.note, cell.rule)


def _pasted(opened: Opened, source: Sheet, place: tuple[int, int], new: Cell, old: Cell, how: str) -> Cell:
    if how == "PASTE_NORMAL":
        return new
    if how == "PASTE_NO_BORDERS":
        look = {name: value for name, value in (new.format or {}).items() if name != "borders"}
        return Cell(new.value, new.formula, look or None, new.note, new.rule, new.runs, new.chips)
    if how == "PASTE_FORMAT":
        return Cell(old.value, old.formula, new.format, old.note, old.rule, old.runs, old.chips)
    if how == "PASTE_DATA_VALIDATION":
        return Cell(old.value, old.formula, old.format, old.note, new.rule, old.runs, old.chips)
    if how == "PASTE_FORMULA":
        return old.with_content(new.value, new.formula)
    if how == "PASTE_VALUES":
        original = source.cell(*place)
        value = opened.book.effective(source, *place, original) if original else None
        if isinstance(value, FormulaError):
            return old.with_content(None, f"={value.shown}")
        return old.with_content(str(value) if isinstance(value, str) else value)
    raise Refusal(501, f"The sandbox does not paste {how}.")


def _copy_merges(source: Sheet, box: Box, target: Sheet, painted: Box) -> None:
    inside = [merge_box(source, merge) for merge in source.lists["merges"]]
    copied = [merged for merged in inside if box.holds(merged)]
    target.lists["merges"] = [m for m in target.lists["merges"] if not merge_box(target, m).meets(painted)]
    height, width = box.bottom - box.top, box.right - box.left
    for down in range(painted.top - box.top, painted.bottom - box.top, height):
        for right in range(painted.left - box.left, painted.right - box.left, width):
            for m in copied:
                moved = Box(m.top + down, m.bottom + down, m.left + right, m.right + right)
                target.lists["merges"].append(moved.span().json(target.id))


@kind("cutPaste")
def cut_paste(opened: Opened, request: Json) -> None:
    """Move cells; formulas that refer to them follow."""
    source, box = get_box(opened.book, request.get("source"))
    target, top, left = get_coordinate(opened.book, request.get("destination", {}))
    into = Box(top, top + box.bottom - box.top, left, left + box.right - box.left)
    if not target.box.holds(into):
        raise Invalid("The destination is too small for the cut range.")
    opened.check_protection(source, box)
    opened.check_protection(target, into)
    taken = _take(opened, source, box)
    how = request.get("pasteType", "PASTE_NORMAL")
    pasted = {place: _pasted(opened, source, place, cell, BLANK, how) for place, cell in taken.items()}
    for place in taken:
        source.put(*place, None)
    for row in range(into.top, into.bottom):
        for column in range(into.left, into.right):
            target.put(row, column, pasted.get((box.top + row - into.top, box.left + column - into.left)))
    follow_cells(opened, source, box, target, into)


def follow_cells(opened: Opened, source: Sheet, box: Box, target: Sheet, into: Box) -> None:
    """Let every reference to cells that were moved as a block mean them where they are now."""
    down, right = into.top - box.top, into.left - box.left

    def change_on(home: Sheet) -> Any:
        def change(written: Written) -> Written:
            sheet = home if written.title is None else opened.book.find_titled(written.title)
            if sheet is not source or None in (written.span.top, written.span.left):
                return written
            span = written.span.on(source.row_count, source.column_count)
            if not box.holds(span):
                return written
            moved = Box(span.top + down, span.bottom + down, span.left + right, span.right + right)
            title = written.title if target is source else target.title
            return Written(title, written.first, written.last).with_span(moved.span())

        return change

    rewrite_cells(opened.book, change_on)
    for named in opened.book.named_ranges:
        if named["range"].get("sheetId", 0) == source.id:
            span = read_span(named["range"]).on(source.row_count, source.column_count)
            if box.holds(span):
                moved = Box(span.top + down, span.bottom + down, span.left + right, span.right + right)
                named["range"] = moved.span().json(target.id)


@kind("pasteData")
def paste_data(opened: Opened, request: Json) -> None:
    """Text with separators, typed into cells from a corner on."""
    if request.get("html"):
        raise Refusal(501, "The sandbox does not paste HTML.")
    sheet, top, left = get_coordinate(opened.book, request.get("coordinate", {}))
    delimiter = request.get("delimiter") or "\t"
    rows = split_rows(request.get("data", ""), delimiter[0])
    box = Box(top, top + len(rows), left, left + max(map(len, rows), default=0))
    if not sheet.box.holds(box):
        raise Invalid("The pasted data does not fit into the grid.")
    opened.check_protection(sheet, box)
    for row, line in enumerate(rows, top):
        for column, text in enumerate(line, left):
            write_value(opened.book, sheet, row, column, text, typed=True)
