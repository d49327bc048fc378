"""The tracker as it is made: its tabs, headers, pickers and colours, and that Google takes every bit of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import resources

import pytest

from offboard.model import TABS, Setup
from offboard.rows import columns_of
from offboard.tracker.layout import tracker_requests
from offboard.tracker.tabs import LEDGER_HEADERS, LOG_HEADERS, RECORDS, SHEET_IDS, columns_made
from tests.sandbox.workbook import Json, Workbook
from tests.schema import Checker, Problems
from tests.tracker.conftest import address

LOCALES = ("en_GB", "en_US", "de_DE", "fr_CA", "sv_SE", "ja_JP", "pt_BR", "bg_BG", "zh_TW", "en")


def header_cells(tracker: Workbook, tab: str, row: int = 1) -> list[Json]:
    data = tracker.get(ranges=f"{tab}!{row}:{row}", includeGridData="true")["sheets"][0]["data"][0]
    found: list[Json] = data["rowData"][0]["values"]
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_every_request_is_one_that_googles_document_describes(locale: str) -> None:
    place = resources.files("googleapiclient") / "discovery_cache" / "documents" / "sheets.v4.json"
    checker = Checker(json.loads(place.read_text())["schemas"], {"$ref": "BatchUpdateSpreadsheetRequest"})
    problems = Problems()
    checker.check({"requests": tracker_requests(locale, "Europe/Berlin")}, problems)
    assert problems.found == []


@pytest.mark.parametrize("locale", LOCALES)
def test_google_takes_the_whole_layout_in_one_batch(lay_out: Callable[[str], Workbook], locale: str) -> None:
    properties = lay_out(locale).get()["properties"]
    assert (properties["locale"], properties["timeZone"]) == (locale, "Europe/Berlin")


def test_the_tabs_stand_in_their_order_under_fixed_ids_and_only_the_ledger_is_hidden(tracker: Workbook) -> None:
    sheets = [sheet["properties"] for sheet in tracker.get()["sheets"]]
    assert {sheet["title"]: sheet["sheetId"] for sheet in sheets} == SHEET_IDS
    assert [sheet["title"] for sheet in sheets] == list(SHEET_IDS)
    assert [sheet["title"] for sheet in sheets if sheet.get("hidden")] == ["Ledger"]


@pytest.mark.parametrize("tab", RECORDS)
def test_headers_are_the_models_columns_dark_where_needed_and_their_notes_explain_them(
    tracker: Workbook, tab: str
) -> None:
    cells = header_cells(tracker, tab)
    columns = [column for column in columns_of(TABS[tab]).values() if not column.extra]
    notes = [] if tab == "Metrics" else ["Notes"]
    assert [cell["formattedValue"] for cell in cells] == [column.header for column in columns] + notes
    for cell, column in zip(cells, columns, strict=False):
        dark = cell["effectiveFormat"]["textFormat"]["foregroundColorStyle"]["rgbColor"] == dict.fromkeys(
            ("red", "green", "blue"), 1
        )
        assert dark == column.needed == cell["note"].startswith("Needed.")
        assert column.note in cell["note"]
        assert all(choice in cell["note"] for choice in column.kind.choices)


def test_the_header_stays_in_sight_and_so_do_the_columns_that_say_whose_row_it_is(tracker: Workbook) -> None:
    sheets = {sheet["properties"]["title"]: sheet["properties"]["gridProperties"] for sheet in tracker.get()["sheets"]}
    frozen = {(sheets[tab]["frozenRowCount"], sheets[tab]["frozenColumnCount"]) for tab in (*RECORDS, "Log")}
    assert frozen == {(1, 2)}


def test_no_formula_stands_in_a_tab_that_people_edit(tracker: Workbook) -> None:
    found = tracker.get(ranges=[*RECORDS, "Setup"], fields="sheets/data/rowData/values/userEnteredValue")
    assert len(found["sheets"]) == 5
    assert "formulaValue" not in json.dumps(found)


PICKERS = {
    ("Clients", "last_day"): "DATE_IS_VALID",
    ("Clients", "call"): "DATE_IS_VALID",
    ("Clients", "contract_checked"): "BOOLEAN",
    ("Clients", "share"): "ONE_OF_LIST",
    ("Clients", "ask_for"): "ONE_OF_LIST",
    ("Access", "client"): "ONE_OF_RANGE",
    ("Access", "platform"): "ONE_OF_LIST",
    ("Access", "in_charge_since"): "DATE_IS_VALID",
    ("Access", "proof"): "ONE_OF_LIST",
    ("Invoices", "client"): "ONE_OF_RANGE",
    ("Invoices", "due"): "DATE_IS_VALID",
    ("Invoices", "paid"): "CUSTOM_FORMULA",
    ("Invoices", "pause"): "ONE_OF_LIST",
    ("Metrics", "client"): "ONE_OF_RANGE",
    ("Metrics", "month"): "DATE_IS_VALID",
}


def test_a_picker_is_in_the_first_row_and_in_the_last(tracker: Workbook) -> None:
    found = tracker.get(ranges=list(RECORDS), fields="sheets(properties/title,data/rowData/values/dataValidation)")
    cells = {sheet["properties"]["title"]: sheet["data"][0]["rowData"] for sheet in found["sheets"]}
    for row in (1, 99):
        kinds = {
            (tab, field): cells[tab][row]["values"][list(columns_made(tab)).index(field)]["dataValidation"]
            for tab, field in PICKERS
        }
        assert {place: rule["condition"]["type"] for place, rule in kinds.items()} == PICKERS


RULES = "sheets/data/rowData/values/dataValidation"


def test_no_picker_rejects_what_somebody_types(tracker: Workbook) -> None:
    rules = re.findall(r'"strict": ?(\w+)', json.dumps(tracker.get(fields=RULES)))
    assert "true" not in rules


def test_a_new_first_client_is_offered_in_the_other_tabs(tracker: Workbook) -> None:
    where = {"sheetId": SHEET_IDS["Clients"], "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    tracker.batch({"insertDimension": {"range": where}})
    rule = tracker.cell("Access!A2")["dataValidation"]["condition"]
    assert rule["values"] == [{"userEnteredValue": "=Clients!$A:$A"}]


TYPED = {
    "en_GB": (
        ("Clients", "short", "0815", "0815"),
        ("Clients", "call", "2026-05-29 15:00", "29/05/2026 15:00"),
        ("Clients", "feedback", "=1+1", "=1+1"),
        ("Invoices", "number", "0031", "0031"),
        ("Invoices", "amount", "€850.00", "€850.00"),
        ("Invoices", "paid_so_far", "CHF 1,200.00", "CHF1,200.00"),
        ("Invoices", "paid", "yes", "yes"),
        ("Metrics", "followers", "4210", "4,210"),
    ),
    "en_US": (("Clients", "call", "2026-05-29 15:00", "5/29/2026 3:00 PM"),),
    "de_DE": (("Clients", "last_day", "31.5.2026", "31.05.2026"), ("Invoices", "amount", "850,5 €", "850,50 €")),
}


@pytest.mark.parametrize("locale", TYPED)
def test_what_somebody_types_is_shown_as_they_would_expect_it(lay_out: Callable[[str], Workbook], locale: str) -> None:
    tracker = lay_out(locale)
    for tab, field, typed, shown in TYPED[locale]:
        tracker.type_in(address(tab, field, 2), [typed])
        assert tracker.cell(address(tab, field, 2))["formattedValue"] == shown


def test_setup_has_a_row_for_each_setting_with_the_currency_filled_in(lay_out: Callable[[str], Workbook]) -> None:
    rows = lay_out("de_DE").values("Setup")
    assert rows[0] == ["What", "Yours", "Used for"]
    assert [row[0] for row in rows[1:]] == [column.header for column in columns_of(Setup).values()]
    assert {row[0]: row[1] for row in rows[1:] if row[1]} == {"Currency": "EUR"}
    assert "Empty: -3, 3, 7, 14, 30" in {row[0]: row[2] for row in rows[1:]}["Reminder days"]


def test_an_account_number_in_setup_keeps_its_zeros(tracker: Workbook) -> None:
    tracker.type_in("Setup!B5", ["0012345"])
    assert tracker.values("Setup!A5:B5") == [["How to pay me", "0012345"]]


def test_the_programs_own_tabs_have_their_headers_and_ask_before_they_are_edited(tracker: Workbook) -> None:
    assert tracker.values("Log!1:1") == [list(LOG_HEADERS)]
    assert tracker.values("Ledger!1:1") == [list(LEDGER_HEADERS)]
    protected = {
        sheet["properties"]["title"]: [rule.get("warningOnly") for rule in sheet["protectedRanges"]]
        for sheet in tracker.get()["sheets"]
        if "protectedRanges" in sheet
    }
    assert protected == {"Today": [True], "Log": [True], "Ledger": [True]}


def test_the_log_can_be_sifted_and_hides_its_run(tracker: Workbook) -> None:
    sheet = tracker.get(ranges="Log!1:1", includeGridData="true")["sheets"][0]
    assert sheet["basicFilter"]["range"]["endColumnIndex"] == len(LOG_HEADERS)
    hidden = [column.get("hiddenByUser", False) for column in sheet["data"][0]["columnMetadata"]]
    assert [name for name, away in zip(LOG_HEADERS, hidden, strict=True) if away] == ["Run"]
