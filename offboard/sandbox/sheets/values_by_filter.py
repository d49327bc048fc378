"""values.batchGetByDataFilter, batchUpdateByDataFilter and batchClearByDataFilter."""

from __future__ import annotations

from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Span
from offboard.sandbox.sheets.drive_file import Opened, change_spreadsheet, open_spreadsheet
from offboard.sandbox.sheets.metadata import find_metadata, place_of_filter, span_of_metadata
from offboard.sandbox.sheets.places import Invalid, get_sheet, naming
from offboard.sandbox.sheets.reading import value_range
from offboard.sandbox.sheets.sheet import Sheet
from offboard.sandbox.sheets.values import clear_range, is_typed, read_rendering, totals, updated, write_range


def _places(opened: Opened, data_filter: Json) -> list[tuple[Sheet, Span]]:
    if "developerMetadataLookup" not in data_filter:
        place = place_of_filter(opened.book, data_filter)
        if place is None:
            raise Invalid(f"Unable to parse range: {data_filter.get('a1Range', '')}")
        return [(get_sheet(opened.book, place[0], "grid"), place[1])]
    found: list[tuple[Sheet, Span]] = []
    for entry in find_metadata(opened.book, data_filter, opened.call.bearer.client):
        where = entry["location"].get("dimensionRange", entry["location"])
        if entry["location"]["locationType"] != "SPREADSHEET":
            found.append((get_sheet(opened.book, where.get("sheetId", 0), "grid"), span_of_metadata(entry)))
    return found


@answers("sheets.spreadsheets.values.batchGetByDataFilter")
def batch_get(call: Call) -> Answer:
    """The values of every range that a data filter matches, with the filters that do."""
    opened, rendering = open_spreadsheet(call), read_rendering(call.body)
    matched: dict[tuple[int, Span], list[Json]] = {}
    for number, data_filter in enumerate(call.body.get("dataFilters", [])):
        with naming(f"dataFilters[{number}]"):
            for sheet, span in _places(opened, data_filter):
                matched.setdefault((sheet.id, span), []).append(data_filter)
    answer: Json = {"spreadsheetId": opened.book.id}
    ranges: list[Json] = []
    for (sheet_id, span), filters in matched.items():
        sheet = get_sheet(opened.book, sheet_id)
        box = span.on(sheet.row_count, sheet.column_count)
        ranges.append({"valueRange": value_range(opened.book, sheet, box, rendering), "dataFilters": filters})
    return answer | ({"valueRanges": ranges} if ranges else {})


@answers("sheets.spreadsheets.values.batchUpdateByDataFilter")
def batch_update(call: Call) -> Answer:
    """Write values into every range that a data filter matches."""
    typed = is_typed(call.body)
    with change_spreadsheet(call) as opened:
        responses: list[Json] = []
        written: list[Json] = []
        sheets: set[int] = set()
        for number, data in enumerate(call.body.get("data", [])):
            with naming(f"data[{number}]"):
                for sheet, span in _places(opened, data.get("dataFilter", {})):
                    box = write_range(opened, sheet, span, data, typed=typed)
                    response = updated(opened, sheet, box, data, None)
                    responses.append(response | {"dataFilter": data["dataFilter"]})
                    written.append(data)
                    sheets.add(sheet.id)
        answer = totals(opened, responses, written, sheets)
        for response in answer.get("responses", []):
            response.pop("spreadsheetId")
        return answer


@answers("sheets.spreadsheets.values.batchClearByDataFilter")
def batch_clear(call: Call) -> Answer:
    """Empty every range that a data filter matches."""
    with change_spreadsheet(call) as opened:
        cleared: list[str] = []
        for number, data_filter in enumerate(call.body.get("dataFilters", [])):
            with naming(f"dataFilters[{number}]"):
                cleared += [clear_range(opened, *place) for place in _places(opened, data_filter)]
        return {"spreadsheetId": opened.book.id} | ({"clearedRanges": cleared} if cleared else {})
