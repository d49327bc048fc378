"""The two tabs that only the program writes: Log, in words for people, and the hidden Ledger, its memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offboard.tracker.colours import GREY, OPTIONAL, TAB_OF_PROGRAM
from offboard.tracker.region import MOMENT, Region
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
    "When": LogColumn(130, Look(number="DATE_TIME", pattern=MOMENT, align="LEFT", vertical="TOP", ink=GREY.ink)),
    "Client": LogColumn(110, note="The short name, as in the tab Clients."),
    "Step": LogColumn(100, note="A step of the goodbye, as offboard plan names it."),
    "Outcome": LogColumn(90, note="new, done, your turn (amber), later, skipped by you, or failed (red)."),
    "What happened": LogColumn(420, Look(vertical="TOP", wrap="WRAP")),
    "Link": LogColumn(260, note="Where it is."),
    "Run": LogColumn(100, hidden=True),
}
LEDGER = {
    "Key": LogColumn(260),
    "Value": LogColumn(260),
    "When": LogColumn(130, Look(number="DATE_TIME", pattern=MOMENT, align="LEFT", vertical="TOP")),
}
NARROW = LogColumn(90)


def log_shapes() -> list[TabShape]:
    """The tabs before their cells."""
    return [
        TabShape(SHEET_IDS["Log"], "Log", ROWS, len(LOG_HEADERS), frozen_columns=2, colour=TAB_OF_PROGRAM),
        TabShape(SHEET_IDS["Ledger"], "Ledger", ROWS, len(LEDGER_HEADERS), hidden=True, colour=TAB_OF_PROGRAM),
    ]


def log_requests(region: Region) -> Iterator[SheetRequest]:
    """Headers, looks, and the question before somebody edits what only the program should."""
    log, ledger = SHEET_IDS["Log"], SHEET_IDS["Ledger"]
    yield from _columns(log, LOG_HEADERS, LOG, region)
    yield from _columns(ledger, LEDGER_HEADERS, LEDGER, region)
    yield offer_filter(Area(log, right=len(LOG_HEADERS)))
    yield protect_tab(log, "offboard writes here what happened")
    yield protect_tab(ledger, "offboard's memory: with changes in here it can make things twice")


def _columns(
    tab: int, headers: tuple[str, ...], columns: Mapping[str, LogColumn], region: Region
) -> Iterator[SheetRequest]:
    found = [columns.get(header, NARROW) for header in headers]
    written = [Written(header, note=column.note, look=OPTIONAL) for header, column in zip(headers, found, strict=True)]
    yield write_cells(tab, 0, 0, [written])
    yield size_row(tab, 0, 30)
    for index, column in enumerate(found):
        yield dress_cells(Area(tab, 1, None, index, index + 1), region.fill(column.look))
        yield size_columns(tab, index, column.width, hidden=column.hidden)
