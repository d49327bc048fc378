"""A sheet's properties: filled in when it is made, checked when they change, kept without what is not set."""

from __future__ import annotations

import random

from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.colors import settle_colors
from offboard.sandbox.sheets.invalid import Invalid
from offboard.sandbox.sheets.sheet import Sheet

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
    for what, count in (("row", grid.get("rowCount", 0)), ("column", grid.get("columnCount", 0))):
        if count <= 0:
            raise Invalid(f"gridProperties.{what}Count must be greater than zero.")
        if grid.get(f"frozen{what.title()}Count", 0) >= count:
            raise Invalid(f"You can't freeze all visible {what}s on the sheet.")


def check_size(book: Book, more: int) -> None:
    """Refuse to grow beyond what a spreadsheet can hold."""
    if sum(sheet.row_count * sheet.column_count for sheet in book.sheets) + more > MOST_CELLS:
        limit = f"above the limit of {MOST_CELLS} cells."
        raise Invalid(f"This action would increase the number of cells in the workbook {limit}")


def random_id(taken: set[int]) -> int:
    """A number for something new, as Google picks one, that nothing has yet."""
    return next(number for _ in iter(int, 1) if (number := random.randrange(1, 2**31 - 1)) not in taken)
