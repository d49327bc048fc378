"""values.get, update, append, clear and their batches."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook, area


@pytest.fixture
def book(ana: Caller) -> Workbook:
    return Workbook(ana, "en_GB", "Sheet1", "My tab", "it's", rowCount=20, columnCount=6)


def test_raw_takes_values_as_they_are_and_never_makes_a_formula(book: Workbook) -> None:
    book.type_in("A1", ["=1+1", "27/04/2026", 5, True, "'x"], option="RAW")
    assert book.values("A1:E1", valueRenderOption="UNFORMATTED_VALUE") == [["=1+1", "27/04/2026", 5, True, "'x"]]
    assert book.cell("A1")["userEnteredValue"] == {"stringValue": "=1+1"}


def test_typed_values_are_read_like_a_persons(book: Workbook) -> None:
    book.type_in("A1", ["=1+1", "27/04/2026", "5", "true", "'=x"])
    assert book.values("A1:E1") == [["2", "27/04/2026", "5", "TRUE", "=x"]]
    assert book.values("A1:E1", valueRenderOption="UNFORMATTED_VALUE") == [[2, 46139, 5, True, "=x"]]
    assert book.values("A1:B1", valueRenderOption="FORMULA") == [["=1+1", 46139]]
    days = book.values("B1", valueRenderOption="UNFORMATTED_VALUE", dateTimeRenderOption="FORMATTED_STRING")
    assert days == [["27/04/2026"]]


def test_a_cell_of_plain_text_keeps_every_typing_as_text(book: Workbook) -> None:
    text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    book.batch({"repeatCell": {"range": area(0, 20, 1, 2), "cell": text, "fields": "userEnteredFormat.numberFormat"}})
    book.type_in("A1", ["0104", "0104"], ["=1+1", "=1+1"])
    found = book.values("A1:B2", valueRenderOption="UNFORMATTED_VALUE")
    assert found == [[104, "0104"], [2, "=1+1"]]


def test_a_cells_own_format_stays_when_it_can_show_what_is_typed(book: Workbook) -> None:
    days = {"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "d mmm yyyy"}}}
    book.batch({"repeatCell": {"range": area(0, 3, 0, 1), "cell": days, "fields": "userEnteredFormat"}})
    book.type_in("A1", ["27/04/2026"], ["50%"], [46139])
    assert [row[0] for row in book.values("A1:A3")] == ["27 Apr 2026", "50%", "27 Apr 2026"]


def test_blanks_at_the_ends_are_left_out_and_those_between_are_empty_texts(book: Workbook) -> None:
    book.type_in("B2", ["x", "", "y", ""], [], ["z"], [""])
    assert book.values("Sheet1") == [[], ["", "x", "", "y"], [], ["", "z"]]
    by_columns = book.call("GET", "/values/A1:D4", majorDimension="COLUMNS")
    assert by_columns["values"] == [[], ["", "x", "", "z"], [], ["", "y"]]
    assert "values" not in book.call("GET", "/values/E1:F9")


def test_a_formula_that_shows_nothing_is_no_blank(book: Workbook) -> None:
    book.type_in("A1", ["a", '=""'], ['=""'])
    assert book.values("Sheet1") == [["a", ""], [""]]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("'it''s'!A1", "'it''s'!A1"),
        ("My tab!B:B", "'My tab'!B1:B20"),
        ("my TAB!2:3", "'My tab'!A2:F3"),
        ("A5:A", "Sheet1!A5:A20"),
        ("Sheet1", "Sheet1!A1:F20"),
        ("'Sheet1'", "Sheet1!A1:F20"),
        ("D4:A1", "Sheet1!A1:D4"),
        ("R2C3", "Sheet1!C2"),
        ("Prices", "'My tab'!B2:C3"),
        ("'My tab'!prices", "'My tab'!B2:C3"),
        ("A1:Z99", "Sheet1!A1:F20"),
    ],
)
def test_a_range_is_found_in_every_way_of_writing_it(book: Workbook, asked: str, answered: str) -> None:
    book.batch({"addNamedRange": {"namedRange": {"name": "Prices", "range": area(1, 3, 1, 3, 1)}}})
    assert book.call("GET", "/values:batchGet", ranges=asked)["valueRanges"][0]["range"] == answered


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("NOPE!A5:F15", "Unable to parse range: NOPE!A5:F15"),
        ("'Sheet1'!'Sheet1'!A1", "Unable to parse range: 'Sheet1'!'Sheet1'!A1"),
        ("A0", "Unable to parse range: A0"),
        ("Sheet1!prices", "Unable to parse range: Sheet1!prices"),
        ("A21:B22", "Range (Sheet1!A21:B22) exceeds grid limits. Max rows: 20, max columns: 6"),
        ("'My tab'!G1", "Range ('My tab'!G1) exceeds grid limits. Max rows: 20, max columns: 6"),
    ],
)
def test_a_range_that_is_not_there_is_refused_in_googles_words(book: Workbook, asked: str, message: str) -> None:
    assert book.refused("GET", "/values:batchGet", ranges=asked) == (400, message)


def test_a_write_counts_what_it_wrote_and_leaves_nulls_alone(book: Workbook) -> None:
    book.type_in("A1", ["a", "b"], ["c", "d"])
    answer = book.type_in("A1:B2", [None, "B"], ["C", None], option="RAW")
    assert answer == {
        "spreadsheetId": book.id,
        "updatedRange": "Sheet1!A1:B2",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 2,
    }
    assert book.values("A1:B2") == [["a", "B"], ["C", "d"]]


def test_a_write_by_columns_lands_column_by_column(book: Workbook) -> None:
    body = {"majorDimension": "COLUMNS", "values": [["a", "b"], ["c"]]}
    answer = book.call("PUT", "/values/B2", body, valueInputOption="RAW", includeValuesInResponse="true")
    assert answer["updatedRange"] == "Sheet1!B2:C3"
    assert answer["updatedCells"] == 3
    assert answer["updatedData"] == {
        "range": "Sheet1!B2:C3",
        "majorDimension": "COLUMNS",
        "values": [["a", "b"], ["c"]],
    }


@pytest.mark.parametrize(
    ("where", "values", "message"),
    [
        ("A1:B1", [["a"], ["b"]], "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]"),
        ("A1:B1", [["a", "b", "c"]], "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]"),
        ("A20", [["a"], ["b"]], "Requested writing within range [Sheet1!A20], but tried writing to row [21]"),
        ("F1", [["a", "b"]], "Requested writing within range [Sheet1!F1], but tried writing to column [G]"),
        ("A21", [["a"]], "Range (Sheet1!A21) exceeds grid limits. Max rows: 20, max columns: 6"),
    ],
)
def test_a_write_that_does_not_fit_is_refused_and_writes_nothing(
    book: Workbook, where: str, values: Any, message: str
) -> None:
    refused = book.refused("PUT", f"/values/{where}", {"values": values}, valueInputOption="RAW")
    assert refused == (400, message)
    assert book.values("Sheet1") == []


def test_a_write_must_say_how_its_values_are_to_be_read(book: Workbook) -> None:
    assert book.refused("PUT", "/values/A1", {"values": [["a"]]}) == (
        400,
        "'valueInputOption' is required but not specified",
    )


def test_a_list_in_a_cell_is_refused(book: Workbook) -> None:
    code, message = book.refused("PUT", "/values/A1", {"values": [["a", [1]]]}, valueInputOption="RAW")
    assert code == 400
    assert message == "Invalid values[0][1]: list_value {\n  values {\n    number_value: 1.0\n  }\n}\n"


def test_a_batch_of_writes_is_all_or_nothing_and_names_the_one_that_failed(book: Workbook) -> None:
    data = [{"range": "A1", "values": [["a"]]}, {"range": "Funnel!A1", "values": [["b"]]}]
    refused = book.refused("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
    assert refused == (400, "Invalid data[1]: Unable to parse range: Funnel!A1")
    assert book.values("Sheet1") == []
    data[1]["range"] = "'My tab'!A1"
    done = book.call("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
    assert (done["totalUpdatedCells"], done["totalUpdatedSheets"]) == (2, 2)


def test_clearing_empties_cells_and_keeps_their_formats(book: Workbook) -> None:
    book.type_in("A1", ["50%", "x"])
    assert book.call("POST", "/values/A:A:clear", {})["clearedRange"] == "Sheet1!A1:A20"
    assert book.values("A1:B1") == [["", "x"]]
    assert book.cell("A1")["userEnteredFormat"]["numberFormat"]["type"] == "PERCENT"
    cleared = book.call("POST", "/values:batchClear", {"ranges": ["B1", "'My tab'!A1:B2"]})["clearedRanges"]
    assert cleared == ["Sheet1!B1", "'My tab'!A1:B2"]
    refused = book.refused("POST", "/values:batchClear", {"ranges": ["A1", "A221:ZZ"]})
    assert refused[1] == "Invalid range[1]: Range (Sheet1!A221:ZZ) exceeds grid limits. Max rows: 20, max columns: 6"


TABLES = [  # Google's guide: tables A1:C2 and B4:D6; the range asked for, where the values land, the table found
    ("Sheet1", "B7", "B4:D6"),
    ("B4", "B7", "B4:D6"),
    ("C5:D5", "B7", "B4:D6"),
    ("B2:D4", "B7", "B4:D6"),
    ("A3:F10", "B7", "B4:D6"),
    ("A1", "A3", "A1:C2"),
    ("E4", "E4", None),
]


@pytest.mark.parametrize(("asked", "lands", "table"), TABLES)
def test_append_finds_the_table_as_googles_guide_describes(
    book: Workbook, asked: str, lands: str, table: str | None
) -> None:
    book.type_in(
        "A1", ["x", "y", "z"], ["x", "y", "z"], [], ["", "x", "y", "z"], ["", "x", "y", "z"], ["", "x", "", "z"]
    )
    answer = book.call("POST", f"/values/{asked}:append", {"values": [["new"]]}, valueInputOption="RAW")
    assert answer["updates"]["updatedRange"] == f"Sheet1!{lands}"
    assert answer.get("tableRange") == (f"Sheet1!{table}" if table else None)


def test_append_adds_rows_where_the_grid_ends(book: Workbook) -> None:
    book.type_in("A19", ["a"], ["b"])
    answer = book.call("POST", "/values/A1:append", {"values": [["c"]]}, valueInputOption="RAW")
    assert answer["updates"]["updatedRange"] == "Sheet1!A1", "the range A1 lies in no table"
    answer = book.call("POST", "/values/Sheet1:append", {"values": [["c"], ["d"]]}, valueInputOption="RAW")
    assert answer["updates"]["updatedRange"] == "Sheet1!A21:A22"
    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 22


def test_append_overwrites_what_stands_below_unless_it_is_told_to_insert_rows(book: Workbook) -> None:
    book.type_in("A1", ["a", "x"], ["", ""], ["below"])
    book.call("POST", "/values/A1:append", {"values": [["b"], ["c"]]}, valueInputOption="RAW")
    assert [row[0] for row in book.values("A1:A4")] == ["a", "b", "c"]
    book.call(
        "POST", "/values/B1:B1:append", {"values": [["q"]]}, valueInputOption="RAW", insertDataOption="INSERT_ROWS"
    )
    assert [row[0] for row in book.values("A1:A5")] == ["a", "b", "c", "q"]


def test_values_are_read_and_written_by_data_filters(book: Workbook) -> None:
    place = {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}}
    entry = {"metadataKey": "row", "visibility": "DOCUMENT", "location": place}
    book.batch({"createDeveloperMetadata": {"developerMetadata": entry}})
    data_filter = {"developerMetadataLookup": {"metadataKey": "row"}}
    data = [{"dataFilter": data_filter, "values": [["a", "b"]]}]
    book.call("POST", "/values:batchUpdateByDataFilter", {"valueInputOption": "RAW", "data": data})
    book.batch({"insertDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}})
    found = book.call("POST", "/values:batchGetByDataFilter", {"dataFilters": [data_filter]})
    assert found["valueRanges"][0]["valueRange"]["values"] == [["a", "b"]]
    assert found["valueRanges"][0]["valueRange"]["range"] == "Sheet1!A4:F4"
    book.call("POST", "/values:batchClearByDataFilter", {"dataFilters": [{"a1Range": "A4:A4"}]})
    assert book.values("A4:B4") == [["", "b"]]


@pytest.mark.parametrize(("verb", "rest"), [("PUT", "Sheet1!A1"), ("POST", "Sheet1!A1:append")])
def test_values_that_name_another_range_than_the_address_are_refused(ana: Caller, verb: str, rest: str) -> None:
    book = Workbook(ana)
    refusal = "Request range[Sheet1!A1] does not match value's range['Sheet1'!A1]"
    values = {"range": "'Sheet1'!A1", "values": [["x"]]}
    assert book.refused(verb, f"/values/{rest}", values, valueInputOption="RAW") == (400, refusal)
    assert book.values("A1") == []
