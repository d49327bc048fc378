"""The page does not change from day to day: what it says depends on no today, nor do counts that come and go."""

from __future__ import annotations

from datetime import date

import pytest

from offboard.model import Account
from offboard.plan import WriteDocument
from offboard.world import World
from tests.steps.test_steps import client, plan_of, world

ACCOUNTS = (
    Account(client="bloom", platform="Instagram", in_charge_since=date(2026, 5, 1), left_on=date(2026, 5, 2)),
    Account(client="bloom", platform="TikTok"),
)


def digest(seen: World) -> str:
    changes = plan_of("folder", seen, client()).changes
    return next(change.document.digest for change in changes if isinstance(change, WriteDocument))


@pytest.mark.parametrize("today", [date(2026, 5, 30), date(2026, 6, 1), date(2026, 12, 31), date(2027, 1, 1)])
def test_it_says_the_same_on_every_day(today: date) -> None:
    assert digest(world(today, accounts=ACCOUNTS)) == digest(world(date(2026, 5, 3), accounts=ACCOUNTS))


def test_an_empty_folder_without_accounts_needs_no_guide() -> None:
    assert not any(isinstance(c, WriteDocument) for c in plan_of("folder", world(date(2026, 5, 3)), client()).changes)
