"""`offboard init --update`: an older tracker gets what it lacks, once; what people typed stays where it is."""

from __future__ import annotations

from typing import Any

import pytest

from offboard.platforms import FILE, shipped_platforms
from offboard.sandbox.faults import Instruction, Scenario
from offboard.tracker.records import list_platforms
from offboard.tracker.tabs import SHEET_IDS, letter_of
from tests.rehearsal import Rehearsal

ADDED = {"Ask for", "Pause", "Pause until", "Views", "Folder stays (days)", "Told to the client. Empty: 90"}
SHIPPED = list_platforms(shipped_platforms())
PEOPLES = ("Clients", "Access", "Invoices", "Metrics", "Setup")


def change(rehearsal: Rehearsal, *requests: dict[str, Any]) -> None:
    """Do to the tracker what a person, or an older version, did."""
    path = f"/v4/spreadsheets/{rehearsal.tracker}:batchUpdate"
    rehearsal.person.ask("POST", path, {"requests": list(requests)})


def columns(tab: str, field: str, end: int = 1) -> dict[str, Any]:
    start = ord(letter_of(tab, field)) - ord("A")
    return {"sheetId": SHEET_IDS[tab], "dimension": "COLUMNS", "startIndex": start, "endIndex": start + end}


def drop_column(tab: str, field: str) -> dict[str, Any]:
    return {"deleteDimension": {"range": columns(tab, field)}}


def move_column(tab: str, field: str, to: int) -> dict[str, Any]:
    return {"moveDimension": {"source": columns(tab, field), "destinationIndex": to}}


