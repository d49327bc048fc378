"""The tabs of the tracker: their fixed ids, so that a renamed one is still found, and the columns that `init` makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from offboard.columns import TEXT
from offboard.model import TABS
from offboard.rows import Column, columns_of

SHEET_IDS: dict[str, int] = {  # in the order in which people see them; a new spreadsheet's only tab has the id 0
    "Today": 0,
    "Clients": 101,
    "Access": 102,
    "Invoices": 103,
    "Metrics": 104,
    "Setup": 105,
    "Log": 106,
    "Ledger": 107,
}
LOG_HEADERS = ("When", "Client", "Step", "Outcome", "What happened", "Link", "Run")
LEDGER_HEADERS = ("Version", "Key", "Value", "Kind", "Run", "When", "More")
RECORDS = ("Clients", "Access", "Invoices", "Metrics")  # the tabs in which people keep a row for each thing
NOTES = Column("Notes", TEXT, note="Yours: never read, never shown to anyone.")


@cache
def columns_made(tab: str) -> dict[str, Column]:
    """The columns of a tab of records from left to right, by field; `notes` is the one that nobody reads."""
    made = {field: column for field, column in columns_of(TABS[tab]).items() if not column.extra}
    return made if tab == "Metrics" else made | {"notes": NOTES}


@dataclass(frozen=True)
class Places:
    """Where a tracker's tabs and columns stand: where `init` puts them, or to where people have moved them since."""

    columns: Mapping[str, Mapping[str, int]]  # the index of each field's column, by tab
    titles: Mapping[str, str] = field(default_factory=dict)  # of the tabs that people renamed
    ids: Mapping[str, int] = field(default_factory=lambda: SHEET_IDS)

    def letter(self, tab: str, field: str) -> str:
        """The letter of a field's column."""
        return letters(self.columns[tab][field])

    def column(self, tab: str, field: str) -> str:
        """The whole column as a formula names it: `Clients!$A:$A`."""
        return whole_column(self.title(tab), self.letter(tab, field))

    def title(self, tab: str) -> str:
        """The tab as a formula names it."""
        title = self.titles.get(tab, tab)
        return title if title.isalpha() and title.isascii() else "'" + title.replace("'", "''") + "'"


def whole_column(title: str, letter: str) -> str:
    """A column of a tab, from its first cell to its last."""
    return f"{title}!${letter}:${letter}"


def letter_of(tab: str, field: str) -> str:
    """The letter of a field's column, as `init` made it."""
    return MADE.letter(tab, field)


def letters(index: int) -> str:
    """A column's letters from its index: 0 is A, 26 is AA."""
    return "".join(reversed(list(_digits(index))))


def _digits(index: int) -> Iterator[str]:
    while index >= 0:
        yield chr(ord("A") + index % 26)
        index = index // 26 - 1


MADE = Places({tab: {field: index for index, field in enumerate(columns_made(tab))} for tab in RECORDS})
