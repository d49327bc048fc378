"""Addresses in A1 and R1C1 notation."""

from __future__ import annotations

import pytest

from offboard.sandbox.sheets.a1 import Span, column_index, column_letters, parse_span, quote_title, split_title

SPANS = [
    ("A1", Span(0, 1, 0, 1), "A1"),
    ("$B$2:C$3", Span(1, 3, 1, 3), "B2:C3"),
    ("D4:A1", Span(0, 4, 0, 4), "A1:D4"),
    ("A:A", Span(None, None, 0, 1), "A:A"),
    ("2:5", Span(1, 5, None, None), "2:5"),
    ("A5:A", Span(4, None, 0, 1), "A5:A"),
    ("A1:2", Span(0, 2, 0, None), "A1:2"),
    ("R2C3", Span(1, 2, 2, 3), "C2"),
    ("R1C1:R2C2", Span(0, 2, 0, 2), "A1:B2"),
]


@pytest.mark.parametrize(("text", "span", "written"), SPANS)
def test_a_range_is_read_and_written_back_with_its_open_sides(text: str, span: Span, written: str) -> None:
    assert parse_span(text) == span
    assert span.text() == written


@pytest.mark.parametrize("text", ["", "A", "1", "Sheet1", "A0", "AAAA1", "A1:", ":B2", "A1:B2:C3", "A-1"])
def test_what_is_no_range_is_none(text: str) -> None:
    assert parse_span(text) is None


def test_columns_count_through_letters_and_back() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_index(column_letters(n)) == n for n in range(0, 18278, 97))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("'it''s'!A1", ("it's", "A1", True)),
        ("'My tab'", ("My tab", "", True)),
        ("My tab!A:A", ("My tab", "A:A", False)),
        ("A1", (None, "A1", False)),
        ("'a!b'!C3", ("a!b", "C3", True)),
    ],
)
def test_a_title_is_parted_from_its_range_in_every_quoting(text: str, parts: tuple[str | None, str, bool]) -> None:
    assert split_title(text) == parts


@pytest.mark.parametrize(
    ("title", "quoted"),
    [("Sheet1", "Sheet1"), ("D3", "'D3'"), ("It's", "'It''s'"), ("My tab", "'My tab'"), ("2026", "'2026'"), ("Ü", "Ü")],
)
def test_a_title_is_quoted_where_it_could_be_taken_for_something_else(title: str, quoted: str) -> None:
    assert quote_title(title) == quoted
