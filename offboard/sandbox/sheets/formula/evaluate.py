"""The evaluator: a tree and the cells around it become a value."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.formula.parse import Invocation, Literal, Name, Node, Operation, Reference
from offboard.sandbox.sheets.formula.values import (
    TOO_LARGE,
    Area,
    Array,
    FormulaError,
    Scalar,
    Shaped,
    Value,
    as_number,
    equal,
    joined,
    less,
)
from offboard.sandbox.sheets.number_format import DATES, render_general

if TYPE_CHECKING:
    from offboard.sandbox.sheets.book import Book


Arguments = tuple[Node | None, ...]
Body = Callable[["Evaluator", Arguments], Value]
ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow}


@dataclass(frozen=True)
class Function:
    """A spreadsheet function: what it does with its arguments, and how many there are."""

    name: str
    least: int
    most: int | None
    body: Body

    def call(self, evaluator: Evaluator, arguments: Arguments) -> Value:
        """Its value; FormulaError for a wrong number of arguments, or a result that no cell can hold."""
        if len(arguments) < self.least or (self.most is not None and len(arguments) > self.most):
            wanted = f"between {self.least} and {self.most}" if self.most and self.most != self.least else self.least
            message = (
                f"Wrong number of arguments to {self.name}. Expected {wanted} arguments, "
                f"but got {len(arguments)} arguments."
            )
            raise FormulaError("N_A", message)
        try:
            result = self.body(evaluator, arguments)
        except ArithmeticError:
            result = math.inf
        if isinstance(result, int | float) and not math.isfinite(result):
            raise FormulaError("NUM", TOO_LARGE)
        return result


FUNCTIONS: dict[str, Function] = {}


class Evaluator:
    """Evaluates one cell's formula; inside FILTER, INDEX and the like operators work on whole arrays."""

    def __init__(self, book: Book, sheet: int, row: int, column: int) -> None:
        self.book = book
        self.sheet = sheet
        self.row = row
        self.column = column
        self.in_array = False

    def value(self, node: Node | None) -> Value:
        """The value of a tree: a scalar, a reference or an array; raises FormulaError."""
        if node is None:
            return None
        if isinstance(node, Literal):
            if isinstance(node.value, FormulaError):
                raise node.value
            return node.value
        if isinstance(node, Reference):
            area = self.book.area_of(node.title, self.sheet, node.span)
            if area is None:
                raise FormulaError("REF", f"Unresolved sheet name '{node.title}'.")
            return area
        if isinstance(node, Name):
            named = self.book.named_area(node.name)
            if named is None:
                raise FormulaError("NAME", f"Unknown range name: '{node.name.upper()}'.")
            return named
        if isinstance(node, Operation):
            return self._operate(node)
        found = FUNCTIONS.get(node.name)
        if found is None:
            raise FormulaError("NAME", f"Unknown function: '{node.name}'.")
        return found.call(self, node.arguments)

    def array_value(self, node: Node | None) -> Value:
        """The value of a tree whose operators work on whole arrays."""
        if isinstance(node, Invocation) and _is_same_everywhere(node):
            # with the node itself: as long as it is kept no other has its id
            return self.book.keep(("array", id(node), self.sheet), lambda: (node, self._array_value(node)))[1]
        return self._array_value(node)

    def _array_value(self, node: Node | None) -> Value:
        before, self.in_array = self.in_array, True
        try:
            return self.value(node)
        finally:
            self.in_array = before

    def scalar(self, node: Node | None) -> Scalar:
        """One value; of a range the one in the formula's own row or column. An error is raised."""
        found = self.single(self.value(node))
        if isinstance(found, FormulaError):
            raise found
        return found

    def number(self, node: Node | None) -> float:
        """One value as a number."""
        return as_number(self.scalar(node))

    def text(self, node: Node | None) -> str:
        """One value as a text."""
        return self.as_text(self.scalar(node))

    def as_text(self, value: Scalar) -> str:
        """A scalar as `&` writes it."""
        if isinstance(value, FormulaError):
            raise value
        if isinstance(value, bool):
            return self.book.region.booleans[0 if value else 1]
        if isinstance(value, str):
            return value
        return "" if value is None else render_general(value, self.book.region)

    def single(self, value: Value) -> Scalar:
        """A value brought down to one scalar."""
        if isinstance(value, Area):
            box = value.box
            row = box.top if value.rows == 1 else self.row
            column = box.left if value.columns == 1 else self.column
            if not (box.top <= row < box.bottom and box.left <= column < box.right):
                raise FormulaError("VALUE", "An array value could not be found.")
            return self.book.value_at(value.sheet, row, column)
        if not isinstance(value, list):
            return value
        if len(value) * len(value[0]) > 1:
            raise FormulaError("NAME", "The sandbox spreads no arrays over cells.")
        return value[0][0]

    def array(self, value: Value) -> Array:
        """A value as rows of scalars."""
        if isinstance(value, Area):
            return [
                [self.book.value_at(value.sheet, row, column) for column in range(value.box.left, value.box.right)]
                for row in range(value.box.top, value.box.bottom)
            ]
        return value if isinstance(value, list) else [[value]]

    def area(self, node: Node | None) -> Area:
        """An argument that must be a reference."""
        found = self.value(node)
        if not isinstance(found, Area):
            raise FormulaError("N_A", "Argument must be a range.")
        return found

    def used(self, area: Area) -> Area:
        """The part of a reference above the first row from which on everything is blank."""
        bottom = max(area.box.top, min(area.box.bottom, self.book.used_rows(area.sheet)))
        return Area(area.sheet, Box(area.box.top, bottom, area.box.left, area.box.right))

    def scalars(self, node: Node | None) -> Iterator[tuple[Scalar, bool]]:
        """All scalars of an argument, and whether each stands in a range; rows below the used ones left out."""
        value = self.value(node)
        if isinstance(value, Area):
            value = self.array(self.used(value))
        if not isinstance(value, list):
            yield value, False
            return
        for row in value:
            for item in row:
                yield item, True

    def _operate(self, node: Operation) -> Value:
        values = [self.value(operand) for operand in node.operands]
        if self.in_array and any(isinstance(v, Area | list) for v in values):
            return self._over_arrays(node.operator, values)
        return self._apply(node.operator, [self.single(v) for v in values])

    def _over_arrays(self, name: str, values: list[Value]) -> Array:
        """An operator over arrays: single values repeat, an error stays in its place."""
        arrays = [self.array(value) for value in values]
        rows, columns = max(len(a) for a in arrays), max(len(a[0]) if a else 0 for a in arrays)
        result: Array = []
        for row in range(rows):
            line: list[Scalar] = []
            for column in range(columns):
                try:
                    line.append(self._apply(name, [_item(array, row, column) for array in arrays]))
                except FormulaError as error:
                    line.append(error)
            result.append(line)
        return result

    def _apply(self, name: str, operands: list[Scalar]) -> Scalar:
        for operand in operands:
            if isinstance(operand, FormulaError):
                raise operand
        if name == "&":
            return joined([self.as_text(operand) for operand in operands])
        if name in COMPARED:
            return COMPARED[name](operands[0], operands[1])
        return calculate(name, [as_number(operand) for operand in operands])


