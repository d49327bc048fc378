"""The requests of a spreadsheet's batch, built as Google's API wants them: tabs, cells, looks, rules, colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SheetRequest = dict[str, Any]
Plain = str | float | bool | None  # what a cell can be given; None: nothing


@dataclass(frozen=True)
class TabShape:
    """A tab before anything is written into it."""

    id: int
    title: str
    rows: int
    columns: int
    frozen_rows: int = 1
    frozen_columns: int = 0
    hidden: bool = False
    gridlines: bool = True
    colour: str = ""  # of the tab itself, as #rrggbb


@dataclass(frozen=True)
class Area:
    """A rectangle of a tab, counted from 0; without an end it reaches to the edge, also when the tab grows."""

    tab: int
    top: int = 0
    bottom: int | None = None
    left: int = 0
    right: int | None = None


@dataclass(frozen=True)
class Look:
    """How cells look; what is empty stays as it is."""

    ground: str = ""  # as #rrggbb, like the ink
    ink: str = ""
    bold: bool = False
    italic: bool = False
    size: int = 0  # points
    align: str = ""  # LEFT, CENTER or RIGHT
    vertical: str = ""  # TOP or MIDDLE
    wrap: str = ""  # WRAP or CLIP
    number: str = ""  # TEXT, NUMBER, DATE or DATE_TIME
    pattern: str = ""  # of the number; empty: the locale's own


@dataclass(frozen=True)
class Written:
    """A cell to be written: a text, which never becomes a formula, or a formula; its note, its look."""

    text: str = ""
    formula: str = ""
    note: str = ""
    look: Look = Look()


@dataclass(frozen=True)
class Rule:
    """What a cell should hold; anything else is marked with a warning and kept."""

    kind: str
    values: tuple[str, ...] = ()


IS_DATE = Rule("DATE_IS_VALID")  # with a date picker
IS_TICKED = Rule("BOOLEAN")  # a checkbox


def one_of(*words: str) -> Rule:
    """A dropdown of these words."""
    return Rule("ONE_OF_LIST", words)


def one_of_cells(cells: str) -> Rule:
    """A dropdown of what stands in these cells, such as `=Clients!$A:$A`."""
    return Rule("ONE_OF_RANGE", (cells,))


def holds(formula: str) -> Rule:
    """A formula, written for the area's first cell, that must be true."""
    return Rule("CUSTOM_FORMULA", (formula,))


def set_region(locale: str, timezone: str) -> SheetRequest:
    """The spreadsheet's locale and time zone."""
    properties = {"locale": locale, "timeZone": timezone}
    return {"updateSpreadsheetProperties": {"properties": properties, "fields": "locale,timeZone"}}


def add_tab(shape: TabShape) -> SheetRequest:
    """A new tab behind the others."""
    return {"addSheet": {"properties": _tab_properties(shape)}}


def reshape_tab(shape: TabShape) -> SheetRequest:
    """A tab that is there already, made into this one."""
    properties = _tab_properties(shape)
    fields = ",".join(name for name in properties if name != "sheetId")
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _tab_properties(shape: TabShape) -> dict[str, Any]:
    grid = {
        "rowCount": shape.rows,
        "columnCount": shape.columns,
        "frozenRowCount": shape.frozen_rows,
        "frozenColumnCount": shape.frozen_columns,
        "hideGridlines": not shape.gridlines,
    }
    properties = {"sheetId": shape.id, "title": shape.title, "hidden": shape.hidden, "gridProperties": grid}
    return properties | ({"tabColorStyle": _colour(shape.colour)} if shape.colour else {})


def write_cells(tab: int, top: int, left: int, rows: Sequence[Sequence[Written]]) -> SheetRequest:
    """Cells from this corner on; what stood there, its look and its notes are replaced."""
    return {
        "updateCells": {
            "start": {"sheetId": tab, "rowIndex": top, "columnIndex": left},
            "rows": [{"values": [_cell(cell) for cell in row]} for row in rows],
            "fields": "userEnteredValue,userEnteredFormat,note",
        }
    }


def append_values(tab: int, rows: Sequence[Sequence[Plain]]) -> SheetRequest:
    """Rows below the last one that holds anything; text never becomes a formula, and looks stay the columns'."""
    cells = [
        {"values": [{"userEnteredValue": _value(value)} if value is not None else {} for value in row]} for row in rows
    ]
    return {"appendCells": {"sheetId": tab, "rows": cells, "fields": "userEnteredValue"}}


def _value(value: str | float | bool) -> dict[str, str | float | bool]:
    kinds = {bool: "boolValue", str: "stringValue"}
    return {kinds.get(type(value), "numberValue"): value}


def empty_rows(tab: int, top: int) -> SheetRequest:
    """Every cell of a tab from this row down is emptied."""
    return {"updateCells": {"range": {"sheetId": tab, "startRowIndex": top}, "fields": "userEnteredValue"}}


