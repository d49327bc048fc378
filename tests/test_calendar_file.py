"""Calendar files: read by any calendar, and by the same one twice without doubling anything."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from offboard.calendar_file import CalendarEntry, render_calendar, save_calendar
from offboard.errors import UsageError

NOW = datetime(2026, 5, 21, 9, tzinfo=ZoneInfo("Europe/Berlin"))
DAY = CalendarEntry("a@offboard", date(2026, 5, 29), "Bloom, Café: leave; last\nof all", "Beware: ünlock, it;")
CALL = CalendarEntry(
    "b@offboard", datetime(2026, 5, 29, 15, tzinfo=ZoneInfo("Europe/Berlin")), "Call", place="Meet", minutes=30
)


def test_what_was_put_in_is_read_out() -> None:
    day, call = Calendar.from_ical(render_calendar([DAY, CALL], NOW)).walk("VEVENT")
    assert (day["UID"], day["SUMMARY"], day["DESCRIPTION"]) == (DAY.uid, DAY.title, DAY.text)
    assert (day["DTSTART"].dt, day["DTEND"].dt) == (date(2026, 5, 29), date(2026, 5, 30))
    assert day["TRANSP"] == "TRANSPARENT"
    assert call["DTSTART"].dt == CALL.start
    assert call["DTEND"].dt - call["DTSTART"].dt == timedelta(minutes=30)
    assert call["LOCATION"] == "Meet"
    assert day["DTSTAMP"].dt == NOW.astimezone(UTC)


def test_an_hour_brings_its_time_zone() -> None:
    zones = [zone["TZID"] for zone in Calendar.from_ical(render_calendar([CALL], NOW)).walk("VTIMEZONE")]
    assert zones == ["Europe/Berlin"]


def test_a_later_file_counts_as_the_newer_one() -> None:
    def sequence(now: datetime) -> int:
        return int(Calendar.from_ical(render_calendar([DAY], now)).walk("VEVENT")[0]["SEQUENCE"])

    assert sequence(NOW) < sequence(NOW + timedelta(minutes=1)) < 2**31


def test_lines_are_as_the_standard_wants_them() -> None:
    lines = render_calendar([DAY, CALL], NOW).split(b"\r\n")
    assert not any(b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 75


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=str(tmp_path / "no" / "x.ics")):
        save_calendar(tmp_path / "no" / "x.ics", [DAY], NOW)
    save_calendar(tmp_path / "x.ics", [DAY], NOW)
    assert (tmp_path / "x.ics").read_bytes() == render_calendar([DAY], NOW)
