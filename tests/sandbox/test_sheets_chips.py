"""Smart chips: links to Drive files and people within a cell's text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook

Json = dict[str, Any]


@pytest.fixture
def book(ana: Caller) -> Workbook:
    return Workbook(ana)


def write(text: str, *runs: Json) -> Json:
    """A request that writes a text with these chip runs into A1."""
    cell = {"userEnteredValue": {"stringValue": text}, "chipRuns": list(runs)}
    return {"updateCells": {"start": {}, "rows": [{"values": [cell]}], "fields": "userEnteredValue,chipRuns"}}


def link(uri: str, start: int = 0) -> Json:
    """The run of a link's chip."""
    return {"startIndex": start, "chip": {"richLinkProperties": {"uri": uri}}}


def test_chips_are_written_over_placeholders_and_read_back_with_type_and_title(book: Workbook) -> None:
    report = {"name": "Report.pdf", "mimeType": "application/pdf"}
    uri = (
        f"https://drive.google.com/file/d/{book.caller.call('POST', '/drive/v3/files', json=report).json()['id']}/view"
    )
    book.batch(write("see @ and more", link(uri, 4)))
    read = book.cell("A1")
    assert read["chipRuns"] == [
        {"startIndex": 4, "chip": {"richLinkProperties": {"uri": uri, "mimeType": "application/pdf"}}},
        {"startIndex": 5},
    ]
    assert read["userEnteredValue"] == {"stringValue": "see @ and more"}
    assert read["formattedValue"] == "see Report.pdf and more"
    book.type_in("A1", ["plain"])
    assert "chipRuns" not in book.cell("A1"), "a new value erases the chips"


def test_a_person_is_shown_by_the_address_and_needs_one(book: Workbook) -> None:
    person = {"email": "maya@bloom.example", "displayFormat": "EMAIL"}
    book.batch(write("@ asked", {"chip": {"personProperties": person}}))
    assert book.cell("A1")["chipRuns"] == [{"chip": {"personProperties": person}}, {"startIndex": 1}]
    assert book.value("A1") == "maya@bloom.example asked"
    assert "must have an email" in book.batch_refused(write("@", {"chip": {"personProperties": {"email": ""}}}))


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        ("no placeholder", "https://drive.google.com/file/d/0123456789abc/view"),
        ("@", "https://elsewhere.example/x"),
        ("@", f"https://drive.google.com/file/d/0123456789abc/view?{'x' * 2000}"),
    ],
)
def test_a_chip_without_placeholder_or_that_is_no_short_drive_link_is_refused(
    book: Workbook, text: str, uri: str
) -> None:
    assert book.batch_refused(write(text, link(uri))).startswith("Invalid requests[0].updateCells: chipRuns")


def test_an_app_without_a_scope_for_drive_writes_no_chips_of_files(app: Callable[..., Caller]) -> None:
    own = Workbook(app("ana@sandbox.example", "spreadsheets"))
    asked = {"requests": [write("@", link("https://drive.google.com/file/d/0123456789abc/view"))]}
    assert own.refused("POST", ":batchUpdate", asked) == (403, "Request had insufficient authentication scopes.")
