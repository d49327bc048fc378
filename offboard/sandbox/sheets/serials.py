"""Days and times as Sheets counts them: days since 1899-12-30, the time of day as a fraction."""

from __future__ import annotations

from datetime import date, datetime, timedelta

FIRST = datetime(1899, 12, 30)  # noqa: DTZ001  # a serial knows no time zone


def serial_of_date(day: date) -> int:
    """The serial of a day: 43831 for 2020-01-01."""
    return (day - FIRST.date()).days


def serial_of_moment(moment: datetime) -> float:
    """The serial of a moment by the clock on the wall."""
    return (moment.replace(tzinfo=None) - FIRST) / timedelta(days=1)


def moment_of_serial(serial: float) -> datetime:
    """The moment that a serial stands for, to the millisecond."""
    return FIRST + timedelta(milliseconds=round(serial * 86_400_000))
