"""The Ledger tab as it lies in the sheet: its rows replayed and held against the marks; every damage is named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from offboard.columns import Cell
from offboard.errors import LedgerError
from offboard.ledger import Entry, Event, Ledger
from offboard.tracker.tabs import LEDGER_HEADERS
from offboard.workspace.sheets import Spreadsheet, Tab

TRACKER = "tracker"  # the key of the row with which the chain begins: its value is the spreadsheet's id
MEND = "Nothing was changed. See what is wrong, and mend it: offboard doctor --repair"


@dataclass(frozen=True)
class LedgerRow:
    """One row: what it says, and which part of which run's append it is."""

    version: int
    entry: Entry
    nonce: str
    part: str  # `2/3`


@dataclass(frozen=True)
class Salvage:
    """What can be read of a ledger, oldest row first, and what is wrong with it."""

    rows: tuple[LedgerRow, ...] = ()
    newest: int = 0  # the newest version that anybody took
    damages: tuple[str, ...] = ()
    lost: bool = False  # rows are gone or unreadable: something may be made that no row tells of

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the rows say."""
        return tuple(row.entry for row in self.rows)


def read_ledger(spreadsheet: Spreadsheet, tab: Tab | None) -> Ledger:
    """The ledger, checked: whole from its beginning to its newest mark, and of this very spreadsheet."""
    found = salvage(spreadsheet, tab)
    if found.damages:
        raise LedgerError(found.damages[0], MEND)
    return Ledger(found.entries, found.newest)


def salvage(spreadsheet: Spreadsheet, tab: Tab | None) -> Salvage:
    """All that can still be read, with every damage in words; LedgerError for a copy, which no program may mend.

    (Google lets a program write only to files that it made itself, and this one a person made.)
    """
    newest = max(spreadsheet.marks, default=0)
    if tab is None:
        gone = "The tracker's hidden tab “Ledger” is gone: it remembers what was made already."
        return Salvage(newest=newest, damages=(gone,), lost=True)
    rows, unreadable = _read_rows(tab)
    newest = max([newest, *(row.version for row in rows)])
    by_version: dict[int, list[LedgerRow]] = {}
    for row in rows:
        by_version.setdefault(row.version, []).append(row)
    begins = max((row.version for row in rows if row.entry.key == TRACKER), default=0)
    chain = range(begins or 1, newest + 1)
    damages = list(_find_damages(spreadsheet.marks, by_version, chain, unreadable=unreadable, begins=begins))
    whole = all(version in by_version and _whole(by_version[version]) for version in chain)
    rows = [row for row in rows if row.version >= begins]  # a mended ledger begins anew
    first = next((row.entry.value for row in rows if row.entry.key == TRACKER), "")
    if begins and first != spreadsheet.id:
        raise LedgerError(
            "This tracker is a copy of another one: what it remembers was made for the original.",
            f'Use the original: write tracker = "{first}" into config.toml. Or make a fresh one: offboard init --fresh',
        )
    return Salvage(tuple(rows), newest, tuple(damages), unreadable or not whole or not begins)


def _read_rows(tab: Tab) -> tuple[list[LedgerRow], bool]:
    """The rows in the order in which they were written, however the tab is sorted; and whether some are unreadable."""
    rows: list[LedgerRow] = []
    unreadable = False
    for cells in tab.rows[1:]:
        if any(cell.text for cell in cells):
            try:
                rows.append(_read_row(cells))
            except (ValueError, TypeError):
                unreadable = True
    return sorted(rows, key=lambda row: (row.version, int(row.part.partition("/")[0]))), unreadable


def _read_row(cells: tuple[Cell, ...]) -> LedgerRow:
    texts = [cell.text for cell in cells] + [""] * (len(LEDGER_HEADERS) - len(cells))
    version = int(cells[0].value)  # type: ignore[arg-type]  # no number: TypeError, which the caller expects
    nonce, _, part = texts[4].partition(" ")
    int(part.partition("/")[0])
    value = cells[2].value if len(cells) > 2 else None
    number = isinstance(value, float | int) and not isinstance(value, bool)
    text = f"{value:g}" if number else str(value or "")
    more = json.loads(texts[6]) if texts[6] else {}
    if not isinstance(more, dict):
        raise ValueError("details are an object")
    return LedgerRow(version, Entry(texts[1], text, Event(texts[3]), more), nonce, part)


def _find_damages(
    marks: Mapping[int, str],
    by_version: Mapping[int, Sequence[LedgerRow]],
    chain: range,
    *,
    unreadable: bool,
    begins: int,
) -> Iterable[str]:
    if unreadable:
        yield "Rows of the tracker's hidden tab “Ledger” were changed by hand."
    if not begins:
        yield "The tracker's hidden tab “Ledger” has no beginning: its first rows are missing."
    if chain and chain[-1] not in marks:
        yield "The tracker's hidden marks are gone: it was restored or rebuilt in another way."
    if any(version not in by_version or not _whole(by_version[version]) for version in chain):
        yield "Rows of the tracker's hidden tab “Ledger” are missing, or there twice."
    alien = (version for version, mark in marks.items() if {r.nonce for r in by_version.get(version, ())} - {mark})
    if any(version in chain for version in alien):
        yield "Rows of the tracker's hidden tab “Ledger” do not belong to it."


def _whole(rows: Sequence[LedgerRow]) -> bool:
    """Whether an append's rows are all there, each once: each says which of how many it is."""
    return sorted(row.part for row in rows) == sorted(parts(len(rows)))


def parts(count: int) -> list[str]:
    """What the rows of one append are called: `1/3`, `2/3`, `3/3`."""
    return [f"{number}/{count}" for number in range(1, count + 1)]
