"""A sheet made, copied and checked: its properties are kept without what is not set."""

from __future__ import annotations

import copy
from dataclasses import replace
from itertools import chain, count

from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.looks import settle_colors
from offboard.sandbox.sheets.numbered import find_table_named, random_id
from offboard.sandbox.sheets.places import Invalid
from offboard.sandbox.sheets.sheet import LISTS, Sheet

MOST_CELLS = 10_000_000
KEPT = ("title", "hidden", "tabColor", "tabColorStyle", "rightToLeft")
GRID = (
    "rowCount",
    "columnCount",
    "frozenRowCount",
    "frozenColumnCount",
    "hideGridlines",
)


def new_sheet(book: Book, asked: Json) -> Sheet:
    """A blank sheet with these properties; number, title and size are chosen where they are not given."""
    if asked.get("sheetType", "GRID") not in ("GRID", "SHEET_TYPE_UNSPECIFIED"):
        raise Refusal(501, f"The sandbox has no sheets of type {asked['sheetType']}.")
    sheet_id = asked.get("sheetId")
    if sheet_id is None:
        sheet_id = random_id({sheet.id for sheet in book.sheets})
    elif sheet_id < 0:
        raise Invalid("sheetId must be non-negative.")
    elif book.find_sheet(sheet_id):
        raise Invalid(f"Sheet with id: {sheet_id} already exists.")
    title = asked.get("title") or next(
        name for number in range(1, len(book.sheets) + 2) if not book.find_titled(name := f"Sheet{number}")
    )
    check_title(book, title, None)
    grid = {"rowCount": 1000, "columnCount": 26} | settle_grid(asked.get("gridProperties", {}))
    check_grid(grid)
    check_size(book, grid["rowCount"] * grid["columnCount"])
    kept = {name: value for name, value in settle_colors(asked).items() if name in KEPT and value}
    return Sheet({"sheetId": sheet_id, "gridProperties": grid} | kept | {"title": title})


def settle_grid(grid: Json) -> Json:
    """Grid properties without what is zero or false."""
    return {name: grid[name] for name in GRID if grid.get(name)}


def check_title(book: Book, title: str, own: Sheet | None) -> None:
    """Refuse an empty name, one that is too long, one that another sheet has."""
    if not title:
        raise Invalid("The sheet name cannot be empty.")
    if len(title) > 100:
        raise Invalid("The sheet name cannot be greater than 100 characters.")
    other = book.find_titled(title)
    if other is not None and other is not own:
        raise Invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


def check_grid(grid: Json) -> None:
    """Refuse a grid without rows or columns, or one whose every row or column is frozen."""
    for what, many in (("row", grid.get("rowCount", 0)), ("column", grid.get("columnCount", 0))):
        if many <= 0:
            raise Invalid(f"gridProperties.{what}Count must be greater than zero.")
        if grid.get(f"frozen{what.title()}Count", 0) >= many:
            raise Invalid(f"You can't freeze all visible {what}s on the sheet.")


def check_size(book: Book, more: int) -> None:
    """Refuse to grow beyond what a spreadsheet can hold."""
    if sum(sheet.row_count * sheet.column_count for sheet in book.sheets) + more > MOST_CELLS:
        limit = f"above the limit of {MOST_CELLS} cells."
        raise Invalid(f"This action would increase the number of cells in the workbook {limit}")


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
