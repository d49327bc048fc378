"""Since when an e-mail is not in Drafts any more: noted on the day on which it was found gone."""

from __future__ import annotations

from datetime import date

from offboard.ledger import Entry, Ledger


def gone_key(key: str) -> str:
    """The line of state that says since when an e-mail is not in Drafts any more."""
    short, _, rest = key.partition("/")
    return f"{short}|gone|{rest}"


def letter_key(gone: str) -> str:
    """The key of the e-mail of which such a line speaks."""
    short, _, rest = gone.partition("|gone|")
    return f"{short}/{rest}"


def find_gone_day(ledger: Ledger, entry: Entry) -> date | None:
    """The day that was noted for this very draft; what the key stood for before it was begun anew does not count."""
    noted = ledger.find(gone_key(entry.key))
    return parse_day(noted.value) if noted and noted.more.get("draft") == entry.value else None


def parse_day(text: object) -> date | None:
    """A day as the ledger writes it; None for anything else."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
