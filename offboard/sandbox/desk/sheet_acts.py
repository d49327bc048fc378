"""What a person does in a spreadsheet: types into a cell, sorts, puts a row in, takes one out."""

from __future__ import annotations

from offboard.sandbox.desk.grid import SHEET, VALUES, mark_of, read_rows
from offboard.sandbox.desk.visitor import Asked, Refused, Visitor
from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import format_corner, quote_title

MOVED = "This row is another one by now. What you typed is still there: look, and press Enter again to write it."


def type_cell(visitor: Visitor, asked: Asked) -> Json:
    """Write into a cell as if typed there, if its row is still the one that the person saw."""
    book, row, column = asked.name("book"), asked.number("row"), asked.number("column")
    title = _sheet(visitor, asked)["title"]
    before = _mark(visitor, book, title, row)
    if asked.name("mark") not in (before, "any"):
        raise Refused(409, MOVED)
    place = f"{quote_title(title)}!{format_corner(row, column)}"
    body = {"values": [[asked.text("text").replace("\r\n", "\n")]]}
    visitor.send("PUT", VALUES, book, place, body=body, valueInputOption="USER_ENTERED")
    return {"before": before, "mark": _mark(visitor, book, title, row)}


def sort(visitor: Visitor, asked: Asked) -> Json:
    """Sort every row below the frozen ones by a column."""
    properties = _sheet(visitor, asked)
    grid = properties["gridProperties"]
    box = {"sheetId": properties["sheetId"], "startRowIndex": grid.get("frozenRowCount", 0)}
    order = "DESCENDING" if asked.text("down", "") else "ASCENDING"
    specs = [{"dimensionIndex": asked.number("column"), "sortOrder": order}]
    return _change(visitor, asked, {"sortRange": {"range": box, "sortSpecs": specs}})


def insert_row(visitor: Visitor, asked: Asked) -> Json:
    """Put an empty row in; it looks like the one above it, unless that is a frozen one."""
    properties, row = _sheet(visitor, asked), asked.number("row")
    like_above = row > properties["gridProperties"].get("frozenRowCount", 0)
    request = {"range": _row(properties, row), "inheritFromBefore": like_above}
    return _change(visitor, asked, {"insertDimension": request})


def delete_row(visitor: Visitor, asked: Asked) -> Json:
    """Take a row out, if it is still the one that the person saw."""
    properties, row = _sheet(visitor, asked), asked.number("row")
    if _mark(visitor, asked.name("book"), properties["title"], row) != asked.name("mark"):
        raise Refused(409, "This row is another one by now. Look again.")
    return _change(visitor, asked, {"deleteDimension": {"range": _row(properties, row)}})


def _sheet(visitor: Visitor, asked: Asked) -> Json:
    found = visitor.get(SHEET, asked.name("book"), fields="sheets(properties)")
    for sheet in found["sheets"]:
        if sheet["properties"]["sheetId"] == asked.number("tab"):
            properties: Json = sheet["properties"]
            return properties
    raise Refused(404, "This tab is not there any more.")


def _mark(visitor: Visitor, book: str, title: str, row: int) -> str:
    place = f"{quote_title(title)}!{row + 1}:{row + 1}"
    return mark_of(next(iter(read_rows(visitor, book, place)), []))


def _row(properties: Json, row: int) -> Json:
    return {"sheetId": properties["sheetId"], "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}


def _change(visitor: Visitor, asked: Asked, request: Json) -> Json:
    visitor.send("POST", SHEET + ":batchUpdate", asked.name("book"), body={"requests": [request]})
    return {}
