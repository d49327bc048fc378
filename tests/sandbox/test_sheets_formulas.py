"""Formulas: what they come to, how they fail, how they follow the cells they refer to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook, area, lines

ROWS = [
    ["Name", "Amount", "Due", "Paid"],
    ["bloom", 10, "2026-05-15", "yes"],
    ["corvo", 2.5, "2026-06-30", ""],
    ["Bloom", 30, "", "TRUE"],
]
CASES: list[tuple[str, Any]] = [
    ("=1+2*3^2", 19),
    ("=-2^2", 4),
    ("=50%*4", 2),
    ('="a"&1&TRUE', "a1TRUE"),
    ('="A"="a"', True),
    ("=1<>2", True),
    ('=IF(1>2,"x","y")', "y"),
    ("=IF(FALSE,1)", False),
    ("=IFERROR(1/0,9)", 9),
    ("=SUM(B:B)", 42.5),
    ("=SUM(B2:B4,7.5)", 50),
    ("=AVERAGE(B2:B4)", 42.5 / 3),
    ("=MIN(B2:B4)+MAX(B2:B4)", 32.5),
    ("=COUNT(A:D)", 5),
    ("=COUNTA(A1:D4)", 14),
    ('=COUNTIFS(A:A,"bloom")', 2),
    ('=COUNTIFS(A:A,"<>",D:D,"")', 1),
    ('=COUNTIFS(B:B,">5")', 2),
    ('=COUNTIFS(A:A,"b*")', 2),
    ('=COUNTIFS(C:C,"<"&C3)', 1),
    ('=COUNTIFS(A:A,"")', 96),
    ('=XLOOKUP("corvo",A:A,B:B)', 2.5),
    ('=XLOOKUP("bloom",A:A,B:B,"none",0,-1)', 30),
    ('=XLOOKUP("nobody",A:A,B:B,"none")', "none"),
    ("=INDEX(A:B,3,2)", 2.5),
    ("=INDEX(FILTER(A:A,ROW(A:A)>1,B:B>5),2)", "Bloom"),
    ('=INDEX(FILTER(A2:A4,(D2:D4<>"")+(B2:B4=2.5)),2)', "corvo"),
    ("=ROW()", 10),
    ("=ROW(B7)", 7),
    ("=ISNUMBER(B2)", True),
    ("=ISNUMBER(A2)", False),
    ("=AND(TRUE,1,2>1)", True),
    ("=OR(FALSE,B2>100)", False),
    ("=NOT(FALSE)", True),
    ("=ROUND(2.345,2)", 2.35),
    ("='My tab'!A1+1", 8),
    ("='it''s'!A1", "quoted"),
    ("=C3-C2", 46),
    ('=SUMIFS(B:B,A:A,"bloom",D:D,"yes")', 10),
    ('=COUNTIF(B:B,"10")', 1),
    ("=COUNTIF(B:B,10)", 1),
    ('=COUNTIFS(A:A,"~*")', 0),
    ("=INDEX(A1:D1,2)", "Amount"),
    ("=ISBLANK(C4)", True),
    ("=COUNTA(FILTER(A2:A4,NOT(B2:B4>5)))", 1),
    ("=SUM(FILTER(B2:B4,ISNUMBER(C2:C4)))", 12.5),
    ('="10"+5', 15),
    ("=A2>B2", True),
    ("=2*-3", -6),
    ('=HYPERLINK("https://x.example","open")', "open"),
    ("=seven*2", 14),
]
FAILURES = [
    ("=1/0", "#DIV/0!", "DIVIDE_BY_ZERO"),
    ("=FOO(1)", "#NAME?", "NAME"),
    ('=VLOOKUP("corvo",A:D,2,FALSE)', "#NAME?", "NAME"),
    ("=FILTER(A2:B4,B2:B4>5)", "#NAME?", "NAME"),
    ("=XLOOKUP(9,B2:B4,A2:A4,0,1)", "#NAME?", "NAME"),
    ("=nothing_of_that_name", "#NAME?", "NAME"),
    ('="a"+1', "#VALUE!", "VALUE"),
    ("=NA()", "#N/A", "N_A"),
    ('=XLOOKUP("nobody",A:A,B:B)', "#N/A", "N_A"),
    ("=FILTER(A2:A4,B2:B4>999)", "#N/A", "N_A"),
    ("=Nowhere!A1", "#REF!", "REF"),
    ("=1+", "#ERROR!", "ERROR"),
    ("=E10", "#REF!", "REF"),
    ("=SUM()", "#N/A", "N_A"),
    ('=IF("x",1,2)', "#VALUE!", "VALUE"),
    ("=INDEX(A1:B2,5,1)", "#NUM!", "NUM"),
    ("=FILTER(A2:A4,B2:B3>1)", "#N/A", "N_A"),
    ("=COUNTIFS(A1:A2,1,B1:B3,1)", "#VALUE!", "VALUE"),
    ("=(-8)^0.5", "#NUM!", "NUM"),
    ("=AVERAGE(A2:A4)", "#DIV/0!", "DIVIDE_BY_ZERO"),
    ("=#N/A", "#N/A", "N_A"),
    ("=1+#REF!", "#REF!", "REF"),
]


@pytest.fixture
def book(ana: Caller) -> Workbook:
    made = Workbook(ana, "en_US", "Sheet1", "My tab", "it's", rowCount=100, columnCount=10)
    made.type_in("A1", *ROWS)
    made.type_in("'My tab'!A1", [7])
    made.type_in("'it''s'!A1", ["quoted"])
    made.batch({"addNamedRange": {"namedRange": {"name": "Seven", "range": area(0, 1, 0, 1, 1)}}})
    return made


@pytest.mark.parametrize(("formula", "value"), CASES)
def test_a_formula_comes_to_its_value(book: Workbook, formula: str, value: Any) -> None:
    book.type_in("E10", [formula])
    found = book.value("E10", valueRenderOption="UNFORMATTED_VALUE")
    assert type(found) is type(value) or {type(found), type(value)} == {int, float}
    assert found == (pytest.approx(value) if isinstance(value, float) else value)


@pytest.mark.parametrize(("formula", "shown", "kind"), FAILURES)
def test_a_formula_that_fails_shows_googles_error(book: Workbook, formula: str, shown: str, kind: str) -> None:
    book.type_in("E10", [formula])
    cell = book.cell("E10")
    assert cell["formattedValue"] == shown
    assert cell["effectiveValue"]["errorValue"]["type"] == kind
    assert book.value("E10", valueRenderOption="UNFORMATTED_VALUE") == shown
    assert book.value("E10", valueRenderOption="FORMULA") == formula


def test_a_result_is_shown_in_the_format_of_what_it_came_from(book: Workbook) -> None:
    book.type_in("E1", ["=C2"], ["=C2+1"], ["=C3-C2"], ['=XLOOKUP("corvo",A:A,C:C)'])
    assert [row[0] for row in book.values("E1:E4")] == ["2026-05-15", "2026-05-16", "46", "2026-06-30"]
    assert book.cell("E2")["effectiveFormat"]["numberFormat"] == {"type": "DATE", "pattern": "yyyy-mm-dd"}


def test_a_blank_that_is_referred_to_stays_blank(book: Workbook) -> None:
    book.type_in("E1", ["=C4"], ["=ISNUMBER(C4)"])
    assert "effectiveValue" not in book.cell("E1")
    assert book.value("E2") == "FALSE"


def test_separators_follow_the_locale_and_a_semicolon_is_taken_in_all(ana: Caller) -> None:
    english, german = Workbook(ana, "en_US"), Workbook(ana, "de_DE")
    english.type_in("A1", ["=SUM(1;2)"])
    assert english.value("A1", valueRenderOption="FORMULA") == "=SUM(1,2)"
    german.type_in("A1", ["=SUM(1,5;2)"], ["=SUM(1,2,3)"])
    assert [row[0] for row in german.values("A1:A2")] == ["3,5", "#ERROR!"]
    assert german.value("A1", valueRenderOption="FORMULA") == "=SUM(1,5;2)"


def test_a_change_of_locale_changes_how_formulas_and_values_read_not_what_they_mean(ana: Caller) -> None:
    book = Workbook(ana, "en_US")
    book.type_in("A1", ["=SUM(1.5,2)", "1,234.50", "$5"])
    assert book.values("A1:C1") == [["3.5", "1,234.50", "$5"]]
    book.batch({"updateSpreadsheetProperties": {"properties": {"locale": "de_DE"}, "fields": "locale"}})
    assert book.values("A1:C1") == [["3,5", "1.234,50", "$5"]]
    assert book.value("A1", valueRenderOption="FORMULA") == "=SUM(1,5;2)"


def test_today_is_the_day_in_the_spreadsheets_own_time_zone(sandbox: Sandbox, ana: Caller) -> None:
    sandbox.state.clock.set(datetime(2026, 5, 20, 22, 30, tzinfo=UTC))
    book = Workbook(ana, "en_GB")
    book.type_in("A1", ["=TODAY()"], ["=TODAY()-1"])
    assert [row[0] for row in book.values("A1:A2")] == ["21/05/2026", "20/05/2026"]
    sandbox.state.clock.advance(86_400)
    assert book.value("A1") == "22/05/2026"


FOLLOWED = [  # a formula, what happens, how it reads then
    ("=SUM(B2:B4)", {"insertDimension": {"range": lines("ROWS", 2, 4)}}, "=SUM(B2:B6)"),
    ("=SUM(B2:B4)", {"insertDimension": {"range": lines("ROWS", 1, 2)}}, "=SUM(B3:B5)"),
    ("=SUM(B2:B4)", {"insertDimension": {"range": lines("ROWS", 4, 5)}}, "=SUM(B2:B4)"),
    ("=SUM(B:B)", {"insertDimension": {"range": lines("ROWS", 0, 3)}}, "=SUM(B:B)"),
    ("=SUM($B$2:B4)", {"insertDimension": {"range": lines("COLUMNS", 0, 1)}}, "=SUM($C$2:C4)"),
    ("=SUM(B2:B4)", {"deleteDimension": {"range": lines("ROWS", 2, 3)}}, "=SUM(B2:B3)"),
    ("=B3+1", {"deleteDimension": {"range": lines("ROWS", 2, 3)}}, "=#REF!+1"),
    ("=SUM(B2:B4)", {"deleteDimension": {"range": lines("COLUMNS", 1, 2)}}, "=SUM(#REF!)"),
    ("=B3", {"moveDimension": {"source": lines("ROWS", 2, 3), "destinationIndex": 1}}, "=B2"),
    ("=B2", {"moveDimension": {"source": lines("ROWS", 2, 3), "destinationIndex": 1}}, "=B3"),
    (
        "='My tab'!A1",
        {"updateSheetProperties": {"properties": {"sheetId": 1, "title": "New"}, "fields": "title"}},
        "=New!A1",
    ),
    ("='My tab'!A1", {"deleteSheet": {"sheetId": 1}}, "=#REF!"),
    ("='My tab'!A1", {"insertDimension": {"range": lines("ROWS", 0, 2, 1)}}, "='My tab'!A3"),
    ("=A5:A", {"insertDimension": {"range": lines("ROWS", 0, 1)}}, "=A6:A"),
]


@pytest.mark.parametrize(("formula", "request_", "then"), FOLLOWED)
def test_a_formula_follows_what_happens_to_its_cells(book: Workbook, formula: str, request_: Any, then: str) -> None:
    book.type_in("I50", [formula])
    book.batch(request_)
    formulas = [cell for row in book.values("Sheet1", valueRenderOption="FORMULA") for cell in row]
    assert [cell for cell in formulas if str(cell).startswith("=")] == [then]


def test_a_copied_formula_reads_relative_to_where_it_stands(book: Workbook) -> None:
    cell = {"userEnteredValue": {"formulaValue": "=B2*$B$2+B$3"}}
    book.batch({"repeatCell": {"range": area(1, 3, 4, 6), "cell": cell, "fields": "userEnteredValue"}})
    assert book.values("E2:F3", valueRenderOption="FORMULA") == [
        ["=B2*$B$2+B$3", "=C2*$B$2+C$3"],
        ["=B3*$B$2+B$3", "=C3*$B$2+C$3"],
    ]


def test_formulas_that_need_each_other_say_so(book: Workbook) -> None:
    book.type_in("F1", ["=G1"], ["=F3"], ["=F2+1"])
    book.type_in("G1", ["=F1"])
    assert [row[0] for row in book.values("F1:F3")] == ["#REF!"] * 3
    assert "Circular" in book.cell("F1")["effectiveValue"]["errorValue"]["message"]
