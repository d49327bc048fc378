"""values.get, batchGet, update, batchUpdate, append, clear and batchClear."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.a1 import Box, Span, column_letters
from offboard.sandbox.sheets.drive_file import Opened, change_spreadsheet, open_spreadsheet
from offboard.sandbox.sheets.places import Invalid, check_in_grid, get_range, naming
from offboard.sandbox.sheets.proto_text import proto_text
from offboard.sandbox.sheets.reading import Rendering, value_range
from offboard.sandbox.sheets.sheet import Sheet
from offboard.sandbox.sheets.sheet_properties import check_size
from offboard.sandbox.sheets.structure import insert_lines
from offboard.sandbox.sheets.table import find_table
from offboard.sandbox.sheets.writing import write_value

Values = list[list[Any]]

ABSENT = object()  # in a column-wise update: no value was given for this place


def read_rendering(asked: Json, prefix: str = "") -> Rendering:
    """How the request wants values back; in answers to a write the names begin with `response`."""
    value, dates = "valueRenderOption", "dateTimeRenderOption"
    if prefix:
        value, dates = "responseValueRenderOption", "responseDateTimeRenderOption"
    return Rendering(
        asked.get(value, "FORMATTED_VALUE"),
        asked.get(dates, "SERIAL_NUMBER"),
        asked.get("majorDimension") == "COLUMNS",
    )


@answers("sheets.spreadsheets.values.get")
def get(call: Call) -> Answer:
    """The values of one range."""
    return _read(open_spreadsheet(call), call.parameters["range"], read_rendering(call.parameters))


@answers("sheets.spreadsheets.values.batchGet")
def batch_get(call: Call) -> Answer:
    """The values of several ranges, in the order of asking."""
    opened, rendering = open_spreadsheet(call), read_rendering(call.parameters)
    found = [_read(opened, text, rendering) for text in call.parameters.get("ranges", [])]
    return {"spreadsheetId": opened.book.id} | ({"valueRanges": found} if found else {})


def _read(opened: Opened, text: str, rendering: Rendering) -> Json:
    sheet, span = get_range(opened.book, text)
    return value_range(opened.book, sheet, span.on(sheet.row_count, sheet.column_count), rendering)


@answers("sheets.spreadsheets.values.update")
def update(call: Call) -> Answer:
    """Write values into one range."""
    typed = is_typed(call.parameters)
    _check_same_range(call)
    with change_spreadsheet(call) as opened:
        sheet, span = get_range(opened.book, call.parameters["range"])
        rendering = read_rendering(call.parameters | call.body, "response")
        box = write_range(opened, sheet, span, call.body, typed=typed)
        return updated(
            opened, sheet, box, call.body, rendering if call.parameters.get("includeValuesInResponse") else None
        )


def _check_same_range(call: Call) -> None:
    """Refuse values that name another range than the address does, were it only in its quotes."""
    asked, named = call.parameters["range"], call.body.get("range")
    if named and named != asked:
        raise Refusal(400, f"Request range[{asked}] does not match value's range[{named}]")


@answers("sheets.spreadsheets.values.batchUpdate")
def batch_update(call: Call) -> Answer:
    """Write values into several ranges, all or none."""
    typed = is_typed(call.body)
    with change_spreadsheet(call) as opened:
        responses: list[Json] = []
        sheets: set[int] = set()
        for number, data in enumerate(call.body.get("data", [])):
            with naming(f"data[{number}]"):
                sheet, span = get_range(opened.book, data.get("range", ""))
                box = write_range(opened, sheet, span, data, typed=typed)
            rendering = read_rendering(call.body | data, "response")
            shown = rendering if call.body.get("includeValuesInResponse") else None
            responses.append(updated(opened, sheet, box, data, shown))
            sheets.add(sheet.id)
        return totals(opened, responses, call.body.get("data", []), sheets)


def totals(opened: Opened, responses: list[Json], written: list[Json], sheets: set[int]) -> Json:
    """The answer to a write of several ranges: what each did, and all together."""
    answer: Json = {"spreadsheetId": opened.book.id}
    columns: set[tuple[str, int]] = set()
    rows: set[tuple[str, int]] = set()
    for response, data in zip(responses, written, strict=True):
        title, _, first = response["updatedRange"].rpartition("!")
        found = opened.book.find_range(f"{title}!{first}")
        top, left = (found[1].top or 0, found[1].left or 0) if found else (0, 0)
        for row, line in enumerate(as_rows(data)):
            for column, value in enumerate(line):
                if value is not None and value is not ABSENT:
                    rows.add((title, top + row))
                    columns.add((title, left + column))
    counted = {
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": sum(response.get("updatedCells", 0) for response in responses),
        "totalUpdatedSheets": len(sheets),
    }
    answer |= {name: count for name, count in counted.items() if count}
    return answer | ({"responses": responses} if responses else {})


@answers("sheets.spreadsheets.values.append")
def append(call: Call) -> Answer:
    """Write values below the table that is found in the range; rows are added where the grid ends."""
    typed = is_typed(call.parameters)
    _check_same_range(call)
    with change_spreadsheet(call) as opened:
        sheet, span = get_range(opened.book, call.parameters["range"])
        asked = span.on(sheet.row_count, sheet.column_count)
        table = find_table(sheet, asked)
        top, left = (table.bottom, table.left) if table else (asked.top, asked.left)
        rows = as_rows(call.body)
        _make_room(opened, sheet, top, left, rows, insert=call.parameters.get("insertDataOption") == "INSERT_ROWS")
        corner = Span(top, top + 1, left, left + 1)
        box = write_range(opened, sheet, corner, call.body, typed=typed)
        rendering = read_rendering(call.parameters | call.body, "response")
        shown = rendering if call.parameters.get("includeValuesInResponse") else None
        answer: Json = {"spreadsheetId": opened.book.id}
        answer |= {"tableRange": sheet.address(table.span())} if table else {}
        return answer | {"updates": updated(opened, sheet, box, call.body, shown)}


def _make_room(opened: Opened, sheet: Sheet, top: int, left: int, rows: Values, *, insert: bool) -> None:
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
        cleared = clear_range(opened, *get_range(opened.book, call.parameters["range"]))
        return {"spreadsheetId": opened.book.id, "clearedRange": cleared}


@answers("sheets.spreadsheets.values.batchClear")
def batch_clear(call: Call) -> Answer:
    """Empty several ranges' cells."""
    with change_spreadsheet(call) as opened:
        cleared: list[str] = []
        for number, text in enumerate(call.body.get("ranges", [])):
            with naming(f"range[{number}]"):
                cleared.append(clear_range(opened, *get_range(opened.book, text)))
        return {"spreadsheetId": opened.book.id} | ({"clearedRanges": cleared} if cleared else {})


