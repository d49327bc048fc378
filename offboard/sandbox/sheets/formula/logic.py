"""Functions that choose and ask: IF, IFERROR, AND, ISNUMBER, …"""

from __future__ import annotations

from offboard.sandbox.sheets.formula.evaluate import Evaluator, function
from offboard.sandbox.sheets.formula.parse import Node
from offboard.sandbox.sheets.formula.values import Area, FormulaError, Scalar, Value, as_truth

Arguments = tuple[Node | None, ...]


@function("IF", 2, 3)
def choose(evaluator: Evaluator, arguments: Arguments) -> Value:
    """IF(condition; then; else): only the chosen one is evaluated."""
    condition = evaluator.value(arguments[0])
    if evaluator.in_array and isinstance(condition, list):
        branches = [evaluator.value(a) for a in arguments[1:]] + [False] * (3 - len(arguments))
        return evaluator.over_arrays(lambda v: v[1] if as_truth(v[0]) else v[2], [condition, *branches])
    if as_truth(evaluator.single(condition)):
        return evaluator.value(arguments[1])
    return evaluator.value(arguments[2]) if len(arguments) > 2 else False


def _or_else(evaluator: Evaluator, arguments: Arguments, kinds: tuple[str, ...]) -> Value:
    try:
        value = evaluator.value(arguments[0])
        if isinstance(value, Area) and value.rows == value.columns == 1:
            value = evaluator.single(value)
        if isinstance(value, FormulaError):
            raise value
    except FormulaError as error:
        if kinds and error.kind not in kinds:
            raise
        return evaluator.value(arguments[1]) if len(arguments) > 1 else None
    return value


@function("IFERROR", 1, 2)
def if_error(evaluator: Evaluator, arguments: Arguments) -> Value:
    """IFERROR(value; instead)."""
    return _or_else(evaluator, arguments, ())


@function("IFNA", 1, 2)
def if_na(evaluator: Evaluator, arguments: Arguments) -> Value:
    """IFNA(value; instead)."""
    return _or_else(evaluator, arguments, ("N_A",))


@function("NA", 0, 0)
def not_available(_evaluator: Evaluator, _arguments: Arguments) -> Value:
    """NA(): the error #N/A."""
    raise FormulaError("N_A", "Argument must be a range.")


def _truths(evaluator: Evaluator, arguments: Arguments) -> list[bool]:
    found = [pair for argument in arguments for pair in evaluator.scalars(argument)]
    truths = [as_truth(v) for v, in_range in found if not (in_range and (v is None or isinstance(v, str)))]
    if not truths:
        raise FormulaError("VALUE", "Function has no valid input data.")
    return truths


@function("AND", 1)
def both(evaluator: Evaluator, arguments: Arguments) -> Value:
    """AND(…): whether all are true."""
    return all(_truths(evaluator, arguments))


@function("OR", 1)
def either(evaluator: Evaluator, arguments: Arguments) -> Value:
    """OR(…): whether any is true."""
    return any(_truths(evaluator, arguments))


@function("NOT", 1, 1)
def negate(evaluator: Evaluator, arguments: Arguments) -> Value:
    """NOT(truth)."""
    value = evaluator.value(arguments[0])
    if evaluator.in_array and isinstance(value, Area | list):
        return evaluator.over_arrays(lambda v: not as_truth(v[0]), [value])
    return not as_truth(evaluator.single(value))


def _ask(name: str, asked: type | tuple[type, ...], *, never: type | None = None) -> None:
    def test(value: Scalar) -> bool:
        return isinstance(value, asked) and not (never is not None and isinstance(value, never))

    def body(evaluator: Evaluator, arguments: Arguments) -> Value:
        try:
            value = evaluator.value(arguments[0])
            if evaluator.in_array and isinstance(value, Area | list):
                return [[test(item) for item in row] for row in evaluator.array(value)]
            return test(evaluator.single(value))
        except FormulaError as error:
            return test(error)

    function(name, 1, 1)(body)


_ask("ISNUMBER", (int, float), never=bool)
_ask("ISTEXT", str)
_ask("ISBLANK", type(None))
_ask("ISLOGICAL", bool)
_ask("ISERROR", FormulaError)


@function("ISNA", 1, 1)
def is_na(evaluator: Evaluator, arguments: Arguments) -> Value:
    """ISNA(value): whether it is #N/A."""
    try:
        value: Value = evaluator.single(evaluator.value(arguments[0]))
    except FormulaError as error:
        value = error
    return isinstance(value, FormulaError) and value.kind == "N_A"
