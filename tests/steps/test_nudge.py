"""The nudge: everything that waits for the client in one e-mail, at most weekly: a world in, a plan out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from offboard.ledger import Entry, Event
from offboard.model import Account
from offboard.plan import StepPlan, WriteDraft
from offboard.world import Present, Wishes
from tests.steps.test_steps import client, plan_of, world

MAY_10, MAY_13, MAY_14, MAY_19, MAY_20, MAY_21, MAY_22 = (date(2026, 5, n) for n in (10, 13, 14, 19, 20, 21, 22))
KEY, NEXT = "bloom/nudge/draft-1", "bloom/nudge/draft-2"
GOOGLE = Account(client="bloom", platform="Google Business Profile")
META = Account(client="bloom", platform="Facebook")
IN_CHARGE = Account(client="bloom", platform="Facebook", in_charge_since=MAY_10)
LEFT = Account(client="bloom", platform="Google Business Profile", left_on=MAY_10)
NOTICE = Entry("bloom/end date/draft", "r1", Event.MADE, {"last_day": "2026-05-31", "revision": "m1"})
NOTICE_GONE = {"bloom/end date/draft": Present(there=False)}
NOTED = Entry("bloom|gone|end date/draft", "2026-05-04", Event.SAID, {"draft": "r1"})
OUT = (NOTICE, NOTED)
HANDOVER = Entry("bloom/call/draft", "r5", Event.MADE, {"revision": "m1"})
HANDED = Entry("bloom|gone|call/draft", "2026-05-20", Event.SAID, {"draft": "r5"})
HERE, GONE = Present(there=True, revision="m1"), Present(there=False)
EDITED = Present(there=True, revision="m2", more={"edited": True})
SAYS = {"accept “owner” of the Google Business Profile": "2026-05-21"}
TODAY = {"wishes": Wishes(now=frozenset({"nudge"}))}


def nudge(key: str = KEY, **more: Any) -> Entry:
    said = {"revision": "m1", "subject": "One thing", "says": SAYS, "written": "2026-05-14", **more}
    return Entry(key, key, Event.MADE, said)


def gone(key: str, day: str) -> Entry:
    return Entry(
        key.replace("/nudge", "|gone|nudge").replace("/invoices", "|gone|invoices"), day, Event.SAID, {"draft": key}
    )


def plan(
    today: date, *entries: Entry, present: Mapping[str, Present] = {}, cells: Mapping[str, Any] = {}, **seen: Any
) -> StepPlan:
    given = {"accounts": (GOOGLE,), **seen}
    return plan_of(
        "nudge", world(today, *entries, present={**NOTICE_GONE, **present}, **given), client(**{"share": "", **cells})
    )


def mail_of(found: StepPlan) -> WriteDraft:
    (change,) = found.changes
    assert isinstance(change, WriteDraft)
    return change


REMINDER = Entry("bloom/invoices/draft-1", "bloom/invoices/draft-1", Event.MADE, {"says": {"INV-1": 3}})
OUTCOMES: list[tuple[date, tuple[Entry, ...], dict[str, Any], str, str]] = [
    # today, ledger, what is seen besides, outcome, part of why; the last working day is Fri 29 May
    (MAY_13, OUT, {}, "later", "from Thu 14 May, if it still waits for Maya"),
    (MAY_14, OUT, {}, "changed", ""),
    (MAY_22, OUT, {}, "changed", ""),  # late
    (MAY_14, (), {"present": {"bloom/end date/draft": HERE}}, "later", "after the notice, which names everything"),
    (MAY_14, (NOTICE,), {"present": {"bloom/end date/draft": HERE}}, "later", "after the notice"),
    (MAY_14, (NOTICE,), {}, "later", "from Sun 17 May: the notice has just gone out"),
    (MAY_14, (), {"cells": {"skip": ("end date",)}}, "changed", ""),
    (MAY_14, OUT, {"cells": {"skip": ("nudge",)}}, "skipped", "by you"),
    (MAY_14, OUT, {"cells": {"skip": ("access",)}}, "done", "nothing waits for Maya"),
    (
        MAY_14,
        OUT,
        {"cells": {"last_day": None, "notice_given": MAY_10, "skip": ("end date",)}},
        "later",
        "the last day",
    ),
    (MAY_14, OUT, {"cells": {"last_day": None}}, "later", "called off"),
    (MAY_14, OUT, {"accounts": ()}, "done", "nothing waits for Maya"),
    (MAY_14, OUT, {"accounts": (IN_CHARGE,)}, "done", "nothing waits for Maya"),
    (MAY_22, OUT, {"accounts": (LEFT,)}, "changed", ""),  # I left, and nobody is in charge
    (MAY_13, OUT, TODAY, "changed", ""),
    (MAY_14, (*OUT, nudge()), {"present": {KEY: EDITED}}, "waiting", "you changed the draft: it is yours now"),
    (MAY_14, (*OUT, nudge()), {"present": {KEY: EDITED}, "accounts": ()}, "waiting", "do not send “One thing”"),
    (MAY_14, (*OUT, nudge()), {"present": {KEY: HERE}, "accounts": ()}, "changed", ""),  # emptied
    (MAY_14, (*OUT, nudge(says={})), {"present": {KEY: HERE}, "accounts": ()}, "done", "nothing waits"),
    (MAY_14, (*OUT, nudge(says={})), {"present": {KEY: HERE}}, "changed", ""),  # used again
    (MAY_21, (*OUT, nudge()), {"present": {KEY: GONE}}, "later", "from Thu 28 May: one nudge a week is enough"),
    (MAY_20, (*OUT, nudge(), gone(KEY, "2026-05-14")), {}, "later", "from Thu 21 May: one nudge a week"),
    (MAY_21, (*OUT, nudge(), gone(KEY, "2026-05-14")), {}, "changed", ""),
    (MAY_20, (*OUT, nudge(says={}), gone(KEY, "2026-05-19")), {}, "changed", ""),  # thrown away, never sent
    (MAY_20, (*OUT, REMINDER, gone(REMINDER.key, "2026-05-20")), {}, "later", "from Thu 21 May: one e-mail a day"),
    (MAY_21, (*OUT, REMINDER, gone(REMINDER.key, "2026-05-20")), {}, "changed", ""),
    # another e-mail has its day alone: while it waits, and on the day on which it left
    (MAY_20, (*OUT, HANDOVER), {"present": {HANDOVER.key: HERE}}, "later", "after the hand-over, which waits in"),
    (MAY_20, (*OUT, HANDOVER), {"present": {HANDOVER.key: GONE}}, "later", "from Thu 21 May: one e-mail a day"),
    (MAY_21, (*OUT, HANDOVER, HANDED), {"present": {HANDOVER.key: GONE}}, "changed", ""),
    # a last day that moved after the notice went out does not hold it up
    (MAY_22, OUT, {"present": NOTICE_GONE, "cells": {"last_day": date(2026, 6, 1)}}, "changed", ""),
    (MAY_14, (*OUT, Entry(KEY, "", Event.LOST)), {}, "waiting", "not known whether it was sent"),
]


@pytest.mark.parametrize(("today", "entries", "seen", "outcome", "why"), OUTCOMES)
def test_where_the_nudge_stands(
    today: date, entries: tuple[Entry, ...], seen: dict[str, Any], outcome: str, why: str
) -> None:
    found = plan(today, *entries, **seen)
    assert (found.outcome.value, why in found.why) == (outcome, True), found.why
    assert bool(found.changes) == (outcome == "changed")


def test_what_comes_later_has_the_day_on_which_a_run_makes_it() -> None:
    assert plan(MAY_13, *OUT).day == MAY_14
    assert plan(MAY_20, *OUT, nudge(), gone(KEY, "2026-05-14")).day == MAY_21


def test_it_names_all_that_is_due_within_a_week_in_a_few_words() -> None:
    later = Account(client="bloom", platform="LinkedIn")  # its part is due on the 28th
    mail = mail_of(plan(MAY_19, *OUT, accounts=(GOOGLE, META, later))).mail
    assert mail.subject == "Two things I need by Thursday 21 May"
    assert "two small things only you can do by Thursday 21 May, so that nothing gets locked when I leave:" in mail.text
    assert "• accept “owner” of the Google Business Profile. Google makes new owners wait 7 days" in mail.text
    assert "LinkedIn" not in mail.text
    assert 50 <= len(mail.text.split()) <= 90


@pytest.mark.parametrize(
    ("today", "accounts", "subject"),
    [
        (MAY_21, (GOOGLE,), "One thing I need by Thursday 21 May"),
        (MAY_22, (GOOGLE,), "One thing I need as soon as you can"),
        (
            MAY_21,
            (GOOGLE, Account(client="bloom", platform="LinkedIn")),
            "Two things I need, the first by Thursday 21 May",
        ),
    ],
)
def test_the_subject_says_how_many_things_and_by_when(today: date, accounts: tuple[Account, ...], subject: str) -> None:
    assert mail_of(plan(today, *OUT, accounts=accounts)).mail.subject == subject


def test_after_the_last_day_nothing_is_said_of_leaving() -> None:
    text = mail_of(plan(date(2026, 6, 2), *OUT, Entry("bloom/call/draft", "r", Event.MADE))).mail.text
    assert "when I leave" not in text
    assert "stays locked" in text


def test_an_untouched_draft_follows_and_keeps_what_it_named_as_long_as_that_waits() -> None:
    wanted = mail_of(plan(MAY_13, *OUT, **TODAY))
    draft = nudge(digest=wanted.mail.digest, says=wanted.notes["says"])
    assert plan(MAY_13, *OUT, draft, present={KEY: HERE}).outcome.value == "waiting", (
        "not due yet, and named all the same"
    )
    change = mail_of(plan(MAY_19, *OUT, draft, present={KEY: HERE}, accounts=(GOOGLE, META)))
    assert (change.key, change.revision) == (KEY, "m1")
    assert "brought up to date" in change.says


def test_a_draft_that_asks_for_nothing_any_more_has_no_recipient() -> None:
    change = mail_of(plan(MAY_14, *OUT, nudge(), present={KEY: HERE}, accounts=()))
    assert (change.mail.to, change.key, change.notes) == ("", KEY, {"says": {}})
    assert change.mail.subject == "Do not send: Nothing waits for Maya any more"
    assert "for the next nudge" in change.mail.text


def test_the_next_one_is_another_draft() -> None:
    assert mail_of(plan(MAY_21, *OUT, nudge(), gone(KEY, "2026-05-14"))).key == NEXT


def test_an_address_that_is_no_google_account_is_asked_for_until_another_is_typed() -> None:
    refused = Entry("bloom/share/maya@bloom.example", "", Event.REFUSED, {"account": "none"})
    assert "send me a Google address" in mail_of(plan(MAY_14, *OUT, refused, accounts=())).mail.text
    assert (
        plan(MAY_14, *OUT, refused, accounts=(), cells={"share_with": ("maya@gmail.example",)}).outcome.value == "done"
    )


@pytest.mark.parametrize("draft", [HERE, EDITED], ids=["untouched", "edited"])
@pytest.mark.parametrize(
    ("beside", "named"),
    [(REMINDER, "; the next reminder waits there too"), (HANDOVER, "; the hand-over waits there too"), (OUT[0], "")],
)
def test_a_draft_that_waits_beside_another_is_to_be_sent_on_a_day_of_its_own(
    draft: Present, beside: Entry, named: str
) -> None:
    letter = nudge(digest=mail_of(plan(MAY_21, *OUT)).mail.digest)
    found = plan(MAY_21, *OUT, letter, beside, present={KEY: draft, beside.key: HERE, **NOTICE_GONE})
    more = f"{named} and goes first: one e-mail a day is enough for Maya" if named else ""
    assert [turn.text for turn in found.turns] == [f"read the draft “One thing”, and send it{more}"]


def test_without_a_look_into_gmail_the_ledger_is_believed() -> None:
    found = plan(MAY_19, *OUT, nudge(), looked=False)
    assert (found.outcome.value, found.why) == ("waiting", "the draft is in your Gmail: read it, send it")


def test_a_late_thing_is_to_be_sent_now_and_others_by_their_day() -> None:
    for today, by in ((MAY_19, MAY_21), (MAY_22, None)):
        written = mail_of(plan(today, *OUT))
        draft = nudge(digest=written.mail.digest)
        (turn,) = plan(today, *OUT, draft, present={KEY: HERE}).turns
        assert turn.by == by
