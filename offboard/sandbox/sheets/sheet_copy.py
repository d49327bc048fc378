"""A sheet copied within its spreadsheet or into another one."""

from __future__ import annotations

import copy
from dataclasses import replace
from itertools import chain, count

from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.sheet import LISTS, Sheet
from offboard.sandbox.sheets.sheet_properties import check_size, random_id
from offboard.sandbox.sheets.table_json import find_table_named


def copy_sheet(book: Book, source: Sheet, title: str, sheet_id: int | None = None) -> Sheet:
    """A copy for this spreadsheet: cells, merges, rules, protections and sizes; not yet among its sheets."""
    check_size(book, source.row_count * source.column_count)
    number = random_id({sheet.id for sheet in book.sheets}) if sheet_id is None else sheet_id
    document = copy.deepcopy(source.document())
    document["properties"] |= {"sheetId": number, "title": title}
    _point_ranges(document, source.id, number)
    rows = [[replace(cell, shown=None) if cell else None for cell in row] for row in source.rows]
    copied = Sheet.from_document(document, lambda: rows)
    copied.changed = set(range(len(rows)))
    for name, key in (("protectedRanges", "protectedRangeId"), ("bandedRanges", "bandedRangeId")):
        for item in copied.lists[name]:
            item[key] = random_id(set())
    for table in copied.lists["tables"]:
        names = chain([table["name"]], (f"{table['name']}_{number}" for number in count(2)))
        name = next(name for name in names if not find_table_named(book, name))
        table |= {"tableId": str(random_id(set())), "name": name}
    return copied


def free_title(book: Book, title: str) -> str:
    """The title, with a number behind it where another sheet has it."""
    names = [title, *(f"{title} {number}" for number in range(2, len(book.sheets) + 3))]
    return next(name for name in names if not book.find_titled(name))


def _point_ranges(document: dict[str, object], old: int, new: int) -> None:
    """Make every range on the old sheet one on the new."""

    def walk(value: object) -> None:
        if isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, dict):
            if _is_range(value) and value.get("sheetId", 0) == old:
                value["sheetId"] = new
            for item in value.values():
                walk(item)

    for name in (*LISTS, "basicFilter"):
        walk(document[name])


def _is_range(value: dict[str, object]) -> bool:
    return bool({"startRowIndex", "startColumnIndex", "sheetId", "dimension"} & value.keys())
