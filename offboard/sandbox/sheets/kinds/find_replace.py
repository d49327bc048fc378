"""Text found and replaced in cells: findReplace."""

from __future__ import annotations

import re

import regex

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.invalid import Invalid, get_sheet
from offboard.sandbox.sheets.places import get_box
from offboard.sandbox.sheets.sheet import Sheet
from offboard.sandbox.sheets.writing import check_length, type_text

PIECE = re.compile(r"([^\\$])|\\(.)|\$(\d)|(.)", re.DOTALL)
PATIENCE = 0.5  # seconds for one cell: some patterns would try for ever


@kind("findReplace")
def find_replace(opened: Opened, request: Json) -> Json:
    """Replace a text or a pattern wherever it is shown; formulas only when they are asked for."""
    pattern = _pattern(request)
    replacement = _replacement(request, pattern)
    counts = dict.fromkeys(
        ("valuesChanged", "formulasChanged", "rowsChanged", "sheetsChanged", "occurrencesChanged"), 0
    )
    for sheet, box in _places(opened, request):
        rows: set[int] = set()
        for row, column, cell in list(sheet.cells_in(box)):
            found = _searched(opened, sheet, row, column, cell, request)
            text, many = _replace(pattern, replacement, found) if found else ("", 0)
            if many:
                opened.check_protection(sheet, Box(row, row + 1, column, column + 1))
                sheet.put(row, column, _replaced(opened, cell, text))
                counts["occurrencesChanged"] += many
                counts["formulasChanged" if cell.formula else "valuesChanged"] += 1
                rows.add(row)
        counts["rowsChanged"] += len(rows)
        counts["sheetsChanged"] += bool(rows)
    return {name: count for name, count in counts.items() if count}


def _pattern(request: Json) -> regex.Pattern[str]:
    find = request.get("find", "")
    if not find:
        raise Invalid("find cannot be empty.")
    source = find if request.get("searchByRegex") else regex.escape(find)
    if request.get("matchEntireCell"):
        source = rf"\A(?:{source})\Z"
    try:
        return regex.compile(source, 0 if request.get("matchCase") else regex.IGNORECASE)
    except regex.error:
        raise Invalid("Invalid regular expression.") from None


def _replacement(request: Json, pattern: regex.Pattern[str]) -> str:
    """The template: `$1` is a group and a backslash takes a meaning away, as in Java."""
    text = request.get("replacement", "")
    if not request.get("searchByRegex"):
        return str(text.replace("\\", "\\\\"))
    template = ""
    for plain, escaped, group, stray in PIECE.findall(text):
        if stray or int(group or 0) > pattern.groups:
            raise Invalid("Invalid regular expression.")
        template += rf"\g<{group}>" if group else (plain or escaped).replace("\\", "\\\\")
    return template


def _replace(pattern: regex.Pattern[str], replacement: str, text: str) -> tuple[str, int]:
    try:
        changed, many = pattern.subn(replacement, text, timeout=PATIENCE)
    except TimeoutError:
        raise Invalid("Invalid regular expression.") from None
    check_length(changed)
    return changed, many


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


def _replaced(opened: Opened, cell: Cell, text: str) -> Cell:
    return type_text(opened.book, cell, text) if text else cell.with_content(None)