@lru_cache(maxsize=1024)
def _is_same_everywhere(node: Node | None) -> bool:
    """Whether a tree comes to the same in every cell of a sheet: it does not ask where it stands."""
    if isinstance(node, Operation):
        return all(map(_is_same_everywhere, node.operands))
    if isinstance(node, Invocation):
        own = node.name == "ROW" and not node.arguments
        return not own and all(map(_is_same_everywhere, node.arguments))
    return True


def _item(array: Array, row: int, column: int) -> Scalar:
    line = array[0 if len(array) == 1 else row] if len(array) == 1 or row < len(array) else []
    at = 0 if len(line) == 1 else column
    return line[at] if at < len(line) else FormulaError("N_A", "Array arguments are of different size.")


COMPARED: dict[str, Callable[[Scalar, Scalar], bool]] = {
    "=": equal,
    "<>": lambda left, right: not equal(left, right),
    "<": less,
    ">": lambda left, right: less(right, left),
    "<=": lambda left, right: not less(right, left),
    ">=": lambda left, right: not less(left, right),
}


def calculate(name: str, operands: list[float]) -> float:
    """Arithmetic on numbers; the result keeps an operand's format as Sheets does, but a day less a day is a number."""
    if name == "%":
        return operands[0] / 100
    if name in ("u+", "u-"):
        return operands[0] if name == "u+" else shaped(-operands[0], operands)
    if name == "/" and operands[1] == 0:
        raise FormulaError("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
    try:
        result = ARITHMETIC[name](*map(float, operands))
    except (OverflowError, ZeroDivisionError):
        raise FormulaError("NUM", TOO_LARGE) from None
    if isinstance(result, complex):
        raise FormulaError("NUM", "Function POWER evaluates to an imaginary number.")
    if not math.isfinite(result):
        raise FormulaError("NUM", TOO_LARGE)
    return shaped(result, operands) if name in "+-*/" else float(result)


def shaped(result: float, operands: list[float]) -> float:
    """A result with the format of the first operand that has one."""
    formats = [o.number_format for o in operands if isinstance(o, Shaped)]
    days = sum(f.get("type") in DATES for f in formats)
    return Shaped(result, formats[0]) if formats and days < 2 else result
