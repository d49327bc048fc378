"""What a case study may say of its numbers: first and last, the change, a percentage where it means something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from offboard.documents.case_study import CaseStudy, Month, PlatformStory

FLOOR = 100  # no percentage of less: one more of three followers is no growth of 33 %
GLUE = "\N{NO-BREAK SPACE}"  # no line ends between a number and its sign
LOCALE = "en_GB"  # the document's own language
LABELS = {
    "followers": "Followers",
    "reach": "Reach",
    "views": "Views",
    "engagements": "Engagements",
    "clicks": "Link clicks",
    "leads": "Leads",
}
BASES = ("reach", "views")  # what engagements are held against: the first that a platform has in two months


@dataclass(frozen=True)
class Point:
    """A number in a month."""

    month: date
    value: float


@dataclass(frozen=True)
class Comparison:
    """A number in the first and in the last month that know it; `change` in words, empty where there is one month."""

    label: str
    first: Point
    last: Point
    change: str
    format: Callable[[float], str]


def count_text(number: float) -> str:
    """`4,210`."""
    return str(format_decimal(round(number), locale=LOCALE))


def rate_text(rate: float) -> str:
    """`10.3 %`; below one percent with two decimals."""
    return f"{format_decimal(Decimal(str(round(rate, 2 if rate < 1 else 1))), '0.0#', locale=LOCALE)}{GLUE}%"


def month_text(month: date) -> str:
    """`May 2026`."""
    return str(format_date(month, "MMMM yyyy", locale=LOCALE))


def short_month(month: date) -> str:
    """`May 2026`, shorter where the name is long: `Sep 2026`."""
    return str(format_date(month, "MMM yyyy", locale=LOCALE))


def change_text(first: float, last: float) -> str:
    """`+370 (+9.6 %)`; no percentage on a base below the floor."""
    if first == last:
        return "no change"
    plus = "+" if last > first else "−"
    change = f"{plus}{count_text(abs(last - first))}"
    if first < FLOOR:
        return change
    percent = 100 * abs(last - first) / first
    shown = f"{percent:.0f}" if percent >= 100 else f"{percent:.1f}"
    return f"{change} ({plus}{count_text(float(shown)) if percent >= 1000 else shown}{GLUE}%)"


def points_text(first: float, last: float) -> str:
    """The change of a rate, in percentage points: `+0.2 points`."""
    change = round(last, 1) - round(first, 1)
    return "no change" if abs(change) < 0.05 else f"{'+' if change > 0 else '−'}{abs(change):.1f} points"


def known_points(story: PlatformStory, measure: str) -> tuple[Point, ...]:
    """A measure's known months."""
    return tuple(
        Point(month.month, number) for month in story.months if (number := getattr(month, measure)) is not None
    )


def rate_base(story: PlatformStory) -> str:
    """What this platform's engagements are held against: reach, else views; empty: nothing in any month."""
    counts = {base: len(_rates(story, base)) for base in BASES}
    return next((base for base in BASES if counts[base] >= 2), next((base for base in BASES if counts[base]), ""))


def rate_points(story: PlatformStory) -> tuple[Point, ...]:
    """The engagement rate of each month that has one, in percent."""
    return _rates(story, rate_base(story)) if rate_base(story) else ()


def _rates(story: PlatformStory, base: str) -> tuple[Point, ...]:
    return tuple(point for month in story.months if (point := _rate(month, base)))


def _rate(month: Month, base: str) -> Point | None:
    """Engagements by reach or views; none on a base below the floor."""
    below = getattr(month, base)
    if month.engagements is None or below is None or below < FLOOR:
        return None
    return Point(month.month, 100 * month.engagements / below)


def compare(story: PlatformStory) -> Iterator[Comparison]:
    """Each measure that the platform has, the engagement rate last."""
    for measure, label in LABELS.items():
        points = known_points(story, measure)
        if points:
            first, last = points[0], points[-1]
            change = change_text(first.value, last.value) if len(points) > 1 else ""
            yield Comparison(label, first, last, change, count_text)
    rates = rate_points(story)
    if rates:
        change = points_text(rates[0].value, rates[-1].value) if len(rates) > 1 else ""
        yield Comparison(f"Engagement rate (engagements / {rate_base(story)})", rates[0], rates[-1], change, rate_text)


def has_gaps(story: PlatformStory) -> bool:
    """Whether months are missing between its first and its last."""
    return len(story.months) <= months_between(story.months[0].month, story.months[-1].month)


def months_between(first: date, last: date) -> int:
    """The months from one to the other."""
    return (last.year - first.year) * 12 + last.month - first.month


def period_text(study: CaseStudy) -> str:
    """`March to May 2026`; empty without numbers."""
    months = sorted(month.month for story in study.platforms for month in story.months)
    if not months:
        return ""
    first, last = months[0], months[-1]
    if first == last:
        return month_text(first)
    begin = format_date(first, "MMMM" if first.year == last.year else "MMMM yyyy", locale=LOCALE)
    return f"{begin} to {month_text(last)}"


def headline(study: CaseStudy) -> str:
    """The one sentence to begin with: the platform whose followers grew most; empty where nothing grew."""
    grown = [
        (points[-1].value - points[0].value, story.name, points)
        for story in study.platforms
        if len(points := known_points(story, "followers")) > 1 and points[-1].value > points[0].value
    ]
    if not grown:
        return ""
    _, name, points = max(grown, key=lambda one: (one[0], one[1]))
    first, last = points[0], points[-1]
    change = change_text(first.value, last.value)
    return (
        f"{name}: from {count_text(first.value)} to {count_text(last.value)} followers, {change}, "
        f"between {month_text(first.month)} and {month_text(last.month)}."
    )
