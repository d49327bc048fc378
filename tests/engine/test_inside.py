"""The scan before sharing: what the client would be able to open is looked into, and a finding stops the share."""

from __future__ import annotations

import io
import zipfile
from itertools import product

import pytest

from offboard.demo.files import make_pdf
from offboard.demo.person import DOC
from offboard.errors import Exit
from offboard.sandbox.scenario import Instruction, Scenario
from tests.engine.test_share import readers, told, type_cell
from tests.rehearsal import Rehearsal
from tests.sampled import sampled

SECRET = "Sommer2024!"
NOTES = make_pdf("Bloom Bakery: notes", (f"Instagram Passwort: {SECRET}", "Reels: 6"))


def find_id(rehearsal: Rehearsal, name: str) -> str:
    query = f"name%3D'{name}'".replace(" ", "%20")
    return str(rehearsal.get(f"/drive/v3/files?q={query}")["files"][-1]["id"])


def add_report(rehearsal: Rehearsal, name: str = "Notes.pdf", content: bytes = NOTES) -> str:
    """A file behind the link of the Reports cell."""
    return rehearsal.person.upload(name, content, "application/octet-stream", find_id(rehearsal, "Bloom reports"))


def findings(rehearsal: Rehearsal) -> dict[str, str]:
    """What `plan` names, each with the id that lets it pass."""
    steps = rehearsal.answer("plan", "bloom")["steps"]
    turns = next(step["your_turn"] for step in steps if step["step"] == "share")
    return {turn["where"].split()[-1]: turn["text"] for turn in turns if "--allow" in turn["where"]}


def downloads(rehearsal: Rehearsal, *words: str) -> list[str]:
    """The files whose bytes Google was asked for."""
    asked = rehearsal.requests_of(lambda: rehearsal.offboard(*words))
    paths = [str(request["path"]) for request in asked if request["method"] == "GET"]
    link = find_id(rehearsal, "Bloom reports")
    return [path for path in paths if path.startswith("/drive/v3/files/") and link not in path]


def test_a_password_in_a_report_stops_the_share_and_is_the_persons_turn(rehearsal: Rehearsal) -> None:
    add_report(rehearsal)
    result = rehearsal.offboard("run", "bloom", "--yes", "--exit-code")
    assert result.exit_code == Exit.WAITING
    assert "“Notes.pdf”, page 1: a password (Passwort: ••••••)" in result.output
    assert "--allow" in result.output
    assert readers(rehearsal) == set()
    assert "Copied: Notes.pdf" in {row[4] for row in rehearsal.rows("Log")}, "what is not shared is made all the same"
    assert rehearsal.offboard("run", "bloom", "--yes").exit_code == Exit.OK


def test_what_is_allowed_once_passes_for_good_and_the_log_says_who_allowed_it(rehearsal: Rehearsal) -> None:
    add_report(rehearsal)
    (id,) = findings(rehearsal)
    rehearsal.offboard("run", "bloom", "--yes")
    result = rehearsal.offboard("share", "bloom", "--yes", "--allow", id)
    assert result.exit_code == Exit.OK
    assert readers(rehearsal) == {"maya@bloom.example"}
    log = [row[4] for row in rehearsal.rows("Log")]
    said = "Allowed by Ana Ruiz <ana@sandbox.example>: “Notes.pdf”, page 1: a password (Passwort: ••••••)"
    assert log.count(said) == 1


def test_what_is_let_pass_while_other_things_hold_the_share_is_said_to_be_written_down(rehearsal: Rehearsal) -> None:
    add_report(rehearsal)
    rehearsal.person.upload("Other.txt", b"PIN: 4821", "text/plain", find_id(rehearsal, "Bloom reports"))
    rehearsal.offboard("run", "bloom", "--yes")
    first, second = sorted(findings(rehearsal))
    told = " ".join(rehearsal.offboard("share", "bloom", "--yes", "--allow", first).output.split())
    assert "What you let pass is written down; nothing else was done: first see what else was found" in told
    assert f"--allow {second}" in told
    told = " ".join(rehearsal.offboard("share", "bloom", "--yes", "--allow", first).output.split())
    assert "Nothing was done: first see what was found" in told


def test_an_allowance_holds_for_later_runs_that_nobody_watches(rehearsal: Rehearsal) -> None:
    add_report(rehearsal)
    rehearsal.person.upload("Other.txt", b"PIN: 4821", "text/plain", find_id(rehearsal, "Bloom reports"))
    ids = sorted(findings(rehearsal))
    for id in ids:
        rehearsal.offboard("run", "bloom", "--yes", "--no-input", "--allow", id)
    rehearsal.come_to_rest()
    assert len(ids) == 2
    assert readers(rehearsal) == {"maya@bloom.example"}


