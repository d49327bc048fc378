"""What a run makes, says and leaves alone, through the front door."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.rehearsal import Rehearsal


def files_below(rehearsal: Rehearsal, name: str) -> list[str]:
    return sorted(path for path, *_ in rehearsal.world()["files"] if path.startswith(name))


def folder(rehearsal: Rehearsal) -> dict[str, Any]:
    found = rehearsal.get("/drive/v3/files?q=name contains 'Offboarding'&fields=files(id,name,trashed)")["files"]
    assert len(found) == 1
    return dict(found[0])


def cell(rehearsal: Rehearsal, place: str, text: str) -> None:
    rehearsal.type(place, [text])


def test_a_run_makes_the_folder_the_copies_the_share_and_two_drafts(rehearsal: Rehearsal) -> None:
    result = rehearsal.offboard("run", "bloom", "--yes")
    assert result.exit_code == 0, result.output
    name = folder(rehearsal)["name"]
    assert name.startswith("Bloom Bakery – Offboarding ")
    assert [path.removeprefix(name) for path in files_below(rehearsal, name)] == [
        "",
        "/Accounts",
        "/Brand assets",
        "/Content",
        "/Reports",
        "/Reports/Ad results.xlsx",
        "/Reports/Earlier",
        "/Reports/Earlier/April report.pdf",
        "/Reports/Followers.csv",
        "/Reports/May report.pdf",
        "/Reports/May review.pdf",
        "/Reports/Numbers.xlsx",
        "/Reports/Reach.png",
        "/Start here.docx",
    ]
    drafts = rehearsal.world()["drafts"]
    assert [(to, subject) for to, subject, _ in drafts] == [
        ("maya@bloom.example", "Thank you, Maya"),
        ("maya@bloom.example", "Your hand-over folder"),
    ]
    assert any("maya@bloom.example:reader" in readers for *_, readers in rehearsal.world()["files"])


def test_a_copy_is_the_original_byte_for_byte(rehearsal: Rehearsal) -> None:
    rehearsal.offboard("run", "bloom", "--yes")
    by_name: dict[str, set[str]] = {}
    for path, mime, md5, *_ in rehearsal.world()["files"]:
        if md5 and not mime.endswith("folder"):
            by_name.setdefault(path.rpartition("/")[2], set()).add(md5)
    assert all(len(sums) == 1 for sums in by_name.values()), by_name


def test_run_again_asks_google_but_writes_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.offboard("run", "bloom", "--yes")
    requests = rehearsal.requests_of(lambda: rehearsal.offboard("run", "bloom", "--yes"))
    assert {request["method"] for request in requests} == {"GET"}


def test_plan_and_status_write_nothing_and_promise_what_run_does(rehearsal: Rehearsal) -> None:
    before = rehearsal.world()
    requests = rehearsal.requests_of(lambda: [rehearsal.offboard("plan", "bloom"), rehearsal.offboard("status")])
    assert {request["method"] for request in requests} == {"GET"}
    assert rehearsal.world() == before
    planned = [change["key"] for step in rehearsal.answer("plan", "bloom")["steps"] for change in step["changes"]]
    done = [result["key"] for result in rehearsal.answer("run", "bloom", "--yes")["done"]]
    assert sorted(planned) == sorted(done)


def test_without_a_terminal_and_without_yes_nothing_is_made(rehearsal: Rehearsal) -> None:
    before = rehearsal.world()
    result = rehearsal.offboard("run", "bloom", "--no-input")
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert rehearsal.world() == before


def test_a_client_who_is_not_leaving_gets_nothing(rehearsal: Rehearsal) -> None:
    before = rehearsal.world()["files"]
    result = rehearsal.offboard("run", "dune", "--yes")
    assert result.exit_code == 0
    assert "not leaving" in result.output
    assert rehearsal.world()["files"] == before


def test_one_step_alone_makes_what_it_needs_and_no_more(rehearsal: Rehearsal) -> None:
    rehearsal.offboard("reports", "bloom", "--yes")
    made = rehearsal.ledger()
    assert made["bloom/folder"] == "made"
    assert "bloom/feedback/draft" not in made
    assert "bloom/folder/Content" not in made
    rehearsal.come_to_rest()
    assert rehearsal.ledger()["bloom/folder/Content"] == "made"


def test_a_skipped_step_is_skipped_everywhere(rehearsal: Rehearsal) -> None:
    cell(rehearsal, "Clients!O2", "feedback, share")
    rehearsal.come_to_rest()
    assert not any("Thank you" in subject for _, subject, _ in rehearsal.world()["drafts"])
    assert ("bloom", "feedback", "skipped", "by you, in “Skip”") in rehearsal.world()["log"]


def test_without_the_folder_step_nothing_is_copied_or_shared_and_the_e_mails_come_all_the_same(
    rehearsal: Rehearsal,
) -> None:
    before = rehearsal.world()["files"]
    cell(rehearsal, "Clients!O2", "folder")
    rehearsal.come_to_rest()
    assert rehearsal.world()["files"] == before
    assert [to for to, *_ in rehearsal.world()["drafts"]] == ["maya@bloom.example"] * 2
    assert not any("folder" in text for *_, text in rehearsal.world()["drafts"])


def test_when_paid_waits_for_an_invoice_that_may_be_this_clients(rehearsal: Rehearsal) -> None:
    cell(rehearsal, "Clients!K2", "when paid")
    cell(rehearsal, "Invoices!A9", "blom")
    rehearsal.type("Invoices!B9", ["INV-900", "", "2026-05-01", "€100"])
    rehearsal.come_to_rest()
    assert not any("reader" in readers for *_, readers in rehearsal.world()["files"])
    assert "“blom” is no client" in rehearsal.offboard("status", "bloom").output
    cell(rehearsal, "Invoices!F9", "yes")
    rehearsal.come_to_rest()
    assert any("reader" in readers for *_, readers in rehearsal.world()["files"])


def test_nothing_is_shared_before_the_person_chose_it(rehearsal: Rehearsal) -> None:
    cell(rehearsal, "Clients!K2", "")
    rehearsal.come_to_rest()
    assert not any("reader" in readers for *_, readers in rehearsal.world()["files"])
    assert "nothing is chosen in “Share folder”" in rehearsal.offboard("status", "bloom").output


def test_when_paid_shares_once_all_is_paid(rehearsal: Rehearsal) -> None:
    cell(rehearsal, "Clients!K2", "when paid")
    cell(rehearsal, "Invoices!F2", "")
    rehearsal.come_to_rest()
    assert not any("reader" in readers for *_, readers in rehearsal.world()["files"])
    cell(rehearsal, "Invoices!F2", "yes")
    rehearsal.come_to_rest()
    assert any("reader" in readers for *_, readers in rehearsal.world()["files"])


def test_reports_now_shares_only_the_reports_until_all_is_paid(rehearsal: Rehearsal) -> None:
    cell(rehearsal, "Clients!K2", "reports now, rest when paid")
    cell(rehearsal, "Invoices!F2", "")
    rehearsal.come_to_rest()
    name = folder(rehearsal)["name"]
    readers = {path: who for path, *_, who in rehearsal.world()["files"]}
    assert "reader" in readers[f"{name}/Reports"]
    assert "reader" not in readers[name]


def test_an_address_without_an_account_waits_and_google_mails_nobody(rehearsal: Rehearsal) -> None:
    cell(rehearsal, "Clients!E2", "maya@nowhere.example")
    result = rehearsal.offboard("run", "bloom", "--yes")
    assert result.exit_code == 1, "what Google refused is no success"
    assert "is no Google account" in result.output
    assert not any("reader" in readers for *_, readers in rehearsal.world()["files"])
    assert not any("hand-over" in subject for _, subject, _ in rehearsal.world()["drafts"])
    requests = rehearsal.requests_of(lambda: rehearsal.offboard("run", "bloom", "--yes"))
    assert {request["method"] for request in requests} == {"GET"}, "what Google refused is not tried again unasked"
    assert "offboard share bloom" in rehearsal.offboard("status", "bloom").output
    assert rehearsal.offboard("share", "bloom", "--yes", "--let-google-mail").exit_code == 0
    assert any("maya@nowhere.example:reader" in readers for *_, readers in rehearsal.world()["files"])


def test_what_a_person_took_back_stays_so(rested: Rehearsal) -> None:
    found = folder(rested)
    rested.person.ask("PATCH", f"/drive/v3/files/{found['id']}", {"trashed": True})
    result = rested.offboard("run", "bloom", "--yes")
    assert "bin" in rested.offboard("status", "bloom").output
    assert result.exit_code == 0
    assert folder(rested) == {**found, "trashed": True}


def test_a_share_that_was_taken_back_is_said_and_not_repeated(rested: Rehearsal) -> None:
    found = folder(rested)["id"]
    permissions = rested.get(f"/drive/v3/files/{found}/permissions?fields=permissions(id,role)")["permissions"]
    reader = next(permission["id"] for permission in permissions if permission["role"] == "reader")
    rested.person.ask("DELETE", f"/drive/v3/files/{found}/permissions/{reader}")
    assert "was taken off the folder" in rested.offboard("run", "bloom", "--yes").output
    assert not any("reader" in readers for *_, readers in rested.world()["files"])


def draft_ids(rehearsal: Rehearsal) -> dict[str, str]:
    listed = rehearsal.get("/gmail/v1/users/me/drafts")["drafts"]
    return {rehearsal.draft(entry["id"])[1]: entry["id"] for entry in listed}


def test_an_untouched_draft_follows_the_sheet(rested: Rehearsal) -> None:
    before = draft_ids(rested)
    cell(rested, "Clients!C2", "Mia")
    rested.come_to_rest()
    assert draft_ids(rested) == {
        "Thank you, Mia": before["Thank you, Maya"],
        "Your hand-over folder": before["Your hand-over folder"],
    }


def test_an_edited_draft_is_the_persons(rested: Rehearsal) -> None:
    mine = draft_ids(rested)["Thank you, Maya"]
    raw = "VG86IG1heWFAYmxvb20uZXhhbXBsZQ0KU3ViamVjdDogTXkgb3duIHdvcmRzDQoNCkhp"  # To, Subject, Hi
    rested.person.ask("PUT", f"/gmail/v1/users/me/drafts/{mine}", {"message": {"raw": raw}})
    cell(rested, "Clients!C2", "Mia")
    rested.come_to_rest()
    assert rested.draft(mine)[1] == "My own words"
    assert "you changed the draft" in rested.offboard("status", "bloom").output


def test_a_draft_that_is_gone_is_taken_as_sent(rested: Rehearsal) -> None:
    mine = draft_ids(rested)["Thank you, Maya"]
    rested.person.ask("POST", "/gmail/v1/users/me/drafts/send", {"id": mine})
    rested.come_to_rest()
    assert "Thank you, Maya" not in draft_ids(rested)
    told = " ".join(rested.offboard("status", "bloom").output.split())
    assert "the goodbye is no longer in Drafts: taken as sent; thrown away? offboard run bloom --again feedback" in told


def test_a_new_report_is_added_and_a_changed_one_replaced_only_when_asked(rested: Rehearsal) -> None:
    reports = next(f for f in rested.get("/drive/v3/files?q=name='Bloom reports'")["files"])
    rested.person.upload("June.csv", b"a,b\r\n1,2\r\n", "text/csv", reports["id"])
    csv = next(
        f
        for f in rested.get("/drive/v3/files?q=name='Followers.csv'&fields=files(id,parents)")["files"]
        if f["parents"] == [reports["id"]]
    )
    rested.rewrite(csv["id"], b"new,numbers\r\n", "text/csv")
    rested.come_to_rest()
    name = folder(rested)["name"]
    assert f"{name}/Reports/June.csv" in files_below(rested, name)
    told = rested.offboard("status", "bloom").output
    assert "changed after it was copied" in " ".join(told.split())
    rested.offboard("run", "bloom", "--yes", "--refresh")
    sums = {md5 for path, _, md5, *_ in rested.world()["files"] if path.endswith("Followers.csv")}
    assert len(sums) == 1


def test_a_folder_renamed_and_moved_by_a_person_is_still_the_folder(rested: Rehearsal) -> None:
    found = folder(rested)["id"]
    clients = rested.person.make_folder("Clients")
    rested.person.ask(
        "PATCH", f"/drive/v3/files/{found}?addParents={clients}&removeParents=root", {"name": "Bloom Offboarding"}
    )
    assert "Nothing to do" in rested.offboard("run", "bloom", "--yes").output
    assert folder(rested)["name"] == "Bloom Offboarding"


def test_the_folder_goes_where_setup_says_or_says_why_not(rehearsal: Rehearsal) -> None:
    clients = rehearsal.person.make_folder("Clients")
    cell(rehearsal, "Setup!B12", f"https://drive.google.com/drive/folders/{clients}")
    assert "My Drive › Clients" in rehearsal.offboard("plan", "bloom").output
    rehearsal.come_to_rest()
    parents = rehearsal.get(f"/drive/v3/files/{folder(rehearsal)['id']}?fields=parents")["parents"]
    assert parents == [clients] or any("move it there" in row[3] for row in rehearsal.world()["log"])


def test_reports_on_this_computer_are_uploaded_large_ones_in_chunks(rehearsal: Rehearsal) -> None:
    disk = rehearsal.home.parent / "reports"
    disk.mkdir()
    (disk / "small.txt").write_text("hello", encoding="utf-8")
    (disk / "large.bin").write_bytes(b"0123456789abcdef" * 400_000)
    cell(rehearsal, "Clients!J2", str(disk))
    requests = rehearsal.requests_of(rehearsal.come_to_rest)
    name = folder(rehearsal)["name"]
    assert {f"{name}/Reports/small.txt", f"{name}/Reports/large.bin"} <= set(files_below(rehearsal, name))
    assert sum(request["status"] == 308 for request in requests) >= 2
    assert list(rehearsal.ledger().values()).count("reserved") == 0


def test_no_cell_that_a_person_typed_is_changed(rehearsal: Rehearsal) -> None:
    tabs = ("Clients", "Access", "Invoices", "Metrics", "Setup")
    before = {tab: rehearsal.rows(tab) for tab in tabs}
    rehearsal.come_to_rest()
    assert {tab: rehearsal.rows(tab) for tab in tabs} == before


def test_json_is_the_answer_and_nothing_else_is_on_stdout(rehearsal: Rehearsal) -> None:
    for words in (
        ["plan", "bloom"],
        ["run", "bloom", "--yes"],
        ["status"],
        ["status", "bloom"],
        ["folder", "bloom", "--yes"],
    ):
        body = json.loads(rehearsal.offboard(*words, "--json").stdout)
        assert body["ok"] is True


def test_exit_code_four_says_that_something_waits(rested: Rehearsal) -> None:
    assert rested.offboard("status", "bloom", "--exit-code").exit_code == 4
    assert rested.offboard("status", "dune", "--exit-code").exit_code == 0


def test_a_goodbye_that_is_called_off_makes_nothing_more_and_lists_what_exists(rehearsal: Rehearsal) -> None:
    rehearsal.offboard("folder", "bloom", "--yes")
    rehearsal.type("Clients!F2", ["", "", ""])
    before = rehearsal.world()["files"]
    told = rehearsal.offboard("run", "bloom", "--yes").output
    assert "Called off" in told
    assert folder(rehearsal)["id"] in told
    assert rehearsal.world()["files"] == before


def test_a_step_alone_leaves_todays_tab_with_the_whole_truth(rehearsal: Rehearsal) -> None:
    rehearsal.type("Clients!K2", [""])
    rehearsal.offboard("folder", "bloom", "--yes")
    said = {row[1]: row[2] for row in rehearsal.rows("Ledger")}
    assert said["bloom|next"] == "look through the folder, then choose when to share it"
    rehearsal.type("Clients!K2", ["now"])
    rehearsal.come_to_rest()
    assert {row[1]: row[2] for row in rehearsal.rows("Ledger")}["bloom|drafts"] == 2


@pytest.mark.parametrize("step", ["call", "feedback"])
def test_an_e_mail_wanted_by_itself_brings_its_folder_and_never_a_word_in_place_of_its_link(
    rehearsal: Rehearsal, step: str
) -> None:
    rehearsal.offboard(step, "bloom", "--now", "--yes")
    (draft,) = [draft for draft in rehearsal.world()["drafts"] if draft[0]]
    assert "link comes with run" not in draft[2]
    assert folder(rehearsal)["name"].startswith("Bloom Bakery")


def test_without_a_last_day_no_e_mail_promises_a_folder(rehearsal: Rehearsal) -> None:
    cell(rehearsal, "Clients!G2", "2026-11-01")
    cell(rehearsal, "Clients!H2", "")
    rehearsal.offboard("call", "bloom", "--now", "--yes")
    (draft,) = [draft for draft in rehearsal.world()["drafts"] if draft[0]]
    assert "folder" not in draft[2]


def test_the_hand_over_comes_before_the_goodbye(rehearsal: Rehearsal) -> None:
    rehearsal.come_to_rest()
    turns = [turn["text"] for step in rehearsal.answer("status", "bloom")["steps"] for turn in step["your_turn"]]
    assert next(text for text in turns if "hand-over folder" in text).startswith("read the draft")
    assert next(text for text in turns if "Thank you" in text).startswith("once the hand-over is sent")
