"""Days off: weekdays in the tracker's language or English, and single days as its locale writes them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from offboard.columns import Cell, Reading, UnreadableError
from offboard.days_off import DaysOff, parse_days_off

WEEKEND, MAY_25, JUNE_1 = frozenset((5, 6)), date(2026, 5, 25), date(2026, 6, 1)


def parse(text: str, locale: str = "en_GB", value: float | None = None) -> DaysOff:
    return parse_days_off(Cell(text if value is None else value, text), Reading(Locale.parse(locale), ZoneInfo("UTC")))


@pytest.mark.parametrize(
    ("text", "locale", "weekdays", "days"),
    [
        ("Sat, Sun", "en_GB", WEEKEND, ()),
        ("saturday; SUNDAYS\nFri.", "en_GB", {4, 5, 6}, ()),
        ("Sa, So", "de_DE", WEEKEND, ()),
        ("Samstag, Sunday", "de_DE", WEEKEND, ()),
        ("sam., dim.", "fr_FR", WEEKEND, ()),
        ("di", "nl_NL", {1}, ()),  # Tuesday in Dutch
        ("Sat, Sun, 25/05/2026", "en_GB", WEEKEND, {MAY_25}),
        ("25/05/2026, 1/6/2026", "en_GB", (), {MAY_25, JUNE_1}),
        ("5/25/2026, 6/1/26", "en_US", (), {MAY_25, JUNE_1}),
        ("Sa, So, 25.5.2026, 01.06.2026", "de_DE", WEEKEND, {MAY_25, JUNE_1}),
        ("2026-05-25", "sv_SE", (), {MAY_25}),
        ("2026-05-25", "en_US", (), {MAY_25}),
        ("29/02/2028", "en_GB", (), {date(2028, 2, 29)}),
    ],
)
def test_what_people_write(text: str, locale: str, weekdays: frozenset[int], days: frozenset[date]) -> None:
    assert parse(text, locale) == DaysOff(frozenset(weekdays), frozenset(days))


def test_a_cell_that_is_a_date_is_that_day() -> None:
    assert parse("25/05/2026", value=46167) == DaysOff(frozenset(), frozenset((MAY_25,)))


@pytest.mark.parametrize("strange", ["Pentecost", "25 May", "29/02/2027", "99/99/2026", "25/05", "Sat Sun", "1"])
def test_what_is_no_day_is_named(strange: str) -> None:
    with pytest.raises(UnreadableError, match=f"names “{strange}”, which is no weekday and no date; write it like"):
        parse(f"Sat, {strange}, Sun")


def test_the_working_days_around_days_off() -> None:
    off = DaysOff(WEEKEND, frozenset((MAY_25,)))
    assert off.last_working_day(MAY_25) == date(2026, 5, 22)
    assert off.next_working_day(date(2026, 5, 23)) == date(2026, 5, 26)
    assert MAY_25 in off
    assert JUNE_1 not in off
