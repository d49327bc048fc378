"""`offboard timetable`: the dates on the screen, in a calendar file, for programs; in plan and status as well."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.rehearsal import Rehearsal
from tests.rehearsal import today as sample_today

CORVO = [["corvo", "gbp"], ["corvo", "Facebook"], ["corvo", "Meta portfolio"], ["corvo", "Later"]]


@pytest.fixture
def leaving(rehearsal: Rehearsal) -> Rehearsal:
    """Corvo leaves on Sunday 31 May of a year to come, with four accounts."""
    rehearsal.type("Clients!H3", ["2099-05-31"])
    rehearsal.type("Access!A5", *CORVO)
    return rehearsal


DATES = """\
Dates, counted back from Fri 29 May (your last working day)
Thu 21 May   Facebook, Meta portfolio  Leo has full control; allow 8 days
Thu 21 May   Google Business Profile   Leo accepts “owner”; Google waits 7 days
Thu 28 May   Later                     export the numbers, empty the queue
Fri 29 May   Facebook, Meta portfolio  remove yourself
Fri 29 May   Google Business Profile   make Leo primary owner, then remove
                                       yourself
Fri 29 May   Later                     disconnect the accounts, end the seat
"""


def test_the_dates_stand_in_timetable_plan_and_status(leaving: Rehearsal) -> None:
    for command in ("timetable", "plan", "status"):
        result = leaving.offboard(command, "corvo")
        assert (result.exit_code, DATES in result.stdout) == (0, True), result.output


def events(path: Path) -> dict[str, date]:
    found = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert len({event["UID"] for event in found}) == len(found)
    return {str(event["UID"]): event["DTSTART"].dt for event in found}


def test_a_calendar_that_reads_the_file_twice_has_each_date_once(leaving: Rehearsal, tmp_path: Path) -> None:
    first, second = tmp_path / "first.ics", tmp_path / "second.ics"
    told = leaving.offboard("timetable", "corvo", "--ics", str(first)).stdout
    assert f"\n  {first}\n" in told
    leaving.type("Clients!H3", ["2099-06-30"])
    leaving.type("Access!B6", ["Instagram"])
    leaving.offboard("timetable", "corvo", "--ics", str(second))
    before, after = events(first), events(second)
    assert len(before) == 6
    moved = {uid for uid in before if uid in after and after[uid] > before[uid]}
    assert moved == set(before), "the same dates, on other days, with one account less"
    assert len(after) == len(before) + 1


def test_a_program_gets_the_dates_with_the_earliest_end(leaving: Rehearsal) -> None:
    today = sample_today()
    leaving.type("Clients!H3", [today.isoformat()])
    found = leaving.answer("timetable", "corvo")
    assert found["last_day"] == today.isoformat()
    late = [deadline for deadline in found["dates"] if deadline["late"] and deadline["part"] != "before"]
    assert {name for deadline in late for name in deadline["platforms"]} >= {"Google Business Profile", "Facebook"}
    assert found["earliest_end"] == max(deadline["earliest_end"] for deadline in late)
    assert found["dates"][0]["where"]
    told = " ".join(leaving.offboard("timetable", "corvo").stdout.split())
    assert "The earliest last working day that works:" in told


@pytest.mark.parametrize(
    ("client", "says"),
    [
        ("bloom", "You have left every account: no date is to come."),
        ("dune", "The dates are counted back from the last day. Type it:"),
    ],
)
def test_where_there_is_no_date_it_says_why(rehearsal: Rehearsal, client: str, says: str) -> None:
    assert says in rehearsal.offboard("timetable", client).stdout


def test_days_off_that_are_none_are_named_with_their_cell(leaving: Rehearsal) -> None:
    row = [found[0] for found in leaving.rows("Setup")].index("My days off") + 2
    leaving.type(f"Setup!B{row}", ["Sat, Sun, Pentecost"])
    result = leaving.offboard("timetable", "corvo")
    assert result.exit_code == 1
    assert f"Setup!B{row}" in result.stderr
    assert "“Pentecost”, which is no weekday and no date" in " ".join(result.stderr.split())
    leaving.type(f"Setup!B{row}", ["Sat, Sun, 21/05/2099"])
    assert "Wed 20 May   Google Business Profile" in leaving.offboard("timetable", "corvo").stdout


def test_ones_own_platforms_count_and_their_mistakes_stop_every_command(leaving: Rehearsal) -> None:
    own = leaving.home / "platforms.toml"
    own.write_text('[[platform]]\nname = "Later"\nown_days = 10\n', encoding="utf-8")
    assert "Tue 19 May   Later" in leaving.offboard("timetable", "corvo").stdout
    own.write_text('[[platform]]\nname = "Later"\nown_day = 10\n', encoding="utf-8")
    result = leaving.offboard("run", "corvo", "--yes")
    assert result.exit_code == 3
    assert f"{own}:3" in result.stderr


def test_a_day_on_which_one_will_have_left_is_still_to_come(leaving: Rehearsal) -> None:
    leaving.type("Access!F8", ["2099-05-28"])
    assert leaving.answer("timetable", "corvo")["dates"][-1]["platforms"] == ["Later"]
