"""Closed: when every step is done a summary for each of both, once; from then on a run does nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from itertools import cycle

import pytest
from pypdf import PdfReader

from offboard.commands.session import new_nonce
from offboard.engine.make import Watch
from offboard.engine.run import Agreement, run
from offboard.sandbox.faults import Instruction, Scenario
from offboard.tracker.tabs import letter_of
from offboard.world import Wishes
from tests.engine.test_way import place_of
from tests.rehearsal import ZONE, Rehearsal, today
from tests.sampled import sampled

KINDS = ("applied-drop", "503", "applied-503", "reset", "truncated", "401", "429")
CALLS = 15  # of the run that closes, each part of a batch being one
SUMMARY, OWN = "Closing summary.pdf", "Closing summary, for me.pdf"


def cell(field: str) -> str:
    return f"Clients!{letter_of('Clients', field)}2"


def finish(rehearsal: Rehearsal, *, thanked: bool = True) -> None:
    """The e-mails are sent, and the client's words typed in; or the goodbye is skipped."""
    skipped = "case study" if thanked else "case study, feedback"  # its numbers are another test's matter
    rehearsal.type(cell("skip"), [skipped])
    rehearsal.offboard("run", "bloom", "--yes")
    for listed in rehearsal.get("/gmail/v1/users/me/drafts").get("drafts", []):
        rehearsal.person.ask("DELETE", f"/gmail/v1/users/me/drafts/{listed['id']}")
    if thanked:
        rehearsal.type(cell("feedback"), ["Ana doubled our followers."])


@pytest.fixture
def finished(rested: Rehearsal) -> Rehearsal:
    finish(rested)
    return rested


