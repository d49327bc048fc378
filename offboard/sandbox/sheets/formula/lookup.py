"""Functions that find: INDEX, FILTER, XLOOKUP, MATCH, ROW, …"""

from __future__ import annotations

from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.formula.criteria import wildcard
from offboard.sandbox.sheets.formula.evaluate import Evaluator, function
from offboard.sandbox.sheets.formula.parse import Node
from offboard.sandbox.sheets.formula.values import (
    Area,
    Array,
    FormulaError,
    Linked,
    Scalar,
    Value,
    as_truth,
    equal,
    less,
)

Arguments = tuple[Node | None, ...]


@function("INDEX", 1, 3)
def index(evaluator: Evaluator, arguments: Arguments) -> Value:
    """INDEX(range; row; column): one cell, or with 0 a whole row or column."""
    value = evaluator.array_value(arguments[0])
    rows, columns = _size(evaluator, value)
    row = int(evaluator.number(arguments[1])) if len(arguments) > 1 else 0
    column = int(evaluator.number(arguments[2])) if len(arguments) > 2 else 0
    if len(arguments) == 2 and rows == 1 and columns > 1:
        row, column = 1, row
    if not (0 <= row <= rows and 0 <= column <= columns):
        raise FormulaError("NUM", f"Function INDEX parameter 2 value is {row}. Valid values are between 0 and {rows}.")
    tall = range(rows) if row == 0 else range(row - 1, row)
    wide = range(columns) if column == 0 and columns > 1 else range(max(column, 1) - 1, max(column, 1))
    if isinstance(value, Area):
        top, left = value.box.top, value.box.left
        return Area(value.sheet, Box(top + tall.start, top + tall.stop, left + wide.start, left + wide.stop))
    picked = [[line[c] for c in wide] for line in (evaluator.array(value)[r] for r in tall)]
    return picked[0][0] if len(picked) == len(picked[0]) == 1 else picked


def _size(evaluator: Evaluator, value: Value) -> tuple[int, int]:
    if isinstance(value, Area):
        return value.rows, value.columns
    array = evaluator.array(value)
    return len(array), len(array[0]) if array else 0


@function("FILTER", 2)
def keep(evaluator: Evaluator, arguments: Arguments) -> Value:
    """FILTER(range; condition; …): the rows (or columns) for which every condition holds."""
    array = evaluator.array(evaluator.array_value(arguments[0]))
    conditions = [evaluator.array(evaluator.array_value(argument)) for argument in arguments[1:]]
    across = len(conditions[0]) == 1 and len(conditions[0][0]) > 1
    kept = [True] * (len(array[0]) if across else len(array))
    for condition in conditions:
        items = condition[0] if across else [row[0] for row in condition]
        if len(items) != len(kept):
            message = (
                f"FILTER has mismatched range sizes. Expected row count: {len(array)}, column count: 1. "
                f"Actual row count: {len(items)}, column count: 1."
            )
            raise FormulaError("N_A", message)
        kept = [k and _holds(item) for k, item in zip(kept, items, strict=True)]
    if across:
        result: Array = [[v for v, k in zip(row, kept, strict=True) if k] for row in array]
    else:
        result = [row for row, k in zip(array, kept, strict=True) if k]
    if not result or not result[0]:
        raise FormulaError("N_A", "No matches are found in FILTER evaluation.")
    return result


def _holds(item: Scalar) -> bool:
    return not isinstance(item, FormulaError) and as_truth(item)


@function("XLOOKUP", 3, 6)
def find(evaluator: Evaluator, arguments: Arguments) -> Value:
    """XLOOKUP(key; where; result; missing; match mode; search mode)."""
    key = evaluator.scalar(arguments[0])
    where, results = evaluator.value(arguments[1]), evaluator.value(arguments[2])
    mode = int(evaluator.number(arguments[4])) if len(arguments) > 4 else 0
    backwards = len(arguments) > 5 and evaluator.number(arguments[5]) < 0
    items, downwards = _line(evaluator, where)
    at = _position(key, items, mode, backwards=backwards)
    if at is None:
        if len(arguments) > 3 and arguments[3] is not None:
            return evaluator.value(arguments[3])
        raise FormulaError("N_A", f"Did not find value '{evaluator.as_text(key)}' in XLOOKUP evaluation.")
    if isinstance(results, Area):
        box = results.box
        if downwards:
            return Area(results.sheet, Box(box.top + at, box.top + at + 1, box.left, box.right))
        return Area(results.sheet, Box(box.top, box.bottom, box.left + at, box.left + at + 1))
    array = evaluator.array(results)
    return [array[at]] if downwards else [[row[at]] for row in array]


