"""What a person took back stays so, until they name its step: then just that is made anew, once."""

from __future__ import annotations

from typing import Any

import pytest

from offboard.sandbox.faults import Instruction, Scenario
from tests.rehearsal import Rehearsal, World


def folder_id(rehearsal: Rehearsal) -> str:
    query = "name contains 'Offboarding' and trashed = false"
    (found,) = rehearsal.get(f"/drive/v3/files?q={query}&fields=files(id)")["files"]
    return str(found["id"])


def trash(rehearsal: Rehearsal, id: str) -> None:
    rehearsal.person.ask("PATCH", f"/drive/v3/files/{id}", {"trashed": True})


def trash_folder(rehearsal: Rehearsal) -> None:
    trash(rehearsal, folder_id(rehearsal))


def delete_folder(rehearsal: Rehearsal) -> None:
    rehearsal.person.ask("DELETE", f"/drive/v3/files/{folder_id(rehearsal)}")


def trash_copy(rehearsal: Rehearsal) -> None:
    ours = {row[2] for row in rehearsal.rows("Ledger")}
    found = rehearsal.get("/drive/v3/files?q=name = 'Followers.csv'&fields=files(id)")["files"]
    (copy,) = {file["id"] for file in found} & ours
    trash(rehearsal, copy)


def take_share_back(rehearsal: Rehearsal) -> None:
    address = f"/drive/v3/files/{folder_id(rehearsal)}/permissions"
    found = rehearsal.get(f"{address}?fields=permissions(id,role)")["permissions"]
    reader = next(permission["id"] for permission in found if permission["role"] == "reader")
    rehearsal.person.ask("DELETE", f"{address}/{reader}")


def discard_draft(rehearsal: Rehearsal) -> None:
    for listed in rehearsal.get("/gmail/v1/users/me/drafts")["drafts"]:
        if "Thank you" in rehearsal.draft(listed["id"])[1]:
            rehearsal.person.ask("DELETE", f"/gmail/v1/users/me/drafts/{listed['id']}")


def visible(world: World) -> dict[str, Any]:
    """What a client or the freelancer sees in the end: without the bin, and what is remembered of the way there."""
    live = [file[:3] + file[4:] for file in world["files"] if file[3] == "False"]
    return {
        "files": live,
        "drafts": world["drafts"],
        "ledger": [line for line in world["ledger"] if "|" not in line[0]],
    }


TAKEN_BACK = [
    (trash_folder, "folder"),
    (delete_folder, "folder"),
    (trash_copy, "reports"),
    (take_share_back, "share"),
    (discard_draft, "feedback"),
]


@pytest.mark.parametrize(("take_back", "step"), TAKEN_BACK)
def test_again_makes_anew_just_what_was_taken_back(
    rested: Rehearsal, undisturbed: World, take_back: Any, step: str
) -> None:
    take_back(rested)
    rested.come_to_rest()
    assert visible(rested.world())["files"] != visible(undisturbed)["files"] or step == "feedback"
    rested.offboard("run", "bloom", "--yes", "--again", step)
    assert visible(rested.world()) == visible(undisturbed)
    again = rested.requests_of(lambda: rested.offboard("run", "bloom", "--yes", "--again", step))
    assert {request["method"] for request in again} == {"GET"}, "what is there is not made anew"


def test_the_plan_shows_what_again_would_make(rested: Rehearsal) -> None:
    trash_folder(rested)
    assert "offboard run bloom --again folder" in " ".join(rested.offboard("status", "bloom").output.split())
    assert "do not send the draft yet" in " ".join(rested.offboard("status", "bloom").output.split())
    requests = rested.requests_of(lambda: rested.offboard("run", "bloom", "--yes"))
    assert "PUT" not in {request["method"] for request in requests}, "no e-mail is changed to praise an empty folder"
    assert "make “Bloom Bakery – Offboarding" in rested.offboard("plan", "bloom", "--again", "folder").output


@pytest.mark.parametrize("words", [("folder", "bloom", "--again"), ("run", "bloom", "--again", "folder")])
def test_a_folder_made_anew_is_filled_and_shared_by_the_next_run_whatever_came_between(
    rested: Rehearsal, undisturbed: World, words: tuple[str, ...]
) -> None:
    trash_folder(rested)
    rested.sandbox.faults.begin(Scenario((Instruction("drive.files.copy", 1, "401", times=50),)))
    rested.offboard(*words, "--yes")
    rested.sandbox.faults.end()
    rested.come_to_rest()
    assert visible(rested.world()) == visible(undisturbed)


def test_a_report_whose_sub_folder_is_in_the_bin_waits_and_comes_with_a_new_one(rested: Rehearsal) -> None:
    query = "name = 'Reports' and trashed = false"
    trash(rested, rested.get(f"/drive/v3/files?q={query}&fields=files(id)")["files"][0]["id"])
    mine = rested.person.upload("July.pdf", b"%PDF-1.4 july", "application/pdf", "root")
    rested.type("Clients!J2", [f"https://drive.google.com/file/d/{mine}/view"])
    told = " ".join(rested.offboard("run", "bloom", "--yes").output.split())
    assert "July.pdf: its folder “Reports” is not there any more" in told
    rested.offboard("run", "bloom", "--yes", "--again", "folder")
    rested.come_to_rest()
    assert any(
        path.endswith("Reports/July.pdf") and trashed == "False" for path, _, _, trashed, _ in rested.world()["files"]
    )
