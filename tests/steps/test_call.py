"""The hand-over's facts: what grew, what is open and with whom, when the call is in the calendar."""

# ruff: noqa: E501  # a case stands on one line
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from offboard.calendar_file import digest_words
from offboard.emails.facts import Ask
from offboard.emails.mail import render_mail
from offboard.ledger import Entry, Event
from offboard.model import Metric
from offboard.plan import HoldCall, WriteDraft
from offboard.steps.folder import LINK_LATER
from offboard.steps.highlights import find_highlights
from offboard.world import Present
from tests.emails.conftest import CALL as MAIL_CALL
from tests.emails.conftest import INSTAGRAM, LATER, SHIPPED, TIKTOK, facts
from tests.steps.test_steps import CALL, FOLDER, MAY_1, MAY_28, MAY_29, MAY_31, client, plan_of, world


def row(platform: str, month: date, **numbers: Any) -> Metric:
    return Metric(client="bloom", platform=platform, month=month, **numbers)


JAN, MAY = date(2026, 1, 1), date(2026, 5, 1)
GREW = (row("instagram", JAN, followers=3120), row("Instagram", MAY, followers=4210))
SHRANK = (row("TikTok", JAN, followers=900, views=10), row("TikTok", MAY, followers=800, views=12))
HIGHLIGHTS: list[tuple[str, dict[str, Any], tuple[Metric, ...], str]] = [
    ("numbers", {}, GREW, "1. What we achieved. Instagram: 3,120 to 4,210 followers (January to May)\n2."),
    ("what grew, not what shrank", {}, SHRANK, "What we achieved. TikTok: 10 to 12 views a month (January to May)"),
    ("two platforms", {}, (*GREW, *SHRANK), "followers (January to May); TikTok: 10 to"),
    ("another year is named", {}, (row("X", date(2025, 11, 1), followers=1), GREW[1], row("X", MAY, followers=2)), "X: 1 to 2 followers (November 2025 to May 2026)"),
    ("numbers where nothing is chosen yet", {"ask_for": ""}, GREW, "What we achieved. Instagram"),
    ("one month is no growth", {}, GREW[:1], "1. What we achieved\n"),
    ("no sum of a month that ends early", {"last_day": date(2026, 5, 8)}, SHRANK, "1. What we achieved\n"),
]  # fmt: skip


def mail_of(cells: dict[str, Any], metrics: tuple[Metric, ...]) -> str:
    who = client(call=CALL, **cells)
    (*_, change) = plan_of("call", world(MAY_28, FOLDER, metrics=metrics), who).changes
    assert isinstance(change, WriteDraft)
    return change.mail.text


@pytest.mark.parametrize(("cells", "metrics", "says"), [c[1:] for c in HIGHLIGHTS], ids=[c[0] for c in HIGHLIGHTS])
def test_the_agenda_begins_with_what_grew(cells: dict[str, Any], metrics: tuple[Metric, ...], says: str) -> None:
    text = mail_of(cells, metrics)
    assert says in text, text
    assert "%" not in text


@pytest.mark.parametrize("ask_for", ["feedback", "nothing"])
def test_a_plain_parting_boasts_of_nothing(ask_for: str) -> None:
    assert "achieved" not in mail_of({"ask_for": ask_for}, GREW)
    assert find_highlights(world(MAY_28, metrics=GREW), client(ask_for=ask_for)) == ()


def test_what_is_open_is_said_with_whose_it_is() -> None:
    asks = (Ask(None, "accept the Canva transfer"), Ask(MAY_29, "end the queue"))
    of = facts({"call": MAIL_CALL}, accounts=(INSTAGRAM, LATER, TIKTOK), asks=asks)
    text = render_mail(SHIPPED, "handover", of).text
    theirs = "Maya: accept the Canva transfer (as soon as you can); end the queue (by Friday 29 May)"
    assert f"Still to do. {theirs}. Ana: sign out of Later" in text


EVENT = Entry("bloom/call/event", "e1", Event.MADE, {"meet": "https://meet.google.com/abc"})


