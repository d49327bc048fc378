"""A person's act between any two requests: applied before or after a call, uncounted, and never lost in silence."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from offboard.sandbox.faults import Instruction, Scenario
from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.mischief import DriveWrite, play, used
from tests.sandbox.workbook import Workbook, area


@pytest.fixture
def book(ana: Caller) -> Workbook:
    """A sheet with three names in it."""
    made = Workbook(ana)
    made.type_in("A1:A3", ["Clara"], ["Anton"], ["Bea"])
    return made


def sort(book: Workbook) -> dict[str, object]:
    """A person's act: column A is sorted."""
    request = {"sortRange": {"range": area(0, 3, 0, 1), "sortSpecs": [{"dimensionIndex": 0}]}}
    return {"http": "POST", "path": f"{book.path}:batchUpdate", "body": {"requests": [request]}}


@pytest.mark.parametrize(("when", "seen"), [("before", "Anton"), ("after", "Clara")])
def test_an_edit_comes_before_or_after_its_call(when: str, seen: str, book: Workbook, ana: Caller) -> None:
    fault = {"fault": "edit", "when": when, "requests": [sort(book)]}
    play(ana, {"method": "sheets.spreadsheets.values.get", "call": 2, **fault})
    assert [book.value("A1") for _ in range(3)] == ["Clara", seen, "Anton"]
    assert used(ana) == [[2]]


def test_an_edit_is_no_request_and_counts_for_nothing(book: Workbook, ana: Caller, sandbox: Sandbox) -> None:
    edit = {"method": "*", "call": 1, "fault": "edit", "requests": [sort(book)] * 3}
    play(ana, edit, {"method": "sheets.spreadsheets.batchUpdate", "call": 1, "fault": "500"})
    before = len(sandbox.requests)
    assert book.value("A1") == "Anton"
    assert len(sandbox.requests) == before + 1
    assert used(ana) == [[1], []]


def test_an_edit_that_google_refuses_is_told(book: Workbook, ana: Caller) -> None:
    path = f"{book.path}/values/{quote('No such tab!A1', safe='')}?valueInputOption=RAW"
    edit = {"http": "PUT", "path": path, "body": {"values": [["x"]]}}
    play(ana, {"method": "*", "call": 1, "fault": "edit", "requests": [edit]})
    book.value("A1")
    refused = ana.call("GET", "/sandbox/faults").json()["faults"][0]["refused"]
    assert [(one["http"], one["path"], one["status"]) for one in refused] == [("PUT", path, 400)]
    assert "Unable to parse range" in refused[0]["answer"]


def test_an_edit_and_another_fault_meet_at_one_call(book: Workbook, ana: Caller) -> None:
    edit = {"method": "*", "call": 1, "fault": "edit", "requests": [sort(book)]}
    play(ana, edit, {"method": "*", "call": 1, "fault": "503"})
    book.refused("GET", "/values/A1")
    assert book.value("A1") == "Anton"
    assert used(ana) == [[1], [1]]


@pytest.mark.parametrize(("when", "count"), [("before", 0), ("after", 1)])
def test_a_test_may_act_itself_over_http(
    when: str, count: int, ana: Caller, sandbox: Sandbox, app: Callable[..., Caller]
) -> None:
    write, seen = DriveWrite(app("ana@sandbox.example", "drive")), []
    look = DriveWrite(ana)
    act = Instruction("drive.files.create", 1, "edit", when=when, act=lambda: seen.append(look.count()))
    sandbox.faults.begin(Scenario((act,), latency={"drive.files.list": 60}))
    assert write.send(10).status_code == 200
    assert seen == [count]
    assert sandbox.faults.report()["requests"] == 1
