"""The Today tab: what a freelancer sees in the morning, whatever people did to the other tabs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from offboard.columns import EPOCH
from offboard.tracker.colours import AMBER, RED, SAID
from offboard.tracker.formulas import CHECKED, Formulas
from offboard.tracker.tabs import SHEET_IDS
from offboard.workspace.sheet_requests import Look
from tests.sandbox.workbook import Workbook
from tests.tracker.conftest import shown_look

FUNCTIONS = {"IF", "IFERROR", "INDEX", "FILTER", "ROW", "XLOOKUP", "COUNTIFS", "ISNUMBER", "HYPERLINK", "TODAY", "NA"}
FOLDER = "https://drive.google.com/drive/folders/1kQ7"
CLIENTS = (
    ("dune", "Dune Yoga", "Ines", "ines@dune.example"),
    ("bloom", "Bloom Bakery", "Maya", "maya@bloom.example", "", "2026-04-27", "30", "2026-05-31"),
    ("Corvo", "Corvo Coffee", "Leo", "leo@corvo.example", "", "", "", "2026-06-30"),
    ("opal", "Opal Dental", "Kim", "kim@opal.example", "", "2026-05-20"),
)
INVOICES = (  # client, number, issued, due, amount, paid, paid so far, pause
    ("bloom", "INV-104", "2026-04-30", "2026-05-15", "€850.00"),
    ("bloom", "INV-109", "2026-05-15", "2026-05-29", "€850.00"),
    ("corvo", "0031", "", "2026-04-30", "CHF 1,200.00", "yes"),
    ("corvo", "0032", "", "2026-04-30", "CHF 1,200.00", "", "", "written off"),
    ("dune", "2026-017", "", "2026-05-05", "€850.00"),
    ("dune", "2026-018", "", "2026-05-05", "€850.00", "", "", "promised"),
)
ACCESS = (("bloom", "TikTok"), ("bloom", "Canva", "", "", "", "2026-05-20"), ("bloom", "Later"))


def said(key: str, value: str | int) -> tuple[int, str, str | int]:
    return (1, key, value)


def serial(day: date) -> int:
    return (day - EPOCH.date()).days


LEDGER = (
    said("bloom|next", "Send the notice (in Drafts)"),
    said("bloom|by", serial(date(2026, 4, 28))),
    said("bloom|folder", FOLDER),
    said("heartbeat", serial(date(2026, 5, 20))),
    said("bloom|next", "Ask Maya to accept “owner” of the Google profile (7-day wait)"),
    said("bloom|by", serial(date(2026, 5, 21))),
    said("bloom|drafts", 1),
    said("corvo|next", "Send the notice (in Drafts)"),
    said("corvo|by", ""),
    said("heartbeat", serial(date(2026, 5, 21))),
)
BLOOM = ["Bloom Bakery", "Ask Maya to accept “owner” of the Google profile (7-day wait)", "21 May", "31 May", "10"]
BLOOM += ["2 open, 1 overdue", "1 of 3 left", "open", "1", "bloom"]
CORVO = ["Corvo Coffee", "Send the notice (in Drafts)", "", "30 Jun", "40", "all paid", "none listed", "not yet", ""]
OPAL = ["Opal Dental", "type: offboard plan opal", "", "", "", "none listed", "none listed", "not yet", "", "opal"]


def rows(tracker: Workbook) -> list[list[str]]:
    found = [row for row in tracker.values("Today!A5:J54") if any(row)]
    return [row + [""] * (10 - len(row)) for row in found]


@pytest.fixture
def filled(tracker: Workbook) -> Workbook:
    return fill(tracker)


def fill(tracker: Workbook) -> Workbook:
    tracker.type_in("Clients!A2", *CLIENTS)
    tracker.type_in("Invoices!A2", *INVOICES)
    tracker.type_in("Access!A2", *ACCESS)
    tracker.type_in("Ledger!A2", *LEDGER, option="RAW")
    return tracker


def test_everybody_who_leaves_has_a_row_with_what_is_next(filled: Workbook) -> None:
    assert rows(filled) == [BLOOM, [*CORVO, "Corvo"], OPAL]


def test_the_formulas_compute_in_a_locale_with_a_decimal_comma(lay_out: Callable[[str], Workbook]) -> None:
    found = rows(fill(lay_out("de_DE")))
    assert found[0] == [*BLOOM[:2], "21. Mai", "31. Mai", *BLOOM[4:]]
    assert [row[9] for row in found] == ["bloom", "Corvo", "opal"]


def test_an_empty_tracker_says_how_to_begin(tracker: Workbook) -> None:
    assert tracker.value("Today!A1") == "Nothing here yet. In a terminal: offboard next"
    assert tracker.value("Today!A2") == "Invoices, all clients: 0 open, 0 past due."
    assert "fill in “Notice given”" in str(tracker.value("Today!B5"))


def test_open_invoices_of_all_clients_are_counted_without_those_written_off(filled: Workbook) -> None:
    assert filled.value("Today!A2") == "Invoices, all clients: 4 open, 3 past due."


def test_the_number_behind_it_all_is_out_of_sight(tracker: Workbook) -> None:
    data = tracker.get(ranges="Today!1:1", includeGridData="true")["sheets"][0]["data"][0]
    hidden = [column.get("hiddenByUser", False) for column in data["columnMetadata"]]
    assert hidden == [False] * 10 + [True]


def test_the_folder_is_a_link(filled: Workbook) -> None:
    assert filled.cell("Today!H5")["hyperlink"] == FOLDER


@pytest.mark.parametrize(
    ("day", "told", "red"),
    [
        (date(2026, 5, 21), "Checked today.", False),
        (date(2026, 5, 18), "Checked in the last 3 days.", False),
        (date(2026, 5, 17), "Not checked for 4 days: this may be old. In a terminal: offboard next", True),
    ],
)
def test_it_says_how_old_it_is_and_turns_red_after_three_days(
    tracker: Workbook, day: date, told: str, red: bool
) -> None:
    tracker.type_in("Ledger!A2", said("heartbeat", serial(day)), option="RAW")
    for where in ("Today!A1", "Today!J1"):
        assert (shown_look(tracker.cell(where)).ground == RED.ground) == red
    assert tracker.value("Today!A1") == told


@pytest.mark.parametrize(("by", "look"), [(20, RED), (21, AMBER), (24, AMBER), (25, replace(SAID, ground="#ffffff"))])
def test_by_is_red_when_past_and_amber_within_three_days(tracker: Workbook, by: int, look: Look) -> None:
    tracker.type_in("Clients!A2", *CLIENTS)
    tracker.type_in("Ledger!A2", said("bloom|by", serial(date(2026, 5, by))), option="RAW")
    assert shown_look(tracker.cell("Today!C5")) == look


def insert_row(tracker: Workbook, tab: str, at: int) -> None:
    where = {"sheetId": SHEET_IDS[tab], "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}
    tracker.batch({"insertDimension": {"range": where}})


def test_a_client_put_in_above_all_others_is_seen(filled: Workbook) -> None:
    insert_row(filled, "Clients", 1)
    filled.type_in("Clients!A2", ("kleo", "Kleo", "Jo", "jo@kleo.example", "", "2026-05-20"))
    assert [row[9] for row in rows(filled)] == ["kleo", "bloom", "Corvo", "opal"]


def test_a_row_put_into_today_itself_hides_nobody(filled: Workbook) -> None:
    insert_row(filled, "Today", 1)
    assert [row[9] for row in rows(filled) if row[9] != "Short name"] == ["bloom", "Corvo", "opal"]


def test_sorted_tabs_and_moved_columns_show_the_same(filled: Workbook) -> None:
    for tab in ("Clients", "Invoices", "Access"):
        cells = {"sheetId": SHEET_IDS[tab], "startRowIndex": 1}
        filled.batch({"sortRange": {"range": cells, "sortSpecs": [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]}})
    due = {"sheetId": SHEET_IDS["Invoices"], "dimension": "COLUMNS", "startIndex": 3, "endIndex": 4}
    filled.batch({"moveDimension": {"source": due, "destinationIndex": 9}})
    assert sorted(rows(filled)) == sorted([BLOOM, [*CORVO, "Corvo"], OPAL])


def test_a_renamed_tab_is_still_counted(filled: Workbook) -> None:
    renamed = {"sheetId": SHEET_IDS["Invoices"], "title": "Rechnungen & Co"}
    filled.batch({"updateSheetProperties": {"properties": renamed, "fields": "title"}})
    assert rows(filled)[0] == BLOOM


def test_a_name_that_looks_like_a_formula_stays_a_name(tracker: Workbook) -> None:
    tracker.type_in("Clients!A2", ("o", '=HYPERLINK("x")', "Jo", "jo@o.example", "", "2026-05-20"))
    assert rows(tracker)[0][0] == '=HYPERLINK("x")'


@pytest.mark.parametrize(
    "formula", [CHECKED, Formulas().all_invoices, Formulas().heartbeat, *Formulas().row(5), *Formulas().row(6)]
)
def test_a_formula_keeps_to_what_every_locale_takes_and_survives(formula: str) -> None:
    bare = re.sub(r'"[^"]*"', '""', formula)
    assert set(re.findall(r"([A-Z]+)\(", bare)) <= FUNCTIONS
    assert not set("{},") & set(bare), "arguments are parted by ;, and there are no arrays"
    assert all(re.fullmatch(r"\$([A-Z]):\$\1", cells) for cells in re.findall(r"\w+!([^;)<>]*)", bare)), "whole columns"
