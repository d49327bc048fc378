"""What stands behind a Reports cell: every kind of link and file, each handed over or named with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from offboard.demo.person import Person
from tests.rehearsal import Rehearsal

FOLDER = "https://drive.google.com/drive/folders/{}"
FILE = "https://drive.google.com/file/d/{}/view?usp=sharing"
DOC = "https://docs.google.com/document/d/{}/edit"


def reports(rehearsal: Rehearsal, *links: str) -> dict[str, str]:
    """The names in the client's Reports folder after a run, and why others are not there."""
    rehearsal.type("Clients!J2", ["\n".join(links)])
    rehearsal.offboard("reports", "bloom", "--yes")
    step = next(step for step in rehearsal.answer("plan", "bloom")["steps"] if step["step"] == "reports")
    files = [path for path, mime, *_ in rehearsal.world()["files"] if "/Reports/" in path and "folder" not in mime]
    there = {path.partition("/Reports/")[2]: "there" for path in files}
    return there | {turn["text"].partition(": ")[0]: turn["text"].partition(": ")[2] for turn in step["your_turn"]}


def upload(rehearsal: Rehearsal, name: str, parent: str = "root", person: Person | None = None) -> str:
    return (person or rehearsal.person).upload(name, b"some bytes", "application/octet-stream", parent)


@pytest.mark.parametrize(
    "address",
    [
        FILE,
        "https://drive.google.com/open?id={}",
        "https://drive.google.com/file/u/0/d/{}/edit",
        "https://drive.google.com/uc?export=download&id={}",
    ],
)
def test_a_file_is_found_behind_every_form_of_its_link(rehearsal: Rehearsal, address: str) -> None:
    assert reports(rehearsal, address.format(upload(rehearsal, "May.bin"))) == {"May.bin": "there"}


def test_what_cannot_be_reached_is_named_and_the_rest_goes_on(rehearsal: Rehearsal) -> None:
    theirs = upload(rehearsal, "Theirs.bin", person=Person(rehearsal.sandbox.origin, "kim@oldagency.example"))
    mine = upload(rehearsal, "Mine.bin")
    unknown = "1aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    links = [FILE.format(theirs), FILE.format(mine), FILE.format(unknown), "https://example.org/report.pdf"]
    found = reports(rehearsal, *links)
    assert found["Mine.bin"] == "there"
    assert "not for your account" in found[links[0].partition(": ")[0]]
    assert "no link to a Drive file" in found["https://example.org/report.pdf"]
    assert len(found) == 4


def test_a_file_whose_owner_forbids_copies_is_named_with_its_owner(rehearsal: Rehearsal) -> None:
    kim = Person(rehearsal.sandbox.origin, "kim@oldagency.example")
    theirs = upload(rehearsal, "Q1 ads.pptx", person=kim)
    kim.ask("PATCH", f"/drive/v3/files/{theirs}", {"copyRequiresWriterPermission": True})
    reader = {"type": "user", "role": "reader", "emailAddress": "ana@sandbox.example"}
    kim.ask("POST", f"/drive/v3/files/{theirs}/permissions?sendNotificationEmail=false", reader)
    found = reports(rehearsal, FILE.format(theirs))
    assert "kim@oldagency.example, who does not allow copies" in found["Q1 ads.pptx"]


def test_google_documents_become_files_and_forms_are_named(rehearsal: Rehearsal) -> None:
    person = rehearsal.person
    kind = {"name": "Survey", "mimeType": "application/vnd.google-apps.form"}
    form = person.ask("POST", "/drive/v3/files", kind)["id"]
    doc = person.upload("Review", b"<p>Hi</p>", "text/html", "root", "application/vnd.google-apps.document")
    sheet = person.upload("Numbers", b"a,b\r\n1,2", "text/csv", "root", "application/vnd.google-apps.spreadsheet")
    found = reports(
        rehearsal, DOC.format(doc), f"https://docs.google.com/spreadsheets/d/{sheet}/edit#gid=0", FILE.format(form)
    )
    why = found.pop("Survey")
    assert "is a Google form: it cannot be handed over" in why
    assert found == {"Review.pdf": "there", "Numbers.xlsx": "there"}


def test_the_same_file_behind_two_links_is_copied_once(rehearsal: Rehearsal) -> None:
    folder = rehearsal.person.make_folder("All")
    file = upload(rehearsal, "May.bin", folder)
    assert reports(rehearsal, FOLDER.format(folder), FILE.format(file)) == {"May.bin": "there"}


def test_a_file_in_the_bin_is_named(rehearsal: Rehearsal) -> None:
    file = upload(rehearsal, "May.bin")
    rehearsal.person.ask("PATCH", f"/drive/v3/files/{file}", {"trashed": True})
    assert "bin" in reports(rehearsal, FILE.format(file))["May.bin"]


