"""Verify tells what holds and what does not of all that was made, and what to type; it changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engine.test_again import discard_draft, folder_id, take_share_back, trash_copy, trash_folder
from tests.rehearsal import Rehearsal


def copy_of(rehearsal: Rehearsal, name: str) -> str:
    ours = {row[2] for row in rehearsal.rows("Ledger")}
    found = rehearsal.get(f"/drive/v3/files?q=name = '{name}'&fields=files(id)")["files"]
    (copy,) = {file["id"] for file in found} & ours
    return str(copy)


def rewrite_copy(rehearsal: Rehearsal) -> None:
    rehearsal.rewrite(copy_of(rehearsal, "Followers.csv"), b"x")


def forbid_download(rehearsal: Rehearsal) -> None:
    body = {"copyRequiresWriterPermission": True}
    rehearsal.person.ask("PATCH", f"/drive/v3/files/{copy_of(rehearsal, 'Followers.csv')}", body)


def let_in(**who: str) -> Callable[[Rehearsal], None]:
    body = {"role": "reader", **who}
    address = "/drive/v3/files/{}/permissions"
    return lambda rehearsal: rehearsal.person.ask("POST", address.format(copy_of(rehearsal, "Followers.csv")), body)


def test_all_is_well_after_a_run_and_verify_writes_nothing(rested: Rehearsal) -> None:
    requests = rested.requests_of(lambda: rested.offboard("verify", "bloom"))
    assert {request["method"] for request in requests} == {"GET"}
    result = rested.offboard("verify", "bloom")
    assert (result.exit_code, "All is as it should be." in result.output) == (0, True), result.output
    assert "7 of 7 there, byte for byte" in result.output
    assert "maya@bloom.example can open the folder and all that is in it" in result.output


@pytest.mark.parametrize(
    ("spoil", "says", "hint"),
    [
        (trash_folder, "is in Drive's bin", "offboard run bloom --again folder"),
        (trash_copy, "Followers.csv is in Drive's bin", "offboard run bloom --again reports"),
        (rewrite_copy, "Followers.csv is not what was copied", "--again reports"),
        (forbid_download, "Followers.csv cannot be downloaded by readers", "let viewers download"),
        (take_share_back, "maya@bloom.example cannot open", "offboard run bloom --again share"),
        (let_in(type="user", emailAddress="kim@oldagency.example"), "kim@oldagency.example can open", "take them off"),
        (let_in(type="anyone"), "everybody who has the link can open", "take them off"),
    ],
)
def test_what_does_not_hold_is_named_with_what_to_do(
    rested: Rehearsal, spoil: Callable[[Rehearsal], None], says: str, hint: str
) -> None:
    spoil(rested)
    result = rested.offboard("verify", "bloom")
    told = " ".join(result.output.split())
    assert (result.exit_code, says in told, hint in told) == (1, True, True), result.output
    answer = rested.answer("verify", "bloom")
    assert answer["ok"] is False
    assert any(says in check["says"] and not check["holds"] for check in answer["checks"])


def test_a_draft_that_is_gone_or_changed_is_said_and_is_nothing_wrong(rested: Rehearsal) -> None:
    discard_draft(rested)
    result = rested.offboard("verify", "bloom")
    assert (result.exit_code, "no longer in Drafts" in result.output) == (0, True)


def test_whoever_asks_for_access_is_named(rested: Rehearsal) -> None:
    body = {"email": "kim@oldagency.example", "fileId": folder_id(rested), "role": "reader"}
    rested.person.ask("POST", "/sandbox/access-request", body)
    result = rested.offboard("verify", "bloom")
    assert (result.exit_code, "kim@oldagency.example asks Google for access" in result.output) == (1, True)


def test_before_anything_was_made_verify_says_so(rehearsal: Rehearsal) -> None:
    result = rehearsal.offboard("verify", "bloom")
    assert (result.exit_code, "Nothing was made yet" in result.output) == (0, True)
