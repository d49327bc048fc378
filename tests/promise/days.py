"""Month ends, leap days, clocks put forward and back, run after run: the sheet's own day counts, and counts once."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from offboard.columns import EPOCH
from offboard.tracker.tabs import letter_of
from tests.promise.runner import open_place, run_from
from tests.rehearsal import Rehearsal

MACHINES = ("Pacific/Kiritimati", "America/Los_Angeles", "UTC")
SHEETS = ("Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati")
LAST_DAYS = (date(2028, 2, 29), date(2026, 3, 31), date(2027, 12, 31), date(2026, 4, 30))  # none is at a weekend
MINUTES = 24 * 60
BERLIN = ZoneInfo("Europe/Berlin")


class Calendar:
    """A rehearsal whose Workspace and program live at a moment that the test sets."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        self._clock = rehearsal.sandbox.state.clock
        self._place = open_place(rehearsal.home, clock=self._now)

    def _now(self, zone: ZoneInfo) -> datetime:
        return self._clock.now().astimezone(zone)

    def arrange(self, zone: str, last_day: date) -> None:
        """The sheet's zone, and a client who leaves then, with everything before long done."""
        properties = {"properties": {"timeZone": zone}, "fields": "timeZone"}
        body = {"requests": [{"updateSpreadsheetProperties": properties}]}
        self.rehearsal.person.ask("POST", f"/v4/spreadsheets/{self.rehearsal.tracker}:batchUpdate", body)
        for field, text in (("notice_given", "2026-01-02"), ("last_day", last_day.isoformat())):
            self.rehearsal.type(f"Clients!{letter_of('Clients', field)}2", [text])
        self.rehearsal.type(f"Invoices!{letter_of('Invoices', 'paid')}2", ["yes"], ["yes"])  # on whatever day it was

    def run_at(self, moment: datetime) -> None:
        """One run at a moment."""
        self._clock.set(moment)
        assert not run_from(self._place)

    def drafts(self) -> set[str]:
        """The subjects of the drafts."""
        return {subject for _, subject, _ in self.rehearsal.world()["drafts"]}


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """This computer's own time zone is that one."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    yield
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


def check_last_day(calendar: Calendar, zone: str, last_day: date) -> None:
    """The goodbye mail is there from the first minute of the last day, by the sheet's zone, and not a minute before."""
    calendar.arrange(zone, last_day)
    begins = datetime.combine(last_day, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    calendar.run_at(begins - timedelta(minutes=1))
    assert "Thank you, Maya" not in calendar.drafts()
    calendar.run_at(begins)
    assert "Thank you, Maya" in calendar.drafts()
    folders = [path for path, *_ in calendar.rehearsal.world()["files"] if path.startswith("Bloom Bakery")]
    assert folders[0] == f"Bloom Bakery – Offboarding {last_day:%Y-%m}"
    said = max(float(row[0]) for row in calendar.rehearsal.rows("Log"))
    assert abs(EPOCH + timedelta(days=said) - datetime.combine(last_day, datetime.min.time())) < timedelta(minutes=2)


def check_day(rehearsal: Rehearsal, moments: list[datetime], days: int) -> None:
    """Run after run leaves the world of the first, and one heartbeat a day."""
    calendar = Calendar(rehearsal)
    calendar.arrange("Europe/Berlin", date(2026, 5, 29))
    calendar.run_at(moments[0])
    first, rows = rehearsal.world(), len(rehearsal.rows("Ledger"))
    for moment in moments[1:]:
        calendar.run_at(moment)
    assert rehearsal.world() | {"ledger": 0} == first | {"ledger": 0}
    beats = [row for row in rehearsal.rows("Ledger") if row[1] == "heartbeat"]
    assert len(beats) == days
    assert len(rehearsal.rows("Ledger")) == rows + days - 1


def minutes_from(begin: datetime, count: int) -> list[datetime]:
    """So many minutes, one after the other."""
    return [begin.astimezone(UTC) + timedelta(minutes=minute) for minute in range(count)]
