"""Empty drafts that nobody will fill are taken away: in the open, when they are old, and only what is surely ours."""

from __future__ import annotations

import base64
from datetime import timedelta
from email.message import EmailMessage

import pytest

from offboard.emails.message import KEY, SHELL_SUBJECT, format_shell
from offboard.engine.sweep import SAYS
from offboard.sandbox.faults import Instruction, Scenario
from tests.rehearsal import Rehearsal

DRAFTS = "/gmail/v1/users/me/drafts"


def leave(rehearsal: Rehearsal, content: bytes, days: float) -> str:
    """A draft that has lain there for so many days."""
    clock = rehearsal.sandbox.state.clock
    now = clock.now()
    clock.set(now - timedelta(days=days))
    raw = base64.urlsafe_b64encode(content).decode()
    id = str(rehearsal.person.ask("POST", DRAFTS, {"message": {"raw": raw}})["id"])
    clock.set(now)
    return id


def shell_of(rehearsal: Rehearsal, key: str = "bloom/call/draft", tracker: str = "") -> bytes:
    return format_shell(f"{tracker or rehearsal.tracker}:{key}")


def is_there(rehearsal: Rehearsal, id: str) -> bool:
    return id in [draft["id"] for draft in rehearsal.get(DRAFTS).get("drafts", [])]


def test_a_stray_shell_is_swept_when_it_is_a_day_old_and_the_log_says_so(rested: Rehearsal) -> None:
    stray = leave(rested, shell_of(rested), days=1.1)
    drafts = rested.world()["drafts"]
    rested.offboard("run", "bloom", "--yes")
    assert not is_there(rested, stray)
    assert [row[2] for row in rested.rows("Ledger") if row[1] == f"sweeping|{stray}"] == [stray]
    assert [row[1:5] for row in rested.rows("Log") if row[4] == SAYS] == [["bloom", "call", "done", SAYS]]
    assert [draft for draft in drafts if draft[0]] == rested.world()["drafts"]


def test_what_is_young_filled_another_trackers_or_another_programs_stays(rested: Rehearsal) -> None:
    begun = EmailMessage()
    begun[KEY], begun["Subject"] = f"{rested.tracker}:bloom/call/draft", SHELL_SUBJECT
    begun.set_content("Dear Maya, I began to write here")
    foreign = EmailMessage()
    foreign["Subject"] = SHELL_SUBJECT
    kept = [
        leave(rested, shell_of(rested), days=0.9),
        leave(rested, begun.as_bytes(), days=9),
        leave(rested, shell_of(rested, tracker="another"), days=9),
        leave(rested, foreign.as_bytes(), days=9),
    ]
    rested.offboard("run", "bloom", "--yes")
    assert all(is_there(rested, id) for id in kept)


def test_a_shell_that_the_ledger_names_is_filled_however_old_it_is(rehearsal: Rehearsal) -> None:
    rehearsal.sandbox.faults.begin(Scenario((Instruction("gmail.users.drafts.update", 1, "500", times=99),)))
    rehearsal.offboard("run", "bloom", "--yes", "--timeout", "1")
    rehearsal.sandbox.faults.end()
    shells = {draft["id"] for draft in rehearsal.get(DRAFTS)["drafts"]}
    clock = rehearsal.sandbox.state.clock
    clock.set(clock.now() + timedelta(days=2))
    rehearsal.come_to_rest()
    assert {draft["id"] for draft in rehearsal.get(DRAFTS)["drafts"]} == shells
    assert all(to for to, *_ in rehearsal.world()["drafts"])


@pytest.mark.parametrize("kind", ["applied-drop", "503"])
@pytest.mark.parametrize("method", ["gmail.users.drafts.delete", "sheets.spreadsheets.batchUpdate"])
def test_a_lost_reply_leaves_one_row_and_no_shell(method: str, kind: str, rested: Rehearsal) -> None:
    stray = leave(rested, shell_of(rested), days=2)
    rested.sandbox.faults.begin(Scenario((Instruction(method, 1, kind),)))
    for _ in range(2):
        rested.offboard("run", "bloom", "--yes")
    assert not is_there(rested, stray)
    assert len([row for row in rested.rows("Log") if row[4] == SAYS]) == 1


def test_a_run_that_is_overtaken_sweeps_nothing_and_the_next_one_does(rested: Rehearsal) -> None:
    stray = leave(rested, shell_of(rested), days=2)

    def overtake() -> None:
        rested.sandbox.faults.end()
        rested.offboard("run", "bloom", "--yes", "--only", "share")

    rested.type("Clients!C2", ["Mia"])  # something to say: the other run writes as well
    overtaken = Instruction("sheets.spreadsheets.batchUpdate", 1, "edit", act=overtake)
    rested.sandbox.faults.begin(Scenario((overtaken,)))
    rested.offboard("run", "bloom", "--yes")
    rested.offboard("run", "bloom", "--yes")
    assert not is_there(rested, stray)
    assert len([row for row in rested.rows("Log") if row[4] == SAYS]) == 1
