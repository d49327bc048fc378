"""The tabs of the tracker: their fixed ids, so that a renamed one is still found, and the headers of the program's own."""

from __future__ import annotations

SHEET_IDS: dict[str, int] = {  # in the order in which people see them; a new spreadsheet's first tab has the id 0
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
