"""The functions that compute, those of our tracker and a few of every day; any other one shows `#NAME?`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal

from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.formula.criteria import parse_criterion
from offboard.sandbox.sheets.formula.evaluate import FUNCTIONS, Arguments, Body, Evaluator, Function, shaped
from offboard.sandbox.sheets.formula.values import (
    Area,
    Array,
    FormulaError,
    Linked,
    Scalar,
    Shaped,
    Value,
    as_number,
    as_truth,
    equal,
    is_number,
)

LARGEST = 400  # digits before or behind the point that no number has


def function(name: str, least: int, most: int | None = None) -> Callable[[Body], Body]:
    """Register a spreadsheet function with how many arguments it takes."""

    def register(body: Body) -> Body:
        FUNCTIONS[name] = Function(name, least, most, body)
        return body

    return register


@function("IF", 2, 3)
def choose(evaluator: Evaluator, arguments: Arguments) -> Value:
    """IF(condition; then; else): only the chosen one is evaluated."""
    if as_truth(evaluator.single(evaluator.value(arguments[0]))):
        return evaluator.value(arguments[1])
    return evaluator.value(arguments[2]) if len(arguments) > 2 else False


@function("IFERROR", 1, 2)
def if_error(evaluator: Evaluator, arguments: Arguments) -> Value:
    """IFERROR(value; instead)."""
    try:
        value = evaluator.value(arguments[0])
        if isinstance(value, FormulaError | Area):
            value = evaluator.scalar(arguments[0])
    except FormulaError:
        return evaluator.value(arguments[1]) if len(arguments) > 1 else None
    return value


@function("NA", 0, 0)
def not_available(_evaluator: Evaluator, _arguments: Arguments) -> Value:
    """NA(): the error #N/A."""
    raise FormulaError("N_A")


def _all_or_any(name: str, decide: Callable[[list[bool]], bool]) -> None:
    def body(evaluator: Evaluator, arguments: Arguments) -> Value:
        found = [pair for argument in arguments for pair in evaluator.scalars(argument)]
        truths = [as_truth(v) for v, in_range in found if not (in_range and (v is None or isinstance(v, str)))]
        if not truths:
            raise FormulaError("VALUE", "Function has no valid input data.")
        return decide(truths)

    function(name, 1)(body)


_all_or_any("AND", all)
_all_or_any("OR", any)


def _on_each(name: str, test: Callable[[Scalar], Scalar]) -> None:
    """A function of one value; inside an array, of each."""

    def body(evaluator: Evaluator, arguments: Arguments) -> Value:
        value = evaluator.value(arguments[0])
        if evaluator.in_array and isinstance(value, Area | list):
            return [[test(item) for item in row] for row in evaluator.array(value)]
        return test(evaluator.single(value))

    function(name, 1, 1)(body)


_on_each("ISNUMBER", is_number)
_on_each("ISBLANK", lambda value: value is None)
_on_each("NOT", lambda value: not as_truth(value))


@function("INDEX", 1, 3)
def index(evaluator: Evaluator, arguments: Arguments) -> Value:
    """INDEX(range; row; column): one cell, or with 0 a whole row or column."""
    value = evaluator.array_value(arguments[0])
    row, column = (int(evaluator.number(node)) for node in (*arguments[1:], None, None)[:2])
    array = [] if isinstance(value, Area) else evaluator.array(value)
    rows, columns = (value.rows, value.columns) if isinstance(value, Area) else (len(array), len(array[0]))
    if len(arguments) == 2 and rows == 1:
        row, column = 1, row
    if not (0 <= row <= rows and 0 <= column <= columns):
        raise FormulaError("NUM", f"Function INDEX parameter 2 value is {row}. Valid values are between 0 and {rows}.")
    tall, wide = slice(max(row - 1, 0), row or rows), slice(max(column - 1, 0), column or columns)
    if isinstance(value, Area):
        top, left = value.box.top, value.box.left
        return Area(value.sheet, Box(top + tall.start, top + tall.stop, left + wide.start, left + wide.stop))
    return [line[wide] for line in array[tall]]


@function("FILTER", 2)
def keep(evaluator: Evaluator, arguments: Arguments) -> Value:
    """FILTER(range; condition; …): the rows for which every condition holds."""
    array = evaluator.array(evaluator.array_value(arguments[0]))
    kept = [True] * len(array)
    for argument in arguments[1:]:
        items = [row[0] for row in evaluator.array(evaluator.array_value(argument))]
        holds = [not isinstance(item, FormulaError) and as_truth(item) for item in items]
        if len(items) != len(kept):
            message = (
                f"FILTER has mismatched range sizes. Expected row count: {len(array)}, column count: 1. "
                f"Actual row count: {len(items)}, column count: 1."
            )
            raise FormulaError("N_A", message)
        kept = [all(pair) for pair in zip(kept, holds, strict=True)]
    result: Array = [row for row, k in zip(array, kept, strict=True) if k]
    if not result:
        raise FormulaError("N_A", "No matches are found in FILTER evaluation.")
    return result


