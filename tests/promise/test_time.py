"""Month ends, leap days, clocks put forward and back, run after run: the sheet's own day counts, and counts once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from offboard.tracker.tabs import letter_of
from tests.promise.days import (
    BERLIN,
    LAST_DAYS,
    MACHINES,
    SHEETS,
    Calendar,
    check_day,
    check_last_day,
    machine_in,
    minutes_from,
)
from tests.rehearsal import Rehearsal

CHANGES = (  # when it is that hour in Berlin: just before and behind a change, and the hour that comes twice
    datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
)


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(("zone", "last_day"), list(zip(SHEETS, LAST_DAYS, strict=False)))
def test_the_last_day_begins_when_it_begins_in_the_sheet(
    zone: str, last_day: date, machine: str, rehearsal: Rehearsal
) -> None:
    with machine_in(machine):
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


def test_twenty_runs_across_midnight_are_one_and_a_heartbeat_a_day(rehearsal: Rehearsal) -> None:
    check_day(rehearsal, minutes_from(datetime(2026, 6, 1, 23, 50, tzinfo=BERLIN), 20), days=2)
