"""“Start here”: written once, follows while nobody touched it, and is a person's from their first change on."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import pytest

from offboard.sandbox.faults import Instruction, Scenario
from offboard.tracker.tabs import letter_of
from tests.engine.test_way import run_without_end
from tests.rehearsal import Rehearsal, World

NAME = "Start here.docx"
LOST = ("applied-drop", "applied-503", "503", "reset", "truncated", "429", "401")
UPLOADS = range(6, 10)  # of the requests that make files: the five folders go before; three go up side by side
PLACE = f"Access!{letter_of('Access', 'account')}2"


def pages(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    query = f"name = '{NAME}'&fields=files(id,trashed,md5Checksum,version)"
    return list(rehearsal.get(f"/drive/v3/files?q={query}")["files"])


def page(rehearsal: Rehearsal) -> str:
    (found,) = pages(rehearsal)
    return "\n".join(rehearsal.words(found["id"]))


def edit(rehearsal: Rehearsal) -> None:
    """The person writes into the page, in Google's editor."""
    (found,) = pages(rehearsal)
    rehearsal.rewrite(found["id"], b"mine now")


def told(rehearsal: Rehearsal, *words: str) -> str:
    return " ".join(rehearsal.offboard(*words).output.split())


def test_it_says_what_is_where_until_when_and_what_is_left_to_do(rested: Rehearsal) -> None:
    text = page(rested)
    assert "Reports: 7 files (Ad results.xlsx, April report.pdf, Followers.csv" in text
    assert "You can open it until " in text
    assert "Change the passwords that I knew, if you haven't: Instagram, Google Business Profile, Later" in text
    assert "Tell me, in a short reply, that everything opens and nothing is missing" in text
    assert "Content" not in text, "what is empty is not listed"
    assert text.endswith("Ana Ruiz\nAna Ruiz Social")


def test_it_comes_before_the_share_and_the_mail_begins_with_it(rehearsal: Rehearsal) -> None:
    assert "and “Start here”" in told(rehearsal, "plan", "bloom")
    made = rehearsal.requests_of(lambda: rehearsal.offboard("run", "bloom", "--yes"))
    paths = [str(request["path"]) for request in made]
    uploads = [at for at, path in enumerate(paths) if path.startswith("/upload")]
    share = next(at for at, path in enumerate(paths) if path.endswith("/permissions"))
    assert max(uploads) < share
    assert any("Begin with “Start here”." in text for *_, text in rehearsal.world()["drafts"])


def test_it_follows_in_place_what_changes_in_the_tracker_and_in_the_folder(rested: Rehearsal) -> None:
    (before,) = pages(rested)
    rested.type(PLACE, ["@bloom_bakery_hh"])
    assert "bring “Start here” up to date" in told(rested, "run", "bloom", "--yes")
    (after,) = pages(rested)
    assert after["id"] == before["id"]
    rested.type(f"Clients!{letter_of('Clients', 'contact')}2", ["Mia"])
    rested.offboard("run", "bloom", "--yes")
    assert "Hi Mia," in page(rested)
    assert "Nothing to do" in told(rested, "run", "bloom", "--yes")


def test_once_changed_by_hand_it_is_theirs(rested: Rehearsal) -> None:
    edit(rested)
    rested.type(PLACE, ["@another"])
    assert "you changed “Start here”: it is yours now" in told(rested, "run", "bloom", "--yes")
    (found,) = pages(rested)
    assert rested.download(found["id"]) == b"mine now"
    assert "“Start here” is there, changed by you" in told(rested, "verify", "bloom")


def test_changed_by_hand_in_the_very_moment_before_it_is_written_over_it_is_theirs(rested: Rehearsal) -> None:
    rested.type(PLACE, ["@another"])
    last_look = Instruction("drive.files.get", 1, "edit", when="before", act=lambda: edit(rested))
    rested.sandbox.faults.begin(Scenario((last_look,)))
    rested.offboard("run", "bloom", "--yes")
    assert [fault["used"] for fault in rested.sandbox.faults.report()["faults"]] == [1]
    rested.sandbox.faults.end()
    (found,) = pages(rested)
    assert rested.download(found["id"]) == b"mine now"
    assert "it is yours now" in told(rested, "run", "bloom", "--yes")


def test_thrown_away_it_stays_so_until_it_is_wanted_again(rested: Rehearsal) -> None:
    (found,) = pages(rested)
    rested.person.ask("PATCH", f"/drive/v3/files/{found['id']}", {"trashed": True})
    assert "“Start here” was taken out of its folder" in told(rested, "run", "bloom", "--yes")
    assert "“Start here” is in Drive's bin" in told(rested, "verify", "bloom")
    assert [page["trashed"] for page in pages(rested)] == [True]
    rested.offboard("run", "bloom", "--yes", "--again", "folder")
    assert sorted(page["trashed"] for page in pages(rested)) == [False, True]
    assert "Nothing to do" in told(rested, "run", "bloom", "--yes", "--again", "folder")


@pytest.mark.parametrize(("kind", "place"), list(zip(LOST, cycle(UPLOADS), strict=False)))
def test_whatever_happens_to_the_request_that_makes_it_there_is_one(
    rehearsal: Rehearsal, undisturbed: World, kind: str, place: int
) -> None:
    rehearsal.sandbox.faults.begin(Scenario((Instruction("drive.files.create", place, kind),)))
    rehearsal.offboard("run", "bloom", "--yes")
    assert [fault["used"] for fault in rehearsal.sandbox.faults.report()["faults"]] == [1]
    rehearsal.sandbox.faults.end()
    rehearsal.come_to_rest()
    assert rehearsal.world() == undisturbed


@pytest.mark.parametrize("kind", LOST)
def test_whatever_happens_to_the_request_that_rewrites_it_it_says_what_is_so(rested: Rehearsal, kind: str) -> None:
    rested.type(f"Clients!{letter_of('Clients', 'contact')}2", ["Mia"])
    rested.sandbox.faults.begin(Scenario((Instruction("drive.files.update", 1, kind),)))
    rested.offboard("run", "bloom", "--yes")
    assert [fault["used"] for fault in rested.sandbox.faults.report()["faults"]] == [1]
    rested.sandbox.faults.end()
    assert "Hi Mia," in page(rested)
    rested.come_to_rest()
    lines = [row for row in rested.rows("Log") if row[4] == "“Start here” brought up to date"]
    assert len(lines) == 1


def test_rewritten_and_never_written_down_it_is_known_again_and_followed(rested: Rehearsal) -> None:
    rested.type(f"Clients!{letter_of('Clients', 'contact')}2", ["Mia"])
    run_without_end(rested)
    assert "Hi Mia," in page(rested)
    rested.type(f"Clients!{letter_of('Clients', 'contact')}2", ["Maja"])
    rested.come_to_rest()
    assert "Hi Maja," in page(rested), "what an earlier run wrote is ours still"


def test_status_says_that_the_page_is_behind_and_not_that_the_folder_was_made(rested: Rehearsal) -> None:
    rested.type("Access!F2", [""])
    told = rested.offboard("status", "bloom").output
    (line,) = [line for line in told.splitlines() if line.startswith("folder ")]
    assert "made: “" not in line, told
    assert "bring “Start here” up to date" in line, told
