"""A stretch of a sheet as GridData: cells with everything in them, rows' and columns' properties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from offboard.sandbox.fields import Mask, parse_mask
from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell import Cell, extended_value, link_of_value
from offboard.sandbox.sheets.conditional import conditional_format
from offboard.sandbox.sheets.entered import link_of_text
from offboard.sandbox.sheets.formula.values import Scalar, Shaped
from offboard.sandbox.sheets.looks import effective_format
from offboard.sandbox.sheets.metadata import metadata_of_line
from offboard.sandbox.sheets.number_format import pattern_of
from offboard.sandbox.sheets.sheet import Dimension, Sheet

Json = dict[str, Any]

PIXELS: dict[Dimension, int] = {"ROWS": 21, "COLUMNS": 100}
CELL_FIELDS = frozenset(
    (
        "userEnteredValue",
        "effectiveValue",
        "formattedValue",
        "userEnteredFormat",
        "effectiveFormat",
        "hyperlink",
        "note",
        "textFormatRuns",
        "dataValidation",
        "chipRuns",
    )
)
LOOKS = frozenset(("userEnteredFormat", "effectiveFormat", "note", "dataValidation"))  # what an empty cell can have


@dataclass(frozen=True)
class Wanted:
    """Which parts of grid data an answer's mask will keep, so that the others need not be made."""

    grid: bool
    cells: frozenset[str] = CELL_FIELDS
    rows: bool = True
    columns: bool = True


def read_wanted(fields: str | None, *, grid: bool, below: tuple[str, ...] = ()) -> Wanted:
    """What a `fields` parameter keeps; given one, Google does not look at includeGridData."""
    if not fields:
        return Wanted(grid)
    mask = parse_mask(fields)
    for name in (*below, "sheets", "data"):
        if not mask or "*" in mask:
            return Wanted(grid=True)
        if name not in mask:
            return Wanted(grid=False)
        mask = mask[name]
    if not mask or "*" in mask:
        return Wanted(grid=True)
    cells = _below(_below(mask, "rowData"), "values")
    names = CELL_FIELDS if cells == {} or (cells and "*" in cells) else frozenset(cells or ())
    return Wanted(True, names, "rowMetadata" in mask, "columnMetadata" in mask)


def _below(mask: Mask | None, name: str) -> Mask | None:
    """What a mask keeps under a name: an empty mask is everything, None nothing."""
    if mask is None or mask == {} or "*" in mask:
        return mask
    return mask.get(name)


def grid_data(book: Book, sheet: Sheet, box: Box, wanted: Wanted, client: str) -> Json:
    """The cells of a rectangle; blank ones at the ends of rows, and blank rows at the end, are left out."""
    data: Json = {"startRow": box.top} if box.top else {}
    if box.left:
        data["startColumn"] = box.left
    lines: list[Json] = []
    for row in range(box.top, min(box.bottom, book.used_rows(sheet.id))):
        cells = (book.row_of(sheet, row) if sheet.spills else sheet.rows[row])[box.left : box.right]
        while cells and cells[-1] is None:
            cells.pop()
        values = [
            cell_data(book, sheet, row, column, cell, wanted.cells) if cell else {}
            for column, cell in enumerate(cells, box.left)
        ]
        lines.append({"values": values} if values else {})
    while lines and not lines[-1]:
        lines.pop()
    if lines:
        data["rowData"] = lines
    if wanted.rows:
        data["rowMetadata"] = _lines(book, sheet, "ROWS", box.top, box.bottom, client)
    if wanted.columns:
        data["columnMetadata"] = _lines(book, sheet, "COLUMNS", box.left, box.right, client)
    return data


def _lines(book: Book, sheet: Sheet, dimension: Dimension, start: int, end: int, client: str) -> list[Json]:
    usual = {"pixelSize": PIXELS[dimension]}
    lines: list[Json] = [usual] * (end - start)
    for number, size in sheet.sizes[dimension].items():
        if start <= number < end:
            lines[number - start] = usual | size
    for number, entries in metadata_of_line(book, sheet.id, dimension, client).items():
        if start <= number < end:
            lines[number - start] = lines[number - start] | {"developerMetadata": entries}
    return lines


def cell_data(book: Book, sheet: Sheet, row: int, column: int, cell: Cell, wanted: frozenset[str]) -> Json:
    """A cell as CellData, only with the fields that are wanted."""
    if not (cell.filled or wanted & LOOKS):
        return {}
    value = book.effective(sheet, row, column, cell)
    data: Json = {}
    if cell.filled:
        if "userEnteredValue" in wanted and not cell.spilled:
            data["userEnteredValue"] = extended_value(cell.value, cell.formula)
        if "effectiveValue" in wanted and value is not None:
            data["effectiveValue"] = extended_value(value)
        if "formattedValue" in wanted:
            data["formattedValue"] = book.shown(sheet, row, column, cell)
    if cell.format and "userEnteredFormat" in wanted and not cell.spilled:
        data["userEnteredFormat"] = cell.format
    link = link_of_cell(cell, value)
    if "effectiveFormat" in wanted and (cell.filled or cell.format):
        data["effectiveFormat"] = _effective_format(book, sheet, row, column, cell, value, link)
    if link and "hyperlink" in wanted:
        data["hyperlink"] = link
    if cell.note and "note" in wanted:
        data["note"] = cell.note
    if cell.runs and "textFormatRuns" in wanted:
        data["textFormatRuns"] = cell.runs
    if cell.rule and "dataValidation" in wanted:
        data["dataValidation"] = cell.rule
    if cell.chips and "chipRuns" in wanted:
        data["chipRuns"] = [{name: part for name, part in run.items() if name != "title"} for run in cell.chips]
    return data


def _effective_format(book: Book, sheet: Sheet, row: int, column: int, cell: Cell, value: Scalar, link: str) -> Json:
    number_format = cell.number_format or (value.number_format if isinstance(value, Shaped) else None)
    own = (cell.format or {}) | conditional_format(book, sheet, row, column, value)
    shown = effective_format(own, value, number_format, link)
    return _with_pattern(book, shown)


def _with_pattern(book: Book, look: Json) -> Json:
    """A format whose number format names its pattern, as Google answers where a type alone was given."""
    number_format = look.get("numberFormat")
    if not number_format or "pattern" in number_format or number_format.get("type") == "TEXT":
        return look
    return look | {"numberFormat": number_format | {"pattern": pattern_of(number_format, book.region)}}


def link_of_cell(cell: Cell, value: Scalar) -> str:
    """Where a cell leads as a whole; a cell with several links in its text has none."""
    if cell.runs:
        links = {run.get("format", {}).get("link", {}).get("uri", "") for run in cell.runs}
        whole = len(cell.runs) == 1 and not cell.runs[0].get("startIndex")
        return str(links.pop()) if whole else ""
    own = (cell.format or {}).get("textFormat", {}).get("link", {}).get("uri", "")
    if own or cell.chips:
        return str(own)
    return link_of_value(value) or (link_of_text(cell.value) if isinstance(cell.value, str) else "")
