"""A tab as rows of cells: what each shows, what was typed into it, and how it looks."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from offboard.sandbox.desk.looks import style_of, tone_of
from offboard.sandbox.desk.visitor import Visitor
from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import column_letters, format_corner, quote_title

SHEET = "/v4/spreadsheets/{}"
VALUES = "/v4/spreadsheets/{}/values/{}"
SPARE_ROWS, SPARE_COLUMNS = 12, 2  # empty ones beyond what is filled
GUTTER = 44  # pixels of the rows' numbers
CELLS = (
    "sheets(data(rowData(values(formattedValue,effectiveValue,hyperlink,note,dataValidation,"
    "effectiveFormat(backgroundColor,horizontalAlignment,wrapStrategy,"
    "textFormat(foregroundColor,bold,italic,strikethrough,underline)))),"
    "rowMetadata(hiddenByUser),columnMetadata(pixelSize,hiddenByUser)))"
)


def read_rows(visitor: Visitor, book: str, place: str) -> list[list[Any]]:
    """What was typed into the cells of a range, formulas as they stand."""
    found: list[list[Any]] = visitor.get(VALUES, book, place, valueRenderOption="FORMULA").get("values", [])
    return found


def mark_of(row: list[Any]) -> str:
    """A short mark of what was typed into a row: another one when it was changed, or is another row."""
    return hashlib.sha256(json.dumps(row).encode()).hexdigest()[:12]


def read_grid(visitor: Visitor, book: str, properties: Json, more: int) -> Json:
    """The filled part of a tab and some empty rows below it."""
    title, size = quote_title(properties["title"]), properties["gridProperties"]
    typed = read_rows(visitor, book, title)
    frozen, stuck = size.get("frozenRowCount", 0), size.get("frozenColumnCount", 0)
    bottom = min(size["rowCount"], max(len(typed), frozen) + SPARE_ROWS + more)
    right = min(size["columnCount"], max([1, *map(len, typed)]) + SPARE_COLUMNS)
    place = f"{title}!A1:{format_corner(bottom - 1, right - 1)}"
    found = visitor.get(SHEET, book, ranges=place, fields=CELLS)["sheets"][0]["data"][0]
    columns = _columns(found["columnMetadata"], stuck)
    rows = []
    for number in range(bottom):
        if found["rowMetadata"][number].get("hiddenByUser"):
            continue
        shown = _at(found.get("rowData", []), number, {}).get("values", [])
        entered = _at(typed, number, [])
        cells = [_cell(_at(shown, c["index"], {}), _at(entered, c["index"], ""), c) for c in columns]
        _let_spill(cells)
        rows.append({"index": number, "mark": mark_of(entered), "cells": cells})
    return {
        "columns": columns,
        "head": [row for row in rows if row["index"] < frozen],
        "body": [row for row in rows if row["index"] >= frozen],
        "width": GUTTER + sum(column["width"] for column in columns),
        "lines": not size.get("hideGridlines"),
        "more": bottom < size["rowCount"],
        "empty": not typed,
    }


def _columns(found: list[Json], stuck: int) -> list[Json]:
    columns: list[Json] = []
    left = GUTTER
    for index, column in enumerate(found):
        if not column.get("hiddenByUser"):
            width = column["pixelSize"]
            columns.append({"index": index, "letters": column_letters(index), "width": width, "left": left})
            columns[-1]["stuck"] = index < stuck
            left += width
    return columns


def _at(found: list[Any], index: int, missing: Any) -> Any:
    return found[index] if index < len(found) else missing


def _let_spill(cells: list[Json]) -> None:
    """A text that is too long for its cell runs on over the blank ones beside it."""
    room = 0
    for cell in reversed(cells):
        if cell["shown"] or cell["box"]:
            runs_on = room and not (cell["wraps"] or cell["link"] or "text-align" in cell["style"] or cell["box"])
            cell["room"] = room + cell["column"]["width"] - 12 if runs_on else 0
            room = 0
        else:
            cell["room"], room = 0, room + cell["column"]["width"]


def _cell(cell: Json, typed: Any, column: Json) -> Json:
    look, shown = cell.get("effectiveFormat", {}), cell.get("formattedValue", "")
    rule = cell.get("dataValidation", {}).get("condition", {})
    formula = isinstance(typed, str) and typed.startswith("=")
    return {
        "column": column,
        "shown": shown,
        "typed": typed if formula else shown,
        "formula": formula,
        "box": rule.get("type") == "BOOLEAN",
        "ticked": cell.get("effectiveValue", {}).get("boolValue", False),
        "rule": rule if rule.get("type") in ("ONE_OF_LIST", "ONE_OF_RANGE") else None,
        "link": cell.get("hyperlink", ""),
        "note": cell.get("note", ""),
        "wraps": look.get("wrapStrategy") == "WRAP",
        "style": style_of(look),
        "tone": tone_of(look),
    }
