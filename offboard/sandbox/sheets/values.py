"""values.get, batchGet, update, batchUpdate, append, clear and batchClear, by addresses and by data filters."""

from __future__ import annotations

from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.a1 import Box, Span
from offboard.sandbox.sheets.drive_file import Opened, change_spreadsheet, open_spreadsheet
from offboard.sandbox.sheets.metadata import find_metadata, place_of_filter, span_of_metadata
from offboard.sandbox.sheets.places import Invalid, get_range, get_sheet, naming
from offboard.sandbox.sheets.reading import Rendering, read_rendering, value_range
from offboard.sandbox.sheets.sheet import Sheet
from offboard.sandbox.sheets.sheet_properties import check_size
from offboard.sandbox.sheets.structure import insert_lines
from offboard.sandbox.sheets.table import find_table
from offboard.sandbox.sheets.written import Written, as_rows, write_range

Place = tuple[Sheet, Span]


def _read(opened: Opened, sheet: Sheet, span: Span, rendering: Rendering) -> Json:
    return value_range(opened.book, sheet, span.on(sheet.row_count, sheet.column_count), rendering)


@answers("sheets.spreadsheets.values.get")
def get(call: Call) -> Answer:
    """The values of one range."""
    opened = open_spreadsheet(call)
    return _read(opened, *get_range(opened.book, call.parameters["range"]), read_rendering(call.parameters))


@answers("sheets.spreadsheets.values.batchGet")
def batch_get(call: Call) -> Answer:
    """The values of several ranges, in the order of asking."""
    opened, rendering = open_spreadsheet(call), read_rendering(call.parameters)
    places = [get_range(opened.book, text) for text in call.parameters.get("ranges", [])]
    found = [_read(opened, *place, rendering) for place in places]
    return {"spreadsheetId": opened.book.id} | ({"valueRanges": found} if found else {})


@answers("sheets.spreadsheets.values.batchGetByDataFilter")
def batch_get_by_filter(call: Call) -> Answer:
    """The values of every range that a data filter matches, with the filters that do."""
    opened, rendering = open_spreadsheet(call), read_rendering(call.body)
    matched: dict[Place, list[Json]] = {}
    for number, data_filter in enumerate(call.body.get("dataFilters", [])):
        with naming(f"dataFilters[{number}]"):
            for place in _filtered(opened, data_filter):
                matched.setdefault(place, []).append(data_filter)
    found = [
        {"valueRange": _read(opened, *place, rendering), "dataFilters": filters} for place, filters in matched.items()
    ]
    return {"spreadsheetId": opened.book.id} | ({"valueRanges": found} if found else {})


def _filtered(opened: Opened, data_filter: Json) -> list[Place]:
    if "developerMetadataLookup" not in data_filter:
        place = place_of_filter(opened.book, data_filter)
        if place is None:
            raise Invalid(f"Unable to parse range: {data_filter.get('a1Range', '')}")
        return [(get_sheet(opened.book, place[0], "grid"), place[1])]
    found: list[Place] = []
    for entry in find_metadata(opened.book, data_filter, opened.call.bearer.client):
        where = entry["location"].get("dimensionRange", entry["location"])
        if entry["location"]["locationType"] != "SPREADSHEET":
            found.append((get_sheet(opened.book, where.get("sheetId", 0), "grid"), span_of_metadata(entry)))
    return found


def _is_typed(asked: Json) -> bool:
    """Whether values are to be read as if typed; a write must say how."""
    option = asked.get("valueInputOption")
    if option not in ("RAW", "USER_ENTERED"):
        raise Refusal(400, "'valueInputOption' is required but not specified")
    return bool(option == "USER_ENTERED")


def _check_same_range(call: Call) -> None:
    """Refuse values that name another range than the address does, were it only in its quotes."""
    asked, named = call.parameters["range"], call.body.get("range")
    if named and named != asked:
        raise Refusal(400, f"Request range[{asked}] does not match value's range[{named}]")


@answers("sheets.spreadsheets.values.update")
def update(call: Call) -> Answer:
    """Write values into one range."""
    typed = _is_typed(call.parameters)
    _check_same_range(call)
    with change_spreadsheet(call) as opened:
        place = get_range(opened.book, call.parameters["range"])
        return write_range(opened, *place, call.body, typed=typed).json(call.parameters | call.body)


