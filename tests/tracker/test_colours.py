"""The tracker's colours: when a cell changes its look, and that every look can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offboard.tracker import colours
from offboard.tracker.colours import AMBER, AMBER_WORD, GREY, PAUSED, RED_WORD, YELLOW, list_colours
from offboard.tracker.tabs import RECORDS, SHEET_IDS
from offboard.workspace.sheet_requests import Look
from tests.sandbox.workbook import Workbook
from tests.tracker.conftest import address, shown_look

PLAIN = Look()
INVOICE = {"client": "bloom", "number": "INV-104", "amount": "€850.00"}
CASES: tuple[tuple[str, dict[str, str], str, Look], ...] = (  # today is 21 May 2026
    ("Clients", {"short": "bloom"}, "name", YELLOW),
    ("Clients", {"short": "bloom"}, "email", YELLOW),
    ("Clients", {"short": "bloom"}, "share_with", PLAIN),
    ("Clients", {"short": "bloom", "name": "Bloom"}, "name", PLAIN),
    ("Clients", {}, "name", PLAIN),
    ("Clients", {"short": "bloom", "last_day": "2026-05-20"}, "last_day", GREY),
    ("Clients", {"short": "bloom", "last_day": "2026-05-21"}, "last_day", PLAIN),
    ("Clients", {"short": "bloom", "last_day": "end of june"}, "last_day", PLAIN),
    ("Access", {"client": "bloom"}, "in_charge_since", AMBER),
    ("Access", {"client": "bloom", "in_charge_since": "2026-05-20"}, "in_charge_since", PLAIN),
    ("Access", {"client": "bloom", "still_running": "1 ad"}, "still_running", AMBER),
    ("Access", {"client": "bloom", "platform": "X", "left_on": "2026-05-20"}, "platform", GREY),
    ("Access", {"client": "bloom", "left_on": "2026-05-20"}, "in_charge_since", AMBER),
    ("Invoices", INVOICE | {"due": "2026-05-20"}, "due", RED_WORD),
    ("Invoices", INVOICE | {"due": "2026-05-20"}, "amount", RED_WORD),
    ("Invoices", INVOICE | {"due": "2026-05-21"}, "due", AMBER),
    ("Invoices", INVOICE | {"due": "2026-05-24"}, "amount", AMBER),
    ("Invoices", INVOICE | {"due": "2026-05-25"}, "due", PLAIN),
    ("Invoices", INVOICE | {"due": "2026-05-20", "paid": "yes"}, "due", GREY),
    ("Invoices", INVOICE | {"due": "2026-05-20", "pause": "promised"}, "due", PAUSED),
    ("Metrics", {"client": "bloom"}, "month", YELLOW),
)


def expected(look: Look) -> Look:
    return replace(look, ground=look.ground or "#ffffff", ink=look.ink or "#000000")


def test_a_cell_changes_its_look_when_its_row_says_so(tracker: Workbook) -> None:
    for row, (tab, typed, field, look) in enumerate(CASES, start=2):
        for name, value in typed.items():
            tracker.type_in(address(tab, name, row), [value])
        assert shown_look(tracker.cell(address(tab, field, row))) == expected(look), (tab, typed, field)


def test_the_log_says_in_colour_too_what_failed_and_what_waits_for_you(tracker: Workbook) -> None:
    tracker.type_in("Log!D2", ["failed"], ["your turn"], ["new"])
    for row, look in enumerate((RED_WORD, AMBER_WORD, PLAIN), start=2):
        assert shown_look(tracker.cell(f"Log!D{row}")) == expected(look)


def test_no_rule_colours_a_header(tracker: Workbook) -> None:
    found = tracker.get(ranges=[f"{tab}!1:1" for tab in RECORDS], includeGridData="true")
    for sheet in found["sheets"]:
        for cell in sheet["data"][0]["rowData"][0]["values"]:
            assert cell["effectiveFormat"]["backgroundColor"] == cell["userEnteredFormat"]["backgroundColor"]


def test_a_row_put_in_above_all_others_has_its_colours_too(tracker: Workbook) -> None:
    where = {"sheetId": SHEET_IDS["Clients"], "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    tracker.batch({"insertDimension": {"range": where}})
    tracker.type_in("Clients!A2", ["bloom"])
    tracker.type_in("Clients!H2", ["2026-05-01"])
    assert shown_look(tracker.cell("Clients!H2")).ink == GREY.ink


def test_every_colour_is_said_in_its_headers_note(tracker: Workbook) -> None:
    for tab in RECORDS:
        for colour in list_colours(tab):
            assert colour.says in tracker.cell(address(tab, colour.field, 1))["note"]


LOOKS = {name: look for name, look in vars(colours).items() if isinstance(look, Look)}


@pytest.mark.parametrize("name", LOOKS)
def test_every_look_has_the_contrast_that_tired_eyes_need(name: str) -> None:
    ground, ink = (_brightness(colour) for colour in (LOOKS[name].ground or "#ffffff", LOOKS[name].ink))
    assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) >= 4.5  # as the web's accessibility rules ask


def _brightness(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    light = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), light, strict=True))
