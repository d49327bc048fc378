"""Unshare: only what the program gave, on the person's word, once; and not given again unasked."""

from __future__ import annotations

from typing import Any

import pytest

from offboard.engine.make import Watch
from offboard.engine.run import Agreement, run
from offboard.sandbox.faults import Instruction, Scenario
from offboard.steps.unshare import UNSHARE
from offboard.tracker.tabs import letter_of
from offboard.world import Wishes
from tests.engine.test_again import folder_id, take_share_back
from tests.engine.test_way import place_of, run_without_end
from tests.rehearsal import Rehearsal, World

KINDS = ("applied-drop", "503", "applied-503", "reset", "truncated", "401")


def readers(rehearsal: Rehearsal) -> set[str]:
    fields = "permissions(emailAddress,role)"
    found = rehearsal.get(f"/drive/v3/files/{folder_id(rehearsal)}/permissions?fields={fields}")["permissions"]
    return {permission["emailAddress"] for permission in found if permission["role"] != "owner"}


def told(rehearsal: Rehearsal, *words: str) -> str:
    return " ".join(rehearsal.offboard(*words).output.split())


def taken(rehearsal: Rehearsal) -> list[list[Any]]:
    return [row for row in rehearsal.rows("Log") if "may no longer read" in str(row[4])]


def test_it_says_what_was_promised_and_takes_it_back_once(rested: Rehearsal) -> None:
    said = told(rested, "unshare", "bloom", "--yes")
    assert "take the folder back from maya@bloom.example Maya was told that it stays until " in said
    assert readers(rested) == set()
    assert rested.ledger()["bloom/share/maya@bloom.example"] == "taken"
    asked = rested.requests_of(lambda: rested.offboard("unshare", "bloom", "--yes"))
    assert {request["method"] for request in asked} == {"GET"}
    assert "Nothing to take back" in told(rested, "unshare", "bloom", "--yes")
    assert len(taken(rested)) == 1


def test_it_is_asked_of_google_once(rested: Rehearsal) -> None:
    asked = rested.requests_of(lambda: rested.offboard("unshare", "bloom", "--yes"))
    assert [request["method"] for request in asked].count("DELETE") == 1, "an empty answer is no lost reply"


def test_without_a_yes_nothing_is_taken_back(rested: Rehearsal) -> None:
    assert rested.offboard("unshare", "bloom").exit_code == 2
    report = run(place_of(rested), "bloom", Wishes(), "n", lambda *_: Agreement(go=False), Watch(), (UNSHARE,))
    assert report.declined
    assert readers(rested) == {"maya@bloom.example"}


def test_it_is_not_shared_again_unasked_and_once_when_asked(rested: Rehearsal, undisturbed: World) -> None:
    rested.offboard("unshare", "bloom", "--yes")
    rested.offboard("run", "bloom", "--yes")
    assert readers(rested) == set()
    assert "taken back from maya@bloom.example on your word" in told(rested, "status", "bloom")
    rested.offboard("share", "bloom", "--again", "--yes")
    rested.come_to_rest()
    assert readers(rested) == {"maya@bloom.example"}
    assert rested.world()["ledger"] == undisturbed["ledger"]


def test_a_stranger_is_named_and_left_alone(rested: Rehearsal) -> None:
    body = {"type": "user", "role": "reader", "emailAddress": "kim@oldagency.example"}
    rested.person.ask("POST", f"/drive/v3/files/{folder_id(rested)}/permissions", body)
    assert "kim@oldagency.example can open it too" in told(rested, "unshare", "bloom", "--yes")
    assert readers(rested) == {"kim@oldagency.example"}


def test_who_was_taken_off_by_hand_already_is_written_down(rested: Rehearsal) -> None:
    take_share_back(rested)
    said = told(rested, "unshare", "bloom", "--yes")
    assert "note that maya@bloom.example was taken off by hand" in said
    assert rested.ledger()["bloom/share/maya@bloom.example"] == "taken"


def test_somebody_let_in_and_no_longer_in_the_tracker_is_taken_off_too(rested: Rehearsal) -> None:
    rested.type(f"Clients!{letter_of('Clients', 'share_with')}2", ["leo@corvo.example"])
    rested.offboard("run", "bloom", "--yes")
    assert readers(rested) == {"maya@bloom.example", "leo@corvo.example"}
    rested.offboard("unshare", "bloom", "--yes")
    assert readers(rested) == set()


