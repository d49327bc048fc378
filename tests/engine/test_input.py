"""What people do to the tracker between two commands: it is read as it is meant, or named with its cell."""

from __future__ import annotations

from typing import Any

import pytest

from offboard.tracker.tabs import SHEET_IDS
from tests.rehearsal import Rehearsal
from tests.tracker.test_fence import batch


def told(rehearsal: Rehearsal, *words: str) -> str:
    result = rehearsal.offboard(*words)
    return " ".join(result.output.split())


def rename(rehearsal: Rehearsal, tab: str, title: str) -> None:
    properties = {"sheetId": SHEET_IDS[tab], "title": title}
    batch(rehearsal, {"updateSheetProperties": {"properties": properties, "fields": "title"}})


def put(rehearsal: Rehearsal, place: str, typed: str) -> None:
    """Type into a cell; a formula also where the column's format would keep it as text."""
    if not typed.startswith("="):
        rehearsal.type(place, [typed])
        return
    tab, _, address = place.partition("!")
    start = {"sheetId": SHEET_IDS[tab], "rowIndex": int(address[1:]) - 1, "columnIndex": ord(address[0]) - 65}
    cell = {"userEnteredValue": {"formulaValue": typed}}
    request = {"rows": [{"values": [cell]}], "fields": "userEnteredValue", "start": start}
    batch(rehearsal, {"updateCells": request})


CELLS = [
    ("Clients!C2", "=NA()", "Clients!C2", "is an error in the sheet"),
    ("Clients!D2", "=1/0", "Clients!D2", "is an error in the sheet"),
    ("Setup!B2", "=NA()", "Setup!B2", "is an error in the sheet"),
    ("Clients!D2", "\u202amaya@bloom.example\u202c", "Clients!D2", "is no e-mail address"),
    ("Clients!D2", "maya@bl\u00fcm.example", "Clients!D2", "is no e-mail address"),
    ("Clients!O2", "sharing, invoices", "Clients!O2", "names “sharing”, which is none of: contract, end date, folder"),
    ("Clients!H1", "Final day", "Clients!1:1", "no column “Last day” any more"),
]


@pytest.mark.parametrize(("place", "typed", "where", "says"), CELLS)
def test_what_cannot_be_meant_is_named_with_its_cell_and_nothing_is_made(
    rehearsal: Rehearsal, place: str, typed: str, where: str, says: str
) -> None:
    put(rehearsal, place, typed)
    before = rehearsal.world()
    result = rehearsal.offboard("run", "bloom", "--yes")
    assert (result.exit_code, where in result.output) == (1, True), result.output
    assert says in " ".join(result.output.split())
    assert rehearsal.world() == before


def test_a_missing_column_brings_no_other_complaint_with_it(rehearsal: Rehearsal) -> None:
    rehearsal.type("Clients!H1", ["Final day"])
    shown = told(rehearsal, "plan", "corvo")
    assert "1 thing in the tracker can't be read" in shown
    assert "is no client" not in shown


def test_a_tab_is_the_one_it_was_made_as_whatever_others_are_called(rehearsal: Rehearsal) -> None:
    rehearsal.type("Invoices!F2", [""])
    rehearsal.type("Clients!K2", ["when paid"])
    rename(rehearsal, "Invoices", "Invoices 2025")
    batch(rehearsal, {"addSheet": {"properties": {"title": "Invoices"}}})
    assert "when all invoices are paid" in told(rehearsal, "status", "bloom")
    rename(rehearsal, "Metrics", "Numbers")
    assert "when all invoices are paid" in told(rehearsal, "status", "bloom")


def test_an_inserted_column_in_setup_moves_the_settings_with_it(rehearsal: Rehearsal) -> None:
    column: dict[str, Any] = {"sheetId": SHEET_IDS["Setup"], "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    batch(rehearsal, {"insertDimension": {"range": column}})
    assert "Ana Ruiz" in rehearsal.offboard("plan", "bloom", "--mails").output


def test_a_moved_column_in_log_stops_everything_before_a_line_goes_astray(rehearsal: Rehearsal) -> None:
    column = {"sheetId": SHEET_IDS["Log"], "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    batch(rehearsal, {"insertDimension": {"range": column}})
    before = rehearsal.world()["files"]
    result = rehearsal.offboard("run", "bloom", "--yes")
    assert (result.exit_code, "The columns of the tracker's tab “Log”" in result.output) == (1, True)
    assert rehearsal.world()["files"] == before


def test_a_payment_still_to_come_opens_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.type("Clients!K2", ["when paid"])
    rehearsal.type("Invoices!F2", ["2099-12-31"])
    assert "when all invoices are paid" in told(rehearsal, "status", "bloom")


def test_a_line_of_any_length_can_be_written_down(rehearsal: Rehearsal) -> None:
    rehearsal.type("Invoices!F2", [""])
    rehearsal.type("Invoices!B2", ["9" * 40_000 + "x"])
    assert rehearsal.offboard("run", "bloom", "--yes").exit_code == 0
    requests = rehearsal.requests_of(lambda: rehearsal.offboard("run", "bloom", "--yes"))
    assert {request["method"] for request in requests} == {"GET"}
