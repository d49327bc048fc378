"""The tabs of the tracker: their fixed ids, so that a renamed one is still found, and the columns that `init` makes."""

from __future__ import annotations

from functools import cache
from string import ascii_uppercase

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


def letter_of(tab: str, field: str) -> str:
    """The letter of a field's column, as `init` made it."""
    return ascii_uppercase[list(columns_made(tab)).index(field)]
