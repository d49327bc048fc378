"""Accounts added amiss: any fault, runners at once, a person's edits in between; each row once, nobody's cell lost."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from typing import Any

import pytest

from offboard.commands.accounts import find_missing
from offboard.commands.session import new_nonce, now
from offboard.config import load_config
from offboard.emails.templates import load_templates
from offboard.engine.add_rows import Wanted, add_rows
from offboard.engine.look import Place
from offboard.errors import OffboardError
from offboard.model import Client
from offboard.sandbox.faults import Edit, Instruction, Scenario
from offboard.workspace.google import Patience
from offboard.workspace.workspace import open_workspace
from offboard.world import Wishes, World
from tests.promise.amiss import KINDS, REPLY, WAITING
from tests.promise.edits import cells, insert, move, rename, sort
from tests.rehearsal import Rehearsal
from tests.sampled import sampled

ACCESS = 102
TYPED = ("tiktok", "canva", "later")  # Later is there already
COMMAND = ("accounts", "bloom", *TYPED, "--yes")
BEFORE = ["Instagram", "Google Business Profile", "Later"]
AFTER = sorted([*BEFORE, "TikTok", "Canva"])
WRITE = "sheets.spreadsheets.batchUpdate"
FAULTS = [kind for kind in KINDS if kind != "403-rate"]  # which Sheets never answers
CALLS = 3  # look, append, look again


def platforms(rehearsal: Rehearsal) -> list[str]:
    """Bloom's platforms as the program itself reads them."""
    return sorted(account["platform"] for account in rehearsal.answer("accounts", "bloom")["accounts"])


def logged(rehearsal: Rehearsal) -> list[str]:
    """What the Log says of it."""
    return [row[4] for row in rehearsal.rows("Log") if row[2] == "access"]


def add_amiss(rehearsal: Rehearsal, *faults: Instruction) -> str:
    """Add them under these faults, nobody waiting for long; what it ended with."""
    config = load_config(rehearsal.home, {})
    waits = any(fault.fault in WAITING for fault in faults)
    workspace = open_workspace(config, Patience(600, sleep=lambda _: None, reply=REPLY if waits else None))
    place = Place(workspace, config.tracker.value, load_templates(rehearsal.home), now, rehearsal.home)

    def find(world: World, who: Client) -> Wanted:
        return Wanted("Access", tuple(find_missing(world, who, TYPED)), "access", "Added")

    rehearsal.sandbox.faults.begin(Scenario(faults))
    try:
        add_rows(place, "bloom", Wishes(), new_nonce(), find, lambda *_: True)
    except OffboardError as error:
        return f"{error.message} {error.hint}"
    finally:
        assert all(fault["used"] for fault in rehearsal.sandbox.faults.report()["faults"])
        rehearsal.sandbox.faults.end()
    return ""


@pytest.mark.parametrize(("kind", "call"), sampled(product(FAULTS, range(1, CALLS + 1)), 4))
def test_any_fault_at_any_request_adds_each_row_once(rehearsal: Rehearsal, kind: str, call: int) -> None:
    add_amiss(rehearsal, Instruction("*", call, kind))
    rehearsal.offboard(*COMMAND)
    assert platforms(rehearsal) == AFTER
    assert len(logged(rehearsal)) == 1


@pytest.mark.parametrize(
    ("act", "call", "when"), sampled(product([sort, insert, rename], range(1, CALLS + 1), ["before", "after"]), 5)
)
def test_an_edit_at_any_moment_confuses_nothing(rehearsal: Rehearsal, act: Any, call: int, when: str) -> None:
    typed = cells(rehearsal)
    edit = Edit("POST", f"/v4/spreadsheets/{rehearsal.tracker}:batchUpdate", {"requests": [act(ACCESS)]})
    assert not add_amiss(rehearsal, Instruction("*", call, "edit", when=when, requests=(edit,)))
    assert platforms(rehearsal) == AFTER
    assert cells(rehearsal) == sorted([*typed, "bloom", "bloom", "TikTok", "Canva"])


