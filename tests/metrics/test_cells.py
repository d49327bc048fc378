"""Single cells of exports: counts and days as tools write them."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from offboard.metrics.counts import NoCountError, parse_count
from offboard.metrics.dates import Reader, read_dates

COUNTS = [
    ("1,234", 1234), ("1.234", 1234), ("1 234", 1234), ("1'234", 1234), ("12,345,678", 12_345_678), ("1.234,00", 1234),
    ("1.2K", 1200), ("1,5k", 1500), ("2M", 2_000_000), ("12.0", 12), (12.0, 12), (7, 7), ("0", 0),
    ("", None), ("–", None), ("undefined", None), ("N/A", None), (None, None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "count"), COUNTS)
def test_a_count_is_read_however_its_thousands_are_marked(written: str | float | None, count: int | None) -> None:
    assert parse_count(written) == count


@pytest.mark.parametrize("written", ["4.5%", "12.5", 12.5, "many", "1,23,4", "1e5", True, float("1e300")])
def test_what_is_no_whole_number_is_not_made_one(written: str | float) -> None:
    with pytest.raises(NoCountError):
        parse_count(written)


DAYS = [
    (["2026-05-01T00:00:00"], [date(2026, 5, 1)]),
    (["03/27/2026 06:08", "04/01/2026"], [date(2026, 3, 27), date(2026, 4, 1)]),
    (["27/03/2026", "01/04/2026"], [date(2026, 3, 27), date(2026, 4, 1)]),
    (["27.03.2026", "01.04.26"], [date(2026, 3, 27), date(2026, 4, 1)]),
    (["Tue, Aug 25, 2026", "1. Mai 2026"], [date(2026, 8, 25), date(2026, 5, 1)]),
    (["May 2026", "2026-06", "07/2026"], [date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)]),
    (["Total", "2026-01-02"], [None, date(2026, 1, 2)]),
    (["December 30", "December 31", "January 1"], [date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1)]),
    (["January 1", "December 31", "December 30"], [date(2026, 1, 1), date(2025, 12, 31), date(2025, 12, 30)]),
]


@pytest.mark.parametrize(("written", "days"), DAYS)
def test_days_are_read_in_the_tools_own_ways(written: list[str], days: list[date | None]) -> None:
    assert read_dates(written, Reader(year=2026, locale=Locale("de"))) == days
