"""A locale's habits, in the patterns of Sheets and in the examples of notes."""

from __future__ import annotations

import pytest

from offboard.tracker.region import DAY, MOMENT, get_region
from offboard.tracker.tabs import columns_made
from offboard.workspace.sheet_requests import Look

PATTERNS = {
    "en_GB": ("d mmm", "dd/mm/yyyy hh:mm"),
    "en_US": ("mmm d", "m/d/yyyy h:mm am/pm"),
    "de_DE": ("d. mmm", "dd.mm.yyyy hh:mm"),
    "ja_JP": ('m"月"d"日"', "yyyy/mm/dd h:mm"),
    "pt_BR": ('d "de" mmm', "dd/mm/yyyy hh:mm"),
}
EXAMPLES = {
    "en_GB": ("31/05/2026", "29/05/2026 15:00", "£850.00"),
    "en_US": ("5/31/2026", "5/29/2026 3:00 PM", "$850.00"),
    "de_DE": ("31.05.2026", "29.05.2026 15:00", "850,00\xa0€"),
}


@pytest.mark.parametrize("locale", PATTERNS)
def test_days_and_moments_have_the_locales_order_in_the_letters_of_sheets(locale: str) -> None:
    region = get_region(locale)
    assert tuple(region.fill(Look(pattern=name)).pattern for name in (DAY, MOMENT)) == PATTERNS[locale]


@pytest.mark.parametrize("locale", EXAMPLES)
def test_a_notes_example_is_written_as_people_there_would_type_it(locale: str) -> None:
    columns = (columns_made("Clients")["last_day"], columns_made("Clients")["call"], columns_made("Invoices")["amount"])
    assert tuple(get_region(locale).example(column) for column in columns) == EXAMPLES[locale]


def test_amounts_that_name_no_currency_are_in_the_one_that_was_asked_for_or_the_locales_own() -> None:
    assert [get_region("de_DE", "CHF").currency, get_region("de_DE").currency, get_region("de").currency] == [
        "CHF",
        "EUR",
        "EUR",
    ]
