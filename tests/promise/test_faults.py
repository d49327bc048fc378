"""Any fault at any request, then run again: one folder, each file once, each draft once, each log row once."""

from __future__ import annotations

from itertools import cycle

import pytest

from offboard.commands.session import new_nonce, now
from offboard.config import load_config
from offboard.emails.templates import load_templates
from offboard.engine.look import Place
from offboard.engine.make import Watch
from offboard.engine.run import Agreement, run
from offboard.errors import OffboardError
from offboard.sandbox.faults import Instruction, Scenario
from offboard.workspace.google import Patience
from offboard.workspace.workspace import open_workspace
from offboard.world import Wishes
from tests.rehearsal import Rehearsal, World

KINDS = ("429", "503", "applied-drop", "applied-503", "truncated", "401", "500", "reset", "403-rate")
WAITING = ("stall", "applied-stall", "late")  # the reply does not come in time; late: what was asked happens afterwards
REPLY = 1.0  # seconds until a reply counts as lost here
CALLS = 39  # a fresh run of the demo's client makes so many or one more, each part of a batch being one
PLACES = range(1, CALLS + 1)
SAMPLE = list(zip(cycle(KINDS), PLACES, strict=False))
SAMPLE += list(zip(cycle(WAITING), PLACES[::5], strict=False))
REST = [(kind, place) for kind in KINDS + WAITING for place in PLACES if (kind, place) not in SAMPLE]


def run_amiss(rehearsal: Rehearsal, scenario: Scenario) -> str:
    """A run that nobody waits for, under this scenario; what it ended with."""
    config = load_config(rehearsal.home, {})
    # elsewhere a slow machine must not look like a lost reply
    waits = any(told.fault in WAITING for told in scenario.faults)
    workspace = open_workspace(config, Patience(600, sleep=lambda _: None, reply=REPLY if waits else None))
    place = Place(workspace, config.tracker.value, load_templates(rehearsal.home), now, rehearsal.home)
    rehearsal.sandbox.faults.begin(scenario)
    try:
        run(place, "bloom", Wishes(), new_nonce(), lambda *_: Agreement(go=True), Watch())
    except OffboardError as error:
        return error.message
    return ""


def check(rehearsal: Rehearsal, undisturbed: World, *faults: Instruction) -> None:
    """Once the run with these faults has been run again, the world is as if nothing had been amiss."""
    run_amiss(rehearsal, Scenario(faults))
    report = rehearsal.sandbox.faults.report()
    assert [fault["used"] for fault in report["faults"]] == [fault.times for fault in faults]
    assert not [fault["refused"] for fault in report["faults"] if fault["refused"]]
    rehearsal.sandbox.faults.end()
    rehearsal.come_to_rest()
    assert rehearsal.world() == undisturbed


@pytest.mark.parametrize(("kind", "place"), SAMPLE)
def test_a_fault_at_any_request_costs_nothing_and_doubles_nothing(
    kind: str, place: int, rehearsal: Rehearsal, undisturbed: World
) -> None:
    check(rehearsal, undisturbed, Instruction("*", place, kind))


def test_the_places_reach_from_the_first_call_to_the_last(rehearsal: Rehearsal) -> None:
    run_amiss(rehearsal, Scenario())
    assert rehearsal.sandbox.faults.report()["requests"] in (CALLS, CALLS + 1)


def test_lists_that_lag_and_the_quotas_of_a_minute_change_nothing(rehearsal: Rehearsal, undisturbed: World) -> None:
    for _ in range(2):
        assert not run_amiss(rehearsal, Scenario(lag=20, quotas=True))
    rehearsal.sandbox.faults.end()
    assert rehearsal.world() == undisturbed


@pytest.mark.every
@pytest.mark.parametrize(("kind", "place"), REST)
def test_every_fault_at_every_request_costs_nothing_and_doubles_nothing(
    kind: str, place: int, rehearsal: Rehearsal, undisturbed: World
) -> None:
    check(rehearsal, undisturbed, Instruction("*", place, kind))


@pytest.mark.parametrize(
    ("method", "says"),
    [
        ("drive.files.copy", "copy “"),
        ("gmail.users.drafts.update", "write an e-mail draft"),
        ("sheets.spreadsheets.batchUpdate", "write down what was done"),
    ],
)
def test_a_lost_reply_is_said_and_what_was_found_instead(rehearsal: Rehearsal, method: str, says: str) -> None:
    rehearsal.sandbox.faults.begin(Scenario((Instruction(method, 1, "applied-drop"),)))
    result = rehearsal.offboard("run", "bloom", "--yes")
    told = " ".join(result.stderr.split())
    assert result.exit_code == 0
    assert f"The reply to “{says}" in told
    assert "was lost; looked again: it is done" in told


def test_a_run_gives_up_at_its_deadline_and_the_next_one_goes_on(rehearsal: Rehearsal, undisturbed: World) -> None:
    busy = Instruction("drive.files.create", 1, "503", times=1000, retry_after=1)
    rehearsal.sandbox.faults.begin(Scenario((busy,)))
    result = rehearsal.offboard("run", "bloom", "--yes", "--timeout", "2")
    assert result.exit_code == 1
    assert "trying again in" in result.stderr
    assert rehearsal.sandbox.faults.report()["faults"][0]["used"] < 10
    rehearsal.sandbox.faults.end()
    rehearsal.come_to_rest()
    assert rehearsal.world()["files"] == undisturbed["files"]
