"""What lies on a sheet under an id of its own: bands, protected ranges, tables; and a table as Google shows it."""

from __future__ import annotations

import random
from typing import Any

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Box, read_span
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.places import Invalid
from offboard.sandbox.sheets.sheet import Sheet

NAMED = {  # list on the sheet: its field with the id, what Google calls it when there is none, and when there is one
    "bandedRanges": ("bandedRangeId", "banding", "Banded range"),
    "protectedRanges": ("protectedRangeId", "protected range", "Protected range"),
    "tables": ("tableId", "table", "Table"),
}
FOOTER = "footerColorStyle"  # a table whose rows' properties have it ends in a footer


def choose_id(book: Book, name: str, asked: Any) -> Any:
    """The id that was asked for, refused when it is in use; without one a fresh number."""
    key, _, called = NAMED[name]
    taken = {item[key] for sheet in book.sheets for item in sheet.lists[name]}
    if asked in taken:
        raise Invalid(f"{called} with id: {asked} already exists.")
    return asked or random_id(taken)


def get_item(book: Book, name: str, item_id: Any) -> tuple[Sheet, Json]:
    """The item with this id and the sheet that it lies on."""
    key, called, _ = NAMED[name]
    for sheet in book.sheets:
        for item in sheet.lists[name]:
            if item[key] == item_id:
                return sheet, item
    raise Invalid(f"No {called} with id: {item_id}")


def replace_item(sheet: Sheet, name: str, old: Json, new: Json) -> None:
    """Put an item in the place of another."""
    sheet.lists[name] = [new if item is old else item for item in sheet.lists[name]]


def table_json(book: Book, sheet: Sheet, table: Json) -> Json:
    """The table with every column's place and name."""
    box = table_box(sheet, table)
    columns: list[Json] = []
    for index, column in enumerate(table["columnProperties"]):
        head = sheet.cell(box.top, box.left + index)
        name = book.shown(sheet, box.top, box.left + index, head) if head and head.filled else f"Column {index + 1}"
        columns.append(({"columnIndex": index} if index else {}) | {"columnName": name} | column)
    return table | {"columnProperties": columns}


def table_box(sheet: Sheet, table: Json) -> Box:
    """The cells of a table."""
    return read_span(table["range"]).on(sheet.row_count, sheet.column_count)


def find_table_named(book: Book, name: str) -> Json | None:
    """The table of this name, whatever its case."""
    tables = (table for sheet in book.sheets for table in sheet.lists["tables"])
    return next((table for table in tables if table["name"].lower() == name.lower()), None)


def random_id(taken: set[int]) -> int:
    """A number for something new, as Google picks one, that nothing has yet."""
    return next(number for _ in iter(int, 1) if (number := random.randrange(1, 2**31 - 1)) not in taken)
