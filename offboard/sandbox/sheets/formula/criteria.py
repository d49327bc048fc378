"""Criteria of COUNTIFS and its kin: `"<>written off"`, `"<"&TODAY()`, `""`, `"INV-*"`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from offboard.sandbox.sheets.entered import parse_entered
from offboard.sandbox.sheets.formula.values import FormulaError, Scalar, is_number
from offboard.sandbox.sheets.regions import Region

Test = Callable[[Scalar], bool]
ORDERED = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}


def parse_criterion(criterion: Scalar, region: Region) -> Test:
    """The test that a criterion puts to each cell."""
    if isinstance(criterion, FormulaError):
        raise criterion
    if not isinstance(criterion, str):
        return lambda value: _same(value, criterion)
    matched = re.match(r"(<>|<=|>=|=|<|>)?(.*)", criterion, re.DOTALL)
    assert matched is not None
    sign, operand = matched[1] or "", matched[2]
    if sign in ("", "=", "<>"):
        same = _equality(operand, region, blank_only=sign != "")
        return (lambda value: not same(value)) if sign == "<>" else same
    wanted = parse_entered(operand, region, 1900).value
    compare = ORDERED[sign]
    if isinstance(wanted, int | float) and not isinstance(wanted, bool):
        number = float(wanted)
        return lambda value: isinstance(value, int | float) and is_number(value) and bool(compare(value, number))
    return lambda value: isinstance(value, str) and bool(compare(value.lower(), operand.lower()))


def _equality(operand: str, region: Region, *, blank_only: bool) -> Test:
    if not operand:
        return lambda value: value is None or (not blank_only and value == "")
    wanted = parse_entered(operand, region, 1900).value
    if isinstance(wanted, int | float):
        return lambda value: _same(value, wanted) or (isinstance(value, str) and value.lower() == operand.lower())
    pattern = _wildcard(operand)
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _wildcard(text: str) -> re.Pattern[str]:
    """A text with `*` and `?` as a pattern; `~` takes their meaning away."""
    chunks = [""]
    for piece in re.findall(r"~[*?~]|.", text, re.DOTALL):
        if piece == "*":
            chunks.append("")
        else:
            chunks[-1] += "." if piece == "?" else re.escape(piece[-1])
    first, *others = chunks
    # what follows a star is looked for once, at its first place: going back for another could take for ever
    between = "".join(f"(?>.*?{other})" for other in others[:-1])
    return re.compile(first + between + (f".*{others[-1]}" if others else ""), re.IGNORECASE | re.DOTALL)


def _same(value: Scalar, wanted: Scalar) -> bool:
    return isinstance(value, bool) == isinstance(wanted, bool) and value is not None and value == wanted