def clear_range(opened: Opened, sheet: Sheet, span: Span) -> str:
    """Empty cells; answers their address."""
    box = span.on(sheet.row_count, sheet.column_count)
    opened.check_protection(sheet, box)
    for row, column, cell in list(sheet.cells_in(box)):
        if cell.filled:
            sheet.put(row, column, cell.with_content(None))
    return sheet.address(box.span())


def is_typed(asked: Json) -> bool:
    """Whether values are to be read as if typed; a write must say how."""
    option = asked.get("valueInputOption")
    if option not in ("RAW", "USER_ENTERED"):
        raise Refusal(400, "'valueInputOption' is required but not specified")
    return bool(option == "USER_ENTERED")


def as_rows(data: Json) -> Values:
    """The values of a ValueRange as rows, with ABSENT where a column was shorter than another."""
    values: Values = data.get("values", [])
    if data.get("majorDimension") != "COLUMNS":
        return values
    return [list(row) for row in zip_longest(*values, fillvalue=ABSENT)]


def write_range(opened: Opened, sheet: Sheet, span: Span, data: Json, *, typed: bool) -> Box:
    """Write a ValueRange's values; a single cell is only where they begin, a larger range must hold them all."""
    rows = as_rows(data)
    _check_scalars(data.get("values", []))
    check_in_grid(sheet, span)
    asked = span.on(sheet.row_count, sheet.column_count)
    room = Box(asked.top, sheet.row_count, asked.left, sheet.column_count) if span.one_cell else asked
    height, width = len(rows), max(map(len, rows), default=0)
    if asked.top + height > room.bottom or asked.left + width > room.right:
        tall = asked.top + height > room.bottom
        beyond = f"row [{room.bottom + 1}]" if tall else f"column [{column_letters(room.right)}]"
        raise Invalid(f"Requested writing within range [{sheet.address(span)}], but tried writing to {beyond}")
    box = Box(asked.top, asked.top + height, asked.left, asked.left + width) if height and width else asked
    opened.check_protection(sheet, box)
    for row, line in enumerate(rows, asked.top):
        for column, value in enumerate(line, asked.left):
            if value is not None and value is not ABSENT:
                write_value(opened.book, sheet, row, column, value, typed=typed)
    return box


def _check_scalars(values: Values) -> None:
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            if isinstance(value, list | dict):
                raise Invalid(f"Invalid values[{row}][{column}]: {proto_text(value)}")


def updated(opened: Opened, sheet: Sheet, box: Box, data: Json, rendering: Rendering | None) -> Json:
    """What a write did: the range, and in how many rows, columns and cells something was written."""
    places = [
        (row, column)
        for row, line in enumerate(as_rows(data))
        for column, value in enumerate(line)
        if value is not None and value is not ABSENT
    ]
    counts = {
        "updatedRows": len({row for row, _ in places}),
        "updatedColumns": len({column for _, column in places}),
        "updatedCells": len(places),
    }
    answer: Json = {"spreadsheetId": opened.book.id, "updatedRange": sheet.address(box.span())}
    answer |= {name: count for name, count in counts.items() if count}
    return answer | ({"updatedData": value_range(opened.book, sheet, box, rendering)} if rendering else {})
