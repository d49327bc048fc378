"""Rows of real-looking clients for case studies."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from offboard.documents.case_study import CaseStudy
from offboard.documents.case_study_facts import Rows, make_case_study
from offboard.model import Account, Client, Metric, Setup

BLOOM = Client(
    short="bloom",
    name="Bloom Bakery",
    contact="Maya",
    email="maya@bloom.example",
    last_day=date(2026, 5, 31),
    ask_for="testimonial",
    sector="Artisan bakery, two shops in Hamburg",
    goal="Fuller shops on weekdays",
    feedback="“Ana doubled our reach; #bloombakery is known all over town. Maya’s team loves it.”",
)
ACCOUNTS = (
    Account(client="bloom", platform="Instagram", account="@bloombakery.hh"),
    Account(client="bloom", platform="Facebook", account="https://facebook.com/BloomBakeryHamburg"),
)
SETUP = Setup(your_name="Ana Ruiz", business="Ana Ruiz Social")


def back(months: int, until: date = date(2026, 5, 1)) -> list[date]:
    """The first days of the last so many months."""
    numbers = range(until.year * 12 + until.month - months, until.year * 12 + until.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def series(platform: str, months: int, base: int = 3600, *, gaps: Collection[int] = (), **same: Any) -> list[Metric]:
    """A platform's months, each a little better than the one before; without those in the gaps; `same` in all."""
    rows = []
    for place, month in enumerate(back(months)):
        count = base + 100 * place
        numbers = {"followers": count, "reach": 4 * count, "views": 10 * count, "engagements": count // 3, "clicks": 80}
        row = Metric(client="bloom", platform=platform, month=month, **{**numbers, **same})
        rows.append(replace(row, best_post=f"https://www.instagram.com/p/{platform[:2]}{place}/"))
    return [row for place, row in enumerate(rows) if place not in gaps]


def study_of(*metrics: Metric, client: Client = BLOOM, charts: bool = True, anonymous: bool = False) -> CaseStudy:
    """The facts of these rows."""
    return make_case_study(Rows(client, metrics, ACCOUNTS, SETUP), charts=charts, anonymous=anonymous)
