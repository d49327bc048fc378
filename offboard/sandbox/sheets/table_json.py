"""A native table as Google's Table resource: its columns are called what its header row shows."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Box, read_span
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.sheet import Sheet

FOOTER = "footerColorStyle"  # a table whose rows' properties have it ends in a footer


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
