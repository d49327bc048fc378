"""A person sorts, inserts, moves and renames before any request of a run: nothing is mistaken, no cell is lost."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import pytest

from offboard.sandbox.faults import Edit, Instruction
from tests.promise.test_faults import CALLS, check
from tests.rehearsal import Rehearsal, World

SHEETS = (101, 102, 103)
PLACES = range(1, CALLS + 1)


def sort(sheet: int) -> dict[str, Any]:
    """The rows stand upside down."""
    area = {"sheetId": sheet, "startRowIndex": 1, "startColumnIndex": 0}
    return {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]}}


def insert(sheet: int) -> dict[str, Any]:
    """An empty row stands above the first."""
    rows = {"sheetId": sheet, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    return {"insertDimension": {"range": rows}}


def move(sheet: int) -> dict[str, Any]:
    """The first column stands behind the fourth."""
    first = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    return {"moveDimension": {"source": first, "destinationIndex": 4}}


def rename(sheet: int) -> dict[str, Any]:
    """The tab has another title."""
    return {"updateSheetProperties": {"properties": {"sheetId": sheet, "title": f"Tab {sheet}"}, "fields": "title"}}


ACTS = (sort, insert, move, rename)
CROSS = list(zip(cycle(ACTS), PLACES[::3], strict=False))
REST = [(act, place) for act in ACTS for place in PLACES if (act, place) not in CROSS]


def cells(rehearsal: Rehearsal) -> list[str]:
    """Everything that stands in the tabs that people edit, whatever they are called and wherever it stands."""
    fields = "sheets(properties(sheetId),data(rowData(values(formattedValue))))"
    sheets = rehearsal.get(f"/v4/spreadsheets/{rehearsal.tracker}?includeGridData=true&fields={fields}")["sheets"]
    return sorted(
        cell["formattedValue"]
        for sheet in sheets
        if sheet["properties"]["sheetId"] in SHEETS
        for data in sheet.get("data", [])
        for row in data.get("rowData", [])
        for cell in row.get("values", [])
        if "formattedValue" in cell
    )


@pytest.mark.parametrize(("act", "place"), CROSS)
def test_an_edit_before_any_request_confuses_nothing(
    act: Any, place: int, rehearsal: Rehearsal, undisturbed: World
) -> None:
    _run_with(act, place, rehearsal, undisturbed)


@pytest.mark.every
@pytest.mark.parametrize(("act", "place"), REST)
def test_every_edit_before_every_request_confuses_nothing(
    act: Any, place: int, rehearsal: Rehearsal, undisturbed: World
) -> None:
    _run_with(act, place, rehearsal, undisturbed)


def _run_with(act: Any, place: int, rehearsal: Rehearsal, undisturbed: World) -> None:
    typed = cells(rehearsal)
    body = {"requests": [act(sheet) for sheet in SHEETS]}
    edit = Edit("POST", f"/v4/spreadsheets/{rehearsal.tracker}:batchUpdate", body)
    check(rehearsal, undisturbed, Instruction("*", place, "edit", requests=(edit,)))
    assert cells(rehearsal) == typed
