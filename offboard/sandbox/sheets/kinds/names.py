"""Named ranges: addNamedRange, updateNamedRange, deleteNamedRange."""

from __future__ import annotations

import re

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import parse_span
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell_update import read_mask
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.places import Invalid, get_box
from offboard.sandbox.state import State

NAME = re.compile(r"[^\W\d][\w.]{0,249}")


@kind("addNamedRange")
def add_named_range(opened: Opened, request: Json) -> Json:
    """A name for a range."""
    named = name_range(opened.call.state, opened.book, request.get("namedRange", {}))
    opened.book.touch()
    return {"namedRange": named}


def name_range(state: State, book: Book, asked: Json) -> Json:
    """Give a range of a spreadsheet this name."""
    check_name(book, asked.get("name", ""))
    number = asked.get("namedRangeId") or state.new_id(12, "")
    if _find(book, number):
        raise Invalid(f"Cannot add named range with id {number}, a named range with that id already exists.")
    named = {"namedRangeId": number, "name": asked["name"], "range": _settled(book, asked.get("range"))}
    book.named_ranges.append(named)
    return named


def check_name(book: Book, name: str, own: Json | None = None) -> None:
    """Refuse a name that cannot be one, or that another range has."""
    if not NAME.fullmatch(name) or parse_span(name) or name.upper() in ("TRUE", "FALSE"):
        raise Invalid(f"The name {name} is invalid.")
    other = book.find_name(name)
    if other is not None and other is not own:
        raise Invalid(f"Cannot add named range with name {name}, a named range with that name already exists.")


def _settled(book: Book, grid_range: Json | None) -> Json:
    sheet, box = get_box(book, grid_range)
    return box.span().json(sheet.id)


def _find(book: Book, number: str) -> Json | None:
    return next((named for named in book.named_ranges if named["namedRangeId"] == number), None)


def get_named_range(book: Book, number: str) -> Json:
    """The named range with this id."""
    found = _find(book, number)
    if found is None:
        raise Invalid(f"No named range with id: {number}")
    return found


@kind("updateNamedRange")
def update_named_range(opened: Opened, request: Json) -> None:
    """Another name, or another range."""
    asked = request.get("namedRange", {})
    mask = read_mask(request.get("fields"), "NamedRange")
    named = get_named_range(opened.book, asked.get("namedRangeId", ""))
    if "name" in mask:
        check_name(opened.book, asked.get("name", ""), named)
        named["name"] = asked["name"]
    if "range" in mask:
        named["range"] = _settled(opened.book, asked.get("range"))
    opened.book.touch()


@kind("deleteNamedRange")
def delete_named_range(opened: Opened, request: Json) -> None:
    """The name goes, the cells stay."""
    opened.book.named_ranges.remove(get_named_range(opened.book, request.get("namedRangeId", "")))
    opened.book.touch()