@answers("sheets.spreadsheets.values.batchUpdate")
@answers("sheets.spreadsheets.values.batchUpdateByDataFilter")
def batch_update(call: Call) -> Answer:
    """Write values into several ranges, or into all that data filters match; all or none."""
    typed, by_filter = _is_typed(call.body), call.method.id.endswith("ByDataFilter")
    with change_spreadsheet(call) as opened:
        done: list[Written] = []
        responses: list[Json] = []
        for number, data in enumerate(call.body.get("data", [])):
            with naming(f"data[{number}]"):
                told = {"dataFilter": data.get("dataFilter", {})} if by_filter else {}
                places = _filtered(opened, *told.values()) if told else [get_range(opened.book, data.get("range", ""))]
                done += (new := [write_range(opened, *place, data, typed=typed) for place in places])
            for written in new:
                responses.append(written.json(call.body | data) | told)
                if by_filter:
                    del responses[-1]["spreadsheetId"]
        rows = {(written.sheet.id, row) for written in done for row, _ in written.places}
        columns = {(written.sheet.id, column) for written in done for _, column in written.places}
        counted = {
            "totalUpdatedRows": len(rows),
            "totalUpdatedColumns": len(columns),
            "totalUpdatedCells": sum(len(written.places) for written in done),
            "totalUpdatedSheets": len({written.sheet.id for written in done}),
        }
        answer: Json = {"spreadsheetId": opened.book.id} | {name: many for name, many in counted.items() if many}
        return answer | ({"responses": responses} if responses else {})


@answers("sheets.spreadsheets.values.append")
def append(call: Call) -> Answer:
    """Write values below the table that is found in the range; rows are added where the grid ends."""
    typed, asked = _is_typed(call.parameters), call.parameters
    _check_same_range(call)
    with change_spreadsheet(call) as opened:
        sheet, span = get_range(opened.book, asked["range"])
        box = span.on(sheet.row_count, sheet.column_count)
        table = find_table(sheet, box)
        top, left = (table.bottom, table.left) if table else (box.top, box.left)
        _make_room(opened, sheet, top, left, call.body, insert=asked.get("insertDataOption") == "INSERT_ROWS")
        written = write_range(opened, sheet, Span(top, top + 1, left, left + 1), call.body, typed=typed)
        found = {"tableRange": sheet.address(table.span())} if table else {}
        return {"spreadsheetId": opened.book.id, **found, "updates": written.json(asked | call.body)}


def _make_room(opened: Opened, sheet: Sheet, top: int, left: int, data: Json, *, insert: bool) -> None:
    rows = as_rows(data)
    height, width = max(1, len(rows)), max(map(len, rows), default=0)
    check_size(opened.book, max(0, top + height - sheet.row_count) * sheet.column_count)
    if insert and top < sheet.row_count and rows:
        opened.check_protection(sheet, Box(top, top + height, 0, sheet.column_count))
        insert_lines(opened.book, sheet, "ROWS", top, height, like_before=top > 0)
    sheet.grid["rowCount"] = max(sheet.row_count, top + height)
    sheet.grid["columnCount"] = max(sheet.column_count, left + width)


@answers("sheets.spreadsheets.values.clear")
def clear(call: Call) -> Answer:
    """Empty a range's cells; their formats stay."""
    with change_spreadsheet(call) as opened:
        cleared = _clear(opened, *get_range(opened.book, call.parameters["range"]))
        return {"spreadsheetId": opened.book.id, "clearedRange": cleared}


@answers("sheets.spreadsheets.values.batchClear")
@answers("sheets.spreadsheets.values.batchClearByDataFilter")
def batch_clear(call: Call) -> Answer:
    """Empty the cells of several ranges, or of all that data filters match."""
    with change_spreadsheet(call) as opened:
        cleared: list[str] = []
        for number, text in enumerate(call.body.get("ranges", [])):
            with naming(f"range[{number}]"):
                cleared.append(_clear(opened, *get_range(opened.book, text)))
        for number, data_filter in enumerate(call.body.get("dataFilters", [])):
            with naming(f"dataFilters[{number}]"):
                cleared += [_clear(opened, *place) for place in _filtered(opened, data_filter)]
        return {"spreadsheetId": opened.book.id} | ({"clearedRanges": cleared} if cleared else {})


def _clear(opened: Opened, sheet: Sheet, span: Span) -> str:
    box = span.on(sheet.row_count, sheet.column_count)
    opened.check_protection(sheet, box)
    for row, column, cell in list(sheet.cells_in(box)):
        if cell.filled:
            sheet.put(row, column, cell.with_content(None))
    return sheet.address(box.span())
