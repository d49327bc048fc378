"""Functions over numbers: SUM, AVERAGE, COUNT, COUNTIFS, ROUND, …"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal

from offboard.sandbox.sheets.formula.criteria import Test, parse_criterion
from offboard.sandbox.sheets.formula.evaluate import Evaluator, function, shaped
from offboard.sandbox.sheets.formula.parse import Node
from offboard.sandbox.sheets.formula.values import Area, FormulaError, Scalar, Value, as_number

Arguments = tuple[Node | None, ...]
LARGEST = 400  # digits before or behind the point that no number has


def _numbers(evaluator: Evaluator, arguments: Arguments) -> list[float]:
    """The numbers of all arguments; texts and truths inside a range are passed over."""
    numbers: list[float] = []
    for argument in arguments:
        for value, in_range in evaluator.scalars(argument):
            if not in_range or isinstance(value, FormulaError):
                numbers.append(as_number(evaluator.single(value)))
            elif isinstance(value, int | float) and not isinstance(value, bool):
                numbers.append(value)
    return numbers


def _mean(numbers: list[float]) -> float:
    if not numbers:
        raise FormulaError("DIVIDE_BY_ZERO", "Evaluation of function AVERAGE caused a divide by zero error.")
    return sum(numbers) / len(numbers)


def _over_numbers(name: str, body: Callable[[list[float]], float]) -> None:
    def over(evaluator: Evaluator, arguments: Arguments) -> Value:
        numbers = _numbers(evaluator, arguments)
        return shaped(body([float(n) if type(n) is not int else n for n in numbers]), numbers[:1])

    function(name, 1)(over)


_over_numbers("SUM", sum)
_over_numbers("AVERAGE", _mean)
_over_numbers("MIN", lambda numbers: min(numbers, default=0))
_over_numbers("MAX", lambda numbers: max(numbers, default=0))
_over_numbers("PRODUCT", lambda numbers: math.prod(numbers) if numbers else 0)


@function("COUNT", 1)
def count(evaluator: Evaluator, arguments: Arguments) -> Value:
    """COUNT(…): how many numbers."""
    found = (value for argument in arguments for value, _ in evaluator.scalars(argument))
    return sum(isinstance(v, int | float) and not isinstance(v, bool) for v in found)


@function("COUNTA", 1)
def count_all(evaluator: Evaluator, arguments: Arguments) -> Value:
    """COUNTA(…): how many cells are not blank."""
    return sum(value is not None for argument in arguments for value, _ in evaluator.scalars(argument))


@function("COUNTBLANK", 1)
def count_blank(evaluator: Evaluator, arguments: Arguments) -> Value:
    """COUNTBLANK(range): how many cells are blank."""
    return sum(v in (None, "") for a in arguments for row in evaluator.array(evaluator.value(a)) for v in row)


def _matching(evaluator: Evaluator, pairs: Arguments) -> Iterator[tuple[int, int, int]]:
    """Where every criterion holds: row, column and how many cells stand there (blank rest rows come as one)."""
    areas = [evaluator.value(node) for node in pairs[::2]]
    tests = [parse_criterion(evaluator.scalar(node), evaluator.cells.region) for node in pairs[1::2]]
    first = areas[0]
    if not all(isinstance(a, Area) for a in areas) or not isinstance(first, Area):
        raise FormulaError("N_A", "Argument must be a range.")
    if any(isinstance(a, Area) and (a.rows, a.columns) != (first.rows, first.columns) for a in areas):
        raise FormulaError("VALUE", "Array arguments to COUNTIFS are of different size.")
    ranges = [a for a in areas if isinstance(a, Area)]
    depth = max(evaluator.used(a).rows for a in ranges)
    checks: list[tuple[Area, Test]] = list(zip(ranges, tests, strict=True))
    value_at = evaluator.cells.value_at
    for row in range(depth):
        for column in range(first.columns):
            if all(t(value_at(a.sheet, a.box.top + row, a.box.left + column)) for a, t in checks):
                yield row, column, 1
    if first.rows > depth and all(test(None) for test in tests):
        yield depth, 0, (first.rows - depth) * first.columns


@function("COUNTIFS", 2)
def count_where(evaluator: Evaluator, arguments: Arguments) -> Value:
    """COUNTIFS(range; criterion; …): how many places meet all criteria."""
    return sum(many for _, _, many in _matching(evaluator, arguments))


function("COUNTIF", 2, 2)(count_where)


def _values_where(evaluator: Evaluator, summed: Node | None, pairs: Arguments) -> list[float]:
    area = evaluator.value(summed)
    if not isinstance(area, Area):
        raise FormulaError("N_A", "Argument must be a range.")
    found: list[Scalar] = []
    for row, column, many in _matching(evaluator, pairs):
        if many == 1:
            found.append(evaluator.cells.value_at(area.sheet, area.box.top + row, area.box.left + column))
    return [v for v in found if isinstance(v, int | float) and not isinstance(v, bool)]


@function("SUMIFS", 3)
def sum_where(evaluator: Evaluator, arguments: Arguments) -> Value:
    """SUMIFS(sum range; range; criterion; …)."""
    numbers = _values_where(evaluator, arguments[0], arguments[1:])
    return shaped(sum(numbers), numbers[:1])


@function("SUMIF", 2, 3)
def sum_if(evaluator: Evaluator, arguments: Arguments) -> Value:
    """SUMIF(range; criterion; sum range)."""
    numbers = _values_where(evaluator, arguments[2] if len(arguments) > 2 else arguments[0], arguments[:2])
    return shaped(sum(numbers), numbers[:1])


def _rounding(name: str, how: str) -> None:
    def body(evaluator: Evaluator, arguments: Arguments) -> Value:
        value = evaluator.number(arguments[0])
        places = int(evaluator.number(arguments[1])) if len(arguments) > 1 else 0
        last = Decimal(1).scaleb(-max(-LARGEST, min(places, LARGEST)))
        rounded = Decimal(repr(float(value))).quantize(last, how, Context(prec=2 * LARGEST))
        return shaped(float(rounded), [value])

    function(name, 1, 2)(body)


_rounding("ROUND", ROUND_HALF_UP)
_rounding("ROUNDUP", ROUND_UP)
_rounding("ROUNDDOWN", ROUND_DOWN)


@function("ABS", 1, 1)
def absolute(evaluator: Evaluator, arguments: Arguments) -> Value:
    """ABS(number)."""
    value = evaluator.number(arguments[0])
    return shaped(abs(value), [value])


@function("INT", 1, 1)
def floor(evaluator: Evaluator, arguments: Arguments) -> Value:
    """INT(number): the whole number below."""
    value = evaluator.number(arguments[0])
    return shaped(math.floor(value), [value])


@function("MOD", 2, 2)
def modulo(evaluator: Evaluator, arguments: Arguments) -> Value:
    """MOD(number; divisor)."""
    value, divisor = evaluator.number(arguments[0]), evaluator.number(arguments[1])
    if divisor == 0:
        raise FormulaError("DIVIDE_BY_ZERO", "Function MOD parameter 2 cannot be zero.")
    return float(value) % float(divisor)
