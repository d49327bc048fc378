"""Text found and replaced in cells: findReplace."""

from __future__ import annotations

import re

from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.places import Invalid, get_box, get_sheet
from offboard.sandbox.sheets.sheet import Sheet
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
