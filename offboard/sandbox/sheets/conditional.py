"""Conditional formats: which rule holds for a cell, and what it changes of the cell's look."""

from __future__ import annotations

from collections.abc import Callable

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import read_span
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.entered import parse_entered
from offboard.sandbox.sheets.formula.evaluate import Evaluator
from offboard.sandbox.sheets.formula.parse import parse_formula
from offboard.sandbox.sheets.formula.rewrite import copied_formula
from offboard.sandbox.sheets.formula.values import FormulaError, Scalar, as_truth
from offboard.sandbox.sheets.sheet import Sheet

RELATIVE = {"TODAY": 0, "TOMORROW": 1, "YESTERDAY": -1, "PAST_WEEK": -7, "PAST_MONTH": -30, "PAST_YEAR": -365}
ON_NUMBERS: dict[str, Callable[[float, list[float]], bool]] = {
    "GREATER": lambda value, wanted: value > wanted[0],
    "GREATER_THAN_EQ": lambda value, wanted: value >= wanted[0],
    "LESS": lambda value, wanted: value < wanted[0],
    "LESS_THAN_EQ": lambda value, wanted: value <= wanted[0],
    "EQ": lambda value, wanted: value == wanted[0],
    "NOT_EQ": lambda value, wanted: value != wanted[0],
    "BETWEEN": lambda value, wanted: wanted[0] <= value <= wanted[1],
    "NOT_BETWEEN": lambda value, wanted: not wanted[0] <= value <= wanted[1],
    "AFTER": lambda value, wanted: value >= wanted[0] + 1,
    "BEFORE": lambda value, wanted: value < wanted[0],
    "ON_OR_AFTER": lambda value, wanted: value >= wanted[0],
    "ON_OR_BEFORE": lambda value, wanted: value < wanted[0] + 1,
}
ON_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "CONTAINS": lambda text, wanted: wanted in text,
    "NOT_CONTAINS": lambda text, wanted: wanted not in text,
    "STARTS_WITH": str.startswith,
    "ENDS_WITH": str.endswith,
    "EQ": lambda text, wanted: text == wanted,
    "NOT_EQ": lambda text, wanted: text != wanted,
}


def conditional_format(book: Book, sheet: Sheet, row: int, column: int, value: Scalar) -> Json:
    """What the first rule that holds for a cell changes of its format; gradients are not computed."""
    for rule in sheet.lists["conditionalFormats"]:
        boolean = rule.get("booleanRule")
        boxes = [read_span(r).on(sheet.row_count, sheet.column_count) for r in rule["ranges"]]
        if not boolean or not any(b.top <= row < b.bottom and b.left <= column < b.right for b in boxes):
            continue
        origin = boxes[0].top, boxes[0].left
        if holds(book, sheet, row, column, value, boolean["condition"], origin):
            found: Json = boolean.get("format", {})
            return found
    return {}


def holds(
    book: Book, sheet: Sheet, row: int, column: int, value: Scalar, condition: Json, origin: tuple[int, int]
) -> bool:
    """Whether a condition holds for a cell; its formulas are written for the cell at `origin`."""
    kind, texts = condition["type"], [v.get("userEnteredValue", "") for v in condition.get("values", [])]
    if kind in ("BLANK", "NOT_BLANK"):
        return bool((value in (None, "")) == (kind == "BLANK"))
    decimal = book.region.decimal

    def computed(text: str) -> Scalar:
        if not text.startswith("="):
            return parse_entered(text, book.region, book.moment().year).value
        formula = copied_formula(text, decimal, row - origin[0], column - origin[1])
        return Evaluator(book, sheet.id, row, column).scalar(parse_formula(formula, decimal))

    try:
        if kind == "CUSTOM_FORMULA":
            return as_truth(computed(texts[0]))
        family, _, test = kind.partition("_")
        if family == "TEXT" and test in ON_TEXTS:
            return ON_TEXTS[test](str(value or "").lower(), texts[0].lower())
        if isinstance(value, bool) or not isinstance(value, int | float) or test not in ON_NUMBERS:
            return False
        dates = [v.get("relativeDate") for v in condition.get("values", [])]
        wanted = [
            book.today() + RELATIVE[date] if date in RELATIVE else computed(text)
            for date, text in zip(dates, texts, strict=True)
        ]
        numbers = [w for w in wanted if isinstance(w, int | float)]
        day = float(int(value)) if family == "DATE" and test in ("EQ", "NOT_EQ") else value
        return len(numbers) == len(wanted) and ON_NUMBERS[test](day, numbers)
    except FormulaError:
        return False
