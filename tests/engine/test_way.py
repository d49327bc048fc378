"""The way of a run with everything handed in: the clock, the question, the moment of each result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from offboard.commands.output import Invocation
from offboard.commands.session import now, open_place
from offboard.config import load_config
from offboard.engine.look import Clock, Place
from offboard.engine.make import Watch
from offboard.engine.run import Agreement, Report, run
from offboard.errors import InterruptedRunError, OffboardError
from offboard.plan import Plan, Result, Step
from offboard.sandbox.faults import Instruction, Scenario
from offboard.steps import STEPS
from offboard.workspace.google import Patience
from offboard.workspace.workspace import open_workspace
from offboard.world import Wishes, World
from tests.patient import Patient
from tests.rehearsal import Rehearsal

YES = Agreement(go=True)


def place_of(rehearsal: Rehearsal, clock: Clock = now) -> Place:
    found = open_place(Invocation(load_config(rehearsal.home, {})))
    return Place(found.workspace, found.tracker_id, found.templates, clock, found.home)


def run_without_end(rehearsal: Rehearsal, steps: Sequence[Step] = STEPS) -> None:
    """A run that makes everything and cannot write down what it did, until it gives up."""
    busy = Instruction("sheets.spreadsheets.batchUpdate", 1, "500", times=100)
    rehearsal.sandbox.faults.begin(Scenario((busy,)))
    patient = Patient()
    workspace = open_workspace(load_config(rehearsal.home, {}), Patience(60, clock=patient, sleep=patient.sleep))
    place = replace(place_of(rehearsal), workspace=workspace)
    with pytest.raises(OffboardError):
        run(place, "bloom", Wishes(), "ends", lambda *_: YES, Watch(), steps)
    rehearsal.sandbox.faults.end()


def run_bloom(
    rehearsal: Rehearsal,
    ask: Callable[[World, Plan], Agreement] = lambda *_: YES,
    on_result: Callable[[Result], None] = lambda _: None,
    clock: Clock = now,
    nonce: str = "test",
) -> Report:
    return run(place_of(rehearsal, clock), "bloom", Wishes(), nonce, ask, Watch(on_result))


def test_a_no_makes_nothing(rehearsal: Rehearsal) -> None:
    before = rehearsal.world()
    requests = rehearsal.requests_of(lambda: run_bloom(rehearsal, lambda *_: Agreement(go=False)))
    assert {request["method"] for request in requests} == {"GET"}
    assert rehearsal.world() == before


def test_a_no_to_the_share_makes_the_rest_and_leaves_the_handover_for_later(rehearsal: Rehearsal) -> None:
    report = run_bloom(rehearsal, lambda *_: Agreement(go=True, share=False))
    assert {result.change.step for result in report.results} == {"folder", "reports"}
    assert not any("reader" in readers for *_, readers in rehearsal.world()["files"])
    assert report.settled is not None
    assert {step.step: step.why for step in report.settled.steps}["share"] == "not now, as you said"


def test_whoever_slept_over_the_question_looks_again_before_anything_is_made(rehearsal: Rehearsal) -> None:
    late = timedelta()

    def clock(zone: ZoneInfo) -> datetime:
        return now(zone) + late

    asked = []

    def ask(_world: World, plan: Plan) -> Agreement:
        nonlocal late
        asked.append(plan)
        late += timedelta(minutes=10)
        return YES

    run_bloom(rehearsal, ask, clock=clock)
    assert len(asked) == 1, "the same changes are not asked for twice"
    assert any("Hi Maya" in text for *_, text in rehearsal.world()["drafts"])


@pytest.mark.parametrize(
    ("place", "typed"), [("Clients!D2", "leo@corvo.example"), ("Clients!B2", "Bloom"), ("Clients!C2", "Mia")]
)
def test_what_was_changed_while_the_question_stood_is_asked_for_anew(
    rehearsal: Rehearsal, place: str, typed: str
) -> None:
    late = timedelta()
    asked: list[Plan] = []

    def ask(_world: World, plan: Plan) -> Agreement:
        nonlocal late
        asked.append(plan)
        if len(asked) == 1:
            late += timedelta(minutes=10)
            rehearsal.type(place, [typed])
            return YES
        return Agreement(go=False)

    before = rehearsal.world()
    report = run_bloom(rehearsal, ask, clock=lambda zone: now(zone) + late)
    assert (len(asked), report.declined) == (2, True)
    assert rehearsal.world() == before


def test_a_sleep_is_noticed_also_while_the_clocks_are_set_back(rehearsal: Rehearsal) -> None:
    autumn = [datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))]
    asked = []

    def ask(_world: World, plan: Plan) -> Agreement:
        asked.append(plan)
        autumn[0] = autumn[0].replace(minute=31, fold=1)  # an hour and a minute later
        return YES

    looks = rehearsal.requests_of(lambda: run_bloom(rehearsal, ask, clock=lambda _zone: autumn[0]))
    tracker = [r for r in looks if r["method"] == "GET" and str(r["path"]).endswith(rehearsal.tracker)]
    assert (len(asked), len(tracker)) == (1, 2)


def test_somebody_elses_run_during_the_question_is_found_and_nothing_is_made_twice(rehearsal: Rehearsal) -> None:
    def ask(_world: World, _plan: Plan) -> Agreement:
        rehearsal.come_to_rest()
        return YES

    run_bloom(rehearsal, ask)
    world = rehearsal.world()
    assert len(set(world["log"])) == len(world["log"])
    assert len([path for path, *_ in world["files"] if path.endswith("Followers.csv")]) == 2
    assert len([draft for draft in world["drafts"] if draft[0]]) == 2


def test_what_somebody_elses_run_shared_meanwhile_is_not_shared_again(rehearsal: Rehearsal) -> None:
    met = False

    def on_result(result: Result) -> None:
        nonlocal met
        if result.change.step == "reports" and not met:
            met = True
            run_bloom(rehearsal, nonce="other")

    requests = rehearsal.requests_of(lambda: run_bloom(rehearsal, on_result=on_result))
    shares = [r for r in requests if r["method"] == "POST" and str(r["path"]).endswith("/permissions")]
    assert (met, len(shares)) == (True, 1)
    world = rehearsal.world()
    assert len([draft for draft in world["drafts"] if draft[0]]) == 2
    assert len(set(world["log"])) == len(world["log"])
    assert "begun" not in rehearsal.ledger().values()


@pytest.mark.parametrize("place", [1, 5, 12])
def test_ctrl_c_writes_down_what_is_done_and_the_next_run_goes_on(rehearsal: Rehearsal, place: int) -> None:
    results: list[Result] = []

    def on_result(result: Result) -> None:
        results.append(result)
        if len(results) == place:
            raise KeyboardInterrupt

    with pytest.raises(InterruptedRunError, match="done and written down"):
        run_bloom(rehearsal, on_result=on_result)
    assert list(rehearsal.ledger().values()).count("made") >= place - 1
    rehearsal.come_to_rest()
    world = rehearsal.world()
    assert len(set(world["log"])) == len(world["log"])
    assert len([path for path, *_ in world["files"] if path.endswith("Followers.csv")]) == 2


def test_a_template_that_fails_is_told_before_anything_is_made(rehearsal: Rehearsal) -> None:
    (rehearsal.home / "templates").mkdir()
    (rehearsal.home / "templates" / "goodbye.md.j2").write_text("Subject: Hi\n\n{{ nobody }}\n", encoding="utf-8")
    before = rehearsal.world()
    with pytest.raises(OffboardError, match="cannot be written"):
        run_bloom(rehearsal)
    assert rehearsal.world() == before
