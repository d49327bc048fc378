"""Who may open the folder: asked for by the person's cell, given once, told truly, and Google mails nobody unasked."""

from __future__ import annotations

import pytest

from offboard.sandbox.scenario import Instruction, Scenario
from offboard.tracker.tabs import letter_of
from tests.rehearsal import Rehearsal


def type_cell(rehearsal: Rehearsal, place: str, text: str) -> None:
    rehearsal.type(place, [text])


def readers(rehearsal: Rehearsal) -> set[str]:
    found = {who for *_, people in rehearsal.world()["files"] for who in people.split(",") if who.endswith(":reader")}
    return {who.removesuffix(":reader") for who in found}


def notices(rehearsal: Rehearsal) -> list[str]:
    """Whom Google mailed by itself."""
    return [row[0] for row in rehearsal.sandbox.state.db.execute("SELECT recipient FROM notices")]


def told(rehearsal: Rehearsal, *words: str) -> str:
    return " ".join(rehearsal.offboard(*words).output.split())


def test_nothing_is_shared_before_there_is_a_folder_and_the_client_goes_on_once_there_is(rehearsal: Rehearsal) -> None:
    type_cell(rehearsal, "Clients!G2", "2026-11-01")
    type_cell(rehearsal, "Clients!H2", "")
    assert "let maya@bloom.example" not in told(rehearsal, "plan", "bloom")
    assert "when the folder is made" in told(rehearsal, "status", "bloom")
    requests = rehearsal.requests_of(lambda: rehearsal.offboard("run", "bloom", "--yes"))
    assert not [request for request in requests if str(request["path"]).endswith("/permissions")]
    type_cell(rehearsal, "Clients!H2", "2026-11-30")
    rehearsal.come_to_rest()
    assert readers(rehearsal) == {"maya@bloom.example"}


@pytest.mark.parametrize("text", ["when paid", "reports now, rest when paid", ""])
def test_what_was_given_is_not_said_to_be_less(rested: Rehearsal, text: str) -> None:
    type_cell(rested, "Invoices!F2", "")
    type_cell(rested, "Clients!K2", text)
    assert "maya@bloom.example can read the folder" in told(rested, "status", "bloom")


def test_whoever_can_still_read_after_the_address_changed_is_named(rested: Rehearsal) -> None:
    type_cell(rested, "Clients!D2", "leo@corvo.example")
    rested.come_to_rest()
    assert readers(rested) == {"maya@bloom.example", "leo@corvo.example"}
    assert "maya@bloom.example can still read it" in told(rested, "status", "bloom")


def test_google_mails_only_who_has_no_account_and_only_when_asked_to(rehearsal: Rehearsal) -> None:
    type_cell(rehearsal, "Clients!E2", "maya@bloom.example, maya@nowhere.example")
    rehearsal.offboard("run", "bloom", "--yes")
    assert notices(rehearsal) == []
    rehearsal.offboard("share", "bloom", "--yes", "--let-google-mail")
    assert notices(rehearsal) == ["maya@nowhere.example"]


def test_google_mails_once_although_its_answer_was_lost(rehearsal: Rehearsal) -> None:
    type_cell(rehearsal, "Clients!E2", "maya@nowhere.example")
    rehearsal.sandbox.faults.begin(Scenario(faults=(Instruction("drive.permissions.create", 2, "applied-drop"),)))
    rehearsal.offboard("run", "bloom", "--yes", "--let-google-mail")
    assert rehearsal.sandbox.faults.report()["faults"][0]["used"] == 1
    for _ in range(2):
        rehearsal.offboard("share", "bloom", "--yes", "--let-google-mail")
    rehearsal.come_to_rest()
    assert notices(rehearsal) == ["maya@nowhere.example"]
    assert rehearsal.ledger()["bloom/share/maya@nowhere.example"] == "made"


def test_a_folder_that_does_not_wait_for_skipped_invoices_says_what_is_open(rehearsal: Rehearsal) -> None:
    rehearsal.type(f"Clients!{letter_of('Clients', 'share')}2", ["when paid"])
    rehearsal.type(f"Clients!{letter_of('Clients', 'skip')}2", ["invoices"])
    rehearsal.type(f"Invoices!{letter_of('Invoices', 'paid')}2", [""])
    told = " ".join(rehearsal.offboard("plan", "bloom").output.split())
    assert "1 invoice is open, but you skip the invoices: the folder does not wait for them" in told
