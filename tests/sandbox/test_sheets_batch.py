"""spreadsheets.batchUpdate: all or nothing, replies in order, refusals that name the request."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook, area, lines, texts


@pytest.fixture
def book(ana: Caller) -> Workbook:
    return Workbook(ana, "en_US", "One", "Two", rowCount=10, columnCount=5)


def test_a_batch_of_which_one_request_is_refused_changes_nothing(book: Workbook) -> None:
    book.type_in("A1", ["before"])
    before = book.get(includeGridData="true")
    message = book.batch_refused(
        {"updateCells": {"start": {}, "rows": [texts("after")], "fields": "userEnteredValue"}},
        {"addSheet": {"properties": {"title": "Three"}}},
        {"insertDimension": {"range": lines("ROWS", 0, 5)}},
        {"deleteSheet": {"sheetId": 99}},
    )
    assert message == "Invalid requests[3].deleteSheet: No sheet with id: 99"
    assert book.get(includeGridData="true") == before


def test_a_kind_that_the_sandbox_does_not_know_is_named(book: Workbook) -> None:
    code, message = book.refused("POST", ":batchUpdate", {"requests": [{"addSlicer": {"slicer": {}}}]})
    assert code == 501
    assert "addSlicer" in message


def test_an_empty_batch_is_refused(book: Workbook) -> None:
    assert book.batch_refused() == "Must specify at least one request."


def test_a_batch_answers_with_the_spreadsheet_when_it_is_asked_to(book: Workbook) -> None:
    body = {
        "requests": [{"updateCells": {"start": {}, "rows": [texts("x")], "fields": "userEnteredValue"}}],
        "includeSpreadsheetInResponse": True,
        "responseIncludeGridData": True,
        "responseRanges": ["One!A1"],
    }
    answer = book.call("POST", ":batchUpdate", body)["updatedSpreadsheet"]
    assert answer["sheets"][0]["data"][0]["rowData"][0]["values"][0]["formattedValue"] == "x"
    masked = book.call("POST", ":batchUpdate", body, fields="updatedSpreadsheet.sheets.properties.title")
    assert masked == {"updatedSpreadsheet": {"sheets": [{"properties": {"title": "One"}}]}}


REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"addSheet": {"properties": {"title": "one"}}},
        'A sheet with the name "one" already exists. Please enter another name.',
    ),
    ({"addSheet": {"properties": {"sheetId": 1}}}, "Sheet with id: 1 already exists."),
    ({"updateSheetProperties": {"properties": {"title": ""}, "fields": "title"}}, "The sheet name cannot be empty."),
    ({"updateSheetProperties": {"properties": {"sheetId": 9, "title": "x"}, "fields": "title"}}, "No sheet with id: 9"),
    (
        {
            "updateSheetProperties": {
                "properties": {"gridProperties": {"frozenRowCount": 10}},
                "fields": "gridProperties.frozenRowCount",
            }
        },
        "You can't freeze all visible rows on the sheet.",
    ),
    (
        {"updateCells": {"start": {}, "rows": [texts("a")], "fields": ""}},
        "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
    ),
    (
        {"updateCells": {"start": {"columnIndex": 3}, "rows": [texts("a", "b", "c")], "fields": "*"}},
        "Attempting to write column: 5, beyond the last requested column of: 4",
    ),
    (
        {"updateCells": {"range": area(0, 1, 0, 1), "rows": [texts("a"), texts("b")], "fields": "*"}},
        "Attempting to write row: 1, beyond the last requested row of: 0",
    ),
    (
        {"appendCells": {"rows": [texts("a", "b", "c", "d", "e", "f")], "fields": "*"}},
        "Attempting to write column: 5, beyond the last requested column of: 4",
    ),
    ({"appendCells": {"sheetId": 7, "rows": [], "fields": "*"}}, "No grid with id: 7"),
    (
        {"repeatCell": {"range": {"startRowIndex": 10, "startColumnIndex": 0, "endColumnIndex": 2}, "fields": "note"}},
        "Range (One!A11:B) exceeds grid limits. Max rows: 10, max columns: 5",
    ),
    ({"insertDimension": {"range": lines("ROWS", 11, 12)}}, "range.startIndex is larger than current grid size (10)"),
    (
        {"insertDimension": {"range": lines("ROWS", 10, 12)}},
        "range.startIndex must be less than the grid size (10) if inheritFromBefore is false.",
    ),
    (
        {"deleteDimension": {"range": lines("ROWS", 10, 11)}},
        "Cannot delete a row that doesn't exist. Tried to delete row index 10 but there are only 10 rows.",
    ),
    (
        {"deleteDimension": {"range": lines("COLUMNS", 0, 5)}},
        "Sorry, it is not possible to delete all non-frozen columns.",
    ),
    (
        {"addNamedRange": {"namedRange": {"name": "taken", "range": area(0, 1, 0, 1)}}},
        "Cannot add named range with name taken, a named range with that name already exists.",
    ),
    ({"addNamedRange": {"namedRange": {"name": "A1", "range": area(0, 1, 0, 1)}}}, "The name A1 is invalid."),
    ({"deleteProtectedRange": {"protectedRangeId": 5}}, "No protected range with id: 5"),
    ({"deleteConditionalFormatRule": {"index": 0}}, "No conditional format on sheet: 0 at index: 0"),
    ({"setDataValidation": {"range": area(0, 1, 0, 1), "rule": {"strict": True}}}, "No condition specified."),
    (
        {"setDataValidation": {"range": area(0, 1, 0, 1), "rule": {"condition": {"type": "NUMBER_BETWEEN"}}}},
        "NUMBER_BETWEEN condition must have exactly 2 values, but 0 were given.",
    ),
]


@pytest.mark.parametrize(
    ("request_", "message"), REFUSED, ids=lambda case: next(iter(case)) if isinstance(case, dict) else ""
)
def test_what_google_refuses_is_refused_in_its_words(book: Workbook, request_: dict[str, Any], message: str) -> None:
    book.batch({"addNamedRange": {"namedRange": {"name": "Taken", "range": area(0, 1, 0, 1)}}})
    kind = next(iter(request_))
    assert book.batch_refused({"deleteNamedRange": {"namedRangeId": "none"}}).startswith("Invalid requests[0].")
    assert book.batch_refused(request_) == f"Invalid requests[0].{kind}: {message}"


def test_the_last_sheet_cannot_go_and_the_last_visible_one_neither_go_nor_hide(book: Workbook) -> None:
    hide = {"properties": {"sheetId": 1, "hidden": True}, "fields": "hidden"}
    book.batch({"updateSheetProperties": hide})
    assert book.batch_refused({"deleteSheet": {}}).endswith("You can't remove all the visible sheets in a document.")
    first = {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"}
    assert book.batch_refused({"updateSheetProperties": first}).endswith("You can't hide all the sheets in a document.")
    book.batch({"deleteSheet": {"sheetId": 1}})
    assert book.batch_refused({"deleteSheet": {}}).endswith("You can't remove all the sheets in a document.")


def test_sheets_are_added_moved_and_duplicated(book: Workbook) -> None:
    added = book.batch({"addSheet": {"properties": {"title": "Front", "index": 0, "tabColor": {"red": 1}}}})[0][
        "addSheet"
    ]
    assert added["properties"]["tabColorStyle"] == {"rgbColor": {"red": 1}}
    book.type_in("One!A1", ["x"])
    copied = book.batch({"duplicateSheet": {"sourceSheetId": 0, "insertSheetIndex": 3, "newSheetName": "Again"}})
    assert copied[0]["duplicateSheet"]["properties"]["index"] == 3
    book.type_in("One!A1", ["y"])
    assert book.value("Again!A1") == "x"
    book.batch({"updateSheetProperties": {"properties": {"sheetId": 0, "index": 3}, "fields": "index"}})
    titles = [sheet["properties"]["title"] for sheet in book.get()["sheets"]]
    assert titles == ["Front", "Two", "One", "Again"], "in front of the one that stood at 3 before the move"


def test_a_sheet_that_is_deleted_and_added_again_under_its_number_is_blank(book: Workbook) -> None:
    book.type_in("Two!A1", ["old"])
    book.batch({"deleteSheet": {"sheetId": 1}}, {"addSheet": {"properties": {"sheetId": 1, "title": "Two"}}})
    assert book.values("Two") == []


def test_appended_cells_come_below_the_last_row_with_data_and_the_grid_grows(book: Workbook) -> None:
    book.type_in("C9", ["x"])
    rows = [texts("=1+1", "b"), texts("c")]
    book.batch({"appendCells": {"sheetId": 0, "rows": rows, "fields": "userEnteredValue"}})
    assert book.values("A10:B11") == [["=1+1", "b"], ["c"]]
    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 11


def test_formats_notes_and_rules_alone_are_no_data_to_append_below(book: Workbook) -> None:
    book.type_in("A1", ["header"])
    rule = {"condition": {"type": "DATE_IS_VALID"}}
    grey = {"userEnteredFormat": {"backgroundColor": {"red": 0.5}}}
    book.batch(
        {"setDataValidation": {"range": {"startColumnIndex": 0, "endColumnIndex": 1}, "rule": rule}},
        {"repeatCell": {"range": area(0, 10, 1, 2), "cell": grey, "fields": "userEnteredFormat"}},
        {"appendCells": {"rows": [texts("first")], "fields": "userEnteredValue"}},
    )
    assert book.value("A2") == "first"


def test_cells_of_a_range_that_get_nothing_are_cleared_of_the_fields_named(book: Workbook) -> None:
    book.type_in("A1", ["a", "b"], ["c", "d"])
    book.batch({"updateCells": {"range": area(0, 2, 0, 2), "rows": [texts("x")], "fields": "userEnteredValue"}})
    assert book.values("A1:B2") == [["x"]]
    book.type_in("A1", ["a", "b"])
    note = [{"values": [{"note": "n"}]}]
    book.batch({"updateCells": {"range": area(0, 1, 0, 2), "rows": note, "fields": "note"}})
    assert book.values("A1:B1") == [["a", "b"]]
    assert book.cell("A1")["note"] == "n"


def test_a_masked_format_changes_only_what_it_names(book: Workbook) -> None:
    first = {"userEnteredFormat": {"textFormat": {"bold": True, "italic": True}, "horizontalAlignment": "CENTER"}}
    second = {"userEnteredFormat": {"textFormat": {"bold": False}, "backgroundColor": {"green": 1}}}
    book.batch(
        {"repeatCell": {"range": area(0, 1, 0, 1), "cell": first, "fields": "userEnteredFormat"}},
        {
            "repeatCell": {
                "range": area(0, 1, 0, 1),
                "cell": second,
                "fields": "userEnteredFormat(textFormat/bold,backgroundColor,horizontalAlignment)",
            }
        },
    )
    assert book.cell("A1")["userEnteredFormat"] == {
        "textFormat": {"bold": False, "italic": True},
        "backgroundColor": {"green": 1},
        "backgroundColorStyle": {"rgbColor": {"green": 1}},
    }


def test_text_runs_and_rules_are_kept_and_a_new_value_erases_the_runs(book: Workbook) -> None:
    runs = [{"format": {"bold": True}}, {"startIndex": 2, "format": {"link": {"uri": "https://a.example"}}}]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "now"}]}, "showCustomUi": True}
    cell = {"userEnteredValue": {"stringValue": "abcd"}, "textFormatRuns": runs, "dataValidation": rule}
    book.batch({"updateCells": {"start": {}, "rows": [{"values": [cell]}], "fields": "*"}})
    read = book.cell("A1")
    assert (read["textFormatRuns"], read["dataValidation"]) == (runs, rule)
    book.type_in("A1", ["new"])
    assert "textFormatRuns" not in book.cell("A1")
    assert book.cell("A1")["dataValidation"] == rule
    book.batch({"setDataValidation": {"range": area(0, 1, 0, 1)}})
    assert "dataValidation" not in book.cell("A1")


def test_rules_of_a_sheet_are_added_replaced_moved_and_deleted_in_their_order(book: Workbook) -> None:
    def rule(color: str) -> dict[str, Any]:
        condition = {"type": "NOT_BLANK"}
        return {
            "ranges": [area(0, 5, 0, 1)],
            "booleanRule": {"condition": condition, "format": {"backgroundColor": {color: 1}}},
        }

    def colors() -> list[str]:
        rules = book.sheet().get("conditionalFormats", [])
        return [next(iter(r["booleanRule"]["format"]["backgroundColor"])) for r in rules]

    for color in ("red", "green"):
        book.batch({"addConditionalFormatRule": {"rule": rule(color), "index": 0}})
    assert colors() == ["green", "red"]
    moved = book.batch({"updateConditionalFormatRule": {"index": 0, "newIndex": 1, "sheetId": 0}})
    assert moved[0]["updateConditionalFormatRule"]["newIndex"] == 1
    assert colors() == ["red", "green"]
    book.batch({"updateConditionalFormatRule": {"index": 0, "rule": rule("blue")}})
    book.batch({"deleteConditionalFormatRule": {"index": 1, "sheetId": 0}})
    assert colors() == ["blue"]


def test_bands_and_filters_are_kept_and_shown(book: Workbook) -> None:
    bands = {
        "rowProperties": {"firstBandColor": {"red": 1}, "secondBandColor": {"green": 1}},
        "range": area(0, 5, 0, 2),
    }
    banded = book.batch({"addBanding": {"bandedRange": bands}})[0]["addBanding"]["bandedRange"]
    assert banded["rowProperties"]["firstBandColorStyle"] == {"rgbColor": {"red": 1}}
    assert "already has" in book.batch_refused({"addBanding": {"bandedRange": bands}})
    shown = {"range": area(0, 9, 0, 3), "criteria": {"1": {"hiddenValues": ["x"]}}}
    book.batch({"setBasicFilter": {"filter": shown}})
    kept = book.sheet()["basicFilter"]
    assert kept["range"]["endRowIndex"] == 9
    assert kept["filterSpecs"] == [{"columnIndex": 1, "filterCriteria": {"hiddenValues": ["x"]}}]
    wider = {"bandedRangeId": banded["bandedRangeId"], "range": area(0, 6, 0, 2)}
    book.batch({"updateBanding": {"bandedRange": wider, "fields": "range"}})
    sheet = book.sheet()
    assert sheet["bandedRanges"][0]["range"]["endRowIndex"] == 6
    assert sheet["bandedRanges"][0]["rowProperties"] == banded["rowProperties"]
    book.batch(
        {"deleteBanding": {"bandedRangeId": banded["bandedRangeId"]}},
        {"clearBasicFilter": {"sheetId": 0}},
    )
    assert not {"bandedRanges", "basicFilter"} & book.sheet().keys()
