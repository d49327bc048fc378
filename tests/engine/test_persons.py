"""Whose client, whose draft, whose file: what belongs to a person, or to another client, is never taken for ours."""

from __future__ import annotations

import base64
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from offboard.sandbox.faults import Instruction, Scenario
from tests.rehearsal import Rehearsal, World


def type_cell(rehearsal: Rehearsal, place: str, text: str) -> None:
    rehearsal.type(place, [text])


def told(rehearsal: Rehearsal, *words: str) -> str:
    return " ".join(rehearsal.offboard(*words).output.split())


def draft_id(rehearsal: Rehearsal, subject: str) -> str:
    listed = rehearsal.get("/gmail/v1/users/me/drafts")["drafts"]
    return next(entry["id"] for entry in listed if subject in rehearsal.draft(entry["id"])[1])


def edit_draft(rehearsal: Rehearsal, subject: str, edit: Callable[[EmailMessage], None]) -> str:
    """A person saves a draft after this edit."""
    id = draft_id(rehearsal, subject)
    raw = rehearsal.get(f"/gmail/v1/users/me/drafts/{id}?format=raw")["message"]["raw"]
    message = message_from_bytes(base64.urlsafe_b64decode(raw + "=="), policy=policy.default)
    edit(message)
    body = {"message": {"raw": base64.urlsafe_b64encode(message.as_bytes()).decode()}}
    rehearsal.person.ask("PUT", f"/gmail/v1/users/me/drafts/{id}", body)
    return id


def test_a_short_name_never_stands_for_another_client(rested: Rehearsal) -> None:
    before = rested.world()
    rested.type("Clients!B2", ["Bloom Fitness", "Leo", "leo@corvo.example"])
    result = rested.offboard("run", "bloom", "--yes")
    assert (result.exit_code, "was Bloom Bakery <maya@bloom.example>" in result.output) == (1, True), result.output
    assert rested.world() == before
    assert rested.offboard("plan", "bloom", "--same").exit_code == 0, "the same client may change both"


def test_a_new_name_and_then_a_new_address_are_the_same_client(rested: Rehearsal) -> None:
    for place, text in (("Clients!B2", "Bloom & Co"), ("Clients!D2", "leo@corvo.example")):
        type_cell(rested, place, text)
        assert rested.offboard("run", "bloom", "--yes").exit_code == 0
    assert rested.offboard("run", "bloom", "--yes").exit_code == 0


def test_without_anybody_to_ask_a_beginning_of_a_name_is_no_name(rehearsal: Rehearsal) -> None:
    type_cell(rehearsal, "Clients!A2", "bloomfield")
    before = rehearsal.world()
    assert rehearsal.offboard("run", "bloom", "--yes").exit_code == 2
    assert rehearsal.world() == before
    assert rehearsal.offboard("plan", "bloomf").exit_code == 0


def test_the_name_of_a_client_who_is_gone_is_nobodys_beginning(rested: Rehearsal) -> None:
    type_cell(rested, "Clients!A2", "bloomfield")
    assert rested.offboard("plan", "bloom").exit_code == 2


@pytest.mark.parametrize("header", ["Cc", "Bcc", "Reply-To"])
def test_a_draft_with_another_reader_is_the_persons(rested: Rehearsal, header: str) -> None:
    id = edit_draft(rested, "hand-over", lambda message: message.add_header(header, "boss@bloom.example"))
    type_cell(rested, "Clients!C2", "Mia")
    rested.come_to_rest()
    raw = rested.get(f"/gmail/v1/users/me/drafts/{id}?format=raw")["message"]["raw"]
    assert b"boss@bloom.example" in base64.urlsafe_b64decode(raw + "==")


def test_a_draft_that_was_sent_before_its_run_could_write_it_down_is_not_written_again(rehearsal: Rehearsal) -> None:
    rehearsal.sandbox.faults.begin(Scenario((Instruction("sheets.spreadsheets.batchUpdate", 3, "401", times=20),)))
    rehearsal.offboard("run", "bloom", "--yes")
    rehearsal.sandbox.faults.end()
    for entry in rehearsal.get("/gmail/v1/users/me/drafts")["drafts"]:
        if rehearsal.draft(entry["id"])[0]:
            rehearsal.person.ask("POST", "/gmail/v1/users/me/drafts/send", {"id": entry["id"]})
    sent = len(rehearsal.get("/gmail/v1/users/me/messages?q=in:sent").get("messages", []))
    assert sent > 0
    rehearsal.come_to_rest()
    assert len([draft for draft in rehearsal.world()["drafts"] if draft[0]]) == 2 - sent


