"""A whole spreadsheet as Google's Spreadsheet resource."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Box, Span, read_span
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.grid_data import Wanted, grid_data
from offboard.sandbox.sheets.looks import DEFAULT_FORMAT, THEME
from offboard.sandbox.sheets.metadata import list_metadata
from offboard.sandbox.sheets.numbered import table_json
from offboard.sandbox.sheets.sheet import Sheet

Places = list[tuple[Sheet, Span]]


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
