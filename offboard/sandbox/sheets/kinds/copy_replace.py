"""Cells copied, and texts found and replaced: copyPaste, findReplace."""

from __future__ import annotations

import re

from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.formula.rewrite import copied_formula
from offboard.sandbox.sheets.formula.values import FormulaError
from offboard.sandbox.sheets.kinds.sort_merge import merge_box
from offboard.sandbox.sheets.places import Invalid, get_box, get_sheet
from offboard.sandbox.sheets.sheet import BLANK, Sheet
from offboard.sandbox.sheets.writing import check_length, type_text


@kind("findReplace")
def find_replace(opened: Opened, request: Json) -> Json:
    """Replace a text wherever it is shown; formulas only when they are asked for."""
    pattern = _pattern(request)
    replacement = request.get("replacement", "")
    counts = dict.fromkeys(
        ("valuesChanged", "formulasChanged", "rowsChanged", "sheetsChanged", "occurrencesChanged"), 0
    )
    for sheet, box in _places(opened, request):
        rows: set[int] = set()
        for row, column, cell in list(sheet.cells_in(box)):
            found = _searched(opened, sheet, row, column, cell, request)
            many = len(pattern.findall(found))
            if many:
                check_length(replacement, many)
                text = pattern.sub(lambda _: replacement, found)
                opened.check_protection(sheet, Box(row, row + 1, column, column + 1))
                sheet.put(row, column, type_text(opened.book, cell, text) if text else cell.with_content(None))
                counts["occurrencesChanged"] += many
                counts["formulasChanged" if cell.formula else "valuesChanged"] += 1
                rows.add(row)
        counts["rowsChanged"] += len(rows)
        counts["sheetsChanged"] += bool(rows)
    return {name: count for name, count in counts.items() if count}


def _pattern(request: Json) -> re.Pattern[str]:
    if request.get("searchByRegex"):
        raise Refusal(501, "The sandbox does not search by patterns.")
    if not request.get("find"):
        raise Invalid("find cannot be empty.")
    source = re.escape(request["find"])
    whole = rf"\A{source}\Z" if request.get("matchEntireCell") else source
    return re.compile(whole, 0 if request.get("matchCase") else re.IGNORECASE)


def _places(opened: Opened, request: Json) -> list[tuple[Sheet, Box]]:
    if "range" in request:
        return [get_box(opened.book, request["range"])]
    if request.get("allSheets"):
        return [(sheet, sheet.box) for sheet in opened.book.sheets]
    if "sheetId" in request:
        sheet = get_sheet(opened.book, request["sheetId"], "grid")
        return [(sheet, sheet.box)]
    raise Invalid("Must specify one of range, sheetId or allSheets.")


def _searched(opened: Opened, sheet: Sheet, row: int, column: int, cell: Cell, request: Json) -> str:
    if cell.formula is not None:
        return cell.formula if request.get("includeFormulas") else ""
    return opened.book.shown(sheet, row, column, cell)


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
    taken = {(row, column): cell for row, column, cell in source.cells_in(box)}
    for row in range(painted.top, painted.bottom):
        for column in range(painted.left, painted.right):
            down, right = (row - painted.top) % height, (column - painted.left) % width
            place = (box.top + right, box.left + down) if across else (box.top + down, box.left + right)
            cell = taken.get(place, BLANK)
            if cell.formula is not None:
                moved = copied_formula(cell.formula, opened.book.region.decimal, row - place[0], column - place[1])
                cell = cell.with_content(None, moved)
            old = target.cell(row, column) or BLANK
            target.put(row, column, _pasted(opened, source, place, cell, old, request.get("pasteType", "PASTE_NORMAL")))
    if request.get("pasteType", "PASTE_NORMAL") == "PASTE_NORMAL" and not across:
        _copy_merges(source, box, target, painted)


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
