"""Doctor names every damage of the tracker's memory, mends it when asked, and nothing is made twice after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.test_again import take_share_back
from tests.rehearsal import Rehearsal
from tests.tracker.test_fence import DAMAGES, LEDGER, batch, copy_tracker, delete_log, delete_rows, delete_tab

LOSES_ROWS = pytest.mark.parametrize("lose", [delete_rows(2, 200), delete_tab], ids=["all rows", "the tab"])


def told(rehearsal: Rehearsal, *words: str) -> str:
    return " ".join(rehearsal.offboard(*words).output.split())


def made(rehearsal: Rehearsal) -> dict[str, Any]:
    world = rehearsal.world()
    copies = [file for file in world["files"] if "tracker" not in file[0]]  # a person's copy of the tracker is theirs
    return {"files": copies, "drafts": world["drafts"]}


def test_a_sound_tracker_passes_and_the_fence_is_proved_on_it(rested: Rehearsal) -> None:
    before, marks = rested.world(), marks_of(rested)
    result = rested.offboard("doctor")
    assert (result.exit_code, "two runs at once keep apart" in result.output) == (0, True), result.output
    assert (rested.world(), marks_of(rested)) == (before, marks), "the proof leaves nothing behind"


def marks_of(rehearsal: Rehearsal) -> list[int]:
    found = rehearsal.get(f"/v4/spreadsheets/{rehearsal.tracker}?fields=developerMetadata(metadataId)")
    return sorted(mark["metadataId"] for mark in found["developerMetadata"])


@pytest.mark.parametrize(("damage", "says"), [case for case in DAMAGES if case[0] is not copy_tracker])
def test_every_damage_is_named_and_mended_and_nothing_is_made_twice(
    rested: Rehearsal, damage: Callable[[Rehearsal], None], says: str
) -> None:
    before = made(rested)
    damage(rested)
    assert rested.offboard("doctor").exit_code == 1
    assert says in told(rested, "doctor")
    assert rested.offboard("doctor", "--repair", "--yes").exit_code == 0
    again = rested.offboard("run", "bloom", "--yes")
    assert again.exit_code == 0, again.output
    assert made(rested) == before
    rested.come_to_rest()
    assert made(rested) == before


def test_repair_shows_its_plan_and_changes_nothing_before_the_yes(rested: Rehearsal) -> None:
    delete_rows(4, 6)(rested)
    requests = rested.requests_of(lambda: rested.offboard("doctor", "--repair", "--no-input"))
    assert {request["method"] for request in requests} == {"GET"}
    shown = told(rested, "doctor", "--repair", "--no-input")
    assert "How it is mended write the ledger anew" in shown
    assert "Add --yes" in shown


@LOSES_ROWS
def test_what_drive_and_gmail_still_tell_is_found_again(rested: Rehearsal, lose: Callable[[Rehearsal], None]) -> None:
    files = {key for key, kind in rested.ledger().items() if "/folder" in key or "/reports/" in key}
    lose(rested)
    rested.offboard("doctor", "--repair", "--yes")
    found = rested.ledger()
    assert {key for key in files if found.get(key) != "made"} == set()
    assert (found["bloom/call/draft"], found["bloom/share/maya@bloom.example"]) == ("made", "made")


@LOSES_ROWS
def test_an_e_mail_that_may_be_sent_is_asked_for_and_not_written_again(
    rested: Rehearsal, lose: Callable[[Rehearsal], None]
) -> None:
    for listed in rested.get("/gmail/v1/users/me/drafts")["drafts"]:
        rested.person.ask("POST", "/gmail/v1/users/me/drafts/send", {"id": listed["id"]})
    lose(rested)
    rested.offboard("doctor", "--repair", "--yes")
    rested.come_to_rest()
    assert rested.world()["drafts"] == []
    assert "look in Gmail's Sent" in told(rested, "status", "bloom")
    assert rested.offboard("run", "bloom", "--yes", "--again", "feedback").exit_code == 0
    assert [subject for _, subject, _ in rested.world()["drafts"]] == ["Thank you, Maya"]


@LOSES_ROWS
def test_a_share_that_may_have_been_taken_back_is_asked_for_and_not_repeated(
    rested: Rehearsal, lose: Callable[[Rehearsal], None]
) -> None:
    take_share_back(rested)
    lose(rested)
    rested.offboard("doctor", "--repair", "--yes")
    rested.offboard("run", "bloom", "--yes")
    assert not any("maya" in readers for *_, readers in rested.world()["files"])
    assert "offboard share bloom" in told(rested, "status", "bloom")


def test_a_copy_is_left_alone_and_the_original_named(rested: Rehearsal) -> None:
    before, original = made(rested), rested.tracker
    copy_tracker(rested)
    for words in (["run", "bloom", "--yes"], ["doctor", "--repair", "--yes"]):
        result = rested.offboard(*words)
        assert (result.exit_code, "is a copy of another one" in result.output) == (1, True)
        assert original in result.output
    assert made(rested) == before


def test_a_lost_log_is_laid_out_again(rested: Rehearsal) -> None:
    delete_log(rested)
    rested.offboard("doctor", "--repair", "--yes")
    assert rested.get(f"/v4/spreadsheets/{rested.tracker}/values/Log!A1:G1")["values"][0][0] == "When"


def test_sorting_the_ledger_is_no_damage(rested: Rehearsal) -> None:
    rows = {"sheetId": LEDGER, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 7}
    batch(rested, {"sortRange": {"range": rows, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]}})
    assert rested.offboard("doctor").exit_code == 0
    assert "Nothing to do" in rested.offboard("run", "bloom", "--yes").output
