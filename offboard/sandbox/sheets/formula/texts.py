"""Functions over texts and days: LEN, UPPER, LEFT, TODAY, DATE, …"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from offboard.sandbox.sheets.formula.evaluate import Evaluator, function
from offboard.sandbox.sheets.formula.parse import Node
from offboard.sandbox.sheets.formula.values import FormulaError, Shaped, Value, as_number, joined
from offboard.sandbox.sheets.number_format import render_number
from offboard.sandbox.sheets.serials import FIRST, moment_of_serial

Arguments = tuple[Node | None, ...]


def _on_text(name: str, body: Callable[[str], str | int]) -> None:
    def over(evaluator: Evaluator, arguments: Arguments) -> Value:
        return body(evaluator.text(arguments[0]))

    function(name, 1, 1)(over)


_on_text("LEN", len)
_on_text("UPPER", str.upper)
_on_text("LOWER", str.lower)
_on_text("TRIM", lambda text: " ".join(part for part in text.split(" ") if part))


@function("LEFT", 1, 2)
def left(evaluator: Evaluator, arguments: Arguments) -> Value:
    """LEFT(text; length)."""
    return evaluator.text(arguments[0])[: int(evaluator.number(arguments[1])) if len(arguments) > 1 else 1]


@function("RIGHT", 1, 2)
def right(evaluator: Evaluator, arguments: Arguments) -> Value:
    """RIGHT(text; length)."""
    length = int(evaluator.number(arguments[1])) if len(arguments) > 1 else 1
    return evaluator.text(arguments[0])[-length:] if length else ""


@function("MID", 3, 3)
def middle(evaluator: Evaluator, arguments: Arguments) -> Value:
    """MID(text; start; length)."""
    start = int(evaluator.number(arguments[1])) - 1
    return evaluator.text(arguments[0])[start : start + int(evaluator.number(arguments[2]))]


@function("CONCATENATE", 1)
def concatenate(evaluator: Evaluator, arguments: Arguments) -> Value:
    """CONCATENATE(…): all texts after one another."""
    return joined(evaluator.as_text(value) for argument in arguments for value, _ in evaluator.scalars(argument))


@function("TEXT", 2, 2)
def formatted(evaluator: Evaluator, arguments: Arguments) -> Value:
    """TEXT(number; pattern)."""
    value = evaluator.scalar(arguments[0])
    if isinstance(value, str):
        return value
    pattern = {"pattern": evaluator.text(arguments[1])}
    return render_number(as_number(value), pattern, evaluator.cells.region)


@function("TODAY", 0, 0)
def today(evaluator: Evaluator, _arguments: Arguments) -> Value:
    """TODAY(): this day where the spreadsheet is."""
    return Shaped(evaluator.cells.today(), {"type": "DATE", "pattern": evaluator.cells.region.date})


@function("NOW", 0, 0)
def now(evaluator: Evaluator, _arguments: Arguments) -> Value:
    """NOW(): this moment where the spreadsheet is."""
    evaluator.volatile = True
    region = evaluator.cells.region
    return Shaped(evaluator.cells.now(), {"type": "DATE_TIME", "pattern": f"{region.date} {region.time}"})


@function("DATE", 3, 3)
def day(evaluator: Evaluator, arguments: Arguments) -> Value:
    """DATE(year; month; day): months and days beyond the last carry over."""
    year, month, number = (int(evaluator.number(argument)) for argument in arguments)
    try:
        first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    except ValueError:
        raise FormulaError("NUM", "Function DATE has an invalid year.") from None
    serial = (first - FIRST.date()).days + number - 1
    return Shaped(serial, {"type": "DATE", "pattern": evaluator.cells.region.date})


def _part_of_day(name: str, part: Callable[[date], int]) -> None:
    def body(evaluator: Evaluator, arguments: Arguments) -> Value:
        return part(moment_of_serial(evaluator.number(arguments[0])).date())

    function(name, 1, 1)(body)


_part_of_day("YEAR", lambda moment: moment.year)
_part_of_day("MONTH", lambda moment: moment.month)
_part_of_day("DAY", lambda moment: moment.day)
_part_of_day("WEEKDAY", lambda moment: moment.isoweekday() % 7 + 1)
