"""What a person types, read by the spreadsheet's locale, and shown again."""

from __future__ import annotations

from typing import Any

import pytest

from offboard.sandbox.sheets.entered import link_runs, parse_entered
from offboard.sandbox.sheets.number_format import render_general, render_number
from offboard.sandbox.sheets.regions import get_region

TYPED: list[tuple[str, str, Any, str]] = [  # locale, what is typed, its value, what is shown
    ("en_GB", "27/04/2026", 46139, "27/04/2026"),
    ("en_GB", "1/5/2026", 46143, "01/05/2026"),
    ("en_US", "4/27/2026", 46139, "4/27/2026"),
    ("en_US", "04/27/2026", 46139, "04/27/2026"),
    ("de_DE", "27.04.2026", 46139, "27.04.2026"),
    ("de_DE", "27.4.", 46139, "27.04"),
    ("en_US", "2026-04-27", 46139, "2026-04-27"),
    ("en_US", "1999-01-02", 36162, "1999-01-02"),
    ("en_GB", "29/05/2026 15:00", 46171.625, "29/05/2026 15:00"),
    ("en_GB", "27 Apr 2026", 46139, "27 Apr 2026"),
    ("en_US", "April 27, 2026", 46139, "April 27, 2026"),
    ("en_US", "3:30 pm", 0.6458333333333334, "3:30 PM"),
    ("en_US", "15:00", 0.625, "15:00"),
    ("en_US", "2,000,000.01", 2000000.01, "2,000,000.01"),
    ("de_DE", "1.234,50", 1234.5, "1.234,50"),
    ("de_CH", "1'234.50", 1234.5, "1’234.50"),
    ("fr_FR", "1,5", 1.5, "1,5"),
    ("en_GB", "€850.00", 850, "€850.00"),
    ("de_DE", "850,00 €", 850, "850,00 €"),
    ("en_US", "$5", 5, "$5"),
    ("en_GB", "-£1,200.50", -1200.5, "-£1,200.50"),
    ("en_US", "50%", 0.5, "50%"),
    ("en_US", "12.5%", 0.125, "12.50%"),
    ("en_US", "1e3", 1000, "1.00E+03"),
    ("en_US", "0042", 42, "42"),
    ("en_US", "+5", 5, "5"),
]


@pytest.mark.parametrize(("locale", "text", "value", "shown"), TYPED)
def test_numbers_money_and_days_are_read_by_the_locale_and_shown_as_typed(
    locale: str, text: str, value: Any, shown: str
) -> None:
    region = get_region(locale)
    entered = parse_entered(text, region, 2026)
    assert entered.formula is None
    assert entered.value == pytest.approx(value)
    assert isinstance(entered.value, int | float)
    assert render_number(entered.value, entered.number_format, region) == shown


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en_US", "27/04/2026"),
        ("en_GB", "4/27/2026"),
        ("en_US", "31/02/2026"),
        ("en_US", "3_1_0"),
        ("en_US", "INV-104"),
        ("en_US", "+49 40 123456"),
        ("en_US", "1,23"),
        ("en_US", "nxt friday"),
        ("en_US", "25:99"),
        ("de_DE", "€850.00"),
    ],
)
def test_what_is_no_number_here_stays_a_text(locale: str, text: str) -> None:
    entered = parse_entered(text, get_region(locale), 2026)
    assert (entered.value, entered.formula) == (text, None)


def test_truths_formulas_and_forced_texts_are_told_apart() -> None:
    english, german = get_region("en_US"), get_region("de_DE")
    assert parse_entered("true", english, 2026).value is True
    assert parse_entered("FALSCH", german, 2026).value is False
    assert parse_entered("=1+1", english, 2026).formula == "=1+1"
    assert parse_entered("-foo", english, 2026).formula == "=-foo"
    assert parse_entered("'007", english, 2026).value == "007"
    assert parse_entered("=", english, 2026).value == "="


def test_addresses_inside_a_text_become_links_of_their_own() -> None:
    assert link_runs("https://a.example") == []
    runs = link_runs("see https://a.example/x now")
    assert [run.get("startIndex") for run in runs] == [4, 23]
    assert runs[0]["format"]["link"] == {"uri": "https://a.example/x"}
    assert link_runs("🎉 https://a.example b")[0]["startIndex"] == 3, "counted in UTF-16"


PATTERNS: list[tuple[str, float, str, str]] = [
    ("en_US", 1234.5, "#,##0.00", "1,234.50"),
    ("de_DE", 1234.5, "#,##0.00", "1.234,50"),
    ("en_US", 0.5, "0%", "50%"),
    ("en_US", 43831.75, "ddd, d mmm yyyy hh:mm", "Wed, 1 Jan 2020 18:00"),
    ("de_DE", 43831, "dddd, d. mmmm yyyy", "Mittwoch, 1. Januar 2020"),
    ("en_US", 43831.75, "h:mm am/pm", "6:00 PM"),
    ("en_US", 1.5, "[h]:mm:ss", "36:00:00"),
    ("en_US", 1234, "0.00E+00", "1.23E+03"),
    ("en_US", -5, '0;(0);"zero"', "(5)"),
    ("en_US", 0, '0;(0);"zero"', "zero"),
    ("en_US", -5.5, "[$€]#,##0.00", "-€5.50"),
    ("en_US", 1.005, "0.00", "1.01"),
    ("en_US", 1_000_000, "#,##0,", "1,000"),
    ("en_US", 7, "00000", "00007"),
    ("en_US", -0.001, "0.00", "0.00"),
]


@pytest.mark.parametrize(("locale", "value", "pattern", "shown"), PATTERNS)
def test_a_number_is_shown_by_its_pattern(locale: str, value: float, pattern: str, shown: str) -> None:
    assert render_number(value, {"type": "NUMBER", "pattern": pattern}, get_region(locale)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0009765625, "0.0009765625"),
        (1 / 3, "0.3333333333"),
        (1e15, "1E+15"),
        (123456789012, "123456789012"),
        (0, "0"),
    ],
)
def test_a_number_without_a_pattern_has_ten_digits(value: float, shown: str) -> None:
    assert render_general(value, get_region("en_US")) == shown


def test_a_locale_that_is_not_is_an_error() -> None:
    with pytest.raises(ValueError, match="xx_YY"):
        get_region("xx_YY")