def drop_setting(row: int) -> dict[str, Any]:
    rows = {"sheetId": SHEET_IDS["Setup"], "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
    return {"deleteDimension": {"range": rows}}


def rename(tab: str, title: str) -> dict[str, Any]:
    return {"updateSheetProperties": {"properties": {"sheetId": SHEET_IDS[tab], "title": title}, "fields": "title"}}


def typed(rehearsal: Rehearsal) -> dict[str, list[str]]:
    """All that stands in people's tabs, however it lies."""
    path = f"/v4/spreadsheets/{rehearsal.tracker}?fields=sheets(properties/sheetId,data/rowData/values/formattedValue)"
    sheets = rehearsal.get(f"{path}&includeGridData=true")["sheets"]
    by_id = {
        sheet["properties"]["sheetId"]: sorted(
            cell["formattedValue"]
            for grid in sheet["data"]
            for row in grid.get("rowData", [])
            for cell in row.get("values", [])
            if "formattedValue" in cell
        )
        for sheet in sheets
    }
    return {tab: by_id.get(SHEET_IDS[tab], []) for tab in PEOPLES}


@pytest.fixture
def older(rehearsal: Rehearsal) -> Rehearsal:
    """A tracker of a version that knew neither of these columns nor that setting, in the hands of a tidy person."""
    change(
        rehearsal,
        drop_column("Clients", "ask_for"),
        drop_column("Invoices", "pause_until"),
        drop_column("Invoices", "pause"),
        drop_column("Metrics", "views"),
        drop_setting(12),
        move_column("Clients", "name", 0),
        rename("Invoices", "Ana's bills"),
    )
    return rehearsal


def test_an_older_tracker_says_how_it_is_brought_up_to_date(older: Rehearsal) -> None:
    result = older.offboard("plan", "bloom")
    assert result.exit_code == 1
    assert "An older tracker: offboard init --update" in " ".join(result.stderr.split())


def test_what_is_missing_is_added_and_nothing_that_people_typed_is_touched(older: Rehearsal) -> None:
    before = typed(older)
    told = older.answer("init", "--update", "--yes")["done"]
    assert {line["tab"]: line["what"] for line in told} == {
        "Clients": "the column “Ask for”, at the right end",
        "Invoices": "the columns “Pause”, “Pause until”, at the right end",
        "Metrics": "the column “Views”, at the right end",
        "Setup": "the row “Folder stays (days)”, at its end",
        "Today": "its formulas, written anew",
    }
    after = typed(older)
    for tab, cells in before.items():
        left = list(after[tab])
        for cell in cells:
            left.remove(cell)
        assert set(left) <= ADDED, tab
    assert older.offboard("plan", "bloom").exit_code == 0
    assert older.answer("status")["clients"][0]["name"] == "Bloom Bakery"


def test_today_reads_the_columns_where_people_have_moved_them(older: Rehearsal) -> None:
    older.offboard("init", "--update", "--yes")
    path = f"/v4/spreadsheets/{older.tracker}/values/Today!A2:J6"
    lines = older.get(path)["values"]
    assert lines[0][0] == "Invoices, all clients: 2 open, 1 past due."
    assert [(line[0], line[5], line[9]) for line in lines[3:5]] == [
        ("Bloom Bakery", "all paid", "bloom"),
        ("Corvo Coffee", "2 open, 1 overdue", "corvo"),
    ]


def test_a_new_column_has_its_picker_and_its_note(older: Rehearsal) -> None:
    older.offboard("init", "--update", "--yes")
    fields = "fields=sheets/data/rowData/values(formattedValue,note,dataValidation/condition)"
    path = f"/v4/spreadsheets/{older.tracker}?ranges=Clients!1:5&includeGridData=true&{fields}"
    rows = older.get(path)["sheets"][0]["data"][0]["rowData"]
    place = [cell.get("formattedValue") for cell in rows[0]["values"]].index("Ask for")
    assert "testimonial" in rows[0]["values"][place]["note"]
    words = [value["userEnteredValue"] for value in rows[4]["values"][place]["dataValidation"]["condition"]["values"]]
    assert words == ["testimonial", "feedback", "nothing"]


def test_the_dropdown_of_platforms_grows_and_keeps_the_persons_own_words(rehearsal: Rehearsal) -> None:
    words = [{"userEnteredValue": word} for word in ("Bluesky", *SHIPPED[:3])]
    place = {"sheetId": SHEET_IDS["Access"], "startRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 2}
    rule = {"condition": {"type": "ONE_OF_LIST", "values": words}, "showCustomUi": True}
    change(rehearsal, {"setDataValidation": {"range": place, "rule": rule}})
    told = rehearsal.answer("init", "--update", "--yes")["done"]
    assert told[0]["what"].startswith(f"{len(SHIPPED) - 3} more platforms in the dropdown")
    assert [line["tab"] for line in rehearsal.answer("init", "--update", "--yes")["done"]] == ["Today"]


def test_the_dropdown_learns_the_platforms_that_the_person_added(rehearsal: Rehearsal) -> None:
    (rehearsal.home / FILE).write_text('[[platform]]\nname = "Bluesky"\nlead_days = 3\n')
    told = rehearsal.answer("init", "--update", "--yes")["done"]
    assert told[0]["what"].startswith("1 more platform in the dropdown")
    fields = "fields=sheets/data/rowData/values/dataValidation/condition"
    place = f"Access!{letter_of('Access', 'platform')}2"
    found = rehearsal.get(f"/v4/spreadsheets/{rehearsal.tracker}?ranges={place}&{fields}")["sheets"][0]["data"][0]
    words = found["rowData"][0]["values"][0]["dataValidation"]["condition"]["values"]
    assert [word["userEnteredValue"] for word in words] == [*SHIPPED, "Bluesky"]
    assert [line["tab"] for line in rehearsal.answer("init", "--update", "--yes")["done"]] == ["Today"]


def test_a_tab_that_is_gone_comes_back_empty(rehearsal: Rehearsal) -> None:
    change(rehearsal, {"deleteSheet": {"sheetId": SHEET_IDS["Metrics"]}}, {"deleteSheet": {"sheetId": 0}})
    told = [line["tab"] for line in rehearsal.answer("init", "--update", "--yes")["done"]]
    assert told[:2] == ["Metrics", "Today"]
    assert rehearsal.offboard("plan", "bloom").exit_code == 0
    assert rehearsal.get(f"/v4/spreadsheets/{rehearsal.tracker}/values/Today!A5")["values"] == [["Bloom Bakery"]]


def test_a_formula_of_today_that_somebody_typed_over_is_mended(rehearsal: Rehearsal) -> None:
    path = f"/v4/spreadsheets/{rehearsal.tracker}/values/Today!A5"
    rehearsal.type("Today!A5", ["oops"])
    rehearsal.offboard("init", "--update", "--yes")
    assert rehearsal.get(path)["values"] == [["Bloom Bakery"]]


@pytest.mark.parametrize("fault", ["applied-drop", "applied-503", "503", "reset"])
def test_a_lost_reply_adds_nothing_twice(older: Rehearsal, fault: str) -> None:
    older.sandbox.faults.begin(Scenario((Instruction("sheets.spreadsheets.batchUpdate", 1, fault),)))
    older.offboard("init", "--update", "--yes")
    older.sandbox.faults.end()
    told = older.answer("init", "--update", "--yes")["done"]
    assert [line["tab"] for line in told] == ["Today"]
    log = [row[4] for row in older.rows("Log")]
    assert len([line for line in log if "“Ask for”" in line]) == 1


def test_without_a_yes_nothing_happens(older: Rehearsal) -> None:
    result = older.offboard("init", "--update")
    assert result.exit_code == 2
    assert "There is nobody to ask here. Nothing was changed." in result.stderr
    assert "the column “Ask for”, at the right end" in " ".join(result.stdout.split())
