"""A person's days off: weekdays and single days, named as the tracker's locale or English names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale
from babel.dates import ParseError, parse_date

from offboard.amounts import UnreadableError
from offboard.columns import Cell, Kind, Reading, parse_text, squeeze
from offboard.columns import parse_date as parse_date_cell

DAY = timedelta(days=1)
DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,4}[./ -]+\d{1,2}[./ -]+\d{1,4}\.?")


@dataclass(frozen=True)
class DaysOff:
    """The weekdays (Monday is 0) and the single days on which nobody works."""

    weekdays: frozenset[int] = frozenset((5, 6))
    days: frozenset[date] = frozenset()

    def __contains__(self, day: date) -> bool:
        return day.weekday() in self.weekdays or day in self.days

    def last_working_day(self, day: date) -> date:
        """The last working day up to this one; the day itself where every weekday is off."""
        return self._find(day, -DAY)

    def next_working_day(self, day: date) -> date:
        """The first working day from this one on; the day itself where every weekday is off."""
        return self._find(day, DAY)

    def _find(self, day: date, step: timedelta) -> date:
        if len(self.weekdays) == 7:
            return day
        while day in self:
            day += step
        return day


def parse_days_off(cell: Cell, reading: Reading) -> DaysOff:
    """Weekdays and dates with commas between; a cell that is nothing but one date is that day."""
    if isinstance(cell.value, float | int) and not isinstance(cell.value, bool):
        return DaysOff(frozenset(), frozenset((parse_date_cell(cell, reading),)))
    names = _weekdays(str(reading.locale))
    weekdays: set[int] = set()
    days: set[date] = set()
    for word in filter(None, map(squeeze, re.split(r"[,;\n]", parse_text(cell, reading)))):
        name = word.casefold().rstrip(".")
        if name in names:
            weekdays.add(names[name])
        else:
            days.add(_parse_day(word, reading.locale))
    return DaysOff(frozenset(weekdays), frozenset(days))


def _parse_day(word: str, locale: Locale) -> date:
    try:
        if DATED.fullmatch(word):
            return parse_date(word, locale=locale)
    except (ParseError, ValueError):
        pass
    raise UnreadableError(f"names “{word}”, which is no weekday and no date; write it like Sat, Sun, 2026-05-25")


@cache
def _weekdays(locale: str) -> Mapping[str, int]:
    """Every way to write a weekday; where two languages share a word, the tracker's own counts."""
    names: dict[str, int] = {}
    for spoken in (Locale("en"), Locale.parse(locale)):
        for width in spoken.days["format"].values():
            names |= {name.casefold().rstrip("."): weekday for weekday, name in width.items() if len(name) > 1}
        wide = spoken.days["format"]["wide"]
        if spoken.language == "en":  # “Sundays”
            names |= {f"{name.casefold()}s": weekday for weekday, name in wide.items()}
    return names


DAYS_OFF = Kind("words", parse_days_off)
