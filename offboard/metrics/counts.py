"""Counts as tools write them: 1,234 · 1.234 · 1 234 · 1'234 · 1.2K · 12.0 · –."""

from __future__ import annotations

import re
from decimal import Decimal

from offboard.columns import squeeze
from offboard.metrics.export_file import Value

NOTHING = {"", "-", "–", "—", "n/a", "na", "nan", "null", "none", "undefined", "not available"}
TIMES = {"k": 1_000, "tsd.": 1_000, "m": 1_000_000, "mio.": 1_000_000, "b": 1_000_000_000}
LARGEST = 10**12


class NoCountError(ValueError):
    """A cell that is no whole number."""


def parse_count(value: Value) -> int | None:
    """A whole number, however its thousands are marked; None where the tool says that it has none; NoCountError."""
    if value is None or (isinstance(value, str) and squeeze(value).casefold() in NOTHING):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise NoCountError
    if isinstance(value, int | float):  # a workbook's number has no marks
        if not float(value).is_integer() or abs(value) >= LARGEST:
            raise NoCountError
        return int(value)
    text = re.sub(r"[\s'’]", "", squeeze(value)).casefold()
    matched = re.fullmatch(r"(-?\d[\d.,]*)([a-z.]*)", text)
    times = TIMES.get(matched[2], 0) if matched and matched[2] else 1
    if not matched or not times:
        raise NoCountError
    number = _parse_plain(matched[1], whole=times == 1) * times
    if number != int(number) or abs(number) >= LARGEST:
        raise NoCountError
    return int(number)


def _parse_plain(text: str, *, whole: bool) -> Decimal:
    """A count has no decimals: marks with three digits behind them are thousands; before a K they are decimal."""
    if re.fullmatch(r"-?\d{1,3}([.,]\d{3})+", text) and len(set(re.findall(r"[.,]", text))) == 1 and whole:
        return Decimal(re.sub(r"[.,]", "", text))
    marks = re.findall(r"[.,]", text)
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:  # 1.234,00: the last one is the decimal one
        thousands = "." if marks[-1] == "," else ","
        text = text.replace(thousands, "")
        marks = marks[-1:]
    if len(marks) > 1:
        raise NoCountError
    return Decimal(text.replace(",", "."))
