"""The values of a ValueRange written into cells, what that did, and what is no value."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from textwrap import indent
from typing import Any

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Box, Span, column_letters
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.places import Invalid, check_in_grid
from offboard.sandbox.sheets.reading import read_rendering, value_range
from offboard.sandbox.sheets.sheet import Sheet
from offboard.sandbox.sheets.writing import write_value


def proto_text(value: Any) -> str:
    """`number_value: 1.0`, or with braces over several lines."""
    if isinstance(value, list):
        return f"list_value {_braced(*(f'values {_braced(proto_text(item))}' for item in value))}"
    if isinstance(value, dict):
        items = ((f"key: {json.dumps(key)}\n", f"value {_braced(proto_text(item))}") for key, item in value.items())
        return f"struct_value {_braced(*(f'fields {_braced(*item)}' for item in items))}"
    if value is None:
        return "null_value: NULL_VALUE\n"
    if isinstance(value, str | bool):
        return f"{'string' if isinstance(value, str) else 'bool'}_value: {json.dumps(value)}\n"
    return f"number_value: {float(value)}\n"


def _braced(*parts: str) -> str:
    return "{\n" + indent("".join(parts), "  ") + "}\n"


@dataclass(frozen=True)
class Written:
    """A range after values were written into it."""

    opened: Opened
    sheet: Sheet
    box: Box
    rows: list[list[Any]]

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Where something was written: null leaves a cell as it is."""
        return [
            (row, column)
            for row, line in enumerate(self.rows, self.box.top)
            for column, value in enumerate(line, self.box.left)
            if value is not None
        ]

    def json(self, asked: Json) -> Json:
        """Google's UpdateValuesResponse, with the values as they are now where that is asked for."""
        counts = {
            "updatedRows": len({row for row, _ in self.places}),
            "updatedColumns": len({column for _, column in self.places}),
            "updatedCells": len(self.places),
        }
        answer: Json = {"spreadsheetId": self.opened.book.id, "updatedRange": self.sheet.address(self.box.span())}
        answer |= {name: count for name, count in counts.items() if count}
        if asked.get("includeValuesInResponse"):
            answer["updatedData"] = value_range(
                self.opened.book, self.sheet, self.box, read_rendering(asked, "response")
            )
        return answer


def as_rows(data: Json) -> list[list[Any]]:
    """The values of a ValueRange as rows, null where a column was shorter than another."""
    values: list[list[Any]] = data.get("values", [])
    return [list(row) for row in zip_longest(*values)] if data.get("majorDimension") == "COLUMNS" else values


def write_range(opened: Opened, sheet: Sheet, span: Span, data: Json, *, typed: bool) -> Written:
    """Write a ValueRange's values; a single cell is only where they begin, a larger range must hold them all."""
    rows = as_rows(data)
    for row, line in enumerate(data.get("values", [])):
        for column, value in enumerate(line):
            if isinstance(value, list | dict):
                raise Invalid(f"Invalid values[{row}][{column}]: {proto_text(value)}")
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
    written = Written(opened, sheet, box, rows)
    for row, column in written.places:
        write_value(opened.book, sheet, row, column, rows[row - box.top][column - box.left], typed=typed)
    return written
