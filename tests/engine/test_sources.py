"""What stands behind a Reports cell: every kind of link and file, each handed over or named with its reason."""

from __future__ import annotations

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
    there = {path.partition("/Reports/")[2]: "there" for path, *_ in rehearsal.world()["files"] if "/Reports/" in path}
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
    kim._send("PATCH", f"/drive/v3/files/{theirs}", json={"copyRequiresWriterPermission": True})
    reader = {"type": "user", "role": "reader", "emailAddress": "ana@sandbox.example"}
    kim._send("POST", f"/drive/v3/files/{theirs}/permissions?sendNotificationEmail=false", json=reader)
    found = reports(rehearsal, FILE.format(theirs))
    assert "kim@oldagency.example, who does not allow copies" in found["Q1 ads.pptx"]


def test_google_documents_become_files_and_forms_are_named(rehearsal: Rehearsal) -> None:
    person = rehearsal.person
    doc = person.upload("Review", b"<p>Hi</p>", "text/html", "root", "application/vnd.google-apps.document")
    sheet = person.upload("Numbers", b"a,b\r\n1,2", "text/csv", "root", "application/vnd.google-apps.spreadsheet")
    found = reports(rehearsal, DOC.format(doc), f"https://docs.google.com/spreadsheets/d/{sheet}/edit#gid=0")
    assert found == {"Review.pdf": "there", "Numbers.xlsx": "there"}


def test_the_same_file_behind_two_links_is_copied_once(rehearsal: Rehearsal) -> None:
    folder = rehearsal.person.make_folder("All")
    file = upload(rehearsal, "May.bin", folder)
    assert reports(rehearsal, FOLDER.format(folder), FILE.format(file)) == {"May.bin": "there"}


def test_a_file_in_the_bin_is_named(rehearsal: Rehearsal) -> None:
    file = upload(rehearsal, "May.bin")
    rehearsal.person._send("PATCH", f"/drive/v3/files/{file}", json={"trashed": True})
    assert "bin" in reports(rehearsal, FILE.format(file))["May.bin"]


def test_a_path_that_is_not_on_this_computer_is_named(rehearsal: Rehearsal) -> None:
    assert reports(rehearsal, "/no/such/report.pdf") == {"report.pdf": "is not on this computer"}