def found(**more: Any) -> Present:
    told: dict[str, Any] = {"start": CALL.isoformat(), "moved": False, "words": "", "reworded": False, "meet": "M"}
    return Present(there=True, url="https://calendar", more=told | more)


def planned(day: date, *entries: Entry, present: Present | None = None, **cells: Any) -> Any:
    there = {EVENT.key: present} if present else {}
    seen = world(day, FOLDER, *entries, calendar=True, present=there)
    return plan_of("call", seen, client(**{"call": CALL, **cells}))


def test_the_call_comes_into_the_calendar_at_once_and_in_general_words() -> None:
    (change,) = planned(MAY_1).changes
    assert isinstance(change, HoldCall)
    assert "What we achieved" in change.call.text
    assert "invoice" not in change.call.text


@pytest.mark.parametrize(
    ("call", "eve"),
    [(date(2026, 5, 29), date(2026, 5, 28)), (date(2026, 6, 1), date(2026, 5, 29)), (date(2026, 5, 31), MAY_29)],
)
def test_the_agenda_comes_on_the_last_working_day_before_the_call(call: date, eve: date) -> None:
    who = client(call=CALL.replace(month=call.month, day=call.day), last_day=date(2026, 6, 5), skip=("end date",))
    assert plan_of("call", world(eve - timedelta(days=1), FOLDER), who).day == eve
    assert plan_of("call", world(eve, FOLDER), who).changes


def test_on_the_eve_the_call_has_the_agenda_of_the_mail_and_the_mail_waits_for_its_link() -> None:
    event, draft = planned(MAY_28).changes
    assert "All invoices are paid" in event.call.text
    assert f"We meet here: {LINK_LATER}" in draft.mail.text
    assert event.key in draft.after
    assert draft.mail.attachments == ()


NEVER: list[tuple[str, date, tuple[Entry, ...], Present | None, dict[str, Any]]] = [
    ("no call", MAY_28, (), None, {"call": None}),
    ("over", MAY_31, (), None, {}),
    ("skipped", MAY_28, (), None, {"skip": ("call",)}),
    ("called off", MAY_28, (), None, {"last_day": None}),
    ("taken out", MAY_28, (EVENT,), Present(there=False), {}),
    ("not looked at", MAY_28, (EVENT,), None, {}),
    ("moved by hand", MAY_1, (EVENT,), found(start=(CALL + timedelta(hours=1)).isoformat(), moved=True), {}),
    ("reworded by hand", MAY_1, (EVENT,), found(reworded=True), {}),
]


@pytest.mark.parametrize(("day", "entries", "present", "cells"), [c[1:] for c in NEVER], ids=[c[0] for c in NEVER])
def test_a_call_that_is_not_ours_to_hold_is_left_alone(
    day: date, entries: tuple[Entry, ...], present: Present | None, cells: dict[str, Any]
) -> None:
    changes = planned(day, *entries, present=present, **cells).changes
    assert [change for change in changes if isinstance(change, HoldCall)] == []


def test_what_is_as_wanted_is_not_written_again() -> None:
    (change,) = planned(MAY_1).changes
    words = digest_words(change.call.title, change.call.text)
    there = planned(MAY_1, EVENT, present=found(words=words))
    assert there.changes == ()
    assert there.why.endswith("; the call is in your calendar")
    moved = planned(MAY_1, EVENT, present=found(words=words), call=CALL + timedelta(days=1)).changes
    assert [change.says for change in moved] == ["Call moved in your calendar: Sat 30 May, 15:00"]


def test_the_file_stays_the_same_from_day_to_day_until_the_call_is_another() -> None:
    def attached(*entries: Entry, day: date, call: Any = CALL) -> tuple[bytes, Any]:
        (change,) = plan_of("call", world(day, FOLDER, *entries), client(call=call)).changes
        (file,) = change.mail.attachments
        return file.content, change.notes

    first, notes = attached(day=MAY_28)
    begun = Entry("bloom/call/draft", "r1", Event.RESERVED, dict(notes))
    assert attached(begun, day=MAY_29)[0] == first
    later = replace(begun, more=dict(notes) | {"call": "another"})
    assert attached(later, day=MAY_29)[0] != first
