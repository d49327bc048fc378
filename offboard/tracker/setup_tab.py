"""The Setup tab: a row for each of the freelancer's settings, to be filled in in the middle column."""

from __future__ import annotations

from collections.abc import Iterator

from offboard.model import Setup
from offboard.rows import columns_of
from offboard.tracker.colours import OPTIONAL
from offboard.tracker.region import Region
from offboard.tracker.tabs import SHEET_IDS
from offboard.workspace.sheet_requests import (
    Area,
    Look,
    SheetRequest,
    TabShape,
    Written,
    dress_cells,
    size_columns,
    size_row,
    write_cells,
)

TAB = SHEET_IDS["Setup"]
HEADERS = {
    "What": "Don't change this column: offboard finds your settings by it.",
    "Yours": "Yours to fill in. Where it stays empty, the column to the right says what counts.",
    "Used for": "What it is for.",
}
WIDTHS = (170, 340, 330)
LABEL = Look(ground="#f4f6f8", ink="#2f4858", bold=True, vertical="TOP")
TYPED = Look(number="TEXT", vertical="TOP", wrap="WRAP", align="LEFT")  # an account number keeps its zeros
EXPLAINED = Look(ground="#f4f6f8", ink="#5b6770", vertical="TOP", wrap="WRAP")


def setup_shape() -> TabShape:
    """The tab before its cells."""
    return TabShape(TAB, "Setup", len(columns_of(Setup)) + 1, len(HEADERS))


def setup_requests(region: Region) -> Iterator[SheetRequest]:
    """The settings by name; the currency is filled in, the others are for the person to write."""
    rows = [[Written(header, note=note, look=OPTIONAL) for header, note in HEADERS.items()]]
    rows += [setting_cells(field, region) for field in columns_of(Setup)]
    yield write_cells(TAB, 0, 0, rows)
    yield size_row(TAB, 0, 30)
    for index, (look, width) in enumerate(zip((LABEL, TYPED, EXPLAINED), WIDTHS, strict=True)):
        yield dress_cells(Area(TAB, 1, None, index, index + 1), look)
        yield size_columns(TAB, index, width)


def setting_cells(field: str, region: Region) -> list[Written]:
    """A setting's three cells: its name, the one to fill in, and what it is for."""
    column = columns_of(Setup)[field]
    usual = f"Empty: {column.example}" if getattr(Setup(), field) else ""
    example = f"For example: {column.example}" if column.example and not usual else ""
    yours = region.currency if field == "currency" else ""
    return [
        Written(column.header, look=LABEL),
        Written(yours, note=example, look=TYPED),
        Written(". ".join(filter(None, (column.note, usual))), look=EXPLAINED),
    ]
