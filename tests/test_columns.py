"""Cells as people type them: read exactly, or refused with words that say how to write it."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from offboard import columns
from offboard.columns import Cell, Kind, Link, Money, Reading, UnreadableError

BERLIN = Reading(Locale("en", "GB"), ZoneInfo("Europe/Berlin"), "EUR")
GERMAN = Reading(Locale("de", "DE"), ZoneInfo("Europe/Berlin"), "EUR")
AMERICAN = Reading(Locale("en", "US"), ZoneInfo("America/New_York"), "USD")
CHOICE = columns.choice("now", "when paid", also={"hold until paid": "when paid"})
KINDS = [value for value in vars(columns).values() if isinstance(value, Kind)] + [CHOICE]


def typed(text: str, value: Any = None, *links: Link) -> Cell:
    return Cell(text if value is None else value, text, links)


@pytest.mark.parametrize(
    ("kind", "cell", "reading", "expected"),
    [
        (columns.TEXT, typed("  Bloom   Bakery​ "), BERLIN, "Bloom Bakery"),
        (columns.TEXT, typed("007", 7.0), BERLIN, "007"),
        (columns.SHORT_NAME, typed("Blue-Door2"), BERLIN, "blue-door2"),
        (columns.EMAIL, typed("maya@bloom.example"), BERLIN, "maya@bloom.example"),
        (
            columns.EMAILS,
            typed("a@b.example, c@d.example;\ne@f.example"),
            BERLIN,
            ("a@b.example", "c@d.example", "e@f.example"),
        ),
        (columns.DATE, typed("31/05/2026", 46173.0), BERLIN, date(2026, 5, 31)),
        (columns.DATE, typed("29 Feb", 45351.0), BERLIN, date(2024, 2, 29)),
        (columns.DATE, typed("2026-05-31"), BERLIN, date(2026, 5, 31)),
        (
            columns.DATETIME,
            typed("29/05/2026 15:00", 46171.625),
            BERLIN,
            datetime(2026, 5, 29, 15, tzinfo=BERLIN.timezone),
        ),
        (columns.DATE_OR_YES, typed("yes"), BERLIN, True),
        (columns.DATE_OR_YES, typed("12/05/2026", 46154.0), BERLIN, date(2026, 5, 12)),
        (columns.NUMBER, typed("30", 30.0), BERLIN, 30),
        (columns.NUMBER, typed("30 days"), BERLIN, 30),
        (columns.CHECKBOX, typed("TRUE", True), BERLIN, True),
        (columns.CHECKBOX, typed("x"), BERLIN, True),
        (columns.MONEY, typed("€850.00", 850.0), BERLIN, Money(Decimal("850.00"), "EUR")),
        (columns.MONEY, typed("1.234,56 €"), GERMAN, Money(Decimal("1234.56"), "EUR")),
        (columns.MONEY, typed("$2,599.20"), AMERICAN, Money(Decimal("2599.20"), "USD")),
        (columns.MONEY, typed("CHF 1'200.–"), BERLIN, Money(Decimal("1200.00"), "CHF")),
        (columns.MONEY, typed("1 234,50 zł"), BERLIN, Money(Decimal("1234.50"), "PLN")),
        (columns.MONEY, typed("850"), BERLIN, Money(Decimal("850.00"), "EUR")),
        (columns.MONEY, typed("0.1", 0.1), BERLIN, Money(Decimal("0.10"), "EUR")),
        (columns.MONEY, typed("1'200.—"), GERMAN, Money(Decimal("1200.00"), "EUR")),
        (columns.MONEY, typed("€ 1.200,-"), GERMAN, Money(Decimal("1200.00"), "EUR")),
        (columns.MONEY, typed("1,200.--"), BERLIN, Money(Decimal("1200.00"), "EUR")),
        (columns.MONEY, typed("Fr. 1’200.-"), BERLIN, Money(Decimal("1200.00"), "CHF")),
        (columns.MONEY, typed("850,-€"), GERMAN, Money(Decimal("850.00"), "EUR")),
        (columns.MONEY, typed("−50,00 €"), GERMAN, Money(Decimal("-50.00"), "EUR")),
        (columns.MONEY, typed("-€50"), BERLIN, Money(Decimal("-50.00"), "EUR")),
        (columns.MONEY, typed("CHF 1'200.00", 1200.0), BERLIN, Money(Decimal("1200.00"), "CHF")),
        (columns.MONEY, typed("850,00 € brutto"), GERMAN, Money(Decimal("850.00"), "EUR")),
        (columns.MONEY, typed("1,234,567.5"), AMERICAN, Money(Decimal("1234567.50"), "USD")),
        (columns.MONEY, typed("A$100"), BERLIN, Money(Decimal("100.00"), "AUD")),
        (columns.MONEY, typed("$100"), BERLIN, Money(Decimal("100.00"), "USD")),
        (columns.MONEY, typed("1.234.567"), GERMAN, Money(Decimal("1234567.00"), "EUR")),
        (CHOICE, typed("Hold until paid"), BERLIN, "when paid"),
        (columns.WORDS, typed("Call, case study"), BERLIN, ("call", "case study")),
        (columns.DAYS, typed("3, -3, 7"), BERLIN, (-3, 3, 7)),
        (
            columns.LINKS,
            typed("https://a.example/1\nhttps://a.example/2"),
            BERLIN,
            (Link("https://a.example/1"), Link("https://a.example/2")),
        ),
        (
            columns.LINKS,
            typed("Report", None, Link("https://a.example/1", "Report")),
            BERLIN,
            (Link("https://a.example/1", "Report"),),
        ),
        (
            columns.LINKS,
            typed("~/reports/May, final.pdf\n/tmp/x.csv"),
            BERLIN,
            (Link("~/reports/May, final.pdf"), Link("/tmp/x.csv")),
        ),
    ],
)
def test_what_a_person_types_is_read_exactly(kind: Kind, cell: Cell, reading: Reading, expected: object) -> None:
    assert kind.parse(cell, reading) == expected


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        (columns.SHORT_NAME, "bloom bakery", "letters, digits and hyphens"),
        (columns.EMAIL, "maya at bloom", "no e-mail address"),
        (columns.EMAIL, "maya@bloom", "no e-mail address"),
        (columns.EMAIL, "=?utf-8?q?a=0ABcc:_x?=@b.example", "no e-mail address"),
        (columns.EMAIL, "a@b.example, c@d.example", "more than one"),
        (columns.DATE, "nxt friday", "write it like 2026-03-31"),
        (columns.DATE, "2026-02-30", "no date"),
        (columns.NUMBER, "soon", "whole number"),
        (columns.CHECKBOX, "perhaps", "neither ticked nor empty"),
        (columns.MONEY, "1.200", "could be 1200 or 1.200"),
        (columns.MONEY, "USD 1,200", "could be 1200 or 1.200"),
        (columns.MONEY, "a lot", "no amount"),
        (columns.MONEY, "2 x 400", "no amount"),
        (columns.MONEY, "1e3", "no amount"),
        (columns.MONEY, "850 2026", "no amount"),
        (columns.MONEY, "1,23.45", "no amount"),
        (columns.MONEY, "(50.00)", "no amount"),
        (columns.MONEY, "100-", "no amount"),
        (columns.MONEY, "Q$100", "no dollar"),
        (columns.MONEY, "850 QQQ", "no currency"),
        (columns.MONEY, "1.2.3", "no amount"),
        (CHOICE, "tomorrow", "none of: now, when paid"),
        (columns.LINKS, "the reports", "no link"),
        (columns.DAYS, "often", "no list of days"),
    ],
)
def test_what_cannot_be_read_says_how_to_write_it(kind: Kind, text: str, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        kind.parse(typed(text), BERLIN)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(text=st.text(), number=st.none() | st.floats() | st.booleans())
def test_any_cell_is_read_or_refused_and_never_crashes(kind: Kind, text: str, number: float | bool | None) -> None:
    with contextlib.suppress(UnreadableError):
        kind.parse(typed(text, number), BERLIN)


def test_a_day_is_the_day_on_the_trackers_wall_not_in_utc() -> None:
    late = columns.parse_datetime(typed("", 46171.99), AMERICAN)
    assert late.date() == date(2026, 5, 29)
    assert late.astimezone(UTC).date() == date(2026, 5, 30)
