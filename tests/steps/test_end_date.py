"""The end date: proposed, confirmed once, and said loudly when it moves afterwards: a world in, a plan out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from offboard.emails.templates import Template, Templates
from offboard.ledger import Entry, Event
from offboard.model import Account
from offboard.plan import StepPlan, WriteDraft
from offboard.steps.contract import proposed_last_day
from offboard.steps.told import told_last_day
from offboard.world import Present, Wishes
from tests.steps.test_steps import BERLIN, CALL, FOLDER, MAY_28, MAY_29, MAY_31, OPEN, TEMPLATES, client, plan_of, world

APR_27, APR_28, MAY_10, JUN_30 = date(2026, 4, 27), date(2026, 4, 28), date(2026, 5, 10), date(2026, 6, 30)
KEY = "bloom/end date/draft"
GIVEN = {"notice_given": APR_27}


def notice(last: date = MAY_31, **more: str) -> Entry:
    said = {"last_day": last.isoformat(), "revision": "m1", "subject": "Wrapping up", **more}
    return Entry(KEY, "r1", Event.MADE, said)


SENT = {KEY: Present(there=False)}
WAITS = {KEY: Present(there=True, revision="m1")}
EDITED = {KEY: Present(there=True, revision="m2", more={"edited": True})}
ASIDE = Entry(KEY, "", Event.ASIDE)
MOVED = {**GIVEN, "last_day": JUN_30}


def plan(
    now: datetime | date,
    cells: Mapping[str, Any] = GIVEN,
    *entries: Entry,
    present: Mapping[str, Present] = {},  # only read
    **seen: Any,
) -> StepPlan:
    return plan_of("end date", world(now, *entries, present=present, **seen), client(**cells))


@pytest.mark.parametrize(
    ("given", "days", "today", "expected"),
    [
        (date(2026, 4, 27), None, None, date(2026, 5, 31)),
        (date(2026, 4, 27), 0, None, date(2026, 4, 30)),
        (date(2026, 4, 27), 14, None, date(2026, 5, 31)),
        (date(2026, 4, 27), 90, None, date(2026, 7, 31)),
        (date(2026, 1, 31), None, None, date(2026, 3, 31)),
        (date(2024, 1, 30), None, None, date(2024, 2, 29)),
        (date(2026, 5, 1), 30, None, date(2026, 5, 31)),
        (date(2026, 5, 2), 30, None, date(2026, 6, 30)),
        (date(2026, 12, 15), 0, None, date(2026, 12, 31)),
        (date(2026, 1, 2), 14, MAY_10, date(2026, 5, 31)),  # the notice ended long ago: this month's end
        (None, None, MAY_10, None),
        (APR_27, -30, None, None),
    ],
)
def test_the_proposed_last_day_ends_the_month_in_which_the_notice_ends(
    given: date | None, days: int | None, today: date | None, expected: date | None
) -> None:
    seen = world(today or given or MAY_10)
    assert proposed_last_day(seen, client(notice_given=given, notice_days=days)) == expected


OUTCOMES: list[tuple[date | datetime, dict[str, Any], tuple[Entry, ...], dict[str, Any], str, str]] = [
    # today, cells, ledger, what was seen, outcome, part of why
    (APR_28, {"last_day": None}, (), {}, "waiting", "no last day yet; proposed: Sun 31 May 2026"),
    (APR_28, {"last_day": None, "notice_days": -1}, (), {}, "waiting", "as soon as the notice's cells fit"),
    (APR_28, {}, (), {}, "changed", ""),
    (APR_28, {"notice_given": None}, (), {}, "changed", ""),
    (APR_28, {"skip": ("end date",)}, (), {}, "skipped", "by you"),
    (APR_28, {"notice_given": date(2026, 5, 4), "notice_days": 14}, (), {}, "later", "from Mon 4 May 2026"),
    (APR_28, {"last_day": MAY_10}, (), {}, "waiting", "until its cells fit"),
    (APR_28, {"last_day": MAY_10, "contract_checked": True}, (), {}, "changed", ""),
    (APR_28, {"last_day": date(2026, 4, 26), "contract_checked": True}, (), {}, "waiting", "until its cells fit"),
    (MAY_28, {}, (), {}, "changed", ""),  # the last working day is the 29th
    (MAY_29, {}, (), {}, "done", "Sun 31 May 2026; no notice any more, the hand-over is due"),
    (MAY_28, {"call": CALL}, (), {}, "done", "no notice any more"),
    (MAY_28, {"call": CALL, "skip": ("call",)}, (), {}, "changed", ""),
    (MAY_29, {}, (), {"wishes": Wishes(now=frozenset({"end date"}))}, "changed", ""),
    (APR_28, {}, (Entry("bloom/call/draft", "r2", Event.MADE),), {}, "done", "the hand-over is due"),
    (APR_28, {}, (notice(),), {"present": SENT}, "done", "Sun 31 May 2026; the notice is no longer in Drafts"),
    (MAY_31, {}, (notice(),), {"present": SENT}, "done", "taken as sent"),
    (APR_28, {}, (notice(),), {"present": EDITED}, "waiting", "you changed the draft"),
    (APR_28, {"last_day": JUN_30}, (notice(),), {"present": WAITS}, "changed", ""),
    (APR_28, {"last_day": JUN_30}, (notice(),), {"present": SENT}, "waiting", "moved to Tue 30 Jun 2026"),
    (APR_28, {"last_day": JUN_30}, (notice(),), {"present": EDITED}, "waiting", "you changed the draft"),
    (APR_28, {"last_day": JUN_30}, (notice(), ASIDE), {}, "changed", ""),
    (APR_28, {"last_day": JUN_30}, (Entry(KEY, "r1", Event.MADE),), {"present": SENT}, "done", "taken as sent"),
]


@pytest.mark.parametrize(("today", "cells", "entries", "seen", "outcome", "why"), OUTCOMES)
def test_where_the_end_date_stands(
    today: date, cells: dict[str, Any], entries: tuple[Entry, ...], seen: dict[str, Any], outcome: str, why: str
) -> None:
    found = plan(today, {**GIVEN, **cells}, *entries, **seen)
    assert (found.outcome.value, why in found.why) == (outcome, True), found.why
    assert [change.key for change in found.changes] == ([KEY] if outcome == "changed" else [])


def test_an_empty_last_day_is_asked_for_once_and_early() -> None:
    found = plan(APR_28, {**GIVEN, "last_day": None})
    (turn,) = found.turns
    assert turn.text == "type the last day; with 30 days' notice Sun 31 May 2026 would do"
    assert (turn.where, turn.by) == ("Clients!last_day", date(2026, 4, 30))
    assert not plan_of("folder", world(APR_28), client(**GIVEN, last_day=None)).turns, "the same cell, asked for once"


def test_what_a_skipped_contract_would_have_said_of_impossible_dates_is_said_here() -> None:
    cells = {**GIVEN, "last_day": date(2026, 4, 26), "skip": ("contract",)}
    assert [turn.where for turn in plan(APR_28, cells).turns] == ["Clients!last_day"]
    assert plan(APR_28, {**GIVEN, "last_day": MAY_10, "skip": ("contract",)}).changes, "earlier may be meant"


@pytest.mark.parametrize(
    ("cells", "part"),
    [
        ({"last_day": date(2026, 6, 12)}, "Fri 12 Jun 2026 is no month's end"),
        ({"last_day": date(2024, 2, 28)}, "Wed 28 Feb 2024 is no month's end"),
        ({"last_day": date(2026, 6, 12), "contract_checked": True}, ""),
        ({"last_day": date(2026, 2, 28)}, ""),
        ({"call": datetime(2026, 6, 1, 15, tzinfo=BERLIN)}, "Mon 1 Jun 2026 (Clients!call), is after the last day"),
        ({"call": CALL}, ""),
    ],
)
def test_what_is_unusual_about_the_last_day_is_a_note_and_no_error(cells: dict[str, Any], part: str) -> None:
    found = plan(date(2024, 1, 15) if cells.get("last_day", MAY_31).year == 2024 else APR_28, cells)
    assert (part in " ".join(found.notes), bool(found.notes)) == (True, bool(part)), found.notes


def test_a_notice_that_waits_with_dates_in_doubt_is_not_to_be_sent() -> None:
    cells = {**GIVEN, "last_day": date(2026, 4, 26)}
    assert "do not send the notice" in " ".join(plan(APR_28, cells, notice(), present=WAITS).notes)
    assert "do not send the notice" not in " ".join(plan(APR_28, cells).notes)


def draft_turn(*accounts: Account, **cells: Any) -> Any:
    seen = world(APR_28, present=WAITS, accounts=accounts)
    first = plan_of("end date", seen, client(**cells)).changes[0]
    assert isinstance(first, WriteDraft)
    written = notice(digest=first.mail.digest)
    (turn,) = plan(APR_28, cells, written, present=WAITS, accounts=accounts).turns
    return turn


def test_the_notice_is_sent_in_the_first_week_and_before_the_first_thing_that_the_client_has_to_do() -> None:
    google = Account(client="bloom", platform="Google Business Profile")
    assert draft_turn(**GIVEN).by == date(2026, 5, 4)
    assert draft_turn(google, **GIVEN, notice_days=7, last_day=date(2026, 5, 8)).by == date(2026, 4, 29)
    assert draft_turn(google).by == date(2026, 5, 20), "the profile's new owner must be in charge by the 21st"
    assert draft_turn().by is None


def test_a_notice_that_still_waits_when_the_hand_over_is_due_may_be_discarded() -> None:
    found = plan(MAY_29, {}, notice(), present=EDITED)
    assert found.turns[0].text.endswith("; or discard it: the hand-over is due")


def test_a_draft_of_ones_own_with_another_last_day_is_to_be_corrected_before_it_goes_out() -> None:
    (turn,) = plan(APR_28, MOVED, notice(), present=EDITED).turns
    assert turn.text.startswith("correct the last day in your draft: it was written with Sun 31 May 2026; then ")


def test_the_notice_remembers_the_last_day_that_it_names() -> None:
    (change,) = plan(APR_28).changes
    assert isinstance(change, WriteDraft)
    assert change.notes == {"last_day": "2026-05-31"}


def test_a_moved_last_day_says_everything_that_must_be_told_anew() -> None:
    accounts = (Account(client="bloom", platform="Google Business Profile"),)
    cells = {**MOVED, "call": CALL}
    found = plan(APR_28, cells, FOLDER, notice(), present=SENT, accounts=accounts, invoices=(OPEN,))
    (turn,) = found.turns
    assert turn.text.startswith("tell Maya the new last day, Tue 30 Jun 2026: the notice said Sun 31 May 2026")
    assert (turn.where, turn.by) == ("offboard run bloom --again end-date", date(2026, 5, 4))
    told = [
        "the folder keeps its name, “Bloom – Offboarding 2026-05”",
        "Maya must accept “owner” of the Google Business Profile: by Mon 22 Jun 2026, not by Thu 21 May 2026",
        "the call stays on Fri 29 May 2026 (Clients!call): move it, if it should follow",
        "another month ends it: is there one more invoice to write?",
    ]
    assert list(found.notes) == told


def test_a_last_day_that_moved_within_its_month_changes_no_name_and_no_invoice() -> None:
    cells = {**GIVEN, "last_day": date(2026, 5, 29), "contract_checked": True}
    found = plan(APR_28, cells, FOLDER, notice(), present=SENT)
    assert (found.outcome.value, found.notes) == ("waiting", ())


def test_a_last_day_that_moved_once_the_hand_over_was_written_is_told_by_a_notice_all_the_same() -> None:
    handed = Entry("bloom/call/draft", "r9", Event.MADE)
    (turn,) = plan(JUN_30, MOVED, notice(), handed, present=SENT).turns
    assert turn.where == "offboard run bloom --again end-date"


def test_where_gmail_was_not_looked_at_only_what_was_noted_counts_as_told() -> None:
    first, second = notice(), replace(notice(JUN_30), value="r2")
    gone = Entry("bloom|gone|end date/draft", "2026-04-29", Event.SAID, {"draft": second.value})
    seen = world(MAY_31, first, ASIDE, second, gone)
    assert told_last_day(seen, client(**MOVED)) == JUN_30
    assert told_last_day(world(MAY_31, first, ASIDE, second), client(**MOVED)) is None


def test_a_last_day_that_moved_back_is_no_news() -> None:
    assert plan(APR_28, GIVEN, notice(), present=SENT).outcome.value == "done"


def mail_of(found: StepPlan) -> str:
    (change,) = found.changes
    assert isinstance(change, WriteDraft)
    return f"{change.mail.subject}\n{change.mail.text}"


def test_the_second_notice_takes_the_first_ones_day_back() -> None:
    anew = mail_of(plan(APR_28, MOVED, notice(), ASIDE))
    assert "Our new last day: 30 June" in anew
    assert "no longer on Sunday 31 May." in anew
    again = (notice(), ASIDE, notice(JUN_30))
    assert plan(APR_28, MOVED, *again, present=WAITS).notes, "if the first never went out, a sentence is too much"
    assert plan(APR_28, MOVED, *again, present=SENT).outcome.value == "done"
    third = mail_of(plan(APR_28, {**GIVEN, "last_day": date(2026, 7, 31)}, *again, present=WAITS))
    assert "no longer on Sunday 31 May." in third, "the second did not go out yet"


def test_a_first_notice_that_was_thrown_away_is_written_as_it_was() -> None:
    assert "Wrapping up by 31 May" in mail_of(plan(APR_28, GIVEN, notice(), ASIDE))


def test_a_notice_that_links_the_folder_waits_for_it_and_another_does_not() -> None:
    assert plan(APR_28).changes[0].after == ()
    own = Templates({"notice": Template("notice", "notice.md.j2", "Subject: Bye\n\n{{ folder_link }}", "en")})
    templates = replace(own, by_name={**TEMPLATES.by_name, **own.by_name})
    assert plan(APR_28, templates=templates).changes[0].after == ("bloom/folder",)