def test_our_own_words_are_ours_although_the_run_that_wrote_them_was_cut_off(rested: Rehearsal) -> None:
    type_cell(rested, "Clients!C2", "Mia")
    rested.sandbox.faults.begin(Scenario((Instruction("sheets.spreadsheets.batchUpdate", 1, "401", times=20),)))
    rested.offboard("run", "bloom", "--yes")
    rested.sandbox.faults.end()
    type_cell(rested, "Clients!C2", "Marta")
    rested.come_to_rest()
    assert "you changed the draft" not in told(rested, "status", "bloom")
    assert all("Marta" in text for *_, text in rested.world()["drafts"])


def test_a_draft_whose_replies_are_lost_for_ever_ends_the_attempt(rehearsal: Rehearsal) -> None:
    scenario = Scenario((Instruction("gmail.users.drafts.update", 1, "503", times=500),))
    rehearsal.sandbox.faults.begin(scenario)
    result = rehearsal.offboard("run", "bloom", "--yes")
    assert result.exit_code == 1
    assert rehearsal.sandbox.faults.report()["faults"][0]["used"] < 20
    rehearsal.sandbox.faults.end()
    rehearsal.come_to_rest()
    assert len([draft for draft in rehearsal.world()["drafts"] if draft[0]]) == 2


def test_the_folder_among_the_reports_is_not_copied_into_itself(rested: Rehearsal) -> None:
    before = len(rested.world()["files"])
    found = {
        name: rested.get(f"/drive/v3/files?q=name contains '{name}'&fields=files(id)")["files"][0]["id"]
        for name in ("Offboarding", "Bloom reports")
    }
    address = f"/drive/v3/files/{found['Offboarding']}?addParents={found['Bloom reports']}&removeParents=root"
    rested.person.ask("PATCH", address, {})
    rested.come_to_rest()
    assert len(rested.world()["files"]) == before


def test_nothing_in_offboards_home_is_ever_handed_over(rehearsal: Rehearsal) -> None:
    hidden = rehearsal.home.parent / ".secret"
    hidden.mkdir()
    (hidden / "key.txt").write_text("secret", encoding="utf-8")
    (rehearsal.home.parent / "link.txt").symlink_to(rehearsal.home / "token.json")
    outside = [rehearsal.home.parent / "link.txt", hidden / "key.txt", rehearsal.home.parent]
    type_cell(rehearsal, "Clients!J2", "\n".join(map(str, [rehearsal.home / "token.json", *outside])))
    result = told(rehearsal, "run", "bloom", "--yes")
    assert result.count("is a hidden folder, or offboard's own") == 4, result
    assert not [path for path, *_ in rehearsal.world()["files"] if "/Reports/" in path]


def test_a_full_drive_holds_the_share_and_the_e_mails_back_until_there_is_room(
    rehearsal: Rehearsal, undisturbed: World
) -> None:
    used = rehearsal.sandbox.state.db.execute("SELECT sum(size) FROM files").fetchone()[0]
    rehearsal.sandbox.state.db.execute("UPDATE files SET size = size + ?", (15 * 1024**3 - used,))
    result = rehearsal.offboard("run", "bloom", "--yes")
    assert (result.exit_code, "your Google storage is full" in result.output) == (1, True), result.output
    assert not any("reader" in readers for *_, readers in rehearsal.world()["files"])
    rehearsal.sandbox.state.db.execute("UPDATE files SET size = size - ?", (15 * 1024**3 - used,))
    rehearsal.come_to_rest()
    assert rehearsal.world()["files"] == undisturbed["files"]


def test_a_copy_that_a_person_annotated_is_not_replaced(rested: Rehearsal) -> None:
    ours = {row[2] for row in rested.rows("Ledger")}
    both = {f["id"] for f in rested.get("/drive/v3/files?q=name = 'Followers.csv'&fields=files(id)")["files"]}
    for id, content in ((*(both & ours), b"my notes"), (*(both - ours), b"newer numbers")):
        rested.rewrite(id, content)
    assert "the copy is left as it is" in told(rested, "run", "bloom", "--yes", "--refresh")
    (copy,) = both & ours
    assert rested.download(copy) == b"my notes"


def test_two_trackers_are_not_chosen_between(rehearsal: Rehearsal) -> None:
    rehearsal.offboard("init", "--fresh")
    config = rehearsal.home / "config.toml"
    config.write_text("\n".join(line for line in config.read_text().splitlines() if not line.startswith("tracker")))
    result = rehearsal.offboard("init")
    assert (result.exit_code, result.output.count('tracker = "')) == (2, 2), result.output
