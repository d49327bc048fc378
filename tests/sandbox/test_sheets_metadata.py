"""Developer metadata: the fence of the ledger, where entries lie, who sees them, how they are found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook, lines, texts

Json = dict[str, Any]


@pytest.fixture
def book(ana: Caller) -> Workbook:
    return Workbook(ana, "en_US", "One", "Ledger", rowCount=10, columnCount=5)


def mark(
    number: int | None = None, value: str = "run", location: Json | None = None, visibility: str = "DOCUMENT"
) -> Json:
    entry = {"metadataKey": "ledger", "metadataValue": value, "visibility": visibility}
    entry |= {"location": location or {"spreadsheet": True}} | ({"metadataId": number} if number is not None else {})
    return {"createDeveloperMetadata": {"developerMetadata": entry}}


def append(text: str) -> Json:
    return {"appendCells": {"sheetId": 1, "rows": [texts(text)], "fields": "userEnteredValue"}}


def test_a_number_that_is_in_use_refuses_the_whole_batch(book: Workbook) -> None:
    book.batch(mark(1, "first"), append("row 1"))
    before = book.get(includeGridData="true")
    message = book.batch_refused(append("row 1"), mark(1, "second"), append("row 2"))
    assert message == (
        "Invalid requests[1].createDeveloperMetadata: Cannot add developer metadata with ID [1] "
        "because developer metadata with that ID already exists."
    )
    assert book.get(includeGridData="true") == before
    assert before["developerMetadata"] == [
        {
            "metadataId": 1,
            "metadataKey": "ledger",
            "metadataValue": "first",
            "location": {"locationType": "SPREADSHEET", "spreadsheet": True},
            "visibility": "DOCUMENT",
        }
    ]
    book.batch(mark(2, "second"), append("row 2"))
    assert book.values("Ledger!A:A") == [["row 1"], ["row 2"]]


def test_a_number_is_unique_in_the_whole_spreadsheet_also_against_chosen_ones(book: Workbook) -> None:
    chosen = book.batch(mark())[0]["createDeveloperMetadata"]["developerMetadata"]["metadataId"]
    assert 0 < chosen < 2**31
    assert "already exists" in book.batch_refused(mark(chosen, location={"sheetId": 1}))
    assert "already exists" in book.batch_refused(mark(5), mark(5, location={"sheetId": 0}))


@pytest.mark.parametrize("number", [0, -1])
def test_a_number_must_be_positive(book: Workbook, number: int) -> None:
    assert "must be positive" in book.batch_refused(mark(number))


def test_a_number_beyond_int32_is_no_number_for_googles_parser(book: Workbook) -> None:
    assert "(TYPE_INT32), 2147483648" in book.batch_refused(mark(2**31))
    book.batch(mark(2**31 - 1))


def test_a_number_is_free_again_once_its_entry_was_deleted(book: Workbook) -> None:
    book.batch(mark(1), mark(2))
    lookup = {"dataFilter": {"developerMetadataLookup": {"metadataId": 1}}}
    deleted = book.batch({"deleteDeveloperMetadata": lookup})[0]["deleteDeveloperMetadata"]
    assert [entry["metadataId"] for entry in deleted["deletedDeveloperMetadata"]] == [1]
    assert [entry["metadataId"] for entry in book.get()["developerMetadata"]] == [2]
    assert book.batch({"deleteDeveloperMetadata": lookup}) == [{"deleteDeveloperMetadata": {}}]
    book.batch(mark(1))


@pytest.mark.parametrize("missing", ["metadataKey", "visibility", "location"])
def test_an_entry_needs_a_key_a_visibility_and_a_place(book: Workbook, missing: str) -> None:
    request = mark(1)
    del request["createDeveloperMetadata"]["developerMetadata"][missing]
    assert "must be specified" in book.batch_refused(request)


def test_entries_show_at_the_spreadsheet_the_sheet_and_the_row_where_they_lie(book: Workbook) -> None:
    book.batch(
        mark(1),
        mark(2, location={"sheetId": 1}),
        mark(3, location={"dimensionRange": lines("ROWS", 2, 3, 1)}),
        mark(4, location={"dimensionRange": lines("COLUMNS", 0, 1, 1)}),
    )
    got = book.get(includeGridData="true")
    ledger = got["sheets"][1]
    assert [entry["metadataId"] for entry in got["developerMetadata"]] == [1]
    assert [entry["metadataId"] for entry in ledger["developerMetadata"]] == [2]
    rows, columns = ledger["data"][0]["rowMetadata"], ledger["data"][0]["columnMetadata"]
    assert [entry["metadataId"] for entry in rows[2]["developerMetadata"]] == [3]
    assert rows[2]["developerMetadata"][0]["location"] == {
        "locationType": "ROW",
        "dimensionRange": {"sheetId": 1, "dimension": "ROWS", "startIndex": 2, "endIndex": 3},
    }
    assert [entry["metadataId"] for entry in columns[0]["developerMetadata"]] == [4]


def test_an_entry_on_a_row_moves_with_it_and_goes_with_it(book: Workbook) -> None:
    book.batch(mark(3, location={"dimensionRange": lines("ROWS", 2, 3, 1)}))
    book.batch({"insertDimension": {"range": lines("ROWS", 0, 2, 1)}})
    entry = book.call("GET", "/developerMetadata/3")
    assert entry["location"]["dimensionRange"]["startIndex"] == 4
    book.batch({"deleteDimension": {"range": lines("ROWS", 4, 5, 1)}})
    assert book.refused("GET", "/developerMetadata/3")[0] == 404


def test_entries_are_searched_by_key_value_place_and_number(book: Workbook) -> None:
    book.batch(mark(1, "a"), mark(2, "b", {"sheetId": 1}), mark(3, "b", {"dimensionRange": lines("ROWS", 0, 1, 1)}))

    def found(**lookup: Any) -> list[int]:
        body = {"dataFilters": [{"developerMetadataLookup": lookup}]}
        matched = book.call("POST", "/developerMetadata:search", body).get("matchedDeveloperMetadata", [])
        return [match["developerMetadata"]["metadataId"] for match in matched]

    assert found(metadataKey="ledger") == [1, 2, 3]
    assert found(metadataValue="b") == [2, 3]
    assert found(metadataId=3) == [3]
    assert found(locationType="SHEET") == [2]
    assert found(metadataLocation={"sheetId": 1}) == [2, 3]
    assert found(metadataLocation={"sheetId": 1}, locationMatchingStrategy="EXACT_LOCATION") == [2]
    assert found(metadataKey="other") == []


def test_entries_are_found_by_the_cells_they_lie_on(book: Workbook) -> None:
    book.batch(
        mark(1),
        mark(2, location={"sheetId": 1}),
        mark(3, location={"dimensionRange": lines("ROWS", 4, 5, 1)}),
        mark(4, location={"dimensionRange": lines("COLUMNS", 3, 4, 1)}),
    )

    def found(data_filter: Json) -> list[int]:
        matched = book.call("POST", "/developerMetadata:search", {"dataFilters": [data_filter]})
        return [match["developerMetadata"]["metadataId"] for match in matched.get("matchedDeveloperMetadata", [])]

    assert found({"a1Range": "Ledger!A5"}) == [2, 3]
    assert found({"gridRange": {"sheetId": 1, "startColumnIndex": 3}}) == [2, 3, 4]
    assert found({"a1Range": "One"}) == []
    shown = book.call("POST", ":getByDataFilter", {"dataFilters": [{"developerMetadataLookup": {"metadataId": 3}}]})
    assert [sheet["properties"]["title"] for sheet in shown["sheets"]] == ["Ledger"]


def test_matched_entries_are_updated(book: Workbook) -> None:
    book.batch(mark(1, "a"), mark(2, "a"))
    update = {
        "dataFilters": [{"developerMetadataLookup": {"metadataId": 2}}],
        "developerMetadata": {"metadataValue": "b"},
        "fields": "metadataValue",
    }
    book.batch({"updateDeveloperMetadata": update})
    assert [entry["metadataValue"] for entry in book.get()["developerMetadata"]] == ["a", "b"]


def test_more_than_thirty_thousand_characters_are_refused_for_each_place_by_itself(book: Workbook) -> None:
    book.batch(mark(1, "x" * 20_000))
    assert "storage limit" in book.batch_refused(mark(2, "x" * 10_000))
    book.batch(mark(2, "x" * 20_000, {"sheetId": 1}))


def test_an_entry_of_project_visibility_is_seen_by_the_app_that_made_it_alone(app: Callable[..., Caller]) -> None:
    mine = app("ana@sandbox.example", "spreadsheets", client="mine.apps.example")
    theirs = app("ana@sandbox.example", "spreadsheets", client="theirs.apps.example")
    book = Workbook(mine, "en_US")
    book.batch(mark(1, visibility="PROJECT"), mark(2))
    other = theirs.call("GET", book.path).json()
    assert [entry["metadataId"] for entry in book.get()["developerMetadata"]] == [1, 2]
    assert [entry["metadataId"] for entry in other["developerMetadata"]] == [2]
    create = {"requests": [mark(1)]}
    refused = theirs.call("POST", book.path + ":batchUpdate", json=create)
    assert refused.status_code == 400, "the number is taken all the same"


def test_metadata_survives_a_copy_of_the_file(book: Workbook) -> None:
    book.batch(mark(1, "kept"))
    copied = book.caller.call("POST", f"/drive/v3/files/{book.id}/copy", json={"name": "Copy"}).json()["id"]
    got = book.caller.call("GET", f"/v4/spreadsheets/{copied}").json()
    assert got["developerMetadata"][0]["metadataValue"] == "kept"
