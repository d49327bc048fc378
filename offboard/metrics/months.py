"""Days, weeks or posts folded into months: each number in the way that it allows, and what was done is said."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from babel.dates import format_date

from offboard.metrics.tables import Line, Table

WHOLE = 0.9  # of a month's days: with fewer its sums would say too little
UNIQUE = "reach"  # people, each counted once: days cannot be added up to a month
STOCK = "followers"  # how many there are, not how many came


class Each(StrEnum):
    """What a table's rows are."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    POST = "post"


@dataclass(frozen=True)
class MonthNumbers:
    """A platform's numbers in one month."""

    platform: str
    month: date  # its first day
    numbers: Mapping[str, int] = field(default_factory=dict)
    best_post: str = ""
    of_posts: bool = False  # summed over its posts, not counted by the account


@dataclass(frozen=True)
class Span:
    """How far a table goes, and when a client's last month ends."""

    first: date
    last: date
    ends: date | None = None  # the client's last working day

    def end_of(self, month: date) -> date:
        """The last day of a day's month, or the client's within it."""
        last = month.replace(day=monthrange(month.year, month.month)[1])
        return self.ends if self.ends and month.replace(day=1) <= self.ends < last else last

    def share(self, month: date) -> float:
        """The part of the month that the table covers, from its first day to its last: 0 to 1."""
        days = (min(self.last, self.end_of(month)) - max(self.first, month)).days + 1
        return days / ((self.end_of(month) - month).days + 1)

    def breaks_off(self, month: date) -> bool:
        """Whether the table ends before the month does."""
        return self.last < self.end_of(month) and self.share(month) < WHOLE


def month_name(month: date) -> str:
    """`May 2026`."""
    return str(format_date(month, "MMMM yyyy", locale="en_GB"))


def day_name(day: date) -> str:
    """`12 May`."""
    return str(format_date(day, "d MMMM", locale="en_GB"))


def fold_table(table: Table, today: date, ends: date | None, notes: list[str]) -> Iterator[MonthNumbers]:
    """A table's months by platform; `ends` is the client's last working day. What was done is added to the notes."""
    each = Each.POST if table.columns.post else None
    for platform in dict.fromkeys(line.platform for line in table.lines):
        lines = sorted((line for line in table.lines if line.platform == platform), key=lambda line: line.day)
        yield from _fold_lines(table.where, platform, lines, each or find_each(lines), today, ends, notes)


def find_each(lines: Sequence[Line]) -> Each:
    """Whether rows are days, weeks or months, by the days between them; one row alone may be a month's."""
    days = sorted({line.day for line in lines})
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    if all(gap >= 27 for gap in gaps):
        return Each.MONTH
    return Each.WEEK if all(gap % 7 == 0 for gap in gaps) else Each.DAY


def _fold_lines(
    where: str, platform: str, lines: Sequence[Line], each: Each, today: date, ends: date | None, notes: list[str]
) -> Iterator[MonthNumbers]:
    said = f"{where}, {platform}"
    if each is not Each.POST:
        lines = _drop_doubles(said, lines, notes)
    span = _find_span(lines, each, today, ends)
    alone = lines[0].day
    if each is Each.MONTH and alone == lines[-1].day and alone not in (alone.replace(day=1), span.end_of(alone)):
        notes.append(f"{said}: it has one day only, {day_name(alone)}; export whole months")
        return
    months: dict[date, list[Line]] = {}
    for line in lines:
        months.setdefault(_month_of(line.day, each), []).append(line)
    if each is Each.WEEK:
        notes.append(f"{where}: a week counts in the month in which most of its days are")
    elif each is Each.POST:
        notes.append(f"{where}: a post's numbers count in the month in which it appeared")
    if each is not Each.MONTH and any(UNIQUE in line.numbers for line in lines):
        notes.append(
            f"{where}: reach per {each.value} is left out: the same people come again, so it can't be added up; "
            "type the month's reach into Metrics"
        )
    for month, mine in months.items():
        if span.breaks_off(month):
            notes.append(f"{said}: {month_name(month)} is left for later: it goes to {day_name(span.last)} only")
            continue
        if each is Each.MONTH and sum(UNIQUE in line.numbers for line in mine) > 1:
            notes.append(f"{said}: reach of {month_name(month)} is left out: it stands there more than once")
        partly = each in (Each.DAY, Each.WEEK) and span.share(month) < WHOLE
        numbers = _fold_numbers(mine, each, sums=not partly)
        if partly:
            what = "only its followers are taken" if numbers else "it is left out"
            notes.append(f"{said}: {month_name(month)} begins on {day_name(span.first)} there: {what}")
        if numbers:
            best = _find_best(mine) if each is Each.POST else ""
            yield MonthNumbers(platform, month, numbers, best, of_posts=each is Each.POST)


def _drop_doubles(said: str, lines: Sequence[Line], notes: list[str]) -> list[Line]:
    """Lines that say the same of the same day count once: an export that was joined with itself."""
    kept = {(line.day, tuple(sorted(line.numbers.items()))): line for line in lines}
    if len(kept) < len(lines):
        count = len(lines) - len(kept)
        notes.append(f"{said}: {count} line{'' if count == 1 else 's'} repeated word for word: counted once")
    return list(kept.values())


def _find_span(lines: Sequence[Line], each: Each, today: date, ends: date | None) -> Span:
    first, last = lines[0].day, lines[-1].day
    if each is Each.WEEK:
        return Span(first, last + timedelta(days=6), ends)
    if each is Each.DAY:
        return Span(first, last, ends)
    return Span(first.replace(day=1), today, ends)  # a month, a post: as far as the day of the export


def _month_of(day: date, each: Each) -> date:
    return (day + timedelta(days=3) if each is Each.WEEK else day).replace(day=1)


def _fold_numbers(lines: Sequence[Line], each: Each, *, sums: bool) -> dict[str, int]:
    folded: dict[str, int] = {}
    whole = each is Each.MONTH and sum(UNIQUE in line.numbers for line in lines) == 1
    for line in lines:  # in the order of their days
        for name, number in line.numbers.items():
            if name == STOCK:
                if each is not Each.POST:
                    folded[name] = number
            elif sums and (name != UNIQUE or whole):
                folded[name] = folded.get(name, 0) + number
    return folded


def _find_best(lines: Iterable[Line]) -> str:
    """The post with the most engagements, else the most views; the earlier of two alike."""
    for name in ("engagements", "views"):
        ranked = [line for line in lines if line.link and line.numbers.get(name)]
        if ranked:
            return max(ranked, key=lambda line: line.numbers[name]).link
    return ""
