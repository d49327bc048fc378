"""Month ends, leap days, clocks put forward and back, run after run: the sheet's own day counts, and counts once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from offboard.columns import EPOCH
from offboard.commands.session import new_nonce
from offboard.config import load_config
from offboard.emails.templates import load_templates
from offboard.engine.look import Place
from offboard.engine.make import Watch
from offboard.engine.run import Agreement, run
from offboard.tracker.tabs import letter_of
from offboard.workspace.google import Patience
from offboard.workspace.workspace import open_workspace
from offboard.world import Wishes
from tests.rehearsal import Rehearsal

MACHINES = ("Pacific/Kiritimati", "America/Los_Angeles", "UTC")
SHEETS = ("Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati")
LAST_DAYS = (date(2028, 2, 29), date(2026, 3, 31), date(2027, 12, 31), date(2026, 4, 30))  # none is at a weekend
CHANGES = (  # when it is that hour in Berlin: just before and behind a change, and the hour that comes twice
    datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
)
MINUTES = 24 * 60


class Calendar:
    """A rehearsal whose Workspace and program live at a moment that the test sets."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        config = load_config(rehearsal.home, {})
        workspace = open_workspace(config, Patience(10**9))
        self._clock = rehearsal.sandbox.state.clock
        self._place = Place(workspace, config.tracker.value, load_templates(rehearsal.home), self._now, rehearsal.home)

    def _now(self, zone: ZoneInfo) -> datetime:
        return self._clock.now().astimezone(zone)

    def arrange(self, zone: str, last_day: date) -> None:
        """The sheet's zone, and a client who leaves then, with everything before long done."""
        properties = {"properties": {"timeZone": zone}, "fields": "timeZone"}
        body = {"requests": [{"updateSpreadsheetProperties": properties}]}
        self.rehearsal.person._send("POST", f"/v4/spreadsheets/{self.rehearsal.tracker}:batchUpdate", json=body)
        for field, text in (("notice_given", "2026-01-02"), ("last_day", last_day.isoformat())):
            self.rehearsal.type(f"Clients!{letter_of('Clients', field)}2", [text])
        self.rehearsal.type(f"Invoices!{letter_of('Invoices', 'paid')}2", ["yes"], ["yes"])  # on whatever day it was

    def run_at(self, moment: datetime) -> None:
        """One run at a moment."""
        self._clock.set(moment)
        run(self._place, "bloom", Wishes(), new_nonce(), lambda *_: Agreement(go=True), Watch())

    def drafts(self) -> set[str]:
        """The subjects of the drafts."""
        return {subject for _, subject, _ in self.rehearsal.world()["drafts"]}


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """This computer's own time zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
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


@pytest.mark.parametrize(("zone", "last_day"), list(zip(SHEETS, LAST_DAYS, strict=False)))
def test_the_last_day_begins_when_it_begins_in_the_sheet(
    zone: str, last_day: date, machine: str, rehearsal: Rehearsal
) -> None:
    assert machine
    check_last_day(Calendar(rehearsal), zone, last_day)


@pytest.mark.every
@pytest.mark.parametrize("last_day", LAST_DAYS)
@pytest.mark.parametrize("zone", SHEETS)
def test_every_last_day_begins_when_it_begins_in_every_sheet(
    zone: str, last_day: date, machine: str, rehearsal: Rehearsal
) -> None:
    assert machine
    check_last_day(Calendar(rehearsal), zone, last_day)


def test_an_hour_that_is_skipped_or_comes_twice_changes_nothing(rehearsal: Rehearsal) -> None:
    calendar = Calendar(rehearsal)
    calendar.arrange("Europe/Berlin", date(2026, 3, 27))
    worlds = []
    for moment in CHANGES:
        calendar.run_at(moment)
        worlds.append(rehearsal.world())
    assert all(world == worlds[0] | {"ledger": world["ledger"]} for world in worlds)
    assert [row[3] for row in rehearsal.rows("Ledger") if row[1] == "heartbeat"] == ["said"] * 2, "one a day"


def test_a_call_in_the_hour_that_is_skipped_takes_place(rehearsal: Rehearsal) -> None:
    calendar = Calendar(rehearsal)
    calendar.arrange("Europe/Berlin", date(2026, 3, 31))
    rehearsal.type(f"Clients!{letter_of('Clients', 'call')}2", ["2026-03-29 02:30"])
    calendar.run_at(CHANGES[0])
    assert [subject.startswith("Your folder, and our call") for subject in calendar.drafts()] == [True]
    calendar.run_at(CHANGES[1])
    assert "Thank you, Maya" in calendar.drafts(), "the clock says three: it is over"


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


def test_twenty_runs_across_midnight_are_one_and_a_heartbeat_a_day(rehearsal: Rehearsal) -> None:
    before = datetime(2026, 6, 1, 23, 50, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    check_day(rehearsal, [before + timedelta(minutes=minute) for minute in range(20)], days=2)


@pytest.mark.every
def test_a_run_in_every_minute_of_a_day_is_one(rehearsal: Rehearsal) -> None:
    midnight = datetime(2026, 6, 1, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    check_day(rehearsal, [midnight + timedelta(minutes=minute) for minute in range(MINUTES)], days=1)
