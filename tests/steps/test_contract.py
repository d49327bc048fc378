"""The contract: the earliest last day, and every date that cannot be meant with its cell: a world in, a plan out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from offboard.model import Setup
from offboard.steps.contract import earliest_last_day
from tests.steps.test_steps import client, plan_of, world

APR_27, APR_28, MAY_10, MAY_31 = date(2026, 4, 27), date(2026, 4, 28), date(2026, 5, 10), date(2026, 5, 31)
GIVEN = {"notice_given": APR_27}
CHECKED = {**GIVEN, "contract_checked": True}

EARLIEST = [
    (date(2026, 4, 27), None, date(2026, 5, 27)),
    (date(2026, 4, 27), 0, date(2026, 4, 27)),
    (date(2026, 4, 27), 14, date(2026, 5, 11)),
    (date(2026, 4, 27), 90, date(2026, 7, 26)),
    (date(2024, 1, 30), 30, date(2024, 2, 29)),  # a leap year
    (date(2026, 1, 30), 30, date(2026, 3, 1)),  # none
    (date(2026, 12, 15), 30, date(2027, 1, 14)),
    (date(2026, 4, 27), -30, None),
    (date(2026, 4, 27), 20260531, None),  # a date in the cell of days
    (date(2062, 4, 27), 30, None),
    (None, 30, None),
]


@pytest.mark.parametrize(("given", "days", "expected"), EARLIEST)
def test_the_earliest_last_day_is_the_day_on_which_the_notice_ends(
    given: date | None, days: int | None, expected: date | None
) -> None:
    assert earliest_last_day(world(APR_28), client(notice_given=given, notice_days=days)) == expected


OUTCOMES: list[tuple[dict[str, Any], str, str, list[tuple[str, str]], str]] = [
    # cells, outcome, part of why, turns (cell, part of its text), part of a note
    (CHECKED, "done", "30 days' notice from Mon 27 Apr 2026: the earliest last day is Wed 27 May 2026", [], ""),
    ({"contract_checked": True}, "done", "you checked it", [], ""),
    ({**CHECKED, "notice_days": 0}, "done", "no days of notice from Mon 27 Apr 2026", [], ""),
    ({**CHECKED, "notice_days": 1}, "done", "a day's notice from", [], ""),
    (GIVEN, "waiting", "not checked yet; 30 days' notice", [("contract_checked", "read how the contract ends")], ""),
    ({}, "waiting", "not checked yet", [("contract_checked", "then tick “Contract checked”")], ""),
    (
        {**GIVEN, "contract": "https://drive.google.com/file/d/C1"},
        "waiting",
        "not checked yet",
        [("contract_checked", "ends: https://drive.google.com/file/d/C1 then tick")],
        "",
    ),
    (
        {**GIVEN, "contract": "the blue binder"},
        "waiting",
        "not checked yet",
        [("contract_checked", "ends (the blue binder), then tick")],
        "",
    ),
    (
        {**CHECKED, "last_day": date(2026, 4, 26)},
        "waiting",
        "can't all be right",
        [("last_day", "Sun 26 Apr 2026, is before the notice, Mon 27 Apr 2026 (Clients!notice_given)")],
        "",
    ),
    (
        {**GIVEN, "last_day": MAY_10},
        "waiting",
        "can't all be right",
        [
            ("last_day", "is before the notice ends, Wed 27 May 2026 (Clients!notice_given): correct"),
            ("contract_checked", "read"),
        ],
        "",
    ),
    ({**CHECKED, "last_day": MAY_10}, "done", "you checked it", [], "Sun 10 May 2026 is earlier than the notice"),
    ({**CHECKED, "notice_days": 14, "last_day": date(2026, 5, 11)}, "done", "you checked it", [], ""),
    ({**CHECKED, "notice_days": -30}, "waiting", "right", [("notice_days", "“Notice days” is -30: write")], ""),
    ({**CHECKED, "last_day": date(2062, 5, 31)}, "waiting", "right", [("last_day", "is the year right?")], ""),
    (
        {"notice_given": date(2006, 4, 27), "contract_checked": True},
        "waiting",
        "right",
        [("notice_given", "“Notice given” is Thu 27 Apr 2006: is the year right?")],
        "",
    ),
    (
        {"notice_given": date(2026, 5, 4), "notice_days": 14, "contract_checked": True},
        "done",
        "checked",
        [],
        "the notice is dated Mon 4 May 2026, still to come (Clients!notice_given)",
    ),
    ({**GIVEN, "skip": ("contract",), "last_day": MAY_10}, "skipped", "by you", [], ""),
]


@pytest.mark.parametrize(("cells", "outcome", "why", "turns", "note"), OUTCOMES)
def test_what_is_said_of_the_contract(
    cells: dict[str, Any], outcome: str, why: str, turns: list[tuple[str, str]], note: str
) -> None:
    found = plan_of("contract", world(APR_28), client(**{"last_day": MAY_31, **cells}))
    assert (found.outcome.value, why in found.why) == (outcome, True), found.why
    assert [turn.where for turn in found.turns] == [f"Clients!{cell}" for cell, _ in turns]
    assert [part for (_, part), turn in zip(turns, found.turns, strict=True) if part not in turn.text] == []
    assert (note in " ".join(found.notes)) is True
    assert bool(note) == bool(found.notes)


def test_days_of_notice_that_setup_gives_are_named_with_setups_cell() -> None:
    setup = Setup(cells={"notice_days": "Setup!B9"}, your_name="Ana Ruiz", notice_days=-1)
    found = plan_of("contract", world(APR_28, setup=setup), client(**CHECKED))
    assert [turn.where for turn in found.turns] == ["Setup!B9"]


def test_the_contract_is_read_in_the_first_week() -> None:
    assert plan_of("contract", world(APR_28), client(**GIVEN)).turns[0].by == date(2026, 5, 4)
    assert plan_of("contract", world(APR_28), client()).turns[0].by is None, "without a notice nobody knows the week"


def test_the_contracts_link_is_there_for_programs_and_the_log() -> None:
    found = plan_of("contract", world(APR_28), client(contract="https://drive.google.com/file/d/C1"))
    assert found.link == "https://drive.google.com/file/d/C1"