def text(rehearsal: Rehearsal, name: str) -> str:
    (found,) = rehearsal.get(f"/drive/v3/files?q=name = '{name}'&fields=files(id)")["files"]
    pages = PdfReader(BytesIO(rehearsal.download(found["id"]))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def told(rehearsal: Rehearsal, *words: str) -> str:
    return " ".join(rehearsal.offboard(*words).output.split())


def test_both_get_their_summary_and_the_client_cannot_see_the_freelancers(finished: Rehearsal) -> None:
    assert "officially offboarded on" in told(finished, "run", "bloom", "--yes")
    assert "Officially closed: " in text(finished, SUMMARY)
    assert "maya@bloom.example, since " in text(finished, SUMMARY)
    assert "doubled our followers" not in text(finished, SUMMARY)
    assert "Ana doubled our followers." in text(finished, OWN)
    readers = {path.rpartition("/")[2]: who for path, _, _, _, who in finished.world()["files"]}
    assert readers[SUMMARY] == "ana@sandbox.example:owner,maya@bloom.example:reader"
    assert readers[OWN] == "ana@sandbox.example:owner"
    assert "All is as it should be" in told(finished, "verify", "bloom")


def test_nobody_is_offboarded_before_the_last_working_day(finished: Rehearsal) -> None:
    last = today() + timedelta(days=30)
    finished.type(cell("last_day"), [last.isoformat()])
    finished.offboard("run", "bloom", "--yes", "--again", "end-date")
    for listed in finished.get("/gmail/v1/users/me/drafts").get("drafts", []):
        finished.person.ask("DELETE", f"/gmail/v1/users/me/drafts/{listed['id']}")
    finished.offboard("run", "bloom", "--yes")
    assert "bloom|closed" not in finished.ledger()
    assert "all is done, the work goes on until then" in told(finished, "status", "bloom")
    assert "officially offboarded" in told(finished, "run", "bloom", "--yes", "--now", "close")


def test_who_is_offboarded_stays_so_when_the_dates_are_taken_out(finished: Rehearsal) -> None:
    finished.offboard("run", "bloom", "--yes")
    finished.type(cell("notice_given"), ["", "", ""])
    for command in (("run", "bloom", "--yes"), ("plan", "bloom"), ("status", "bloom")):
        said = told(finished, *command)
        assert "officially offboarded on" in said
        assert "Called off" not in said
    assert "Offboarded: Bloom Bakery" in told(finished, "status")


def test_today_says_who_can_open_the_folder_and_who_no_longer_can(finished: Rehearsal) -> None:
    finished.offboard("run", "bloom", "--yes")
    assert finished.rows("Today")[3][7] == "done: maya@bloom.example can read the folder"
    finished.offboard("unshare", "bloom", "--yes")
    assert finished.rows("Today")[3][7] == "done: maya@bloom.example may no longer read the folder"


def test_what_the_summary_said_when_it_was_closed_stays(finished: Rehearsal) -> None:
    finished.offboard("run", "bloom", "--yes")
    before = text(finished, SUMMARY)
    finished.offboard("unshare", "bloom", "--yes")
    finished.offboard("run", "bloom", "--yes", "--again", "case-study")
    finished.offboard("run", "bloom", "--yes", "--only", "folder")
    assert text(finished, SUMMARY) == before
    assert "maya@bloom.example, since " in before


def test_a_folder_that_was_taken_back_is_promised_in_no_goodbye(rested: Rehearsal) -> None:
    rested.offboard("unshare", "bloom", "--yes")
    rested.offboard("run", "bloom", "--yes")
    mails = " ".join(rested.draft(one["id"])[2] for one in rested.get("/gmail/v1/users/me/drafts")["drafts"])
    assert "yours to use until" not in mails


def test_a_name_that_no_type_of_ours_can_show_comes_in_a_word_document(finished: Rehearsal) -> None:
    finished.type(cell("name"), ["株式会社ブルーム"])
    finished.offboard("run", "bloom", "--yes")
    names = {path.rpartition("/")[2] for path, *_ in finished.world()["files"]}
    assert {"Closing summary.docx", "Closing summary, for me.docx"} <= names
    assert not {SUMMARY, OWN} & names
    assert "All is as it should be" in told(finished, "verify", "bloom")


def test_nothing_is_closed_while_a_step_is_open(rested: Rehearsal) -> None:
    assert "when all of the above is done" in told(rested, "status", "bloom")
    assert "bloom|closed" not in rested.ledger()
    assert "close your turn" not in told(rested, "run", "bloom", "--yes")


@pytest.mark.parametrize("answer", ["“She is the best.” Maya", "none came"])
def test_a_goodbye_that_asked_waits_for_its_answer(rested: Rehearsal, answer: str) -> None:
    finish(rested)
    rested.type(cell("feedback"), [""])
    rested.offboard("run", "bloom", "--yes")
    assert "paste Maya's answer, or write “none came”" in told(rested, "status", "bloom")
    assert "bloom|closed" not in rested.ledger()
    rested.type(cell("feedback"), [answer])
    assert "officially offboarded on" in told(rested, "run", "bloom", "--yes")


def test_a_goodbye_that_asked_nothing_waits_for_none(rested: Rehearsal) -> None:
    rested.type(cell("ask_for"), ["nothing"])
    finish(rested)
    rested.type(cell("feedback"), [""])
    assert "officially offboarded on" in told(rested, "run", "bloom", "--yes")


def test_a_run_for_a_closed_client_says_so_and_only_looks(finished: Rehearsal) -> None:
    finished.offboard("run", "bloom", "--yes")
    before = finished.world()
    finished.type("Clients!C2", ["Mia"])  # what changes now is followed no more
    asked = finished.requests_of(lambda: finished.offboard("run", "bloom", "--yes"))
    assert {request["method"] for request in asked} == {"GET"}
    assert "Nothing to do: officially offboarded on" in told(finished, "run", "bloom", "--yes")
    assert finished.world() == before
    assert len([row for row in finished.rows("Log") if row[4] == "officially offboarded"]) == 1


def test_status_lists_a_closed_client_among_the_offboarded_and_not_the_leaving(finished: Rehearsal) -> None:
    finished.offboard("run", "bloom", "--yes")
    said = told(finished, "status")
    assert "Offboarded: Bloom Bakery" in said
    assert said.count("Bloom Bakery") == 1


def test_today_says_offboarded_and_what_comes_after_when_it_is_near(finished: Rehearsal) -> None:
    finished.offboard("run", "bloom", "--yes")
    assert finished.rows("Today")[3][1] == "officially offboarded"
    place = place_of(finished)
    later = datetime.now(UTC) + timedelta(days=25)
    finished.sandbox.state.clock.set(later)
    then = replace(place, clock=later.astimezone)
    run(then, "bloom", Wishes(), new_nonce(), lambda *_: Agreement(go=True), Watch())
    assert finished.rows("Today")[3][1] == "ask Maya how it goes"


def test_what_comes_after_has_its_days(finished: Rehearsal) -> None:
    finished.offboard("run", "bloom", "--yes")
    steps = finished.answer("status", "bloom")["steps"]
    assert [step["step"] for step in steps] == ["close"]
    turns = {turn["text"].partition(" until")[0]: turn["by"] for turn in steps[0]["your_turn"]}
    today = datetime.fromisoformat(finished.answer("status", "bloom")["today"]).date()
    assert turns == {
        "ask Maya how it goes": (today + timedelta(days=30)).isoformat(),
        "ask Maya whom you could work for next": (today + timedelta(days=60)).isoformat(),
        "you promised the folder": (today + timedelta(days=91)).isoformat(),
    }


def test_who_was_never_thanked_gets_one_last_mail(rehearsal: Rehearsal) -> None:
    finish(rehearsal, thanked=False)
    assert "draft an e-mail to maya@bloom.example: “Everything is handed over”" in told(rehearsal, "plan", "bloom")
    rehearsal.offboard("run", "bloom", "--yes")
    drafts = [subject for to, subject, _ in rehearsal.world()["drafts"] if to]
    assert drafts == ["Everything is handed over"]
    assert "read the draft “Everything is handed over”" in told(rehearsal, "status", "bloom")


def test_again_close_brings_the_summaries_up_to_date(finished: Rehearsal) -> None:
    finished.offboard("run", "bloom", "--yes")
    finished.type(cell("feedback"), ["Ana tripled our followers."])
    finished.offboard("run", "bloom", "--yes", "--again", "close")
    assert "Ana tripled our followers." in text(finished, OWN)


def test_ones_own_folder_thrown_away_stays_so_until_it_is_wanted_again(finished: Rehearsal) -> None:
    finished.offboard("run", "bloom", "--yes")
    (found,) = finished.get("/drive/v3/files?q=name contains 'for me' and mimeType contains 'folder'")["files"]
    finished.person.ask("PATCH", f"/drive/v3/files/{found['id']}", {"trashed": True})
    finished.offboard("run", "bloom", "--yes")
    mine = "/drive/v3/files?q=name contains 'for me' and trashed = false"
    assert finished.get(mine)["files"] == []
    finished.offboard("run", "bloom", "--yes", "--again", "close")
    assert len(finished.get(mine)["files"]) == 2


@pytest.mark.parametrize(("kind", "place"), sampled(zip(cycle(KINDS), range(1, CALLS + 1), strict=False), 4))
def test_a_fault_at_any_request_of_the_closing_costs_nothing_and_doubles_nothing(
    finished: Rehearsal, kind: str, place: int
) -> None:
    finished.sandbox.faults.begin(Scenario((Instruction("*", place, kind),)))
    finished.offboard("run", "bloom", "--yes")
    assert [fault["used"] for fault in finished.sandbox.faults.report()["faults"]] == [1]
    finished.sandbox.faults.end()
    finished.come_to_rest()
    world = finished.world()
    names = [path.rpartition("/")[2] for path, *_ in world["files"]]
    assert [names.count(name) for name in (SUMMARY, OWN, "Bloom Bakery – for me")] == [1, 1, 1]
    assert len(set(world["log"])) == len(world["log"])
    assert finished.ledger()["bloom|closed"] == "said"


def test_two_runs_around_midnight_close_once(finished: Rehearsal) -> None:
    evening = datetime.combine(today(), time(23, 59, 50), ZONE)
    morning = evening + timedelta(seconds=15)

    def close(moment: datetime) -> None:
        place = place_of(finished, moment.astimezone)
        run(place, "bloom", Wishes(unasked=True), new_nonce(), lambda *_: Agreement(go=True), Watch())

    act = Instruction("sheets.spreadsheets.batchUpdate", 2, "edit", act=lambda: close(evening))
    finished.sandbox.faults.begin(Scenario((act,)))
    close(morning)
    finished.sandbox.faults.end()
    assert [row[4] for row in finished.rows("Log")].count("officially offboarded") == 1
    assert [row[1] for row in finished.rows("Ledger")].count("bloom|closed") == 1
