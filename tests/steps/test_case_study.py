"""When the case study is written, what it waits for, and what is said to be missing while it can be had."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from offboard.ledger import Entry, Event
from offboard.model import Metric
from offboard.plan import MakeFolder, StepPlan, WriteDocument
from offboard.steps.case_study import anonymous_key
from offboard.steps.documents import document_key
from offboard.world import Present, Wishes
from tests.steps.test_metrics import LAST, MARCH, MAY, at, numbers
from tests.steps.test_steps import MAY_1, MAY_29, client, plan_of, world

MAY_20, MAY_25, JUNE_2 = date(2026, 5, 20), date(2026, 5, 25), date(2026, 6, 2)
BOTH = numbers("Instagram", MARCH, MAY)
KEY = document_key(client(), "case study")
OWN = Entry("bloom/own/folder", "O1", Event.MADE)
VANISH = f"{LAST}; they vanish when you disconnect"


def plan(now: date, metrics: tuple[Metric, ...] = (), *entries: Entry, **seen: Any) -> StepPlan:
    cells = seen.pop("cells", {})
    accounts = seen.pop("accounts", at("Instagram"))
    return plan_of("case study", world(now, *entries, accounts=accounts, metrics=metrics, **seen), client(**cells))


OUTCOMES = [
    # nothing is there: the first month is asked for at once, the last one when it is near
    (MAY_1, (), {}, "waiting", "numbers missing for Instagram", 1),
    (MAY_25, (), {}, "waiting", "numbers missing for Instagram", 1),
    (MAY_1, BOTH[:1], {}, "later", "its last numbers on Fri 29 May, before you disconnect", 0),
    (MAY_25, BOTH[:1], {}, "waiting", "numbers missing for Instagram", 1),
    # the last month is in, or the last working day has come
    (MAY_20, BOTH, {}, "changed", "", 0),
    (MAY_29, BOTH[:1], {}, "changed", "", 1),
    (JUNE_2, BOTH[:1], {}, "changed", "", 1),
    (MAY_29, (), {}, "waiting", "numbers missing", 1),
    (MAY_1, BOTH[:1], {"wishes": Wishes(now=frozenset({"case study"}))}, "changed", "", 0),
    # no platform at all
    (MAY_1, (), {"accounts": ()}, "later", "when there are numbers in the tab Metrics", 0),
    (MAY_25, (), {"accounts": ()}, "waiting", "no numbers yet, or write case study into Skip", 1),
    (MAY_1, BOTH[:1], {"cells": {"last_day": None, "notice_given": MAY_1}}, "later", "when there is a last day", 0),
    (MAY_29, BOTH, {"cells": {"skip": ("case study",)}}, "skipped", "by you", 0),
    (MAY_20, (*BOTH, replace(BOTH[1], followers=7)), {}, "changed", "", 1),
]  # fmt: skip


@pytest.mark.parametrize(("now", "metrics", "seen", "outcome", "why", "turns"), OUTCOMES)
def test_it_is_written_when_the_last_numbers_are_in_or_the_work_is_over(
    now: date, metrics: tuple[Metric, ...], seen: dict[str, Any], outcome: str, why: str, turns: int
) -> None:
    found = plan(now, metrics, **seen)
    assert (found.outcome.value, len(found.turns)) == (outcome, turns)
    assert why in found.why


def test_what_is_missing_is_said_with_a_command_and_the_day_by_which_it_vanishes() -> None:
    turn = plan(MAY_25, BOTH[:1]).turns[0]
    assert (turn.text, turn.where, turn.by) == (VANISH, "offboard metrics bloom FILE", MAY_29)


def test_who_has_left_already_is_sent_to_the_client_for_the_numbers() -> None:
    left = (replace(at("Instagram")[0], left_on=MAY_20),)
    turn = plan(MAY_25, BOTH[:1], accounts=left).turns[0]
    assert (turn.text, turn.by) == (f"{LAST}; you have left already, ask Maya for them", None)


def test_what_nobody_can_note_any_more_holds_nothing_up_once_the_document_is_written() -> None:
    left = (replace(at("Instagram")[0], left_on=MAY_20),)
    there = {"present": {KEY: Present(there=True, revision="m"), OWN.key: Present(there=True)}, "accounts": left}
    written = digest_of(plan(MAY_29, BOTH[:1], **there))
    assert plan(JUNE_2, BOTH[:1], OWN, made(written), **there).outcome.value == "done"
    assert "none to be had? Write case study into “Skip”" in plan(JUNE_2, (), accounts=left).why


def test_it_goes_into_the_freelancers_own_folder_which_is_made_with_it() -> None:
    folder, document = plan(MAY_29, BOTH).changes
    assert isinstance(folder, MakeFolder)
    assert isinstance(document, WriteDocument)
    assert (folder.name, document.name, document.parent_key) == (
        "Bloom – for me",
        "Case study – Bloom.docx",
        folder.key,
    )
    assert plan(MAY_29, BOTH, OWN).changes == (document,)


def made(digest: str, key: str = KEY) -> Entry:
    return Entry(key, "D1", Event.MADE, {"digest": digest, "name": "x", "md5": "m"})


def digest_of(found: StepPlan) -> str:
    document = found.changes[-1]
    assert isinstance(document, WriteDocument)
    return document.document.digest


def test_it_follows_the_numbers_and_rests_when_it_says_them() -> None:
    there = {"present": {KEY: Present(there=True, revision="m"), OWN.key: Present(there=True)}}
    first = digest_of(plan(MAY_29, BOTH))
    done = plan(MAY_29, BOTH, OWN, made(first), **there)
    assert (done.outcome.value, done.changes) == ("done", ())
    more = plan(MAY_1, (*BOTH, *numbers("TikTok", MARCH)), OWN, made(first), **there)
    assert [type(change) for change in more.changes] == [WriteDocument]


def test_a_computer_that_cannot_draw_leaves_the_charts_of_another_one_in() -> None:
    there = {"present": {KEY: Present(there=True, revision="m"), OWN.key: Present(there=True)}}
    drawn = digest_of(plan(MAY_29, BOTH))
    bare = digest_of(plan(MAY_29, BOTH, charts=False))
    assert drawn != bare
    assert plan(MAY_29, BOTH, OWN, made(drawn), charts=False, **there).changes == ()
    assert len(plan(MAY_29, BOTH, OWN, made(bare), charts=True, **there).changes) == 1


def test_without_names_is_a_document_of_its_own_that_is_followed_from_then_on() -> None:
    both = plan(MAY_29, BOTH, wishes=Wishes(anonymous=True)).changes[1:]
    assert [change.key for change in both] == [KEY, anonymous_key(client())]
    mine, theirs = (change.document.digest for change in both if isinstance(change, WriteDocument))
    there = {key: Present(there=True, revision="m") for key in (KEY, anonymous_key(client()), OWN.key)}
    entries = (OWN, made(mine), made(theirs, anonymous_key(client())))
    assert plan(MAY_29, BOTH, *entries, present=there).changes == ()
    later = plan(MAY_29, (*BOTH, *numbers("TikTok", MARCH, MAY)), *entries, present=there)
    assert [change.key for change in later.changes] == [KEY, anonymous_key(client())]


def test_two_rows_for_one_month_are_named_and_nobody_guesses_which_counts() -> None:
    double = replace(BOTH[1], cells={"month": "Metrics!C9"})
    turn = plan(MAY_20, (*BOTH, double)).turns[0]
    assert turn.where == "Metrics!C9"
    assert "two rows for one month" in turn.text


def test_a_moment_of_the_day_does_not_matter() -> None:
    noon = datetime(2026, 5, 29, 12, tzinfo=world(MAY_29).now.tzinfo)
    assert digest_of(plan_of("case study", world(noon, accounts=at("Instagram"), metrics=BOTH), client())) == digest_of(
        plan(MAY_29, BOTH)
    )
