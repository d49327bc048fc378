"""Init: the tracker is made once; marked at its birth, laid out and begun in one batch that cannot land twice."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError

from offboard.errors import MissingError, UsageError
from offboard.ledger import Entry, Event, Ledger
from offboard.tracker.fence import append
from offboard.tracker.layout import tracker_requests
from offboard.tracker.ledger_tab import TRACKER
from offboard.workspace.drive import Drive
from offboard.workspace.sheets import OvertakenError, Sheets, Spreadsheet

TITLE = "offboard tracker"
TRACKER_MARK = "|tracker"  # no client's short name can be this


@dataclass(frozen=True)
class MadeTracker:
    """The tracker, and whether it was made just now."""

    id: str
    url: str
    made: bool


def make_tracker(
    drive: Drive,
    sheets: Sheets,
    *,
    known: str,
    fresh: bool,
    locale: str,
    timezone: str,
    currency: str,
    nonce: str,
    clock: Callable[[ZoneInfo], datetime],
) -> MadeTracker:
    """The known tracker, one of ours that lies in Drive, or a new one; a half-made one is finished."""
    zone = _check_words(locale, timezone)
    found = None if fresh else _find(drive, sheets, known)
    if found and found.marks:
        return MadeTracker(found.id, found.url, made=False)
    id = found.id if found else drive.make_spreadsheet(TITLE, TRACKER_MARK)
    first = Entry(TRACKER, id, Event.SAID)
    layout = tracker_requests(locale, timezone, currency)
    with contextlib.suppress(OvertakenError):  # somebody else finished it at this moment: that is the one
        append(sheets, id, Ledger(), nonce, clock(zone), [first], before=layout)
    return MadeTracker(id, sheets.read(id, {}).url, made=True)


def _find(drive: Drive, sheets: Sheets, known: str) -> Spreadsheet | None:
    marked = [file for file in drive.list_marked(TRACKER_MARK, "look for your tracker") if not file.trashed]
    if len(marked) > 1 and known not in {file.id for file in marked}:
        listed = "\n".join(f'tracker = "{file.id}"' for file in sorted(marked, key=lambda file: file.modified))
        raise UsageError(
            f"There are {len(marked)} trackers of offboard in your Drive.",
            f"Write the one that you mean into config.toml, the newest comes last:\n{listed}",
        )
    ids = [known] if known else []
    ids += [file.id for file in marked]
    for id in ids:
        try:
            return sheets.read(id, {})
        except MissingError:
            continue
    return None


def _check_words(locale: str, timezone: str) -> ZoneInfo:
    try:
        Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        raise UsageError(f"“{locale}” is no locale.", "Write it like en_GB, en_US or de_DE.") from None
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise UsageError(f"“{timezone}” is no time zone.", "Write it like Europe/Berlin.") from None
