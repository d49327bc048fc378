"""The accounts' plan: who holds back leaving and why, whose turn it is by when, and what is said of what was left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from offboard.model import Account, Metric
from offboard.plan import StepPlan
from tests.steps.test_steps import client, plan_of, world

COLUMNS = {"platform": "B", "in_charge_since": "D", "still_running": "E", "left_on": "F"}
APRIL_27, MAY_10, MAY_21, MAY_22, MAY_25, MAY_29 = (
    date(2026, *day) for day in ((4, 27), (5, 10), (5, 21), (5, 22), (5, 25), (5, 29))
)


def accounts(*rows: Account) -> tuple[Account, ...]:
    """Rows as they stand in the tab from row 2 on."""
    return tuple(
        replace(row, client="bloom", cells={field: f"Access!{letter}{number}" for field, letter in COLUMNS.items()})
        for number, row in enumerate(rows, start=2)
    )


def plan(today: date, *rows: Account, metrics: tuple[str, ...] = (), **cells: Any) -> StepPlan:
    months = (date(2026, 4, 1), date(2026, 5, 1))
    numbers = tuple(Metric(client="bloom", platform=name, month=month, reach=1) for name in metrics for month in months)
    return plan_of("access", world(today, accounts=accounts(*rows), metrics=numbers), client(**cells))


def turns(found: StepPlan) -> list[tuple[str, str, date | None]]:
    return [(turn.text, turn.where, turn.by) for turn in found.turns]


INSTAGRAM, LATER, GOOGLE, FACEBOOK, META, CANVA, TIKTOK = (
    Account(platform=name) for name in ("Instagram", "Later", "gbp", "Facebook", "Meta portfolio", "Canva", "TikTok")
)
ASK_GOOGLE = (
    "ask Maya to accept “owner” of the Google Business Profile; "
    "who is new waits 7 days before they can be primary owner"
)
LEAVE_GOOGLE = "leave Google Business Profile: make Maya primary owner, then remove yourself"
LEAVE_INSTAGRAM = (
    "leave Instagram: log out everywhere, disconnect apps; "
    "a tool revoked in your own Facebook settings is lost for your other clients too"
)
TURNS: list[tuple[str, date, tuple[Account, ...], tuple[str, ...], list[tuple[str, str, date]]]] = [
    ("the client must act first", APRIL_27, (GOOGLE,), ("gbp",), [(ASK_GOOGLE, "Access!D2", MAY_21)]),
    (
        "accounts with the same to do share a turn, with all their cells",
        APRIL_27,
        (FACEBOOK, META),
        ("Facebook",),
        [
            (
                "ask Maya to give one more person of the team full control in Meta (Facebook and Meta portfolio); "
                "the only one with full control cannot leave",
                "Access!D2, D3",
                MAY_21,
            )
        ],
    ),
    (
        "in charge, the wait not over: not before a day",
        MAY_25,
        (replace(GOOGLE, in_charge_since=MAY_21),),
        ("google profile",),
        [(f"{LEAVE_GOOGLE.replace(':', ', not before Thu 28 May:')}", "Access!F2", MAY_29)],
    ),
    (
        "in charge, the wait over: leave",
        MAY_25,
        (replace(GOOGLE, in_charge_since=MAY_10),),
        ("google profile",),
        [(LEAVE_GOOGLE, "Access!F2", MAY_29)],
    ),
    (
        "in charge too late: leave later than the last working day",
        MAY_25,
        (replace(CANVA, in_charge_since=MAY_25),),
        (),
        [
            (
                "leave Canva, not before Sat 30 May; it takes effect after 5 days and cannot be undone",
                "Access!F2",
                date(2026, 5, 30),
            )
        ],
    ),
    ("nothing holds it back", MAY_25, (INSTAGRAM,), ("instagram",), [(LEAVE_INSTAGRAM, "Access!F2", MAY_29)]),
    (
        "numbers are missing",
        APRIL_27,
        (INSTAGRAM, TIKTOK),
        ("tiktok",),
        [
            (
                "leave TikTok: log out everywhere, disconnect apps; "
                "leave TikTok's Business Center and Shop too, and end your Spark codes",
                "Access!F3",
                MAY_29,
            ),
        ],
    ),
    (
        "something still runs",
        APRIL_27,
        (replace(TIKTOK, still_running="1 ad"),),
        ("tiktok",),
        [
            (
                "TikTok: “1 ad” must not outlive you; its campaigns are paused the moment a partner is removed",
                "Access!E2",
                MAY_29,
            )
        ],
    ),
    (
        "a scheduler whose numbers are noted: export and empty it before the last day",
        APRIL_27,
        (LATER,),
        ("instagram",),
        [
            (
                "Later: export the numbers, empty the queue; disconnected first, its history is gone",
                "Access!F2",
                date(2026, 5, 28),
            )
        ],
    ),
    (
        "a scheduler on the last day: last of all",
        MAY_29,
        (LATER,),
        ("instagram",),
        [
            (
                "leave Later: disconnect the accounts, end the seat; disconnected first, its history is gone",
                "Access!F2",
                MAY_29,
            )
        ],
    ),
]


@pytest.mark.parametrize(
    ("today", "rows", "metrics", "expected"), [case[1:] for case in TURNS], ids=[case[0] for case in TURNS]
)
def test_whose_turn_it_is_where_and_by_when(
    today: date,
    rows: tuple[Account, ...],
    metrics: tuple[str, ...],
    expected: list[tuple[str, str, date]],
) -> None:
    found = plan(today, *rows, metrics=metrics)
    assert found.outcome == "waiting"
    assert turns(found) == expected


def test_nothing_listed_asks_for_the_accounts() -> None:
    found = plan(APRIL_27)
    assert turns(found) == [("say which accounts Bloom has", "offboard accounts bloom", None)]
    assert found.why == "no account is listed; none at all? Write access into “Skip”"


def test_a_scheduler_is_not_left_as_long_as_any_numbers_are_missing() -> None:
    found = plan(APRIL_27, INSTAGRAM, LATER)
    assert (found.outcome, found.turns) == ("later", ())
    assert "first the numbers of Instagram and Later" in found.why


def test_numbers_hold_back_nobody_who_skips_the_case_study() -> None:
    found = plan(MAY_25, INSTAGRAM, skip=("case study",))
    assert turns(found) == [(LEAVE_INSTAGRAM, "Access!F2", MAY_29)]


def test_every_account_has_one_turn_at_a_time() -> None:
    """What holds back leaving is told; leaving itself only where nothing does."""
    found = plan(APRIL_27, INSTAGRAM, GOOGLE, LATER, FACEBOOK, replace(TIKTOK, still_running="1 ad"), CANVA)
    assert not [turn.text for turn in found.turns if turn.text.startswith("leave")]


def test_where_it_stands_in_one_line() -> None:
    left = replace(INSTAGRAM, left_on=MAY_22)
    found = plan(MAY_25, left, GOOGLE, replace(CANVA, in_charge_since=MAY_10), metrics=("gbp",))
    assert found.why == (
        "Maya is in charge of 1 of the 2 that need it; you have left 1 of 3; late: Google Business Profile"
    )
    assert found.notes == (
        "Google Business Profile: too late for Fri 29 May. The earliest last working day that works: Tue 2 Jun",
    )


def test_after_the_last_day_it_still_says_when_it_would_have_worked() -> None:
    found = plan(date(2026, 6, 3), GOOGLE, last_day=MAY_29)
    assert found.notes == (
        "Google Business Profile: too late for Fri 29 May. The earliest last working day that works: Thu 11 Jun",
    )


def test_late_by_a_weekend_still_works_out_today() -> None:
    found = plan(date(2026, 5, 23), CANVA, last_day=MAY_29)
    assert found.notes == ("Canva: late; if it happens today it still works out",)


def test_all_left_is_done_and_says_who_says_so() -> None:
    left = [replace(INSTAGRAM, left_on=MAY_29, proof=proof) for proof in ("", "I saw it", "client says", "I saw it")]
    found = plan(MAY_29, *left)
    assert (found.outcome, found.why) == ("done", "left all 4: 2 you saw, 1 the client says, 1 you say")
    assert found.turns == ()


def test_left_although_nobody_was_in_charge_is_said_loudly_and_is_not_done() -> None:
    found = plan(MAY_29, replace(GOOGLE, left_on=MAY_25), replace(INSTAGRAM, left_on=MAY_25))
    assert found.outcome == "waiting"
    assert turns(found) == [
        (
            "you left Google Business Profile, and Maya is not in charge of it: perhaps nobody is. "
            "Ask at once, then fill in since when",
            "Access!D2",
            MAY_25,
        )
    ]


def test_left_while_something_still_runs_is_said_with_what_goes_wrong() -> None:
    gone = replace(TIKTOK, still_running="1 ad", left_on=date(2026, 5, 20))
    found = plan(date(2026, 5, 20), gone)
    (turn,) = found.turns
    assert turn.text.startswith("you left TikTok while “1 ad” runs: see to it; its campaigns are paused")
    assert found.outcome.value == "waiting"


def test_whatever_runs_on_has_its_reason_named() -> None:
    turns = plan(date(2026, 5, 20), replace(INSTAGRAM, still_running="2 reels queued")).turns
    assert any("“2 reels queued” must not outlive you; what is queued or running may stop" in t.text for t in turns)


def test_left_before_the_wait_was_over_is_noted() -> None:
    found = plan(MAY_29, replace(GOOGLE, in_charge_since=MAY_22, left_on=MAY_25))
    assert found.outcome == "done"
    assert found.notes == (
        "you left Google Business Profile before Fri 29 May: see that Maya is in charge; "
        "who is new waits 7 days before they can be primary owner",
    )


def test_without_a_last_day_the_dates_come_later() -> None:
    found = plan(APRIL_27, GOOGLE, last_day=None, notice_given=APRIL_27)
    assert (found.outcome, found.why, found.turns) == ("later", "its dates come with the last day", ())


def test_who_skips_it_is_not_asked() -> None:
    assert plan(APRIL_27, GOOGLE, skip=("access",)).outcome == "skipped"
