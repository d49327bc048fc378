"""At the edge of what a cell can hold: numbers, texts, dates and patterns that once broke a spreadsheet."""

from __future__ import annotations

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import DOCUMENT, SPREADSHEET, upload
from tests.sandbox.workbook import Json, Workbook

HUGE = "9" * 400
TOO_LARGE = "Numeric value is greater than 1.79769E+308 and cannot be displayed properly."
TOO_LONG = "Your input contains more than the maximum of 50000 characters in a single cell."
FORMULAS: dict[str, str | float] = {
    "=1e308*10": "#NUM!",
    "=9^(9^9)": "#NUM!",
    "=-9e307*99": "#NUM!",
    f"={HUGE}": "#NUM!",
    "=SUM(1e308,1e308)": "#NUM!",
    "=ROUND(1e308,2)": 1e308,
    "=ROUND(5,99999999999)": 5,
    "=ROUND(5,-99999999999)": 0,
    '="inf"+1': "#VALUE!",
    '="nan"*1': "#VALUE!",
    '=COUNTIF(A1:A2,"*a*a*a*a*a*a*a*a*a*a*a*b")': 0,
    '=COUNTIF(A1:A2,"*a*a*!")': 1,
    '=COUNTIF(A1:A2,"~*?a*")': 1,
}


@pytest.fixture
def book(ana: Caller) -> Workbook:
    """A long text and a star."""
    workbook = Workbook(ana)
    workbook.type_in("A1", ["a" * 20_000 + "!"], ["*aab"])
    return workbook


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_beyond_what_a_cell_can_hold_is_an_error_in_its_cell(book: Workbook, formula: str) -> None:
    book.type_in("C3", [formula])
    assert book.value("C3", valueRenderOption="UNFORMATTED_VALUE") == FORMULAS[formula]


def test_a_number_that_is_too_large_says_so(book: Workbook) -> None:
    book.type_in("C3", ["=1e308*10"])
    assert book.cell("C3")["effectiveValue"]["errorValue"] == {"type": "NUM", "message": TOO_LARGE}


def test_a_text_that_would_outgrow_a_cell_is_an_error(book: Workbook) -> None:
    book.type_in("B1", ["=A1&A1&A1"])
    assert book.value("B1") == "#VALUE!"


@pytest.mark.parametrize("typed", [HUGE, "1e999", "-1e999", "1" + ",111" * 200, "1" + " " * 49_000 + "x"])
def test_a_typed_number_that_is_none_stays_the_text_it_is(book: Workbook, typed: str) -> None:
    book.type_in("C3", [typed])
    assert book.cell("C3")["userEnteredValue"] == {"stringValue": typed}


@pytest.mark.parametrize("number", [1e308, -1e308, 5e-324, 1e15, 2958466, -99999999])
@pytest.mark.parametrize(
    "pattern", ["yyyy-mm-dd", "[h]:mm:ss", "0.00", "#,##0.0000000000", "0.00E+00", "0" * 900, "0.0%", ""]
)
def test_every_number_is_shown_in_every_pattern(book: Workbook, number: float, pattern: str) -> None:
    look = {"numberFormat": {"type": "DATE" if "y" in pattern else "NUMBER", "pattern": pattern}}
    cell = {"userEnteredValue": {"numberValue": number}, "userEnteredFormat": look}
    start = {"sheetId": 0, "rowIndex": 2, "columnIndex": 2}
    book.batch({"updateCells": {"rows": [{"values": [cell]}], "fields": "*", "start": start}})
    assert book.cell("C3")["effectiveValue"] == {"numberValue": number}
    assert book.cell("C3")["formattedValue"]


def test_a_number_in_quotes_that_no_double_holds_is_refused(book: Workbook) -> None:
    cell = {"userEnteredValue": {"numberValue": "1e999"}}
    request = {"updateCells": {"rows": [{"values": [cell]}], "fields": "*", "start": {"sheetId": 0}}}
    assert "(TYPE_DOUBLE), " in book.batch_refused(request)


def replace(replacement: str, **how: bool) -> Json:
    """Every `a` replaced, on all sheets."""
    return {"findReplace": {"find": "a", "replacement": replacement, "allSheets": True, **how}}


def test_a_replacement_that_no_cell_can_hold_is_refused(book: Workbook) -> None:
    assert book.batch_refused(replace("x" * 60_000)) == f"Invalid requests[0].findReplace: {TOO_LONG}"


def test_a_pattern_is_not_searched_for(book: Workbook) -> None:
    answer = book.caller.call("POST", book.path + ":batchUpdate", json={"requests": [replace("b", searchByRegex=True)]})
    assert (answer.status_code, answer.json()["error"]["status"]) == (501, "UNIMPLEMENTED")


def test_an_uploaded_table_has_cells_of_any_length_and_lines_that_end_in_any_way(ana: Caller) -> None:
    assert upload(ana, {"name": "t", "mimeType": SPREADSHEET}, b"a,b\n", "text/csv").status_code == 200
    long = "long " * 50
    made = upload(ana, {"name": "t", "mimeType": SPREADSHEET}, f"{long},b\rc\nd\r\ne".encode(), "text/csv").json()
    got = ana.call("GET", f"/v4/spreadsheets/{made['id']}/values/t").json()["values"]
    assert got == [[long, "b"], ["c"], ["d"], ["e"]]


@pytest.mark.parametrize("place", ["R1C" + "9" * 5000, "R" + "9" * 5000 + "C1", "A" + "9" * 5000, "A1:R1C99999999"])
def test_a_place_with_endless_numbers_is_no_range(book: Workbook, place: str) -> None:
    assert book.refused("GET", "/values:batchGet", ranges=place)[1] == f"Unable to parse range: {place}"


@pytest.mark.parametrize("text", ["W" * 50_000, "a " * 25_000, "\n" * 50_000, "W\n" * 300])
def test_a_spreadsheet_is_printed_whatever_stands_in_a_cell(ana: Caller, text: str) -> None:
    book = Workbook(ana)
    book.type_in("A1", [text, "b"], ["c"] * 18, option="RAW")
    answer = ana.call("GET", f"/drive/v3/files/{book.id}/export", mimeType="application/pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


@pytest.mark.parametrize("many", [18, 19, 300])
def test_a_document_is_printed_however_wide_its_table_is(ana: Caller, many: int) -> None:
    table = f"<table><tr>{'<td>WWWWWWWWWWWWWWW</td>' * many}</tr></table>".encode()
    document = upload(ana, {"name": "d", "mimeType": DOCUMENT}, table, "text/html").json()["id"]
    answer = ana.call("GET", f"/drive/v3/files/{document}/export", mimeType="application/pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_a_new_spreadsheet_takes_no_name_without_a_word_or_a_range(ana: Caller) -> None:
    for named in ({}, {"name": ""}, {"range": {"sheetId": 0}}, {"name": "a", "range": {"sheetId": 9}}):
        answer = ana.call("POST", "/v4/spreadsheets", json={"namedRanges": [named]})
        assert answer.status_code == 400, answer.text
