"""What a formula works with: scalars, errors, references, arrays; and how one becomes another."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Box

SHOWN = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
}


LONGEST = 50_000  # characters of a cell
TOO_LARGE = "Numeric value is greater than 1.79769E+308 and cannot be displayed properly."


class FormulaError(Exception):
    """An error as a cell shows it: raised where a formula stops, and a value like any other inside an array."""

    def __init__(self, kind: str, message: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message

    @property
    def shown(self) -> str:
        """`#N/A` and the like."""
        return SHOWN[self.kind]


class Shaped(float):
    """A number that carries the number format of where it comes from, as a date does."""

    number_format: Json

    def __new__(cls, value: float, number_format: Json) -> Shaped:
        """A number with a format."""
        shaped = super().__new__(cls, value)
        shaped.number_format = number_format
        return shaped


class Linked(str):
    """A text that leads somewhere, made by HYPERLINK."""

    __slots__ = ("url",)
    url: str

    def __new__(cls, label: str, url: str) -> Linked:
        """A label with an address behind it."""
        linked = super().__new__(cls, label)
        linked.url = url
        return linked


Scalar = str | float | bool | None | FormulaError


@dataclass(frozen=True)
class Area:
    """A reference to cells of one sheet."""

    sheet: int
    box: Box

    @property
    def rows(self) -> int:
        """How many rows."""
        return self.box.bottom - self.box.top

    @property
    def columns(self) -> int:
        """How many columns."""
        return self.box.right - self.box.left


Array = list[list[Scalar]]
Value = Scalar | Area | Array


def is_number(value: Scalar) -> bool:
    """Whether it is a number; a truth is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_number(value: Scalar) -> float:
    """A scalar in arithmetic: blank is 0, TRUE is 1, a text only if it is written as a number."""
    if isinstance(value, FormulaError):
        raise value
    if value is None:
        return 0
    if isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            message = f"Parameter expects number values. But '{value}' is a text and cannot be coerced to a number."
            raise FormulaError("VALUE", message)
        return number
    return value if isinstance(value, Shaped) else float(value) if isinstance(value, bool) else value


def joined(texts: Iterable[str]) -> str:
    """Texts after one another, as long as a cell can hold them."""
    text = "".join(texts)
    if len(text) > LONGEST:
        message = f"Text result of CONCATENATE is longer than the limit of {LONGEST} characters."
        raise FormulaError("VALUE", message)
    return text


def as_truth(value: Scalar) -> bool:
    """A scalar as a condition."""
    if isinstance(value, FormulaError):
        raise value
    if isinstance(value, str):
        if value.upper() in ("TRUE", "FALSE"):
            return value.upper() == "TRUE"
        if not value:
            return False
        message = f"Parameter expects boolean values. But '{value}' is a text and cannot be coerced to a boolean."
        raise FormulaError("VALUE", message)
    return bool(value)


def order_key(value: Scalar) -> tuple[int, Any]:
    """Sheets' order of values: numbers, then texts whatever their case, then truths, then errors; blanks are apart."""
    if isinstance(value, FormulaError):
        return 3, value.kind
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, str):
        return 1, value.lower()
    return 0, value or 0


def equal(left: Scalar, right: Scalar) -> bool:
    """Whether two scalars are the same to a formula: case does not count, a blank equals 0, an empty text and FALSE."""
    left, right = _filled(left, right), _filled(right, left)
    return order_key(left) == order_key(right)


def _filled(value: Scalar, other: Scalar) -> Scalar:
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0


def less(left: Scalar, right: Scalar) -> bool:
    """Whether one scalar comes before another in Sheets' order."""
    return order_key(_filled(left, right)) < order_key(_filled(right, left))
