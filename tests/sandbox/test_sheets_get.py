"""spreadsheets.create and spreadsheets.get: properties, masks, ranges and grid data."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook, area, lines


@pytest.fixture
def book(ana: Caller) -> Workbook:
    return Workbook(ana, "en_GB", "One", "Two", rowCount=10, columnCount=5)


def test_a_new_spreadsheet_has_one_sheet_of_a_thousand_rows(ana: Caller) -> None:
    made = ana.call("POST", "/v4/spreadsheets", json={"properties": {"title": "Fresh"}}).json()
    assert len(made["spreadsheetId"]) == 44
    assert made["properties"]["title"] == "Fresh"
    assert (made["properties"]["locale"], made["properties"]["timeZone"]) == ("en_US", "Etc/GMT")
    assert made["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]


def test_a_spreadsheet_can_be_made_with_sheets_cells_and_names(ana: Caller) -> None:
    values = [{"userEnteredValue": {"stringValue": "Name"}, "note": "who"}, {"userEnteredValue": {"numberValue": 7}}]
    sheet = {
        "properties": {"sheetId": 5, "title": "People", "gridProperties": {"frozenRowCount": 1}},
        "data": [{"startRow": 1, "startColumn": 1, "rowData": [{"values": values}]}],
    }
    named = {"name": "Who", "range": {"sheetId": 5, "startRowIndex": 1, "endRowIndex": 2}}
    body = {"properties": {"title": "Full", "locale": "de_DE"}, "sheets": [sheet], "namedRanges": [named]}
    made = ana.call("POST", "/v4/spreadsheets", json=body).json()
    got = ana.call("GET", f"/v4/spreadsheets/{made['spreadsheetId']}", ranges="People", includeGridData="true").json()
    rows = got["sheets"][0]["data"][0]["rowData"]
    assert rows[0] == {}
    assert rows[1]["values"][1]["note"] == "who"
    assert got["namedRanges"][0]["name"] == "Who"


@pytest.mark.parametrize("properties", [{"locale": "xx_YY"}, {"timeZone": "Mars/Olympus"}])
def test_a_locale_or_time_zone_that_is_not_is_refused(ana: Caller, properties: dict[str, str]) -> None:
    assert ana.call("POST", "/v4/spreadsheets", json={"properties": properties}).status_code == 400


def test_the_title_is_the_files_name_wherever_it_is_changed(book: Workbook) -> None:
    rename = {"updateSpreadsheetProperties": {"properties": {"title": "By Sheets"}, "fields": "title"}}
    renamed = book.call("POST", ":batchUpdate", {"requests": [rename], "includeSpreadsheetInResponse": True})
    assert renamed["updatedSpreadsheet"]["properties"]["title"] == "By Sheets"
    assert book.caller.call("GET", f"/drive/v3/files/{book.id}").json()["name"] == "By Sheets"
    book.caller.call("PATCH", f"/drive/v3/files/{book.id}", json={"name": "By Drive"})
    assert book.get(fields="properties.title") == {"properties": {"title": "By Drive"}}


def test_grid_data_comes_when_it_is_asked_for_and_a_mask_asks_by_itself(book: Workbook) -> None:
    book.type_in("A1", ["x"])
    assert "data" not in book.sheet()
    assert "data" in book.sheet(includeGridData="true")
    masked = book.get(fields="sheets.data.rowData.values.formattedValue", includeGridData="false")
    assert masked["sheets"][0] == {"data": [{"rowData": [{"values": [{"formattedValue": "x"}]}]}]}
    assert "data" not in book.get(fields="sheets.properties", includeGridData="true")["sheets"][0]


def test_ranges_choose_sheets_and_each_range_is_a_grid_of_its_own(book: Workbook) -> None:
    book.type_in("Two!B2", ["a", "b"], ["c"])
    got = book.get(ranges=["Two!B2:B9", "Two!C2"], includeGridData="true")
    assert [sheet["properties"]["title"] for sheet in got["sheets"]] == ["Two"]
    first, second = got["sheets"][0]["data"]
    assert (first["startRow"], first["startColumn"]) == (1, 1)
    assert [len(row["values"]) for row in first["rowData"]] == [1, 1]
    assert (len(first["rowMetadata"]), len(first["columnMetadata"])) == (8, 1)
    assert second["rowData"][0]["values"][0]["formattedValue"] == "b"


def test_blank_cells_and_rows_at_the_ends_are_left_out_of_grid_data(book: Workbook) -> None:
    book.type_in("B2", ["x"], [""], ["y"])
    rows = book.sheet(includeGridData="true")["data"][0]["rowData"]
    assert [len(row.get("values", [])) for row in rows] == [0, 2, 0, 2]
    assert rows[1]["values"][0] == {}


def test_a_cell_shows_what_was_entered_what_it_came_to_and_how_it_looks(book: Workbook) -> None:
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}, "backgroundColor": {"red": 1}}, "note": "why"}
    book.type_in("A1", ["27/04/2026"])
    book.batch(
        {
            "repeatCell": {
                "range": area(0, 1, 0, 1),
                "cell": bold,
                "fields": "userEnteredFormat(textFormat.bold,backgroundColor),note",
            }
        }
    )
    cell = book.cell("A1")
    assert cell["userEnteredValue"] == cell["effectiveValue"] == {"numberValue": 46139}
    assert cell["formattedValue"] == "27/04/2026"
    assert cell["note"] == "why"
    assert cell["userEnteredFormat"] == {
        "numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"},
        "textFormat": {"bold": True},
        "backgroundColor": {"red": 1},
        "backgroundColorStyle": {"rgbColor": {"red": 1}},
    }
    shown = cell["effectiveFormat"]
    assert (shown["horizontalAlignment"], shown["textFormat"]["bold"], shown["textFormat"]["fontSize"]) == (
        "RIGHT",
        True,
        10,
    )


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("https://drive.example/x", "https://drive.example/x"),
        ("www.bloom.example", "http://www.bloom.example"),
        ("maya@bloom.example", "mailto:maya@bloom.example"),
        ('=HYPERLINK("https://a.example";"open")', "https://a.example"),
        ("see https://a.example now", None),
        ("plain", None),
    ],
)
def test_a_cell_that_leads_somewhere_says_where(book: Workbook, typed: str, link: str | None) -> None:
    book.type_in("A1", [typed])
    assert book.cell("A1").get("hyperlink") == link


def test_rows_and_columns_tell_their_size_and_whether_they_are_hidden(book: Workbook) -> None:
    hide = {"range": lines("ROWS", 1, 2), "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    wide = {"range": lines("COLUMNS", 0, 2), "properties": {"pixelSize": 180}, "fields": "pixelSize"}
    book.batch({"updateDimensionProperties": hide}, {"updateDimensionProperties": wide})
    data = book.sheet(includeGridData="true")["data"][0]
    assert data["rowMetadata"][:3] == [{"pixelSize": 21}, {"pixelSize": 21, "hiddenByUser": True}, {"pixelSize": 21}]
    assert [column["pixelSize"] for column in data["columnMetadata"]] == [180, 180, 100, 100, 100]


def test_data_filters_choose_as_ranges_do(book: Workbook) -> None:
    book.type_in("Two!A1", ["x"])
    got = book.call("POST", ":getByDataFilter", {"dataFilters": [{"a1Range": "Two!A1:B2"}], "includeGridData": True})
    assert [sheet["properties"]["title"] for sheet in got["sheets"]] == ["Two"]
    assert got["sheets"][0]["data"][0]["rowData"][0]["values"][0]["formattedValue"] == "x"


def test_a_mask_that_names_what_is_not_there_is_refused(book: Workbook) -> None:
    code, message = book.refused("GET", "", fields="sheets.sheetProperties")
    assert (code, message) == (400, "Request contains an invalid argument.")


def test_conditional_formats_show_in_the_effective_format(book: Workbook) -> None:
    red = {"backgroundColor": {"red": 1}}
    late = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": '=AND($A2<>"";B2="")'}]}
    rule = {"ranges": [area(1, 10, 1, 3)], "booleanRule": {"condition": late, "format": red}}
    book.batch({"addConditionalFormatRule": {"rule": rule, "index": 0}})
    book.type_in("A2", ["bloom", "", "x"])
    book.batch(
        {
            "updateCells": {
                "range": area(1, 2, 1, 2),
                "rows": [{"values": [{"note": "n", "userEnteredFormat": {"textFormat": {"bold": True}}}]}],
                "fields": "note,userEnteredFormat",
            }
        }
    )
    assert book.cell("B2")["effectiveFormat"]["backgroundColor"] == {"red": 1}
    assert book.cell("C2")["effectiveFormat"]["backgroundColor"] == {"red": 1, "green": 1, "blue": 1}


def test_a_sheet_is_copied_into_another_spreadsheet(ana: Caller, book: Workbook) -> None:
    other = Workbook(ana, "en_US", "Here")
    book.type_in("One!A1", ["x", "=A1"])
    answer: Any = book.call("POST", "/sheets/0:copyTo", {"destinationSpreadsheetId": other.id})
    assert (answer["title"], answer["index"]) == ("Copy of One", 1)
    assert other.values("'Copy of One'!A1:B1") == [["x", "x"]]
