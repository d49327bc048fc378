"""What lies on a sheet under an id of its own: alternating colours, protected ranges, tables."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.places import Invalid
from offboard.sandbox.sheets.sheet import Sheet
from offboard.sandbox.sheets.sheet_properties import random_id

NAMED = {  # list on the sheet: its field with the id, what Google calls it when there is none, and when there is one
    "bandedRanges": ("bandedRangeId", "banding", "Banded range"),
    "protectedRanges": ("protectedRangeId", "protected range", "Protected range"),
    "tables": ("tableId", "table", "Table"),
}


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