def bare_cells(area: Area) -> SheetRequest:
    """Cells without any look or picker."""
    return {"repeatCell": {"range": _range(area), "cell": {}, "fields": "userEnteredFormat,dataValidation"}}


def dress_cells(area: Area, look: Look) -> SheetRequest:
    """The same look for every cell; what the look leaves open stays."""
    cell_format = _format(look)
    fields = ",".join(f"userEnteredFormat.{name}" for name in cell_format)
    return {"repeatCell": {"range": _range(area), "cell": {"userEnteredFormat": cell_format}, "fields": fields}}


def ask_for(area: Area, rule: Rule) -> SheetRequest:
    """A date picker, dropdown, checkbox or check in every cell; it warns and never rejects."""
    condition = {"type": rule.kind, "values": [{"userEnteredValue": value} for value in rule.values]}
    data_rule = {"condition": condition, "strict": False, "showCustomUi": True}
    return {"setDataValidation": {"range": _range(area), "rule": data_rule}}


def insert_columns(tab: int, left: int, count: int) -> SheetRequest:
    """New columns to the right of the one before; they look as it does."""
    return _insert("COLUMNS", tab, left, count)


def insert_rows(tab: int, top: int, count: int) -> SheetRequest:
    """New rows below the one before; they look as it does."""
    return _insert("ROWS", tab, top, count)


def _insert(dimension: str, tab: int, start: int, count: int) -> SheetRequest:
    where = {"sheetId": tab, "dimension": dimension, "startIndex": start, "endIndex": start + count}
    return {"insertDimension": {"range": where, "inheritFromBefore": True}}  # at a tab's edge Google takes no other


def size_columns(tab: int, left: int, width: int, *, hidden: bool = False) -> SheetRequest:
    """One column's width in pixels, and whether people see it."""
    return _size("COLUMNS", tab, left, {"pixelSize": width, "hiddenByUser": hidden})


def size_row(tab: int, top: int, height: int) -> SheetRequest:
    """One row's height in pixels."""
    return _size("ROWS", tab, top, {"pixelSize": height})


def _size(dimension: str, tab: int, start: int, properties: dict[str, Any]) -> SheetRequest:
    where = {"sheetId": tab, "dimension": dimension, "startIndex": start, "endIndex": start + 1}
    return {"updateDimensionProperties": {"range": where, "properties": properties, "fields": ",".join(properties)}}


def colour_when(area: Area, formula: str, look: Look, index: int) -> SheetRequest:
    """Another look where a formula, written for the area's first cell, is true; the lowest index wins."""
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    rule = {"ranges": [_range(area)], "booleanRule": {"condition": condition, "format": _format(look)}}
    return {"addConditionalFormatRule": {"rule": rule, "index": index}}


def protect_tab(tab: int, why: str) -> SheetRequest:
    """Sheets asks "are you sure?" before somebody edits this tab."""
    return {
        "addProtectedRange": {"protectedRange": {"range": {"sheetId": tab}, "description": why, "warningOnly": True}}
    }


def offer_filter(area: Area) -> SheetRequest:
    """The little funnels in the first row, by which rows can be sifted and sorted."""
    return {"setBasicFilter": {"filter": {"range": _range(area)}}}


def _range(area: Area) -> dict[str, int]:
    ends = {"endRowIndex": area.bottom, "endColumnIndex": area.right}
    start = {"sheetId": area.tab, "startRowIndex": area.top, "startColumnIndex": area.left}
    return start | {name: end for name, end in ends.items() if end is not None}


def _cell(cell: Written) -> dict[str, Any]:
    found: dict[str, Any] = {"userEnteredFormat": _format(cell.look)}
    if cell.formula:
        found["userEnteredValue"] = {"formulaValue": cell.formula}
    elif cell.text:
        found["userEnteredValue"] = {"stringValue": cell.text}
    return found | ({"note": cell.note} if cell.note else {})


def _format(look: Look) -> dict[str, Any]:
    text: dict[str, Any] = {}
    if look.ink:
        text["foregroundColorStyle"] = _colour(look.ink)
    if look.size:
        text["fontSize"] = look.size
    text |= {name: True for name in ("bold", "italic") if getattr(look, name)}
    found: dict[str, Any] = {"textFormat": text} if text else {}
    if look.ground:
        found["backgroundColorStyle"] = _colour(look.ground)
    if look.align:
        found["horizontalAlignment"] = look.align
    if look.vertical:
        found["verticalAlignment"] = look.vertical
    if look.wrap:
        found["wrapStrategy"] = look.wrap
    if look.number:
        pattern = {"pattern": look.pattern} if look.pattern else {}
        found["numberFormat"] = {"type": look.number} | pattern
    return found


def _colour(hexadecimal: str) -> dict[str, Any]:
    parts = [int(hexadecimal[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return {"rgbColor": dict(zip(("red", "green", "blue"), parts, strict=True))}
