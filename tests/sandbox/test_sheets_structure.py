"""Rows, columns and cells that are put in, taken out, moved, sorted, merged, copied and replaced."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook, area, lines, texts

Json = dict[str, Any]


@pytest.fixture
def book(ana: Caller) -> Workbook:
    made = Workbook(ana, "en_US", "One", rowCount=8, columnCount=5)
    made.type_in("A1", ["a1", "b1", "c1"], ["a2", "b2", "c2"], ["a3", "b3", "c3"])
    return made


def column(book: Workbook, letter: str = "A") -> list[str]:
    return [row[0] if row else "" for row in book.values(f"{letter}:{letter}")]


def test_rows_are_inserted_and_deleted_and_the_grid_counts_them(book: Workbook) -> None:
    book.batch({"insertDimension": {"range": lines("ROWS", 1, 3)}})
    assert column(book) == ["a1", "", "", "a2", "a3"]
    assert book.sheet()["properties"]["gridProperties"]["rowCount"] == 10
    book.batch({"deleteDimension": {"range": lines("ROWS", 0, 2)}})
    assert column(book) == ["", "a2", "a3"]


def test_inserted_rows_look_like_the_row_before_or_after_them(book: Workbook) -> None:
    for row, color in ((0, "red"), (1, "green")):
        cell = {"userEnteredFormat": {"backgroundColor": {color: 1}}}
        book.batch({"repeatCell": {"range": area(row, row + 1, 0, 1), "cell": cell, "fields": "userEnteredFormat"}})
    book.batch({"insertDimension": {"range": lines("ROWS", 1, 2), "inheritFromBefore": True}})
    book.batch({"insertDimension": {"range": lines("ROWS", 2, 3)}})
    shown = [next(iter(book.cell(f"A{n}")["userEnteredFormat"]["backgroundColor"])) for n in (1, 2, 3, 4)]
    assert shown == ["red", "red", "green", "green"]


def test_columns_are_inserted_deleted_and_moved(book: Workbook) -> None:
    book.batch({"insertDimension": {"range": lines("COLUMNS", 1, 2)}})
    assert book.values("A1:D1") == [["a1", "", "b1", "c1"]]
    book.batch({"deleteDimension": {"range": lines("COLUMNS", 1, 2)}})
    book.batch({"moveDimension": {"source": lines("COLUMNS", 0, 1), "destinationIndex": 3}})
    assert book.values("A1:C1") == [["b1", "c1", "a1"]]


@pytest.mark.parametrize(
    ("start", "end", "to", "then"),
    [
        (0, 1, 3, ["a2", "a3", "a1"]),
        (2, 3, 0, ["a3", "a1", "a2"]),
        (0, 2, 5, ["a3", "", "", "a1", "a2"]),
        (1, 2, 1, ["a1", "a2", "a3"]),
    ],
)
def test_rows_move_in_front_of_the_row_that_had_the_index_before(
    book: Workbook, start: int, end: int, to: int, then: list[str]
) -> None:
    book.batch({"moveDimension": {"source": lines("ROWS", start, end), "destinationIndex": to}})
    assert column(book) == then


def test_everything_on_a_sheet_moves_along_when_rows_are_inserted_above(book: Workbook) -> None:
    rule = {"ranges": [area(1, 3, 0, 1)], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {}}}
    book.batch(
        {"addNamedRange": {"namedRange": {"name": "Named", "range": area(1, 3, 0, 2)}}},
        {"addProtectedRange": {"protectedRange": {"range": area(1, 2, 0, 5), "warningOnly": True}}},
        {"addConditionalFormatRule": {"rule": rule, "index": 0}},
        {"setBasicFilter": {"filter": {"range": area(0, 3, 0, 3)}}},
        {"mergeCells": {"range": area(1, 3, 3, 5), "mergeType": "MERGE_ALL"}},
        {
            "updateDimensionProperties": {
                "range": lines("ROWS", 1, 2),
                "properties": {"pixelSize": 50},
                "fields": "pixelSize",
            }
        },
        {"insertDimension": {"range": lines("ROWS", 1, 3)}},
    )
    got = book.get(includeGridData="true")
    sheet = got["sheets"][0]
    starts = [
        got["namedRanges"][0]["range"]["startRowIndex"],
        sheet["protectedRanges"][0]["range"]["startRowIndex"],
        sheet["conditionalFormats"][0]["ranges"][0]["startRowIndex"],
        sheet["merges"][0]["startRowIndex"],
    ]
    assert starts == [3, 3, 3, 3]
    assert sheet["basicFilter"]["range"]["endRowIndex"] == 5, "the filter around the insertion grows"
    assert sheet["data"][0]["rowMetadata"][3]["pixelSize"] == 50
    book.batch({"deleteDimension": {"range": lines("ROWS", 3, 5)}})
    gone = book.get()
    assert "namedRanges" not in gone
    assert not {"protectedRanges", "conditionalFormats", "merges"} & gone["sheets"][0].keys()


def test_sorting_puts_numbers_before_texts_and_blanks_last_in_either_order(book: Workbook) -> None:
    book.type_in("A1", ["b", "1"], [10, "2"], ["", "3"], ["A", "4"], [9, "5"])

    def order(how: str) -> str:
        specs = [{"dimensionIndex": 0, "sortOrder": how}]
        book.batch({"sortRange": {"range": area(0, 8, 0, 2), "sortSpecs": specs}})
        return "".join(column(book, "B"))

    assert order("ASCENDING") == "52413"
    assert order("DESCENDING") == "14253"


def test_sorting_leaves_hidden_rows_in_their_place_and_refuses_vertical_merges(book: Workbook) -> None:
    book.type_in("A1", ["c"], ["b"], ["a"])
    hide = {"range": lines("ROWS", 1, 2), "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    sort = {"range": area(0, 3, 0, 3), "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]}
    book.batch({"updateDimensionProperties": hide}, {"sortRange": sort})
    assert column(book) == ["a", "b", "c"]
    book.batch({"mergeCells": {"range": area(1, 3, 1, 2), "mergeType": "MERGE_ALL"}})
    assert book.batch_refused({"sortRange": sort}) == (
        "Invalid requests[0].sortRange: You can't sort a range containing vertical merges. "
        "There is a vertical merge at B2:B3"
    )


def test_sorted_rows_take_their_notes_and_their_formulas_along(book: Workbook) -> None:
    book.type_in("A1", ["b", "=A1"], ["a", "=A2"])
    note = {"start": {}, "rows": [{"values": [{"note": "of b"}]}], "fields": "note"}
    book.batch({"updateCells": note})
    book.batch({"sortRange": {"range": area(0, 2, 0, 3), "sortSpecs": [{"sortOrder": "ASCENDING"}]}})
    assert book.values("A1:B2", valueRenderOption="FORMULA") == [["a", "=A1"], ["b", "=A2"]]
    assert book.cell("A2")["note"] == "of b"


def test_a_merge_keeps_its_first_cell_and_refuses_to_be_cut(book: Workbook) -> None:
    book.batch({"mergeCells": {"range": area(0, 2, 0, 2), "mergeType": "MERGE_ALL"}})
    assert book.values("A1:C2") == [["a1", "", "c1"], ["", "", "c2"]]
    part = {"range": area(0, 1, 0, 1)}
    assert "must select all cells" in book.batch_refused({"unmergeCells": part})
    book.batch({"unmergeCells": {"range": area(0, 3, 0, 3)}})
    assert "merges" not in book.sheet()


@pytest.mark.parametrize(
    ("kind", "many", "kept"), [("MERGE_ROWS", 2, ["a1", "a2"]), ("MERGE_COLUMNS", 2, ["a1", "b1"])]
)
def test_a_range_is_merged_row_by_row_or_column_by_column(
    book: Workbook, kind: str, many: int, kept: list[str]
) -> None:
    book.batch({"mergeCells": {"range": area(0, 2, 0, 2), "mergeType": kind}})
    assert len(book.sheet()["merges"]) == many
    assert [cell for row in book.values("A1:B2") for cell in row if cell] == kept


def test_fewer_rows_are_frozen_once_frozen_ones_are_deleted(book: Workbook) -> None:
    grid = {"properties": {"gridProperties": {"frozenRowCount": 2}}, "fields": "gridProperties.frozenRowCount"}
    book.batch({"updateSheetProperties": grid}, {"deleteDimension": {"range": lines("ROWS", 0, 1)}})
    assert book.sheet()["properties"]["gridProperties"]["frozenRowCount"] == 1
    book.batch({"deleteDimension": {"range": lines("ROWS", 0, 1)}})
    assert "frozenRowCount" not in book.sheet()["properties"]["gridProperties"]


def test_a_row_does_not_move_through_a_merge(book: Workbook) -> None:
    book.batch({"mergeCells": {"range": area(1, 3, 0, 1)}})
    message = book.batch_refused({"moveDimension": {"source": lines("ROWS", 0, 1), "destinationIndex": 2}})
    assert message.endswith("crosses a merged cell. Please unmerge and try again.")
    book.batch({"moveDimension": {"source": lines("ROWS", 1, 3), "destinationIndex": 0}})
    assert book.sheet()["merges"][0]["endRowIndex"] == 2


def test_named_ranges_are_renamed_moved_and_deleted(book: Workbook) -> None:
    made = book.batch({"addNamedRange": {"namedRange": {"name": "Old", "range": area(0, 1, 0, 1)}}})
    number = made[0]["addNamedRange"]["namedRange"]["namedRangeId"]
    changed = {"namedRangeId": number, "name": "New", "range": area(1, 2, 1, 2)}
    book.batch({"updateNamedRange": {"namedRange": changed, "fields": "name,range"}})
    assert book.values("New") == [["b2"]]
    assert book.refused("GET", "/values/Old")[1] == "Unable to parse range: Old"
    book.batch({"deleteNamedRange": {"namedRangeId": number}})
    assert "namedRanges" not in book.get()


def test_copies_fill_a_larger_destination_and_values_can_be_copied_alone(book: Workbook) -> None:
    book.type_in("A1", [2, "=A1*10"])
    book.batch({"copyPaste": {"source": area(0, 1, 0, 2), "destination": area(3, 5, 0, 2)}})
    assert book.values("A4:B5", valueRenderOption="FORMULA") == [[2, "=A4*10"], [2, "=A5*10"]]
    only = {"source": area(0, 1, 1, 2), "destination": area(6, 7, 0, 1), "pasteType": "PASTE_VALUES"}
    book.batch({"copyPaste": only})
    assert book.value("A7", valueRenderOption="FORMULA") == 20
    turned = {"source": area(0, 3, 2, 3), "destination": area(7, 8, 0, 3), "pasteOrientation": "TRANSPOSE"}
    book.batch({"copyPaste": turned})
    assert book.values("A8:C8") == [["c1", "c2", "c3"]]


REPLACED: list[tuple[Json, Json, list[str]]] = [
    (
        {"find": "A", "replacement": "x"},
        {"valuesChanged": 3, "rowsChanged": 3, "occurrencesChanged": 3},
        ["x1", "x2", "x3"],
    ),
    ({"find": "A", "replacement": "x", "matchCase": True}, {}, ["a1", "a2", "a3"]),
    (
        {"find": "a1", "replacement": "", "matchEntireCell": True},
        {"valuesChanged": 1, "rowsChanged": 1, "occurrencesChanged": 1},
        ["", "a2", "a3"],
    ),
    (
        {"find": "a", "replacement": "$1\\"},
        {"valuesChanged": 3, "rowsChanged": 3, "occurrencesChanged": 3},
        ["$1\\1", "$1\\2", "$1\\3"],
    ),
]


@pytest.mark.parametrize(("request_", "counts", "then"), REPLACED)
def test_text_is_found_and_replaced_and_counted(book: Workbook, request_: Json, counts: Json, then: list[str]) -> None:
    reply = book.batch({"findReplace": {"allSheets": True} | request_})[0]["findReplace"]
    assert reply == (counts | {"sheetsChanged": 1} if counts else {})
    assert column(book) == then


def test_formulas_are_searched_only_when_that_is_asked_for(book: Workbook) -> None:
    book.type_in("A1", ["=B1"])
    plain = {"find": "B1", "replacement": "C1", "sheetId": 0, "matchCase": True}
    assert book.batch({"findReplace": plain})[0] == {"findReplace": {}}
    reply = book.batch({"findReplace": plain | {"includeFormulas": True}})[0]["findReplace"]
    assert reply["formulasChanged"] == 1
    assert book.value("A1") == "c1"


def test_a_grid_made_smaller_loses_what_lies_beyond(book: Workbook) -> None:
    book.type_in("E1", ["=A3"])
    grid = {"properties": {"gridProperties": {"rowCount": 2}}, "fields": "gridProperties.rowCount"}
    book.batch({"updateSheetProperties": grid})
    assert column(book) == ["a1", "a2"]
    assert book.value("E1", valueRenderOption="FORMULA") == "=#REF!"
    book.batch({"appendDimension": {"dimension": "ROWS", "length": 3}})
    book.batch({"appendCells": {"rows": [texts("next")], "fields": "userEnteredValue"}})
    assert column(book) == ["a1", "a2", "next"]


def test_a_computed_date_pasted_as_a_value_stays_and_is_a_number(book: Workbook) -> None:
    book.type_in("A1", ["2026-05-04"], ["=A1", "=A1+1"])
    source = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    target = source | {"startRowIndex": 4, "endRowIndex": 5}
    book.batch({"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_VALUES"}})
    assert book.values("A5:B5", valueRenderOption="UNFORMATTED_VALUE") == [[46146, 46147]]