@pytest.mark.parametrize(("call", "when"), [(1, "before"), (2, "after"), (3, "before")])
def test_columns_that_move_before_we_read_or_after_we_wrote_take_the_rows_along(
    rehearsal: Rehearsal, call: int, when: str
) -> None:
    edit = Edit("POST", f"/v4/spreadsheets/{rehearsal.tracker}:batchUpdate", {"requests": [move(ACCESS)]})
    assert not add_amiss(rehearsal, Instruction("*", call, "edit", when=when, requests=(edit,)))
    assert platforms(rehearsal) == AFTER


def test_columns_that_move_between_reading_and_writing_are_told_with_the_rows_and_cost_no_cell(
    rehearsal: Rehearsal,
) -> None:
    """Nothing can hold a person's hand off the columns; what stands under wrong headers is found and named."""
    typed = cells(rehearsal)
    edit = Edit("POST", f"/v4/spreadsheets/{rehearsal.tracker}:batchUpdate", {"requests": [move(ACCESS)]})
    told = add_amiss(rehearsal, Instruction("*", 2, "edit", when="before", requests=(edit,)))
    assert "they stand under wrong headers. Nothing that was typed there was overwritten." in told
    assert "Look at Access!6:6, Access!7:7: move what stands there, or delete it." in told
    assert cells(rehearsal) == sorted([*typed, "bloom", "bloom", "TikTok", "Canva"])
    _delete_rows(rehearsal, 5, 7)
    rehearsal.offboard(*COMMAND)
    assert platforms(rehearsal) == AFTER


def test_rows_that_vanish_before_we_look_again_are_told_and_added_anew_only_when_asked(rehearsal: Rehearsal) -> None:
    told = add_amiss(rehearsal, Instruction("*", 3, "edit", act=lambda: _delete_rows(rehearsal, 5, 7)))
    assert "The rows that were just added to the tab Access are not there any more." in told
    rehearsal.offboard(*COMMAND)
    assert platforms(rehearsal) == AFTER


def _delete_rows(rehearsal: Rehearsal, start: int, end: int) -> None:
    rows = {"sheetId": ACCESS, "dimension": "ROWS", "startIndex": start, "endIndex": end}
    body = {"requests": [{"deleteDimension": {"range": rows}}]}
    rehearsal.person.ask("POST", f"/v4/spreadsheets/{rehearsal.tracker}:batchUpdate", body)


def test_a_row_that_a_person_types_at_the_same_moment_is_told_to_be_there_twice(rehearsal: Rehearsal) -> None:
    row = ["bloom", "Canva"]
    act = Instruction(WRITE, 1, "edit", act=lambda: rehearsal.type("Access!A6", row))
    rehearsal.sandbox.faults.begin(Scenario((act,)))
    told = " ".join(rehearsal.offboard(*COMMAND).output.split())
    assert "The same account twice? Look at Access!B6 and Access!B8" in told
    assert platforms(rehearsal) == sorted([*AFTER, "Canva"])


@pytest.mark.parametrize("runners", [2, 3])
def test_runners_at_once_add_each_row_once(rehearsal: Rehearsal, runners: int) -> None:
    command = [sys.executable, "-c", "from offboard.commands import main; main()", *COMMAND, "--json"]
    running = [
        subprocess.Popen([*command, "--home", str(rehearsal.home)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(runners)
    ]
    for process in running:
        out, err = process.communicate(timeout=90)
        assert process.returncode == 0, (out + err).decode()
    assert platforms(rehearsal) == AFTER
    assert len(logged(rehearsal)) == 1


def test_a_runner_that_is_overtaken_looks_again_and_adds_only_the_rest(rehearsal: Rehearsal) -> None:
    other = Instruction(WRITE, 1, "edit", act=lambda: rehearsal.offboard("accounts", "bloom", "canva", "--yes"))
    assert not add_amiss(rehearsal, other)
    assert platforms(rehearsal) == AFTER
    assert len(logged(rehearsal)) == 2


def test_rows_that_were_made_are_peoples_from_then_on(rehearsal: Rehearsal) -> None:
    """Deleted by a person, a row stays away until it is asked for again."""
    rehearsal.offboard(*COMMAND)
    _delete_rows(rehearsal, 5, 7)
    rehearsal.offboard("run", "bloom", "--yes")
    assert platforms(rehearsal) == sorted(BEFORE)
    rehearsal.offboard(*COMMAND)
    assert platforms(rehearsal) == AFTER
