"""Protected ranges and named ranges: add, update, delete."""

from __future__ import annotations

import re

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import parse_span, read_span
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.looks import change_fields
from offboard.sandbox.sheets.numbered import choose_id, get_item, replace_item
from offboard.sandbox.sheets.places import PROTECTED, Invalid, check_span, get_box, get_sheet
from offboard.sandbox.sheets.sheet import Sheet
from offboard.sandbox.sheets.writing import read_mask
from offboard.sandbox.state import State

NAME = re.compile(r"[^\W\d][\w.]{0,249}")
KEPT = ("namedRangeId", "description", "warningOnly", "unprotectedRanges")


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
    named = {"namedRangeId": number, "name": asked["name"], "range": _settled_name(book, asked.get("range"))}
    book.named_ranges.append(named)
    return named


def check_name(book: Book, name: str, own: Json | None = None) -> None:
    """Refuse a name that cannot be one, or that another range has."""
    if not NAME.fullmatch(name) or parse_span(name) or name.upper() in ("TRUE", "FALSE"):
        raise Invalid(f"The name {name} is invalid.")
    other = book.find_name(name)
    if other is not None and other is not own:
        raise Invalid(f"Cannot add named range with name {name}, a named range with that name already exists.")


def _settled_name(book: Book, grid_range: Json | None) -> Json:
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
        named["range"] = _settled_name(opened.book, asked.get("range"))
    opened.book.touch()


@kind("deleteNamedRange")
def delete_named_range(opened: Opened, request: Json) -> None:
    """The name goes, the cells stay."""
    opened.book.named_ranges.remove(get_named_range(opened.book, request.get("namedRangeId", "")))
    opened.book.touch()


@kind("addProtectedRange")
def add_protected_range(opened: Opened, request: Json) -> Json:
    """Protect a range, or with a range without sides the whole sheet; who adds it may edit it."""
    asked = request.get("protectedRange", {})
    book = opened.book
    number = choose_id(book, "protectedRanges", asked.get("protectedRangeId"))
    sheet, grid_range = _settled(book, asked)
    whole = not grid_range.keys() - {"sheetId"}
    if whole and any(not item["range"].keys() - {"sheetId"} for item in sheet.lists["protectedRanges"]):
        raise Invalid(f'Sheet "{sheet.title}" already has sheet protection.')
    if asked.get("unprotectedRanges") and not whole:
        raise Invalid("Unprotected ranges are only supported on protected sheets.")
    kept = {name: asked[name] for name in KEPT if asked.get(name)}
    protected: Json = {"protectedRangeId": number, "range": grid_range} | kept
    sheet.lists["protectedRanges"].append(protected | {"editors": _editors(opened, asked.get("editors", {}))})
    given = {name: people for name, people in asked.get("editors", {}).items() if people}
    return {"protectedRange": protected | {"requestingUserCanEdit": True, "editors": given}}


def _settled(book: Book, asked: Json) -> tuple[Sheet, Json]:
    if "namedRangeId" in asked:
        named = get_named_range(book, asked["namedRangeId"])
        return get_sheet(book, named["range"].get("sheetId", 0), "grid"), named["range"]
    if "range" not in asked:
        raise Invalid("No range or namedRangeId specified.")
    sheet = get_sheet(book, asked["range"].get("sheetId", 0), "grid")
    span = read_span(asked["range"])
    check_span(span)
    return sheet, span.json(sheet.id)


def _editors(opened: Opened, asked: Json) -> Json:
    """The editors that are kept: always with the spreadsheet's owner and who protects."""
    always = filter(None, (opened.file.owner, opened.call.bearer.email))
    users = list(dict.fromkeys([*asked.get("users", []), *always]))
    return {name: value for name, value in asked.items() if value} | {"users": users}


@kind("updateProtectedRange")
def update_protected_range(opened: Opened, request: Json) -> None:
    """Change what is protected, or from whom."""
    asked = request.get("protectedRange", {})
    mask = read_mask(request.get("fields"), "ProtectedRange")
    sheet, item = get_item(opened.book, "protectedRanges", asked.get("protectedRangeId", 0))
    if not opened.may_edit(item):
        raise Invalid(PROTECTED)
    kept = {name: inner for name, inner in mask.items() if name in KEPT}
    changed = change_fields(item, asked, kept)
    if "range" in mask:
        _, changed["range"] = _settled(opened.book, asked)
    if "editors" in mask:
        changed["editors"] = _editors(opened, asked.get("editors", {}))
    changed = {name: value for name, value in changed.items() if value is not False}
    replace_item(sheet, "protectedRanges", item, changed)


@kind("deleteProtectedRange")
def delete_protected_range(opened: Opened, request: Json) -> None:
    """The protection goes."""
    sheet, item = get_item(opened.book, "protectedRanges", request.get("protectedRangeId", 0))
    if not opened.may_edit(item):
        raise Invalid(PROTECTED)
    sheet.lists["protectedRanges"].remove(item)
