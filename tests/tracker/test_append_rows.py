"""Rows added to people's tabs: under their own headers wherever these stand, read again as they were meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from offboard.columns import Cell, Money, Reading
from offboard.errors import TrackerError
from offboard.model import Account, Metric
from offboard.rows import Row, columns_of
from offboard.tracker.append_rows import find_strewn, holds, rows_request
from offboard.workspace.sheets import Tab

READING = Reading(Locale("en", "GB"), ZoneInfo("Europe/Berlin"), "GBP")
ACCOUNT = Account(client="bloom", platform="=HYPERLINK(1)", in_charge_since=date(2026, 5, 21), account="0031")
METRIC = Metric(
    client="bloom",
    platform="Instagram",
    month=date(2026, 5, 1),
    followers=4210,
    reach=0,
    best_post="https://x.example/p",
    spend=Money(Decimal("120.50"), "GBP"),
)


def tab(headers: Sequence[str], *rows: Sequence[str]) -> Tab:
    return Tab(102, "Access", tuple(tuple(Cell(text, text) for text in row) for row in (headers, *rows)))


def added(request: dict[str, Any]) -> list[list[object]]:
    """The cells of a request's rows; None where one stays as it is."""
    body = request["appendCells"]
    assert body["fields"] == "userEnteredValue", "looks, notes and pickers are people's"
    values = [[cell.get("userEnteredValue", {}) for cell in row["values"]] for row in body["rows"]]
    return [[next(iter(value.values()), None) for value in row] for row in values]


def headers_of(row: type[Row]) -> list[str]:
    return [column.header for column in columns_of(row).values()]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("row", [ACCOUNT, METRIC], ids=["account", "metric"])
def test_every_cell_goes_under_its_header_in_any_order_among_any_others(row: Row, seed: int) -> None:
    chance = Random(seed)
    columns = columns_of(type(row))
    headers = {
        name: chance.choice((c.header, c.header.upper(), f" {c.header}* ", *c.aliases)) for name, c in columns.items()
    }
    names = [*columns, *(f"mine {number}" for number in range(3))]
    chance.shuffle(names)
    request = rows_request(tab([headers.get(name, name) for name in names]), [row], READING)
    found = dict(zip(names, added(request)[0], strict=False))
    assert {name for name, value in found.items() if value is not None} == _filled(row)
    assert found["client"] == "bloom"
    assert found["platform"] == getattr(row, "platform")  # noqa: B009  # of either kind


def _filled(row: Row) -> set[str]:
    empty = type(row)()
    return {name for name in columns_of(type(row)) if getattr(row, name) != getattr(empty, name)}


def test_text_stays_text_and_dates_and_amounts_are_numbers() -> None:
    cells = rows_request(tab(headers_of(Account)), [ACCOUNT], READING)["appendCells"]["rows"][0]["values"]
    assert [cell.get("userEnteredValue") for cell in cells] == [
        {"stringValue": "bloom"},
        {"stringValue": "=HYPERLINK(1)"},
        {"stringValue": "0031"},
        {"numberValue": 46163},
    ]
    metric = dict(
        zip(headers_of(Metric), added(rows_request(tab(headers_of(Metric)), [METRIC], READING))[0], strict=False)
    )
    assert (metric["Month"], metric["Reach"], metric["Spend"]) == (46143, 0, 120.5)


def test_an_amount_in_another_currency_names_it() -> None:
    row = Metric(client="bloom", platform="X", month=date(2026, 5, 1), spend=Money(Decimal("9.90"), "CHF"))
    found = added(rows_request(tab(headers_of(Metric)), [row], READING))[0]
    assert found[headers_of(Metric).index("Spend")] == "CHF 9.90"


def test_a_missing_or_doubled_column_is_named_and_nothing_is_added() -> None:
    headers = [*headers_of(Account)[2:], "Proof"]
    with pytest.raises(TrackerError) as failed:
        rows_request(tab(headers), [ACCOUNT], READING)
    assert [problem.message for problem in failed.value.problems] == [
        "The tracker has no column “Client” any more (tab Access).",
        "The tracker has no column “Platform” any more (tab Access).",
        "The column “Proof” is there twice.",
    ]


def test_a_column_that_somebody_would_have_to_add_is_asked_for() -> None:
    usual = [column.header for column in columns_of(Metric).values() if not column.extra]
    with pytest.raises(TrackerError) as failed:
        rows_request(tab(usual), [METRIC], READING)
    assert [problem.message for problem in failed.value.problems] == ["There is no column “Spend”."]


def test_rows_under_wrong_headers_are_found_by_what_they_hold() -> None:
    row = Account(client="bloom", platform="TikTok")
    found = tab(headers_of(Account), ["", "bloom", "", "TikTok"], ["bloom", "Instagram"], ["corvo", "TikTok"])
    assert find_strewn(found, [row], READING) == ["Access!2:2"]


def test_a_row_that_a_person_filled_in_meanwhile_still_holds_what_was_added() -> None:
    row = Account(client="bloom", platform="TikTok")
    assert holds(Account(client="bloom", platform="TikTok", account="@bloom"), row)
    assert not holds(Account(client="bloom", platform="Instagram"), row)
