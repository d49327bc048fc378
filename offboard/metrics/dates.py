"""Days as tools write them; a column of 03/04/2026 is read one way, and nobody guesses which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from babel import Locale

from offboard.columns import squeeze
from offboard.metrics.export_file import Value

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
TOTALS = {"total", "totals", "sum", "average", "lifetime", "gesamt", "summe", "all", ""}
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
NUMBERS = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
MONTH = re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})/(\d{4})")
WORDS = re.compile(r"[^\W\d_]+|\d+")


class NoDateError(ValueError):
    """A cell that is no day."""


class AmbiguousError(ValueError):
    """Days that could be read in two ways."""


class NoYearError(ValueError):
    """Days without a year."""


@dataclass(frozen=True)
class Reader:
    """How one column's days are to be read."""

    order: str = ""  # day-first or month-first; empty: the column tells
    year: int | None = None  # of the newest day, where days have none
    locale: Locale = field(
        default_factory=lambda: Locale("en")
    )  # whose names of months are understood, beside the English ones


def read_dates(values: Sequence[Value], reader: Reader) -> list[date | None]:
    """Each cell's day, None for a line of totals; a month is its first day. NoDateError names the cell's place."""
    order = reader.order or _find_order(values)
    found: list[date | None] = []
    yearless: list[int] = []
    names = _month_names(reader.locale)
    for place, value in enumerate(values):
        try:
            day, has_year = _read(value, order, names)
        except ValueError as error:
            raise type(error)(place) from error
        found.append(day)
        if day and not has_year:
            yearless.append(place)
    if yearless:
        _put_years(found, yearless, reader.year)
    return found


def _read(value: Value, order: str, names: dict[str, int]) -> tuple[date | None, bool]:
    if isinstance(value, datetime):
        return value.date(), True
    if isinstance(value, date):
        return value, True
    text = squeeze(str(value if value is not None else "")).strip("\"'")
    if text.casefold() in TOTALS:
        return None, True
    if matched := ISO.match(text):
        return _date(matched[1], matched[2], matched[3]), True
    if matched := NUMBERS.match(text):
        first, mark, second, year = matched.groups()
        if mark != "." and not order:
            raise AmbiguousError
        day, month = (second, first) if mark != "." and order == MONTH_FIRST else (first, second)
        return _date(year if len(year) == 4 else f"20{year}", month, day), True
    if matched := MONTH.fullmatch(text):
        return _date(matched[1] or matched[4], matched[2] or matched[3], "1"), True
    return _read_words(text, names)


def _read_words(text: str, names: dict[str, int]) -> tuple[date, bool]:
    """`1 May 2026`, `Tue, Aug 25, 2026`, `May 2026`, `September 25`: the month by its name."""
    pieces = [piece.casefold() for piece in WORDS.findall(text)]
    month = next((names[piece] for piece in pieces if piece in names), 0)
    numbers = [piece for piece in pieces if piece.isdigit()]
    year = next((piece for piece in numbers if len(piece) == 4), "")
    day = next((piece for piece in numbers if len(piece) <= 2), "")
    if not month or not (day or year):
        raise NoDateError
    return _date(year or "2000", str(month), day or "1"), bool(year)


def _date(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise NoDateError from None


def _find_order(values: Iterable[Value]) -> str:
    """What a column's days tell of their order: a number above 12 is no month; empty: nothing."""
    first, second = 0, 0
    for value in values:
        matched = NUMBERS.match(squeeze(str(value or "")))
        if matched and matched[2] != ".":
            first, second = max(first, int(matched[1])), max(second, int(matched[3]))
    if first > 12 and second > 12:
        raise NoDateError(0)
    return DAY_FIRST if first > 12 else MONTH_FIRST if second > 12 else ""


def _month_names(locale: Locale) -> dict[str, int]:
    names: dict[str, int] = {}
    for known in (locale, Locale("en")):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                months = known.months[context].get(width, {})
                names |= {str(name).casefold().rstrip("."): number for number, name in months.items()}
    return names | {"sept": 9}


def _put_years(found: list[date | None], yearless: Sequence[int], year: int | None) -> None:
    """Years for days that have none: the newest day's is said; going back, a jump in the calendar is New Year."""
    if year is None:
        raise NoYearError(yearless[0])
    days = [day for place in yearless if (day := found[place])]
    steps = [(later - earlier).days % 366 for earlier, later in pairwise(days)]  # back by a day is on by 365
    newest_first = sum(step > 183 for step in steps) > len(steps) / 2
    before: date | None = None
    for place, day in (
        zip(yearless, days, strict=True) if newest_first else zip(yearless[::-1], days[::-1], strict=True)
    ):
        try:
            dated = day.replace(year=before.year if before else year)
            if before and dated > before:
                dated = dated.replace(year=dated.year - 1)
        except ValueError:  # 29 February
            raise NoDateError(place) from None
        found[place] = before = dated
