"""Who may read and change a spreadsheet: people, apps with their scopes, protected ranges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook, area, lines

Person = Callable[[str], Caller]
MAYA = "maya@bloom.example"
PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


def share(book: Workbook, email: str, role: str) -> None:
    body = {"type": "user", "role": role, "emailAddress": email}
    shared = book.caller.call("POST", f"/drive/v3/files/{book.id}/permissions", json=body)
    assert shared.status_code == 200, shared.text


def error(answer: Any) -> tuple[int, str, str]:
    body = answer.json()["error"]
    return answer.status_code, body["status"], body["message"]


def test_a_spreadsheet_that_is_not_is_404_and_one_without_permission_403(ana: Caller, maya: Caller) -> None:
    book = Workbook(ana)
    assert error(maya.call("GET", "/v4/spreadsheets/test")) == (
        404,
        "NOT_FOUND",
        "Requested entity was not found.",
    )
    assert error(maya.call("GET", book.path)) == (403, "PERMISSION_DENIED", "The caller does not have permission")


def test_a_reader_reads_and_may_not_write(ana: Caller, maya: Caller) -> None:
    book = Workbook(ana)
    share(book, MAYA, "reader")
    assert maya.call("GET", book.path + "/values/A1").status_code == 200
    write = maya.call("PUT", book.path + "/values/A1", json={"values": [["x"]]}, valueInputOption="RAW")
    assert error(write) == (403, "PERMISSION_DENIED", "The caller does not have permission")


def test_an_app_with_drive_file_sees_only_what_it_made(ana: Caller, app: Callable[..., Caller]) -> None:
    theirs = Workbook(ana)
    narrow = app("ana@sandbox.example", "drive.file")
    mine = Workbook(narrow)
    mine.type_in("A1", ["x"])
    assert mine.value("A1") == "x"
    assert narrow.call("GET", theirs.path).status_code == 404
    other = app("ana@sandbox.example", "drive.file", client="other.apps.example")
    assert other.call("GET", mine.path).status_code == 404
    assert ana.call("GET", f"/drive/v3/files/{mine.id}", fields="ownedByMe").json() == {"ownedByMe": True}


def test_an_app_that_may_only_read_is_refused_a_write(ana: Caller, app: Callable[..., Caller]) -> None:
    book = Workbook(ana)
    reader = app("ana@sandbox.example", "spreadsheets.readonly")
    assert reader.call("GET", book.path).status_code == 200
    write = reader.call("POST", book.path + ":batchUpdate", json={"requests": [{"addSheet": {}}]})
    assert error(write) == (403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.")


def test_a_write_makes_the_file_newer_and_a_refused_one_does_not(ana: Caller) -> None:
    book = Workbook(ana)

    def version() -> int:
        return int(ana.call("GET", f"/drive/v3/files/{book.id}", fields="version").json()["version"])

    first = version()
    book.type_in("A1", ["x"])
    assert version() > first
    second = version()
    book.batch_refused({"deleteSheet": {"sheetId": 5}})
    assert version() == second


@pytest.fixture
def shared(ana: Caller) -> Workbook:
    book = Workbook(ana, "en_US", "One", rowCount=10, columnCount=5)
    share(book, MAYA, "writer")
    return book


WRITES: list[dict[str, Any]] = [
    {"updateCells": {"start": {}, "rows": [{"values": [{"note": "x"}]}], "fields": "note"}},
    {"repeatCell": {"range": area(0, 3, 0, 3), "cell": {}, "fields": "userEnteredValue"}},
    {"deleteDimension": {"range": lines("ROWS", 0, 1)}},
    {"sortRange": {"range": area(0, 3, 0, 3), "sortSpecs": [{}]}},
    {"findReplace": {"find": "head", "replacement": "x", "allSheets": True}},
    {"mergeCells": {"range": area(0, 1, 0, 2)}},
    {"setDataValidation": {"range": area(0, 1, 0, 1)}},
]


@pytest.mark.parametrize("write", WRITES, ids=lambda write: next(iter(write)))
def test_a_protected_range_refuses_everyone_but_its_editors(
    shared: Workbook, maya: Caller, write: dict[str, Any]
) -> None:
    shared.type_in("A1", ["head"], ["x"])
    protected = {"range": area(0, 1, 0, 5), "description": "Header"}
    shared.batch({"addProtectedRange": {"protectedRange": protected}})
    answer = maya.call("POST", shared.path + ":batchUpdate", json={"requests": [write]})
    assert error(answer)[2] == f"Invalid requests[0].{next(iter(write))}: {PROTECTED}"
    shared.batch(write)


def test_values_are_protected_too_and_cells_beside_the_range_are_not(shared: Workbook, maya: Caller) -> None:
    shared.batch({"addProtectedRange": {"protectedRange": {"range": area(0, 1, 0, 5)}}})
    write = maya.call("PUT", shared.path + "/values/A1", json={"values": [["x"]]}, valueInputOption="RAW")
    assert error(write)[2] == PROTECTED
    beside = maya.call("PUT", shared.path + "/values/A2", json={"values": [["x"]]}, valueInputOption="RAW")
    assert beside.status_code == 200
    data = {"valueInputOption": "RAW", "data": [{"range": "A1", "values": [["x"]]}]}
    batch = maya.call("POST", shared.path + "/values:batchUpdate", json=data)
    assert error(batch)[2] == f"Invalid data[0]: {PROTECTED}"


def test_a_warning_is_no_refusal_and_named_editors_may_edit(shared: Workbook, maya: Caller) -> None:
    warned = {"range": area(0, 1, 0, 5), "warningOnly": True}
    given = {"range": area(1, 2, 0, 5), "editors": {"users": [MAYA]}}
    shared.batch({"addProtectedRange": {"protectedRange": warned}}, {"addProtectedRange": {"protectedRange": given}})
    write = maya.call("PUT", shared.path + "/values/A1", json={"values": [["x"], ["y"]]}, valueInputOption="RAW")
    assert write.status_code == 200


def test_a_protected_sheet_can_leave_a_range_open(shared: Workbook, maya: Caller) -> None:
    whole = {"range": {"sheetId": 0}, "unprotectedRanges": [area(1, 10, 0, 5)]}
    shared.batch({"addProtectedRange": {"protectedRange": whole}})
    inside = maya.call("PUT", shared.path + "/values/B2", json={"values": [["x"]]}, valueInputOption="RAW")
    across = maya.call("PUT", shared.path + "/values/B1", json={"values": [["x"], ["y"]]}, valueInputOption="RAW")
    assert (inside.status_code, across.status_code) == (200, 400)
    again = {"range": {"sheetId": 0}}
    message = shared.batch_refused({"addProtectedRange": {"protectedRange": again}})
    assert message.endswith('Sheet "One" already has sheet protection.')


def test_a_protected_range_tells_who_may_edit_only_those_who_may(shared: Workbook, maya: Caller) -> None:
    added = shared.batch({"addProtectedRange": {"protectedRange": {"range": area(0, 1, 0, 5)}}})
    number = added[0]["addProtectedRange"]["protectedRange"]["protectedRangeId"]
    mine = shared.sheet()["protectedRanges"][0]
    theirs = maya.call("GET", shared.path).json()["sheets"][0]["protectedRanges"][0]
    assert (mine["requestingUserCanEdit"], mine["editors"]) == (True, {"users": ["ana@sandbox.example"]})
    assert "requestingUserCanEdit" not in theirs
    assert "editors" not in theirs
    delete = {"requests": [{"deleteProtectedRange": {"protectedRangeId": number}}]}
    assert maya.call("POST", shared.path + ":batchUpdate", json=delete).status_code == 400
    update = {"protectedRange": {"protectedRangeId": number, "warningOnly": True}, "fields": "warningOnly"}
    shared.batch({"updateProtectedRange": update})
    assert maya.call("POST", shared.path + ":batchUpdate", json=delete).status_code == 200
