"""Conditional formats: when each kind of condition holds for a cell."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook, area

CASES: list[tuple[str, Any, list[Any], bool]] = [  # the condition, the cell, the condition's values, whether it holds
    ("NUMBER_GREATER", "5", ["4"], True),
    ("NUMBER_GREATER", "text", ["4"], False),
    ("NUMBER_LESS_THAN_EQ", "5", ["=2+3"], True),
    ("NUMBER_BETWEEN", "5", ["1", "4"], False),
    ("NUMBER_NOT_BETWEEN", "5", ["1", "4"], True),
    ("NUMBER_EQ", "5", ["text"], False),
    ("TEXT_CONTAINS", "Your turn", ["TURN"], True),
    ("TEXT_NOT_CONTAINS", "failed", ["turn"], True),
    ("TEXT_STARTS_WITH", "failed", ["fail"], True),
    ("TEXT_EQ", "failed", ["Failed"], True),
    ("BLANK", "x", [], False),
    ("NOT_BLANK", "x", [], True),
    ("DATE_BEFORE", "2026-05-20", [{"relativeDate": "TODAY"}], True),
    ("DATE_BEFORE", "2026-05-21", [{"relativeDate": "TODAY"}], False),
    ("DATE_AFTER", "2026-05-22 10:00", [{"relativeDate": "TODAY"}], True),
    ("DATE_ON_OR_BEFORE", "2026-05-21", ["2026-05-21"], True),
    ("DATE_EQ", "2026-05-21 10:00", [{"relativeDate": "TODAY"}], True),
    ("CUSTOM_FORMULA", "x", ['=A1="x"'], True),
    ("CUSTOM_FORMULA", "x", ["=1/0"], False),
]


@pytest.mark.parametrize(("kind", "typed", "values", "holds"), CASES)
def test_a_condition_holds_or_not(
    sandbox: Sandbox, ana: Caller, kind: str, typed: str, values: list[Any], holds: bool
) -> None:
    sandbox.state.clock.set(datetime(2026, 5, 21, 9, tzinfo=UTC))
    book = Workbook(ana, "en_GB")
    wanted = [value if isinstance(value, dict) else {"userEnteredValue": value} for value in values]
    boolean = {"condition": {"type": kind, "values": wanted}, "format": {"textFormat": {"bold": True}}}
    rule = {"ranges": [area(0, 5, 0, 1)], "booleanRule": boolean}
    book.batch({"addConditionalFormatRule": {"rule": rule}})
    book.type_in("A1", [typed])
    assert book.cell("A1")["effectiveFormat"]["textFormat"].get("bold", False) is holds


def test_a_rules_formula_is_read_relative_to_its_first_cell_and_follows_insertions(ana: Caller) -> None:
    book = Workbook(ana, "en_GB")
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": '=AND($A2<>"";B2="")'}]}
    rule = {
        "ranges": [area(1, 9, 1, 4)],
        "booleanRule": {"condition": condition, "format": {"textFormat": {"bold": True}}},
    }
    book.batch({"addConditionalFormatRule": {"rule": rule}})
    book.batch({"insertDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}})
    moved = book.sheet()["conditionalFormats"][0]
    assert moved["ranges"][0]["startRowIndex"] == 2
    assert moved["booleanRule"]["condition"]["values"] == [{"userEnteredValue": '=AND($A3<>"";B3="")'}]
