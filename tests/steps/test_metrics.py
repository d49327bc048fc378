"""Which numbers are said to be missing before they vanish."""

from __future__ import annotations

from datetime import date

import pytest

from offboard.model import Account, Metric
from offboard.steps.metrics import missing_numbers
from tests.steps.test_steps import MAY_1, client, world

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


def at(*platforms: str) -> tuple[Account, ...]:
    return tuple(Account(client="bloom", platform=platform) for platform in platforms)


def numbers(platform: str, *months: date) -> tuple[Metric, ...]:
    return tuple(Metric(client="bloom", platform=platform, month=month, followers=100) for month in months)


BEGINNING, LAST = "no numbers for Instagram from the beginning", "no numbers for Instagram in May"
MISSING = [
    (at("Instagram"), (), {}, [BEGINNING, LAST]),
    (at("Instagram"), numbers("Instagram", MARCH), {}, [LAST]),
    (at("Instagram"), numbers("instagram ", MAY), {}, [BEGINNING]),
    (at("Instagram"), numbers("IG", MARCH, MAY), {}, []),
    (at("Insta", "Instagram (Hamburg)"), numbers("Instagram", MARCH, date(2026, 5, 31)), {}, []),
    ((), numbers("Instagram", MARCH), {}, [LAST]),
    (at("Canva", "Later", "Meta portfolio", "Password manager"), (), {}, []),
    ((), numbers("Newsletter", MARCH), {}, ["no numbers for Newsletter in May"]),
    (at("Instagram"), (Metric(client="bloom", platform="Instagram", month=MAY, best_post="x"),), {}, [BEGINNING, LAST]),
    (at("Instagram"), (Metric(client="corvo", platform="Instagram", month=MAY, reach=1),), {}, [BEGINNING, LAST]),
    (at("Instagram"), (), {"skip": ("case study",)}, []),
    (at("Instagram"), numbers("Instagram", MARCH), {"last_day": None}, []),
    (at("Instagram"), numbers("Instagram", MARCH), {"last_day": None, "notice_given": date(2026, 4, 27)}, [LAST]),
]  # fmt: skip


@pytest.mark.parametrize(("accounts", "metrics", "cells", "missing"), MISSING)
def test_each_platform_needs_a_first_month_and_the_last_days_month(
    accounts: tuple[Account, ...], metrics: tuple[Metric, ...], cells: dict[str, object], missing: list[str]
) -> None:
    seen = world(MAY_1, accounts=accounts, metrics=metrics)
    told = [f"no numbers for {found.platform} {found.when}" for found in missing_numbers(seen, client(**cells))]
    assert told == missing