def test_a_path_that_is_not_on_this_computer_is_named(rehearsal: Rehearsal) -> None:
    assert reports(rehearsal, "/no/such/report.pdf") == {"report.pdf": "is not on this computer"}


def shortcut(rehearsal: Rehearsal, name: str, target: str, parent: str) -> None:
    body = {"name": name, "mimeType": "application/vnd.google-apps.shortcut", "parents": [parent]}
    rehearsal.person.ask("POST", "/drive/v3/files", body | {"shortcutDetails": {"targetId": target}})


def test_a_broken_shortcut_is_named_and_the_rest_of_its_folder_goes_on(rehearsal: Rehearsal) -> None:
    folder = rehearsal.person.make_folder("All")
    upload(rehearsal, "May.bin", folder)
    gone = upload(rehearsal, "Gone.bin")
    shortcut(rehearsal, "To gone", gone, folder)
    rehearsal.person.ask("DELETE", f"/drive/v3/files/{gone}")
    found = reports(rehearsal, FOLDER.format(folder))
    assert "leads to what is not there" in found.pop("To gone")
    assert found == {"May.bin": "there"}


def test_shortcuts_that_lead_round_in_a_circle_are_followed_once(rehearsal: Rehearsal) -> None:
    one, two = rehearsal.person.make_folder("One"), rehearsal.person.make_folder("Two")
    upload(rehearsal, "May.bin", one)
    upload(rehearsal, "June.bin", two)
    for number in range(2):
        shortcut(rehearsal, f"to two {number}", two, one)
        shortcut(rehearsal, f"to one {number}", one, two)
    rehearsal.type("Clients!J2", [FOLDER.format(one)])
    seen = rehearsal.requests_of(lambda: rehearsal.offboard("plan", "bloom"))
    assert sum((request["method"], request["path"]) == ("GET", "/drive/v3/files") for request in seen) == 2
    assert reports(rehearsal, FOLDER.format(one)) == {"May.bin": "there", "Two/June.bin": "there"}


@pytest.mark.parametrize("address", [FOLDER, "https://drive.google.com/open?id={}"])
def test_a_linked_folder_gives_the_same_paths_by_either_link(rehearsal: Rehearsal, address: str) -> None:
    folder = rehearsal.person.make_folder("All")
    upload(rehearsal, "May.bin", rehearsal.person.make_folder("Spring", folder))
    upload(rehearsal, "Year.bin", folder)
    assert reports(rehearsal, address.format(folder)) == {"Spring/May.bin": "there", "Year.bin": "there"}


def test_a_folder_on_disk_keeps_its_inner_folders_and_leaves_litter_out(rehearsal: Rehearsal, tmp_path: Path) -> None:
    deep = tmp_path / "all" / "spring" / "may"
    deep.mkdir(parents=True)
    for file in (tmp_path / "all" / "year.txt", deep / "ads.txt", deep / "Thumbs.db", deep / ".DS_Store"):
        file.write_text(file.name, encoding="utf-8")
    (deep / "round").symlink_to(tmp_path / "all")
    found = reports(rehearsal, str(tmp_path / "all"))
    assert "leads to another folder" in found.pop("round")
    assert found == {"year.txt": "there", "spring/may/ads.txt": "there"}


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that even its owner cannot read")
def test_a_file_on_disk_that_cannot_be_read_is_named_and_the_rest_goes_on(rehearsal: Rehearsal, tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "good.txt").write_text("good", encoding="utf-8")
    (tmp_path / "all" / "closed.pdf").symlink_to("/proc/self/mem")
    found = reports(rehearsal, str(tmp_path / "all"))
    assert "can't be read on this computer" in found.pop("closed.pdf")
    assert found == {"good.txt": "there"}


def test_a_report_on_disk_is_the_same_on_two_computers_whose_people_have_other_folders(
    rehearsal: Rehearsal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`~/reports` is typed once; where it lies is each computer's matter."""
    rehearsal.type("Clients!J2", ["~/reports"])
    for person in ("ana", "ana-at-work"):
        (tmp_path / person / "reports").mkdir(parents=True)
        (tmp_path / person / "reports" / "May.txt").write_text("Reach 18,500\n")
        monkeypatch.setenv("HOME", str(tmp_path / person))
        rehearsal.come_to_rest()
    assert [path for path, *_ in rehearsal.world()["files"] if path.endswith("May.txt")] == [
        next(path for path, *_ in rehearsal.world()["files"] if path.endswith("Reports/May.txt"))
    ]
    assert "bloom/reports/~/reports/May.txt" in rehearsal.ledger()
