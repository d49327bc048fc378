"""Update: an older tracker gets what this version needs, once, whoever else is at work on it."""

from __future__ import annotations

from collections.abc import Callable

from offboard import __version__
from offboard.engine.look import HEADS, Place, find_tabs, read_memory, read_tracker
from offboard.engine.record import TRIES
from offboard.errors import OffboardError
from offboard.ledger import Entry, Event
from offboard.tracker.fence import LogLine, append
from offboard.tracker.read import read_records
from offboard.tracker.region import Region
from offboard.tracker.tabs import SHEET_IDS
from offboard.tracker.update import Update, plan_update
from offboard.workspace.sheets import OvertakenError

LAYOUT = "layout"  # the ledger's line that says which version laid the tracker out last


def update_tracker(place: Place, nonce: str, ask: Callable[[Update], bool]) -> Update | None:
    """Show what is missing, ask, and add it in one fenced batch; None where the person said no."""
    agreed: Update | None = None
    for attempt in range(TRIES):
        found = read_tracker(place, SHEET_IDS, (*HEADS, "Today"))
        tabs = find_tabs(found)
        ledger = read_memory(found, tabs)
        reading = read_records(found, tabs).reading
        region = Region(reading.locale, reading.currency)
        update = plan_update(place.workspace.sheets, found, tabs, region, place.platforms)
        if (agreed is None or agreed.does != update.does) and not ask(update):
            return None
        agreed = update
        lines = [LogLine("", "tracker", "new", f"Brought up to date: {tab}: {does}") for tab, does in update.does]
        ids = {title: tab.id for title, tab in tabs.items() if tab}
        entry = Entry(LAYOUT, __version__, Event.SAID)
        now = place.clock(reading.timezone)
        try:
            append(
                place.workspace.sheets,
                found.id,
                ledger,
                f"{nonce}-{attempt}",
                now,
                [entry],
                lines,
                ids,
                update.requests,
            )
        except OvertakenError:
            continue
        return update
    raise OffboardError("Others were at work on the tracker all the time. Nothing was changed.", "Try again.")