@function("XLOOKUP", 3, 6)
def find(evaluator: Evaluator, arguments: Arguments) -> Value:
    """XLOOKUP(key; column; result; missing; 0; search mode): the first exact match, or from below the last."""
    key = evaluator.scalar(arguments[0])
    where, results = evaluator.area(arguments[1]), evaluator.area(arguments[2])
    if (len(arguments) > 4 and evaluator.number(arguments[4])) or where.columns > 1:
        raise FormulaError("NAME", "The sandbox's XLOOKUP finds exact matches in one column.")
    items = [row[0] for row in evaluator.array(evaluator.used(where))]
    backwards = len(arguments) > 5 and evaluator.number(arguments[5]) < 0
    for at in range(len(items) - 1, -1, -1) if backwards else range(len(items)):
        item = items[at]
        if item is not None and isinstance(key, str) == isinstance(item, str) and equal(key, item):
            box = results.box
            return Area(results.sheet, Box(box.top + at, box.top + at + 1, box.left, box.right))
    if len(arguments) > 3 and arguments[3] is not None:
        return evaluator.value(arguments[3])
    raise FormulaError("N_A", f"Did not find value '{evaluator.as_text(key)}' in XLOOKUP evaluation.")


@function("ROW", 0, 1)
def row_number(evaluator: Evaluator, arguments: Arguments) -> Value:
    """ROW(reference): its row's number, the formula's own without one; every row's inside an array."""
    if not arguments:
        return evaluator.row + 1
    box = evaluator.area(arguments[0]).box
    return [[row + 1] for row in range(box.top, box.bottom)] if evaluator.in_array else box.top + 1


@function("HYPERLINK", 1, 2)
def link(evaluator: Evaluator, arguments: Arguments) -> Value:
    """HYPERLINK(address; label): the label, leading to the address."""
    url = evaluator.text(arguments[0])
    return Linked(evaluator.text(arguments[1]) if len(arguments) > 1 else url, url)


def _over_numbers(name: str, body: Callable[[list[float]], float]) -> None:
    """A function of the numbers of all arguments; texts and truths inside a range are passed over."""

    def over(evaluator: Evaluator, arguments: Arguments) -> Value:
        found = [pair for argument in arguments for pair in evaluator.scalars(argument)]
        told = [v for v, in_range in found if not in_range or isinstance(v, FormulaError) or is_number(v)]
        numbers = list(map(as_number, told))
        return shaped(body([n if type(n) is int else float(n) for n in numbers]), numbers[:1])

    function(name, 1)(over)


def _mean(numbers: list[float]) -> float:
    if not numbers:
        raise FormulaError("DIVIDE_BY_ZERO", "Evaluation of function AVERAGE caused a divide by zero error.")
    return sum(numbers) / len(numbers)


_over_numbers("SUM", sum)
_over_numbers("AVERAGE", _mean)
_over_numbers("MIN", lambda numbers: min(numbers, default=0))
_over_numbers("MAX", lambda numbers: max(numbers, default=0))


def _counting(name: str, test: Callable[[Scalar], bool]) -> None:
    def count(evaluator: Evaluator, arguments: Arguments) -> Value:
        return sum(test(value) for argument in arguments for value, _ in evaluator.scalars(argument))

    function(name, 1)(count)


_counting("COUNT", is_number)
_counting("COUNTA", lambda value: value is not None)


def _matching(evaluator: Evaluator, pairs: Arguments) -> Iterator[tuple[int, int, int]]:
    """Where every criterion holds: row, column and how many cells stand there (blank rest rows come as one)."""
    areas = [evaluator.area(node) for node in pairs[::2]]
    tests = [parse_criterion(evaluator.scalar(node), evaluator.book.region) for node in pairs[1::2]]
    first = areas[0]
    if any((area.rows, area.columns) != (first.rows, first.columns) for area in areas):
        raise FormulaError("VALUE", "Array arguments to COUNTIFS are of different size.")
    depth = max(evaluator.used(area).rows for area in areas)
    checks = list(zip(areas, tests, strict=True))
    value_at = evaluator.book.value_at
    for row in range(depth):
        for column in range(first.columns):
            if all(t(value_at(a.sheet, a.box.top + row, a.box.left + column)) for a, t in checks):
                yield row, column, 1
    if first.rows > depth and all(test(None) for test in tests):
        yield depth, 0, (first.rows - depth) * first.columns


@function("COUNTIFS", 2)
@function("COUNTIF", 2, 2)
def count_where(evaluator: Evaluator, arguments: Arguments) -> Value:
    """COUNTIFS(range; criterion; …): how many places meet all criteria."""
    return sum(many for _, _, many in _matching(evaluator, arguments))


@function("SUMIFS", 3)
def sum_where(evaluator: Evaluator, arguments: Arguments) -> Value:
    """SUMIFS(sum range; range; criterion; …)."""
    area, value_at = evaluator.area(arguments[0]), evaluator.book.value_at
    places = [(area.box.top + r, area.box.left + c) for r, c, many in _matching(evaluator, arguments[1:]) if many == 1]
    numbers = [as_number(v) for v in (value_at(area.sheet, *place) for place in places) if is_number(v)]
    return shaped(sum(numbers), numbers[:1])


@function("ROUND", 1, 2)
def rounded(evaluator: Evaluator, arguments: Arguments) -> Value:
    """ROUND(number; places)."""
    value = evaluator.number(arguments[0])
    places = int(evaluator.number(arguments[1])) if len(arguments) > 1 else 0
    last = Decimal(1).scaleb(-max(-LARGEST, min(places, LARGEST)))
    return shaped(float(Decimal(repr(float(value))).quantize(last, ROUND_HALF_UP, Context(prec=2 * LARGEST))), [value])


@function("TODAY", 0, 0)
def today(evaluator: Evaluator, _arguments: Arguments) -> Value:
    """TODAY(): this day where the spreadsheet is."""
    return Shaped(evaluator.book.today(), {"type": "DATE", "pattern": evaluator.book.region.date})
