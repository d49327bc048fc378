"""Arrays that spread from a formula's cell over the blank cells beside and below it."""

from __future__ import annotations

from offboard.sandbox.sheets.a1 import format_corner
from offboard.sandbox.sheets.formula.evaluate import Cells, Evaluator
from offboard.sandbox.sheets.formula.parse import Invocation, Node, parse_formula
from offboard.sandbox.sheets.formula.values import Array, FormulaError, Scalar, Value
from offboard.sandbox.sheets.sheet import Sheet

Spilled = dict[tuple[int, int], Scalar]
Values = dict[tuple[int, int, int], Scalar]

NOTHING: Spilled = {}
ROOTS = ("FILTER", "ARRAYFORMULA", "XLOOKUP", "INDEX")
CHOICES = ("IF", "IFERROR", "IFNA")


def spill(cells: Cells, sheet: Sheet, values: Values) -> tuple[Spilled, Values]:
    """What a sheet's arrays put into its blank cells, and the errors of those that have no room.

    What single results come to is left in `values`, so that nothing is computed twice.
    """
    spilled: Spilled = {}
    refused: Values = {}
    for row, column, cell in sheet.cells_in(sheet.box):
        place = (sheet.id, row, column)
        if cell.formula is None or place in values:
            continue
        evaluator = Evaluator(cells, *place)
        value = _value(evaluator, cell.formula)
        array = evaluator.array(value)
        if len(array) * max(map(len, array), default=0) < 2:
            if value is not None and array and not evaluator.volatile:
                values[place] = array[0][0] if array[0] else None
            continue
        refusal = _refusal(sheet, row, column, array)
        if refusal:
            refused[place] = FormulaError("REF", refusal)
            continue
        for down, line in enumerate(array):
            spilled |= {(row + down, column + right): item for right, item in enumerate(line) if down or right}
    return spilled, refused


def _value(evaluator: Evaluator, formula: str) -> Value:
    try:
        tree = parse_formula(formula, evaluator.cells.region.decimal)
        return evaluator.value(tree) if _may_spread(tree) else None
    except (FormulaError, RecursionError):
        return None


def _may_spread(tree: Node | None) -> bool:
    """Whether a formula's result can be an array: a range alone or an operator's result never is."""
    if not isinstance(tree, Invocation):
        return False
    return tree.name in ROOTS or (tree.name in CHOICES and any(map(_may_spread, tree.arguments)))


def _refusal(sheet: Sheet, row: int, column: int, array: Array) -> str:
    height, width = len(array), max(map(len, array))
    if row + height > sheet.row_count:
        missing = row + height - sheet.row_count
        return f"Result was not automatically expanded, please insert more rows ({missing})."
    if column + width > sheet.column_count:
        missing = column + width - sheet.column_count
        return f"Result was not automatically expanded, please insert more columns ({missing})."
    for down in range(height):
        for right in range(width):
            cell = sheet.cell(row + down, column + right)
            if (down or right) and cell is not None and cell.filled:
                place = format_corner(row + down, column + right)
                return f"Array result was not expanded because it would overwrite data in {place}."
    return ""
