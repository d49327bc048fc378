"""A spreadsheet as Google's Spreadsheet resource, down to its cells."""

from __future__ import annotations

from dataclasses import dataclass

from offboard.sandbox.documents import Json
from offboard.sandbox.fields import Mask, parse_mask
from offboard.sandbox.sheets.a1 import Box, Span, read_span
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell import Cell, extended_value, link_of_value
from offboard.sandbox.sheets.conditional import conditional_format
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.entered import link_of_text
from offboard.sandbox.sheets.formula.values import Scalar, Shaped
from offboard.sandbox.sheets.looks import DEFAULT_FORMAT, THEME, effective_format
from offboard.sandbox.sheets.metadata import list_metadata, metadata_of_line
from offboard.sandbox.sheets.number_format import pattern_of
from offboard.sandbox.sheets.numbered import table_json
from offboard.sandbox.sheets.sheet import Dimension, Sheet

PIXELS: dict[Dimension, int] = {"ROWS": 21, "COLUMNS": 100}
LOOKS = frozenset(("userEnteredFormat", "effectiveFormat", "note", "dataValidation"))  # what an empty cell can have
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
Places = list[tuple[Sheet, Span]]


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
    if "effectiveFormat" in wanted.cells:  # follows rules that lie on the sheet, not in its cells
        lines = _rows(book, sheet, box, wanted.cells)
    else:
        lines = book.keep((sheet.id, box, wanted.cells), lambda: _rows(book, sheet, box, wanted.cells))
    if lines:
        data["rowData"] = lines
    if wanted.rows:
        data["rowMetadata"] = _lines(book, sheet, "ROWS", box.top, box.bottom, client)
    if wanted.columns:
        data["columnMetadata"] = _lines(book, sheet, "COLUMNS", box.left, box.right, client)
    return data


def _rows(book: Book, sheet: Sheet, box: Box, wanted: frozenset[str]) -> list[Json]:
    book.refer(sheet.id)
    lines: list[Json] = []
    looks = bool(wanted & LOOKS)
    for row in range(box.top, min(box.bottom, len(sheet.rows))):
        cells = sheet.rows[row][box.left : box.right]
        while cells and cells[-1] is None:
            cells.pop()
        values = [
            cell_data(book, sheet, row, column, cell, wanted) if cell and (looks or cell.filled) else {}
            for column, cell in enumerate(cells, box.left)
        ]
        lines.append({"values": values} if values else {})
    while lines and not lines[-1]:
        lines.pop()
    return lines


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
    value = book.effective(sheet, row, column, cell)
    data: Json = {}
    if cell.filled:
        if "userEnteredValue" in wanted:
            data["userEnteredValue"] = extended_value(cell.value, cell.formula)
        if "effectiveValue" in wanted and value is not None:
            data["effectiveValue"] = extended_value(value)
        if "formattedValue" in wanted:
            data["formattedValue"] = book.shown(sheet, row, column, cell)
    if cell.format and "userEnteredFormat" in wanted:
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


def spreadsheet_json(opened: Opened, wanted: Wanted, places: Places | None = None) -> Json:
    """The spreadsheet; with places only the sheets that these are on, and what lies on them."""
    book = opened.book
    shown: list[Json] = []
    for index, sheet in enumerate(book.sheets):
        spans = None if places is None else [span for place, span in places if place is sheet]
        if spans is None or spans:
            shown.append(_sheet_json(opened, sheet, index, spans, wanted))
    answer: Json = {
        "spreadsheetId": book.id,
        "properties": {"title": opened.title, **book.properties, "defaultFormat": DEFAULT_FORMAT}
        | {"spreadsheetTheme": THEME},
        "sheets": shown,
    }
    if book.named_ranges:
        answer["namedRanges"] = book.named_ranges
    answer["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{book.id}/edit"
    metadata = list_metadata(book, opened.call.bearer.client, "SPREADSHEET")
    return answer | ({"developerMetadata": metadata} if metadata else {})


def properties_json(sheet: Sheet, index: int) -> Json:
    """A sheet's properties with its place among the others."""
    named = {"sheetId": sheet.id, "title": sheet.title, "index": index, "sheetType": "GRID"}
    return named | {"gridProperties": sheet.grid} | sheet.properties


def _sheet_json(opened: Opened, sheet: Sheet, index: int, spans: list[Span] | None, wanted: Wanted) -> Json:
    boxes = [span.on(sheet.row_count, sheet.column_count) for span in spans or [Span()]]
    client = opened.call.bearer.client
    answer: Json = {"properties": properties_json(sheet, index)}
    if wanted.grid:
        answer["data"] = [grid_data(opened.book, sheet, box, wanted, client) for box in boxes]
    lists = dict(sheet.lists)
    lists["merges"] = [merge for merge in lists["merges"] if _touches(sheet, merge, boxes)]
    lists["protectedRanges"] = [protected_json(opened, item) for item in lists["protectedRanges"]]
    lists["tables"] = [table_json(opened.book, sheet, table) for table in lists["tables"]]
    answer |= {name: items for name, items in lists.items() if items}
    if sheet.basic_filter:
        answer["basicFilter"] = sheet.basic_filter
    metadata = list_metadata(opened.book, client, "SHEET", sheet.id)
    return answer | ({"developerMetadata": metadata} if metadata else {})


def _touches(sheet: Sheet, grid_range: Json, boxes: list[Box]) -> bool:
    own = read_span(grid_range).on(sheet.row_count, sheet.column_count)
    return any(own.meets(box) for box in boxes)


def protected_json(opened: Opened, protected: Json) -> Json:
    """A protected range as the asking person sees it: who may edit it is told only to those."""
    if not opened.may_edit(protected):
        return {name: value for name, value in protected.items() if name != "editors"}
    return protected | {"requestingUserCanEdit": True}
