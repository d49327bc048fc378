"""The two tabs that only the program writes: Log, in words for people, and the hidden Ledger, its memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from offboard.tracker.colours import GREY, OPTIONAL, TAB_OF_PROGRAM
from offboard.tracker.tabs import LEDGER_HEADERS, LOG_HEADERS, SHEET_IDS
from offboard.workspace.sheet_requests import (
    Area,
    Look,
    SheetRequest,
    TabShape,
    Written,
    dress_cells,
    offer_filter,
    protect_tab,
    size_columns,
    size_row,
    write_cells,
)

ROWS = 1000  # to begin with; they grow as lines are added
TOP = Look(vertical="TOP", wrap="CLIP")


@dataclass(frozen=True)
class LogColumn:
    """A column's width in pixels, look, and what its header's note says."""

    width: int
    look: Look = TOP
    note: str = ""
    hidden: bool = False


LOG = {
    "When": LogColumn(130, Look(align="LEFT", vertical="TOP", ink=GREY.ink), "By the tracker's own time zone."),
    "Client": LogColumn(110, note="The short name, as in the tab Clients."),
    "Step": LogColumn(100, note="A step of the goodbye, as offboard plan names it."),
    "Outcome": LogColumn(90, note="new, done, your turn (amber), later, skipped by you, or failed (red)."),
    "What happened": LogColumn(
        420, Look(vertical="TOP", wrap="WRAP"), "In words. For example: Folder made, with 4 sub-folders"
    ),
    "Link": LogColumn(260, note="Where it is."),
    "Run": LogColumn(100, hidden=True),
}


LOG_SHAPE = TabShape(SHEET_IDS["Log"], "Log", ROWS, len(LOG_HEADERS), frozen_columns=2, colour=TAB_OF_PROGRAM)
LEDGER_SHAPE = TabShape(SHEET_IDS["Ledger"], "Ledger", ROWS, len(LEDGER_HEADERS), hidden=True, colour=TAB_OF_PROGRAM)


def log_requests() -> Iterator[SheetRequest]:
    """Headers, looks, and the question before somebody edits what only the program should."""
    log = SHEET_IDS["Log"]
    headers = [Written(header, note=LOG[header].note, look=OPTIONAL) for header in LOG_HEADERS]
    yield write_cells(log, 0, 0, [headers])
    yield size_row(log, 0, 30)
    for index, header in enumerate(LOG_HEADERS):
        yield dress_cells(Area(log, 1, None, index, index + 1), LOG[header].look)
        yield size_columns(log, index, LOG[header].width, hidden=LOG[header].hidden)
    yield offer_filter(Area(log, right=len(LOG_HEADERS)))
    yield protect_tab(log, "offboard writes here what happened")


def ledger_requests() -> Iterator[SheetRequest]:
    """Its headers; the cells are left bare: each that has a look would be read at every look."""
    ledger = SHEET_IDS["Ledger"]
    yield write_cells(ledger, 0, 0, [[Written(header, look=OPTIONAL) for header in LEDGER_HEADERS]])
    yield protect_tab(ledger, "offboard's memory: with changes in here it can make things twice")