def test_called_off_says_how_to_take_it_back_and_then_it_is(rested: Rehearsal) -> None:
    rested.type(f"Clients!{letter_of('Clients', 'notice_given')}2", [""])
    rested.type(f"Clients!{letter_of('Clients', 'last_day')}2", [""])
    assert "offboard unshare bloom" in told(rested, "run", "bloom", "--yes")
    rested.offboard("unshare", "bloom", "--yes")
    assert readers(rested) == set()
    assert "offboard unshare bloom" not in told(rested, "run", "bloom", "--yes")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["drive.permissions.delete", "sheets.spreadsheets.batchUpdate"])
def test_a_lost_reply_takes_nothing_else_back_and_says_it_once(rested: Rehearsal, method: str, kind: str) -> None:
    rested.sandbox.faults.begin(Scenario((Instruction(method, 1, kind),)))
    rested.offboard("unshare", "bloom", "--yes")
    assert [fault["used"] for fault in rested.sandbox.faults.report()["faults"]] == [1]
    rested.sandbox.faults.end()
    rested.offboard("unshare", "bloom", "--yes")
    assert readers(rested) == set()
    assert len(taken(rested)) == 1


def test_two_at_once_say_it_once(rested: Rehearsal) -> None:
    def ask(*_: object) -> Agreement:
        rested.offboard("unshare", "bloom", "--yes")
        return Agreement(go=True)

    run(place_of(rested), "bloom", Wishes(), "other", ask, Watch(), (UNSHARE,))
    assert readers(rested) == set()
    assert len(taken(rested)) == 1


def test_cut_off_before_it_was_written_down_the_next_run_writes_it(rested: Rehearsal) -> None:
    run_without_end(rested, (UNSHARE,))
    assert readers(rested) == set()
    rested.offboard("unshare", "bloom", "--yes")
    assert len(taken(rested)) == 1


def test_who_had_but_the_reports_does_not_get_the_rest_when_all_is_paid(rehearsal: Rehearsal) -> None:
    """The word was about the client's access, not about one folder of it; a cron job must not give more than before."""
    rehearsal.type(f"Clients!{letter_of('Clients', 'share')}2", ["reports now, rest when paid"])
    rehearsal.type(f"Invoices!{letter_of('Invoices', 'paid')}2", [""], [""])
    rehearsal.offboard("run", "bloom", "--yes")
    said = told(rehearsal, "unshare", "bloom", "--yes")
    assert "share maya@bloom.example may no longer read" in said
    assert "taken back from maya@bloom.example on your word" in told(rehearsal, "status", "bloom")
    rehearsal.type(f"Invoices!{letter_of('Invoices', 'paid')}2", ["x"], ["x"])
    rehearsal.offboard("run", "bloom", "--yes")
    assert readers(rehearsal) == set()
    rehearsal.offboard("share", "bloom", "--again", "--yes")
    assert readers(rehearsal) == {"maya@bloom.example"}


def test_taken_back_before_the_share_was_written_down_it_stays_taken_back(rehearsal: Rehearsal) -> None:
    act = Instruction(
        "drive.permissions.create", 1, "edit", when="after", act=lambda: rehearsal.offboard("unshare", "bloom", "--yes")
    )
    rehearsal.sandbox.faults.begin(Scenario((act,)))
    rehearsal.offboard("run", "bloom", "--yes")
    rehearsal.sandbox.faults.end()
    assert readers(rehearsal) == set()
    assert rehearsal.ledger()["bloom/share/maya@bloom.example"] == "taken"
    rehearsal.offboard("run", "bloom", "--yes")
    assert "taken back from maya@bloom.example on your word" in told(rehearsal, "status", "bloom")
    assert readers(rehearsal) == set()


def test_a_share_that_another_run_is_just_making_is_named(rehearsal: Rehearsal) -> None:
    said: list[str] = []
    act = Instruction(
        "drive.permissions.create", 1, "edit", act=lambda: said.append(told(rehearsal, "unshare", "bloom", "--yes"))
    )
    rehearsal.sandbox.faults.begin(Scenario((act,)))
    rehearsal.offboard("run", "bloom", "--yes")
    rehearsal.sandbox.faults.end()
    assert "sharing with maya@bloom.example was begun and its end is not known" in said[0]
    rehearsal.offboard("unshare", "bloom", "--yes")
    assert readers(rehearsal) == set()
