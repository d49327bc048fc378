"""A tab as rows of cells: what each shows, what was typed into it, and how it looks on a page by day and by night."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from offboard.sandbox.desk.visitor import Visitor
from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import column_letters, format_corner, quote_title

CHANNELS = ("red", "green", "blue")
WEIGHTS = (0.2126, 0.7152, 0.0722)
ALIGNED = {"RIGHT": "right", "CENTER": "center"}
LIGHT = 0.5  # of 1: a fill that is lighter carries dark letters
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


def style_of(look: Json) -> str:
    """The declarations for a cell; nothing where it looks as every cell does."""
    text, parts = look.get("textFormat", {}), []
    fill, ink = look.get("backgroundColor", {}), text.get("foregroundColor", {})
    if look and _channels(fill) != (255, 255, 255):
        parts.append(f"--fill:{_hex(fill)}")
    if any(_channels(ink)):
        parts.append(f"--own:{_hex(ink)}")
    if look.get("horizontalAlignment") in ALIGNED:
        parts.append(f"text-align:{ALIGNED[look['horizontalAlignment']]}")
    if text.get("bold"):
        parts.append("font-weight:600")
    if text.get("italic"):
        parts.append("font-style:italic")
    lines = [word for word, name in (("underline", "underline"), ("line-through", "strikethrough")) if text.get(name)]
    if lines:
        parts.append(f"text-decoration:{' '.join(lines)}")
    return ";".join(parts)


def tone_of(look: Json) -> str:
    """`light` or `dark` for a cell with a fill of its own, `plain` for one with coloured letters only."""
    fill, ink = _channels(look.get("backgroundColor", {})), look.get("textFormat", {}).get("foregroundColor", {})
    if not look or fill == (255, 255, 255):
        return "plain" if any(_channels(ink)) else ""
    return "light" if sum(w * c / 255 for w, c in zip(WEIGHTS, fill, strict=True)) > LIGHT else "dark"


def hex_of(color: Json | None) -> str:
    """A tab's colour, or nothing."""
    return _hex(color) if color else ""


def _channels(color: Json) -> tuple[int, ...]:
    return tuple(round(color.get(name, 0) * 255) for name in CHANNELS)


def _hex(color: Json) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in _channels(color))


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
