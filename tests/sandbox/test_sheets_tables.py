"""Native tables: added, changed, grown, taken away."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook, area, lines, texts

Json = dict[str, Any]

GREEN = {"rgbColor": {"green": 0.5}}


def dropdown(*choices: str) -> Json:
    values = [{"userEnteredValue": choice} for choice in choices]
    return {"condition": {"type": "ONE_OF_LIST", "values": values}}


@pytest.fixture
def book(ana: Caller) -> Workbook:
    """A table of two columns and three rows in the corner, something else below it."""
    made = Workbook(ana, "en_US", "One", rowCount=8, columnCount=5)
    made.type_in("A1", ["Client", "Status"], ["mia", "Open"], ["leo", "Done"], ["", ""], ["below"])
    columns = [{"columnIndex": 1, "columnType": "DROPDOWN", "dataValidationRule": dropdown("Open", "Done")}]
    asked = {"tableId": "7", "name": "Clients", "range": area(0, 4, 0, 2), "columnProperties": columns}
    made.batch({"addTable": {"table": asked}})
    return made


def table(book: Workbook) -> Json:
    found: Json = book.sheet()["tables"][0]
    return found


def append(*rows: Json, table_id: str = "7") -> Json:
    return {"appendCells": {"tableId": table_id, "rows": list(rows), "fields": "userEnteredValue"}}


def test_a_table_is_shown_with_its_columns_called_by_their_headers(book: Workbook) -> None:
    rule = dropdown("Open", "Done")
    assert table(book) == {
        "tableId": "7",
        "name": "Clients",
        "range": {"startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2},
        "columnProperties": [
            {"columnName": "Client"},
            {"columnIndex": 1, "columnName": "Status", "columnType": "DROPDOWN", "dataValidationRule": rule},
        ],
    }
    book.type_in("A1", ["Who"])
    assert table(book)["columnProperties"][0] == {"columnName": "Who"}


def test_a_new_table_gets_an_id_a_name_and_headers_where_none_are_given(ana: Caller) -> None:
    book = Workbook(ana)
    columns = [{"columnName": "Paid", "columnType": "BOOLEAN"}, {"columnIndex": 1, "columnType": "RATINGS_CHIP"}]
    asked = {"range": area(1, 3, 1, 3), "columnProperties": columns}
    reply = book.batch({"addTable": {"table": asked}})[0]["addTable"]["table"]
    assert reply["tableId"].isdigit()
    assert reply["name"] == "Table1"
    assert book.values("B2:C3", valueRenderOption="UNFORMATTED_VALUE") == [["Paid", "Column 2"], [False, 0]]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"tableId": "7"}, "Table with id: 7 already exists."),
        ({"name": "clients"}, 'A table with the name "clients" already exists.'),
        ({"range": area(3, 6, 1, 3)}, "You cannot add alternating background colors to a range that already has them."),
        ({"range": area(5, 6, 3, 5)}, "A table must have a header row and at least one row below it."),
        ({"range": area(5, 7, 3, 5, 9)}, "No grid with id: 9"),
        (
            {"columnProperties": [{"columnType": "DROPDOWN"}]},
            "A data validation rule must be set for dropdown columns, and only for these.",
        ),
        ({"columnProperties": [{"columnIndex": 2}]}, "Invalid table column index: 2."),
        (
            {"columnProperties": [{"columnName": "a"}, {"columnIndex": 1, "columnName": "A"}]},
            "Table column names must be unique.",
        ),
    ],
)
def test_a_table_that_cannot_be_is_refused(book: Workbook, change: Json, refusal: str) -> None:
    asked = {"name": "Other", "range": area(5, 7, 3, 5)} | change
    assert book.batch_refused({"addTable": {"table": asked}}) == f"Invalid requests[0].addTable: {refusal}"
    assert len(book.sheet()["tables"]) == 1


def test_rows_are_appended_to_the_body_and_the_table_grows_above_what_lies_below(book: Workbook) -> None:
    book.batch(append(texts("ana"), texts("kim", "Open")))
    assert book.values("A1:B7") == [
        ["Client", "Status"], ["mia", "Open"], ["leo", "Done"], ["ana"], ["kim", "Open"], ["below"]
    ]  # fmt: skip
    assert table(book)["range"]["endRowIndex"] == 5
    assert book.batch_refused(append(table_id="8")) == "Invalid requests[0].appendCells: No table with id: 8"
    assert "beyond the last requested column" in book.batch_refused(append(texts("a", "b", "c")))


def test_a_footer_makes_the_table_a_row_longer_and_stays_its_last_row(book: Workbook) -> None:
    book.type_in("A5", ["Total"])
    rows = {"rowsProperties": {"footerColorStyle": GREEN}}
    book.batch({"updateTable": {"table": {"tableId": "7"} | rows, "fields": "rowsProperties"}})
    assert table(book)["range"]["endRowIndex"] == 5
    book.batch(append(texts("ana"), texts("kim")))
    assert [row[0] for row in book.values("A1:A8")] == ["Client", "mia", "leo", "ana", "kim", "Total"]
    book.batch({"updateTable": {"table": {"tableId": "7"}, "fields": "rowsProperties.footerColorStyle"}})
    assert table(book)["range"]["endRowIndex"] == 5


def test_rows_and_columns_inserted_in_a_table_make_it_larger(book: Workbook) -> None:
    book.batch(
        {"insertDimension": {"range": lines("ROWS", 2, 4)}}, {"insertDimension": {"range": lines("COLUMNS", 1, 2)}}
    )
    grown = table(book)
    assert (grown["range"]["endRowIndex"], grown["range"]["endColumnIndex"]) == (6, 3)
    assert [column["columnName"] for column in grown["columnProperties"]] == ["Client", "Column 2", "Status"]
    assert grown["columnProperties"][2]["columnType"] == "DROPDOWN"
    book.batch({"deleteDimension": {"range": lines("COLUMNS", 0, 3)}})
    assert "tables" not in book.sheet()


def test_sorting_moves_rows_within_a_table_that_stays_where_it_is(book: Workbook) -> None:
    before = table(book)
    book.batch({"sortRange": {"range": area(1, 4, 0, 2), "sortSpecs": [{"sortOrder": "ASCENDING"}]}})
    assert book.values("A1:A5") == [["Client"], ["leo"], ["mia"], [], ["below"]]
    assert table(book) == before


def test_a_table_is_renamed_resized_and_refuses_to_cover_another(book: Workbook) -> None:
    book.batch({"updateTable": {"table": {"tableId": "7", "name": "People"}, "fields": "name"}})
    book.batch({"updateTable": {"table": {"tableId": "7", "range": area(0, 3, 0, 3)}, "fields": "range"}})
    changed = table(book)
    assert (changed["name"], changed["range"]["endRowIndex"]) == ("People", 3)
    assert [column["columnName"] for column in changed["columnProperties"]] == ["Client", "Status", "Column 3"]
    book.batch({"addTable": {"table": {"tableId": "8", "range": area(5, 8, 0, 2)}}})
    wide = {"table": {"tableId": "8", "range": area(2, 8, 0, 2)}, "fields": "range"}
    assert "alternating background colors" in book.batch_refused({"updateTable": wide})
    banded = {"range": area(6, 8, 0, 2), "rowProperties": {"firstBandColorStyle": GREEN}}
    assert "alternating background colors" in book.batch_refused({"addBanding": {"bandedRange": banded}})


def test_filters_that_are_backed_by_a_table_cover_its_range(book: Workbook) -> None:
    covered = table(book)["range"]
    book.batch({"setBasicFilter": {"filter": {"tableId": "7"}}})
    assert book.sheet()["basicFilter"] == {"tableId": "7", "range": covered}
    refused = book.batch_refused({"setBasicFilter": {"filter": {"tableId": "8"}}})
    assert refused == "Invalid requests[0].setBasicFilter: No table with id: 8"


def test_a_deleted_table_takes_its_cells_along_and_nothing_else(book: Workbook) -> None:
    book.batch({"deleteTable": {"tableId": "7"}})
    assert "tables" not in book.sheet()
    assert book.values("A1:B8") == [[], [], [], [], ["below"]]
    assert book.batch_refused({"deleteTable": {"tableId": "7"}}) == (
        "Invalid requests[0].deleteTable: No table with id: 7"
    )


def test_a_copied_sheet_has_a_table_of_its_own(book: Workbook) -> None:
    book.batch({"duplicateSheet": {"sourceSheetId": 0, "newSheetId": 5, "insertSheetIndex": 1}})
    first, second = (sheet["tables"][0] for sheet in book.get()["sheets"])
    assert second["tableId"] != first["tableId"]
    assert (second["name"], second["range"]["sheetId"]) == ("Clients_2", 5)