def _line(evaluator: Evaluator, value: Value) -> tuple[list[Scalar], bool]:
    """The items of one row or one column, and whether they run downwards."""
    if isinstance(value, Area) and value.columns == 1:
        value = evaluator.used(value)
    array = evaluator.array(value)
    if len(array) == 1 and len(array[0]) > 1:
        return array[0], False
    return [row[0] for row in array], True


def _position(key: Scalar, items: list[Scalar], mode: int, *, backwards: bool) -> int | None:
    order = range(len(items) - 1, -1, -1) if backwards else range(len(items))
    if mode == 2 and isinstance(key, str):
        pattern = wildcard(key)
        return next((n for n in order if isinstance(v := items[n], str) and pattern.fullmatch(v)), None)
    exact = next(
        (n for n in order if items[n] is not None and _comparable(key, items[n]) and equal(key, items[n])), None
    )
    if exact is not None or mode not in (-1, 1):
        return exact
    best: int | None = None
    for n in order:
        item = items[n]
        if item is None or not _comparable(key, item) or not (less(item, key) if mode == -1 else less(key, item)):
            continue
        if best is None or (less(items[best], item) if mode == -1 else less(item, items[best])):
            best = n
    return best


def _comparable(key: Scalar, item: Scalar) -> bool:
    if isinstance(item, FormulaError):
        return False
    return isinstance(key, str) == isinstance(item, str) and isinstance(key, bool) == isinstance(item, bool)


@function("MATCH", 2, 3)
def match(evaluator: Evaluator, arguments: Arguments) -> Value:
    """MATCH(key; line; type): the place of a key, from 1."""
    key = evaluator.scalar(arguments[0])
    kind = int(evaluator.number(arguments[2])) if len(arguments) > 2 else 1
    items, _ = _line(evaluator, evaluator.value(arguments[1]))
    at = _position(key, items, -kind if kind else 2 if isinstance(key, str) else 0, backwards=kind == 1)
    if at is None:
        raise FormulaError("N_A", f"Did not find value '{evaluator.as_text(key)}' in MATCH evaluation.")
    return at + 1


@function("VLOOKUP", 3, 4)
def find_vertically(evaluator: Evaluator, arguments: Arguments) -> Value:
    """VLOOKUP(key; range; column; sorted)."""
    key, table = evaluator.scalar(arguments[0]), evaluator.value(arguments[1])
    column = int(evaluator.number(arguments[2]))
    exact = len(arguments) > 3 and not as_truth(evaluator.scalar(arguments[3]))
    array = evaluator.array(evaluator.used(table) if isinstance(table, Area) else table)
    if not 1 <= column <= _size(evaluator, table)[1]:
        raise FormulaError("REF", "VLOOKUP evaluates to an out of bounds range.")
    at = _position(key, [row[0] for row in array], 0 if exact else -1, backwards=not exact)
    if at is None:
        raise FormulaError("N_A", f"Did not find value '{evaluator.as_text(key)}' in VLOOKUP evaluation.")
    return array[at][column - 1]


@function("ROW", 0, 1)
def row_number(evaluator: Evaluator, arguments: Arguments) -> Value:
    """ROW(reference): its row's number, the formula's own without one; every row's inside an array."""
    area = evaluator.value(arguments[0]) if arguments else None
    if not isinstance(area, Area):
        return evaluator.row + 1
    if evaluator.in_array and area.rows > 1:
        return [[row + 1] for row in range(area.box.top, area.box.bottom)]
    return area.box.top + 1


@function("COLUMN", 0, 1)
def column_number(evaluator: Evaluator, arguments: Arguments) -> Value:
    """COLUMN(reference): its column's number, the formula's own without one."""
    area = evaluator.value(arguments[0]) if arguments else None
    if not isinstance(area, Area):
        return evaluator.column + 1
    if evaluator.in_array and area.columns > 1:
        return [[column + 1 for column in range(area.box.left, area.box.right)]]
    return area.box.left + 1


@function("ROWS", 1, 1)
def row_count(evaluator: Evaluator, arguments: Arguments) -> Value:
    """ROWS(range): how many rows."""
    return _size(evaluator, evaluator.value(arguments[0]))[0]


@function("COLUMNS", 1, 1)
def column_count(evaluator: Evaluator, arguments: Arguments) -> Value:
    """COLUMNS(range): how many columns."""
    return _size(evaluator, evaluator.value(arguments[0]))[1]


@function("ARRAYFORMULA", 1, 1)
def whole(evaluator: Evaluator, arguments: Arguments) -> Value:
    """ARRAYFORMULA(expression): its operators work on whole arrays."""
    return evaluator.array(evaluator.array_value(arguments[0]))


@function("HYPERLINK", 1, 2)
def link(evaluator: Evaluator, arguments: Arguments) -> Value:
    """HYPERLINK(address; label): the label, leading to the address."""
    url = evaluator.text(arguments[0])
    label = evaluator.text(arguments[1]) if len(arguments) > 1 else url
    return Linked(label, url)