def test_into_an_open_folder_nothing_is_copied_that_may_not_be_for_the_client(rested: Rehearsal) -> None:
    add_report(rested)
    result = rested.offboard("run", "bloom", "--yes")
    log = {row[4] for row in rested.rows("Log")}
    assert "not copied, for Maya can open the folder: 1 thing in the files may not be for the client" in log
    assert "Copied: Notes.pdf" not in log
    steps = rested.answer("plan", "bloom")["steps"]
    turns = next(step["your_turn"] for step in steps if step["step"] == "reports")
    rested.offboard(*turns[0]["where"].split()[1:], "--yes")
    assert [row[4] for row in rested.rows("Log")].count("Copied: Notes.pdf") == 1
    assert SECRET not in str(rested.rows("Ledger")) + result.output


@pytest.mark.parametrize(("name", "convert_to"), [("Notes.txt", ""), ("Notes", DOC)])
def test_what_changes_after_it_was_looked_into_does_not_get_into_an_open_folder(
    rested: Rehearsal, name: str, convert_to: str
) -> None:
    file = rested.person.upload(name, b"Reels: 6", "text/plain", find_id(rested, "Bloom reports"), convert_to)
    rested.person.ask("PATCH", f"/drive/v3/files/{file}", {"modifiedTime": "2026-01-02T00:00:00Z"})

    def change(content: bytes) -> None:
        rested.rewrite(file, content, "text/plain")

    def inside() -> list[str]:
        return [path for path, *_ in rested.world()["files"] if "Offboarding" in path and "Notes" in path]

    act = Instruction("sheets.spreadsheets.batchUpdate", 1, "edit", act=lambda: change(f"Passwort: {SECRET}".encode()))
    rested.sandbox.faults.begin(Scenario((act,)))
    told = " ".join(rested.offboard("run", "bloom", "--yes").output.split())
    assert [fault["used"] for fault in rested.sandbox.faults.report()["faults"]] == [1]
    rested.sandbox.faults.end()
    assert f"“{name}” changed after it was looked into" in told
    assert inside() == []
    assert "a password" in " ".join(rested.offboard("run", "bloom", "--yes").output.split())
    assert inside() == []
    change(b"Reels: 8")
    rested.come_to_rest()
    assert len(inside()) == 1


def test_a_changed_file_is_asked_for_again(rehearsal: Rehearsal) -> None:
    type_cell(rehearsal, "Clients!K2", "")
    rehearsal.come_to_rest()
    type_cell(rehearsal, "Clients!K2", "now")
    content = find_id(rehearsal, "Content")
    file = rehearsal.person.upload("notes.txt", b"Password: first-One1", "text/plain", content)
    (first,) = findings(rehearsal)
    rehearsal.offboard("run", "bloom", "--yes", "--only", "folder", "--allow", first)
    rehearsal.rewrite(file, b"Password: second-2nd")
    (second,) = findings(rehearsal)
    assert first != second
    rehearsal.offboard("run", "bloom", "--yes")
    assert readers(rehearsal) == set()


def test_nothing_of_a_secret_is_ever_shown_or_written_down(rehearsal: Rehearsal) -> None:
    key = "ghp_" + "a1B2" * 9
    add_report(rehearsal)
    add_report(rehearsal, "Access.csv", f"Platform,User,Password\r\nInstagram,bloom,{SECRET}\r\n{key},,\r\n".encode())
    commands = [("plan", "bloom"), ("run", "bloom", "--yes"), ("status", "bloom"), ("plan", "bloom", "--json")]
    shown = [rehearsal.offboard(*words).output for words in commands]
    allowed = [word for id in findings(rehearsal) for word in ("--allow", id)]
    shown.append(rehearsal.offboard("share", "bloom", "--yes", *allowed).output)
    written = [str(rehearsal.rows(tab)) for tab in ("Log", "Ledger", "Today")]
    assert readers(rehearsal) == {"maya@bloom.example"}
    for text in (*shown, *written):
        assert SECRET not in text
        assert key not in text
        assert "Sommer" not in text


def test_everything_in_the_folder_is_looked_into_whoever_put_it_there(rehearsal: Rehearsal) -> None:
    type_cell(rehearsal, "Clients!K2", "")
    rehearsal.come_to_rest()
    person = rehearsal.person
    inner = person.make_folder("Logins", person.make_folder("Extra", find_id(rehearsal, "Content")))
    person.upload("list.txt", b"Kennwort: Hefe#2024", "text/plain", inner)
    person.upload("Talk", b"<p>as we did for Corvo Coffee</p>", "text/html", find_id(rehearsal, "Brand assets"), DOC)
    type_cell(rehearsal, "Clients!K2", "now")
    said = " ".join(findings(rehearsal).values())
    assert "“list.txt”, line 1: a password" in said
    assert "another client, Corvo Coffee" in said
    rehearsal.offboard("run", "bloom", "--yes")
    assert readers(rehearsal) == set()


