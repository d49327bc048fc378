"""The case study in Drive: in the freelancer's own folder, following the numbers while nobody touched it."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from offboard.sandbox.accounts import OWNER
from tests.rehearsal import Rehearsal

LAST = (datetime.now(UTC).date().replace(day=1) - timedelta(days=1)).replace(day=1)
NAME = "Case study – Bloom Bakery.docx"


@pytest.fixture
def counted(rehearsal: Rehearsal) -> Rehearsal:
    """A tracker with two months of numbers, typed by hand."""
    rehearsal.type("Metrics!A2", ["bloom", "Instagram", "2025-01-01", "3840", "16900", "", "1700"])
    rehearsal.type("Metrics!A3", ["bloom", "Instagram", LAST.isoformat(), "4210", "18500", "", "1900"])
    return rehearsal


def file_of(rehearsal: Rehearsal, name: str = NAME) -> dict[str, object]:
    fields = "files(id,name,permissions(emailAddress),parents)"
    files = rehearsal.get(f"/drive/v3/files?pageSize=1000&fields={fields}")["files"]
    found = [file for file in files if file["name"] == name]
    assert len(found) == 1, [file["name"] for file in files]
    return dict(found[0])


def text_of(rehearsal: Rehearsal, name: str = NAME) -> str:
    content = rehearsal.download(str(file_of(rehearsal, name)["id"]))
    return zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()


def test_it_lies_in_the_freelancers_own_folder_and_nobody_else_can_read_it(counted: Rehearsal) -> None:
    counted.come_to_rest()
    assert counted.ledger()["bloom/case study/document"] == "made"
    paths = [path for path, *_ in counted.world()["files"]]
    assert f"Bloom Bakery – for me/{NAME}" in paths
    assert file_of(counted)["permissions"] == [{"emailAddress": OWNER}]
    assert "4,210" in text_of(counted)


def test_it_follows_the_numbers_and_is_written_once(counted: Rehearsal) -> None:
    counted.offboard("case-study", "bloom", "--yes")
    before = file_of(counted)
    counted.type("Metrics!D3", ["4300"])
    planned = counted.offboard("plan", "bloom", "--only", "case-study")
    assert f"bring “{NAME}” in your own folder up to date" in " ".join(planned.output.split())
    counted.offboard("case-study", "bloom", "--yes")
    assert "4,300" in text_of(counted)
    assert file_of(counted) == before
    assert "Nothing to do" in counted.offboard("case-study", "bloom", "--yes").output


def test_what_a_person_wrote_into_it_stays(counted: Rehearsal) -> None:
    counted.offboard("case-study", "bloom", "--yes")
    id = str(file_of(counted)["id"])
    counted.rewrite(id, b"mine")
    counted.type("Metrics!D3", ["4300"])
    done = counted.offboard("case-study", "bloom", "--yes")
    assert "it is yours now" in done.output
    assert counted.download(id) == b"mine"


def test_without_names_it_is_a_second_file_that_is_followed_too(counted: Rehearsal) -> None:
    counted.offboard("case-study", "bloom", "--anonymous", "--yes")
    nameless = "Case study, without names.docx"
    assert "Bloom" not in text_of(counted, nameless)
    counted.type("Metrics!D3", ["4300"])
    counted.offboard("run", "bloom", "--only", "case-study", "--yes")
    assert "4,300" in text_of(counted)
    assert "4,300" in text_of(counted, nameless)


def test_verify_does_not_ask_her_to_share_what_is_for_her_alone(counted: Rehearsal) -> None:
    counted.come_to_rest()
    assert counted.offboard("case-study", "bloom", "--anonymous", "--yes").exit_code == 0
    result = counted.offboard("verify", "bloom")
    assert "cannot open" not in result.output, result.output
    assert "“Case study, without names” is there, as written" in result.output
    address = f"/drive/v3/files/{file_of(counted)['id']}/permissions"
    counted.person.ask("POST", address, {"role": "reader", "type": "user", "emailAddress": "maya@bloom.example"})
    result = counted.offboard("verify", "bloom")
    assert (result.exit_code, "which is for you alone" in " ".join(result.output.split())) == (1, True), result.output
