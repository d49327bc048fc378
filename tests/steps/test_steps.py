"""Each step's plan: a world in, an outcome and its reason out; no network, no clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from offboard.columns import Link, Money, Reading
from offboard.commands.step_names import STEP_NAMES
from offboard.days_off import DaysOff
from offboard.emails.templates import load_templates
from offboard.errors import Problem
from offboard.ledger import Entry, Event, Ledger
from offboard.model import STEPS as SKIPPED
from offboard.model import Client, Invoice, Setup
from offboard.plan import Plan, StepPlan, behind, make_plan
from offboard.steps import STEPS
from offboard.world import How, Present, Source, Wishes, World

BERLIN = ZoneInfo("Europe/Berlin")
TEMPLATES = load_templates(Path("/nowhere"))
DATES = ("notice_given", "notice_days", "last_day", "contract_checked", "call")
CELLS = {name: f"Clients!{name}" for name in (*DATES, "share", "ask_for", "reports", "skip")}
PAID = Invoice(client="bloom", number="INV-1", due=date(2026, 5, 15), amount=Money(Decimal(850), "EUR"), paid=True)
OPEN = replace(PAID, number="INV-2", paid=None)
STRAY = Problem("Invoices!A4", "“blom” is no client.", client="blom")
SHARED = Entry("bloom/share/maya@bloom.example", "1", Event.MADE)
FOLDER = Entry("bloom/folder", "F1", Event.MADE, {"name": "Bloom – Offboarding 2026-05"})


def client(**more: Any) -> Client:
    given = {"short": "bloom", "name": "Bloom", "contact": "Maya", "email": "maya@bloom.example"}
    return Client(
        cells=CELLS, **{**given, "last_day": date(2026, 5, 31), "ask_for": "testimonial", "share": "now", **more}
    )


def world(now: datetime | date, *entries: Entry, **more: Any) -> World:
    moment = now if isinstance(now, datetime) else datetime(now.year, now.month, now.day, 9, tzinfo=BERLIN)
    given: dict[str, Any] = {
        "invoices": (PAID,),
        "templates": TEMPLATES,
        "setup": Setup(your_name="Ana Ruiz"),
        "looked": True,
    }
    reading = Reading(Locale("en", "GB"), BERLIN)
    return World(moment.replace(tzinfo=BERLIN), reading, ledger=Ledger(entries, len(entries)), **{**given, **more})


def plan_of(step: str, seen: World, who: Client) -> StepPlan:
    return next(found for found in make_plan(seen, who, STEPS).steps if found.step == step)


MAY_1, MAY_28, MAY_29, MAY_31 = (date(2026, 5, day) for day in (1, 28, 29, 31))
CALL = datetime(2026, 5, 29, 15, tzinfo=BERLIN)
LINKS = (Link("https://x"),)
GOODBYE = Entry("bloom/feedback/draft", "r1", Event.MADE, {"revision": "m1", "subject": "Thank you, Maya"})
WAITS = {"present": {"bloom/feedback/draft": Present(there=True, revision="m1")}}
OUTCOMES = [
    ("folder", MAY_1, {}, (), {}, "changed", ""),
    ("folder", MAY_1, {"last_day": None, "notice_given": date(2026, 4, 27)}, (), {}, "later", "no last day yet"),
    ("folder", MAY_1, {"last_day": None, "notice_given": MAY_1, "skip": ("end date",)}, (), {}, "waiting", "no last"),
    ("folder", MAY_1, {"last_day": None}, (), {}, "later", "not leaving"),
    ("folder", MAY_1, {"skip": ("folder",)}, (), {}, "skipped", "by you"),
    ("reports", MAY_1, {"skip": ("folder",), "reports": LINKS}, (), {}, "skipped", "with the folder, by you"),
    ("share", MAY_1, {"skip": ("folder",)}, (), {}, "skipped", "with the folder, by you"),
    ("share", MAY_1, {"skip": ("folder",)}, (FOLDER,), {}, "changed", ""),
    ("call", MAY_29, {"share": "", "skip": ("share",)}, (), {}, "changed", ""),
    ("feedback", MAY_31, {"share": "", "skip": ("share",)}, (), {}, "changed", ""),
    ("feedback", MAY_31, {"share": "", "skip": ("folder",)}, (), {}, "changed", ""),
    ("reports", MAY_1, {}, (), {}, "done", "nothing to copy"),
    ("reports", MAY_1, {"last_day": None, "notice_given": MAY_1, "reports": LINKS}, (), {}, "later", "when the folder"),
    ("share", MAY_1, {"share": ""}, (), {}, "waiting", "nothing is chosen"),
    ("share", MAY_1, {"share": "when paid"}, (), {"invoices": (OPEN,)}, "later", "when all invoices are paid"),
    ("share", MAY_1, {"share": "when paid"}, (), {}, "changed", ""),
    ("share", MAY_1, {}, (SHARED,), {}, "done", "can read the folder"),
    ("invoices", MAY_1, {}, (), {"invoices": ()}, "waiting", "none listed"),
    ("invoices", MAY_1, {}, (), {"invoices": (OPEN,)}, "later", "1 open, 0 overdue: INV-2, €850.00"),
    ("invoices", date(2026, 5, 16), {}, (), {"invoices": (OPEN,)}, "later", "1 open, 1 overdue"),
    ("invoices", MAY_28, {}, (), {"invoices": (OPEN,)}, "waiting", "“How to pay me” is empty"),
    ("invoices", date(2026, 5, 15), {}, (), {"invoices": (OPEN,)}, "later", "0 overdue"),
    ("invoices", MAY_1, {}, (), {}, "done", "all paid"),
    ("invoices", MAY_1, {}, (), {"invoices": (replace(OPEN, pause="written off"),)}, "done", "all paid"),
    ("invoices", MAY_1, {}, (), {"invoices": (replace(PAID, client="corvo"),)}, "waiting", "none listed"),
    ("invoices", MAY_1, {}, (), {"strays": (STRAY,)}, "waiting", "a row's client is not known"),
    ("share", MAY_1, {"share": "when paid"}, (), {"strays": (STRAY,)}, "later", "when all invoices are paid"),
    ("call", MAY_1, {"call": CALL}, (), {}, "later", "Fri 29 May, 15:00; hand-over and agenda on Thu 28 May"),
    ("call", MAY_28, {"call": CALL}, (), {}, "changed", ""),
    ("call", MAY_28, {"share": ""}, (), {}, "later", "when the folder is shared"),
    ("call", MAY_28, {"call": CALL, "share": "when paid"}, (), {"invoices": (OPEN,)}, "changed", ""),
    ("call", MAY_1, {"call": CALL}, (), {"wishes": Wishes(now=frozenset({"call"}))}, "changed", ""),
    ("feedback", MAY_28, {"call": CALL}, (), {}, "later", "after the call"),
    ("feedback", MAY_1, {}, (GOODBYE,), WAITS, "later", "do not send it before its time"),
    ("feedback", MAY_31, {"ask_for": "nothing"}, (GOODBYE, FOLDER, SHARED), WAITS, "changed", ""),
    ("feedback", datetime(2026, 5, 29, 15, 1, tzinfo=BERLIN), {"call": CALL}, (), {}, "changed", ""),
    ("feedback", MAY_28, {}, (), {}, "later", "from Fri 29 May"),  # the last working day: the 31st is a Sunday
    ("feedback", MAY_29, {}, (), {}, "changed", ""),
    ("feedback", MAY_31, {}, (), {"invoices": (OPEN,)}, "later", "when all is paid"),
    ("feedback", MAY_31, {"share": ""}, (), {}, "later", "when the folder is shared"),
    ("feedback", MAY_31, {"ask_for": ""}, (), {}, "waiting", "nothing is chosen in “Ask for”"),
    ("feedback", MAY_31, {"feedback": "Ana was great"}, (), {}, "done", "you noted it"),
    ("feedback", MAY_1, {}, (), {"wishes": Wishes(now=frozenset({"feedback"}))}, "changed", ""),
]  # fmt: skip


@pytest.mark.parametrize(("step", "now", "cells", "entries", "seen", "outcome", "why"), OUTCOMES)
def test_a_steps_outcome_and_its_reason(
    step: str,
    now: date,
    cells: dict[str, Any],
    entries: tuple[Entry, ...],
    seen: dict[str, Any],
    outcome: str,
    why: str,
) -> None:
    found = plan_of(step, world(now, *entries, **seen), client(**cells))
    assert (found.outcome.value, why in found.why) == (outcome, True), found.why


@pytest.mark.parametrize(
    ("off", "last", "working"),
    [
        (DaysOff(), date(2026, 5, 31), date(2026, 5, 29)),
        (DaysOff(frozenset((4, 5, 6))), date(2026, 5, 31), date(2026, 5, 28)),
        (DaysOff(days=frozenset((MAY_28, MAY_29))), date(2026, 5, 31), date(2026, 5, 27)),
        (DaysOff(frozenset()), date(2026, 5, 31), date(2026, 5, 31)),
        (DaysOff(frozenset(range(7))), date(2026, 5, 31), date(2026, 5, 31)),
    ],
)
def test_the_last_working_day_goes_around_days_off(off: DaysOff, last: date, working: date) -> None:
    assert world(MAY_1, setup=Setup(days_off=off)).last_working_day(client(last_day=last)) == working


def test_the_folders_name_is_fixed_with_its_id() -> None:
    reserved = Entry("bloom/folder", "F1", Event.RESERVED, {"name": "Bloom – Offboarding 2026-05"})
    moved = plan_of("folder", world(MAY_1, reserved), client(last_day=date(2026, 7, 31)))
    assert moved.changes[0].name == "Bloom – Offboarding 2026-05"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("present", "word"), [(Present(there=True, trashed=True), "bin"), (Present(there=False), "gone from Drive")]
)
def test_a_folder_that_was_taken_back_is_not_made_again(present: Present, word: str) -> None:
    seen = world(MAY_1, FOLDER, present={"bloom/folder": present})
    whole = make_plan(seen, client(), STEPS)
    assert word in plan_of("folder", seen, client()).why
    assert not [change for change in whole.changes if change.step in ("folder", "reports", "share")]


def report(id: str = "R1", **more: Any) -> Source:
    return Source(**{"id": id, "name": f"{id}.pdf", "how": How.COPY, "size": 10, "md5": "m1", **more})


def copied(**more: str) -> Entry:
    return Entry("bloom/reports/R1", "C1", Event.MADE, {"stamp": "m1", **more})


@pytest.mark.parametrize(
    ("source", "entry", "present", "wishes", "changes", "note"),
    [
        (report(), None, None, Wishes(), ["CopyReport"], ""),
        (report(folders=("Q1", "May")), None, None, Wishes(), ["MakeFolder", "MakeFolder", "CopyReport"], ""),
        (report(), copied(), Present(there=True), Wishes(), [], ""),
        (report(md5="m2"), copied(), Present(there=True), Wishes(), [], "changed after it was copied"),
        (report(md5="m2"), copied(), Present(there=True), Wishes(refresh=True), ["RefreshReport"], ""),
        (report(), copied(), Present(there=False), Wishes(refresh=True), [], "taken out of the folder"),
        (report(), copied(), Present(there=True, trashed=True), Wishes(), [], "taken out of the folder"),
        (report(cannot="is a form"), None, None, Wishes(), [], ""),
    ],
)
def test_what_becomes_of_a_report(
    source: Source, entry: Entry | None, present: Present | None, wishes: Wishes, changes: list[str], note: str
) -> None:
    entries = (FOLDER, *([entry] if entry else []))
    there = {"bloom/reports/R1": present} if present else {}
    seen = world(MAY_1, *entries, sources=(source,), present=there, wishes=wishes)
    found = plan_of("reports", seen, client(reports=(Link("https://x"),)))
    assert [type(change).__name__ for change in found.changes] == changes
    assert note in " ".join(found.notes)
    assert bool(found.turns) == bool(source.cannot)


def test_a_report_that_google_refused_is_named_until_it_changes_or_a_new_try_is_wanted() -> None:
    refused = Entry("bloom/reports/R1", "C1", Event.REFUSED, {"why": "too large", "stamp": "m1"})
    who = client(reports=(Link("https://x"),))
    named = plan_of("reports", world(MAY_1, FOLDER, refused, sources=(report(),)), who)
    assert ([turn.text for turn in named.turns], named.changes) == (["R1.pdf: too large"], ())
    for seen in (
        world(MAY_1, FOLDER, refused, sources=(report(md5="m2"),)),
        world(MAY_1, FOLDER, refused, sources=(report(),), wishes=Wishes(refresh=True)),
    ):
        assert [type(change).__name__ for change in plan_of("reports", seen, who).changes] == ["CopyReport"]


def test_two_links_to_the_same_new_folder_make_it_once() -> None:
    sources = (report("R1", folders=("Q1",)), report("R2", folders=("Q1",)))
    found = plan_of("reports", world(MAY_1, FOLDER, sources=sources), client(reports=(Link("https://x"),)))
    assert [change.key for change in found.changes] == [
        "bloom/folder/Reports/Q1",
        "bloom/reports/R1",
        "bloom/reports/R2",
    ]


@pytest.mark.parametrize("event", [Event.BEGUN, Event.REFUSED])
def test_a_share_whose_end_is_unknown_or_refused_waits_to_be_said_again(event: Event) -> None:
    entry = Entry("bloom/share/maya@bloom.example", "maya@bloom.example", event)
    found = plan_of("share", world(MAY_1, FOLDER, entry), client())
    assert (found.changes, found.turns[0].where) == ((), "offboard share bloom")
    said = world(MAY_1, FOLDER, entry, wishes=Wishes(only=frozenset({"share"})))
    assert len(plan_of("share", said, client()).changes) == 1
    landed = world(MAY_1, FOLDER, entry, present={entry.key: Present(there=True)})
    assert len(plan_of("share", landed, client()).changes) == 1, "it is there: only to be written down"


def test_a_plan_without_ids_says_that_the_link_comes_with_run() -> None:
    first = plan_of("call", world(MAY_31), client()).changes[0]
    assert "(link comes with run)" in first.mail.text  # type: ignore[attr-defined]
    known = plan_of("call", world(MAY_31, FOLDER), client()).changes[0]
    assert "https://drive.google.com/drive/folders/F1" in known.mail.text  # type: ignore[attr-defined]


def test_only_keeps_what_the_wanted_step_needs() -> None:
    wanted = Wishes(only=frozenset({"reports"}))
    seen = world(MAY_31, sources=(report(),), wishes=wanted)
    whole: Plan = make_plan(seen, client(reports=(Link("https://x"),)), STEPS)
    assert [change.key for change in whole.changes] == ["bloom/folder", "bloom/folder/Reports", "bloom/reports/R1"]


def test_what_needs_a_share_is_found_however_indirectly() -> None:
    whole = make_plan(world(MAY_31, sources=(report(),)), client(reports=(Link("https://x"),)), STEPS)
    share = "bloom/share/maya@bloom.example"
    assert behind(whole.changes, {share}) == {"bloom/call/draft", "bloom/feedback/draft"}
    assert share in behind(whole.changes, {"bloom/reports/R1"})


def test_the_same_world_gives_the_same_plan() -> None:
    seen = world(MAY_31, FOLDER, sources=(report(),))
    assert make_plan(seen, client(), STEPS) == make_plan(seen, client(), STEPS)


def test_every_step_has_its_command_and_its_line_of_help() -> None:
    assert {step.name for step in STEPS} == set(STEP_NAMES)


def test_every_step_can_be_skipped_by_its_name() -> None:
    assert {step.name for step in STEPS} == set(SKIPPED)