def test_what_is_put_there_while_a_run_is_at_work_is_seen_before_the_share(rehearsal: Rehearsal) -> None:
    def put() -> None:
        rehearsal.person.upload("late.txt", b"Password: second-2nd", "text/plain", find_id(rehearsal, "Content"))

    rehearsal.sandbox.faults.begin(Scenario((Instruction("drive.files.copy", 3, "edit", when="after", act=put),)))
    result = rehearsal.offboard("run", "bloom", "--yes")
    rehearsal.sandbox.faults.end()
    assert "“late.txt”, line 1: a password" in result.output
    assert readers(rehearsal) == set()


def test_only_the_part_that_is_shared_is_looked_into(rehearsal: Rehearsal) -> None:
    type_cell(rehearsal, "Clients!K2", "reports now, rest when paid")
    type_cell(rehearsal, "Invoices!F2", "")
    rehearsal.offboard("run", "bloom", "--yes", "--only", "folder")
    rehearsal.person.upload("a.txt", b"Password: second-2nd", "text/plain", find_id(rehearsal, "Content"))
    rehearsal.come_to_rest()
    assert readers(rehearsal) == {"maya@bloom.example"}


def test_a_run_that_shares_nothing_reads_no_file(rehearsal: Rehearsal) -> None:
    type_cell(rehearsal, "Clients!K2", "")
    assert downloads(rehearsal, "plan", "bloom") == []


def test_what_was_looked_into_is_not_fetched_again(rehearsal: Rehearsal) -> None:
    add_report(rehearsal)
    rehearsal.offboard("run", "bloom", "--yes")
    rehearsal.offboard("run", "bloom", "--yes")  # the documents' copies are read once, too
    assert downloads(rehearsal, "run", "bloom", "--yes") == []
    assert len(findings(rehearsal)) == 1


def test_a_new_client_in_the_tracker_has_all_looked_into_anew(rehearsal: Rehearsal) -> None:
    add_report(rehearsal, "Talk.txt", b"as we did for Halle Sieben")
    add_report(rehearsal)
    rehearsal.offboard("run", "bloom", "--yes")
    before = findings(rehearsal)
    rehearsal.type("Clients!A5", ["halle", "Halle Sieben", "Kim", "kim@halle7.example"])
    assert len(findings(rehearsal)) == len(before) + 1


def test_files_without_text_are_named_once_and_hold_nothing_back(rehearsal: Rehearsal) -> None:
    add_report(rehearsal, "Reel.mp4", b"\0\0\0 ftypisom")
    assert "not looked into: Reach.png, Reel.mp4 (a picture, a film)" in told(rehearsal, "plan", "bloom")
    rehearsal.offboard("run", "bloom", "--yes")
    assert readers(rehearsal) == {"maya@bloom.example"}


def test_a_bomb_and_a_broken_file_hold_nothing_back_and_break_nothing(rehearsal: Rehearsal) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(300_000_000))
    add_report(rehearsal, "Bomb.xlsx", bomb.getvalue())
    add_report(rehearsal, "Torn.pdf", NOTES[: len(NOTES) // 3])
    said = told(rehearsal, "plan", "bloom")
    assert "Bomb.xlsx" in said
    assert "it unpacks to 300 MB" in said
    assert "Torn.pdf" in said
    rehearsal.offboard("run", "bloom", "--yes")
    assert readers(rehearsal) == {"maya@bloom.example"}


def test_a_finding_that_there_is_not_is_a_slip_of_the_pen(rehearsal: Rehearsal) -> None:
    result = rehearsal.offboard("run", "bloom", "--yes", "--allow", "abcdef")
    assert result.exit_code == Exit.USAGE
    assert "There is nothing by the name abcdef to allow" in result.output
    assert "bloom/folder" not in rehearsal.ledger()


@pytest.mark.parametrize(
    ("kind", "method"),
    sampled(
        product(["503", "reset", "truncated", "429"], ["drive.files.get", "drive.files.export", "drive.files.list"]), 4
    ),
)
def test_a_fault_at_a_request_of_the_look_costs_nothing(rehearsal: Rehearsal, kind: str, method: str) -> None:
    add_report(rehearsal)
    rehearsal.sandbox.faults.begin(Scenario((Instruction(method, 2, kind, times=3),)))
    rehearsal.offboard("run", "bloom", "--yes")
    rehearsal.sandbox.faults.end()
    assert readers(rehearsal) == set()
    (id,) = findings(rehearsal)
    rehearsal.come_to_rest("--allow", id)
    assert readers(rehearsal) == {"maya@bloom.example"}
