"""Calendar files: days and hours as an .ics file that every calendar reads; read again, it doubles nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from offboard.errors import UsageError
from offboard.late import late_import

PRODUCT = "-//offboard//offboard//EN"
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)  # edits of an entry are numbered from here, a minute each


@dataclass(frozen=True)
class CalendarEntry:
    """One entry: a whole day, or an hour with its time zone; `uid` stays the same whatever else changes."""

    uid: str
    start: date | datetime  # a datetime has its time zone
    title: str
    text: str = ""
    place: str = ""
    minutes: int = 0  # how long, where it is an hour


def digest_words(title: str, text: str) -> str:
    """What changes when an entry's words do, however a calendar breaks its lines."""
    return sha256("\0".join(" ".join(words.split()) for words in (title, text)).encode()).hexdigest()[:16]


def render_calendar(entries: Sequence[CalendarEntry], now: datetime) -> bytes:
    """The file's bytes. A calendar that knows an entry's uid already takes the newer file's words for it."""
    with late_import:
        from icalendar import Calendar, Event  # only here: half of all runs need none
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", now.astimezone(UTC))
        event.add("sequence", int((now.astimezone(UTC) - BEGINNING).total_seconds() // 60))
        event.add("dtstart", entry.start)
        if isinstance(entry.start, datetime):
            event.add("dtend", entry.start + timedelta(minutes=entry.minutes))
        else:
            event.add("dtend", entry.start + timedelta(days=1))
            event.add("transp", "TRANSPARENT")  # a day on which something is due is not a day that is taken
        event.add("summary", entry.title)
        for name, words in (("description", entry.text), ("location", entry.place)):
            if words:
                event.add(name, words)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def save_calendar(path: Path, entries: Sequence[CalendarEntry], now: datetime) -> None:
    """Write the file, over an older one of that name; UsageError where that cannot be."""
    try:
        path.write_bytes(render_calendar(entries, now))
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.", "Name another file: --ics FILE") from error
