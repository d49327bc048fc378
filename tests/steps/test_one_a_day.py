"""One e-mail per client and day: which steps wait, whatever was begun today by whatever command."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from offboard.ledger import Entry, Event
from offboard.model import Account
from offboard.one_a_day import RANKS, begun_today, find_waiting
from offboard.plan import WriteDraft, make_plan
from offboard.steps import STEPS
from offboard.steps.invoices import REMINDERS
from offboard.world import Present, Wishes
from tests.steps.test_steps import OPEN, client, plan_of, world

TODAY = date(2026, 5, 21)


def begun(step: str, day: date = TODAY, event: Event = Event.MADE, **more: object) -> Entry:
    series = "-1" if step in ("invoices", "nudge") else ""
    return Entry(f"bloom/{step}/draft{series}", f"r-{step}", event, {"written": day.isoformat(), **more})


CASES: list[tuple[tuple[Entry, ...], set[str], set[str]]] = [
    # begun today, would be new, wait
    ((), set(), set()),
    ((), {"nudge"}, set()),
    ((), {"nudge", "invoices"}, {"nudge"}),
    ((), {"invoices", "end date", "call", "feedback", "nudge"}, {"end date", "call", "feedback", "nudge"}),
    ((), {"end date", "call", "feedback"}, {"call", "feedback"}),
    ((), {"call", "feedback", "nudge"}, {"nudge"}),  # the pair goes together
    ((begun("call"),), {"feedback"}, set()),
    ((begun("nudge"),), {"invoices", "end date"}, {"invoices", "end date"}),  # whatever was first took the day
    ((begun("nudge", TODAY - timedelta(days=1)),), {"invoices"}, set()),
    ((begun("end date", event=Event.RESERVED),), {"invoices", "end date"}, {"invoices"}),  # by another computer, now
    ((begun("invoices", says={}),), {"nudge"}, set()),  # emptied: nobody can send it
    ((begun("invoices"), Entry("bloom/invoices/draft-1", "", Event.ASIDE)), {"nudge"}, set()),
]


@pytest.mark.parametrize(("entries", "new", "waiting"), CASES)
def test_who_waits(entries: tuple[Entry, ...], new: set[str], waiting: set[str]) -> None:
    assert find_waiting(world(TODAY, *entries), client(), new) == waiting


@pytest.mark.parametrize("wish", ["now", "again"])
def test_what_a_person_wants_now_or_again_waits_for_nothing(wish: str) -> None:
    seen = world(TODAY, begun("invoices"), wishes=Wishes(**{wish: frozenset({"nudge"})}))
    assert find_waiting(seen, client(), {"nudge", "call"}) == {"call"}


@pytest.mark.parametrize("wish", ["now", "again"])
def test_what_a_person_wants_now_or_again_takes_the_day(wish: str) -> None:
    seen = world(TODAY, wishes=Wishes(**{wish: frozenset({"end date"})}))
    assert find_waiting(seen, client(), {"invoices", "end date", "nudge"}) == {"invoices", "nudge"}


def test_another_clients_mail_takes_nobodys_day() -> None:
    other = Entry("corvo/invoices/draft-1", "r", Event.MADE, {"written": TODAY.isoformat()})
    assert begun_today(world(TODAY, other), client()) == frozenset()


def test_every_step_that_writes_an_e_mail_has_its_rank() -> None:
    assert set(RANKS) <= {step.name for step in STEPS}


OWED = {"invoices": (OPEN,), "setup": world(TODAY).setup.__class__(your_name="Ana Ruiz", how_to_pay="IBAN DE89")}


def test_a_reminder_goes_first_and_the_notice_waits_a_day() -> None:
    seen = world(TODAY, **OWED)
    found = plan_of("end date", seen, client())
    assert (found.outcome.value, found.why) == ("later", "tomorrow: one e-mail a day is enough for Maya")
    assert (found.day, found.changes) == (TODAY + timedelta(days=1), ())
    assert plan_of("invoices", seen, client()).changes
    mails = [c for c in make_plan(seen, client(), STEPS).changes if isinstance(c, WriteDraft)]
    assert [mail.step for mail in mails] == ["invoices"]


def test_reminders_alone_keep_the_same_rule() -> None:
    (found,) = make_plan(world(TODAY, begun("end date"), **OWED), client(), (REMINDERS,)).steps
    assert (found.outcome.value, found.why) == ("later", "tomorrow: one e-mail a day is enough for Maya")
    (found,) = make_plan(world(TODAY + timedelta(days=1), begun("end date"), **OWED), client(), (REMINDERS,)).steps
    assert found.changes


def test_what_is_only_brought_up_to_date_waits_for_nothing() -> None:
    notice = begun("end date", TODAY - timedelta(days=3), revision="m1", digest="old")
    seen = world(TODAY, notice, begun("invoices"), present={notice.key: Present(there=True, revision="m1")})
    assert plan_of("end date", seen, client()).changes


def test_only_what_is_asked_for_takes_the_day() -> None:
    seen = world(TODAY, wishes=Wishes(only=frozenset({"end date"})), **OWED)
    assert plan_of("end date", seen, client()).changes


def test_the_nudge_waits_for_everybody() -> None:
    google = Account(client="bloom", platform="Google Business Profile")
    cells = {"skip": ("end date",), "share": ""}
    assert plan_of("nudge", world(TODAY, accounts=(google,)), client(**cells)).changes
    assert plan_of("nudge", world(TODAY, accounts=(google,), **OWED), client(**cells)).outcome.value == "later"
