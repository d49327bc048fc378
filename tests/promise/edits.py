"""A person shakes the tracker: every tab that people edit is sorted, shifted or renamed, in one batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from offboard.sandbox.faults import Edit
from tests.rehearsal import Rehearsal

SHEETS = (101, 102, 103)


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


ACTS: dict[str, Callable[[int], dict[str, Any]]] = {act.__name__: act for act in (sort, insert, move, rename)}


def edit(rehearsal: Rehearsal, act: str) -> Edit:
    """The act of this name, as the one request that it is."""
    body = {"requests": [ACTS[act](sheet) for sheet in SHEETS]}
    return Edit("POST", f"/v4/spreadsheets/{rehearsal.tracker}:batchUpdate", body)


def cells(rehearsal: Rehearsal) -> list[str]:
    """Everything that stands in the tabs that people edit, whatever they are called and wherever it stands."""
    path = f"/v4/spreadsheets/{rehearsal.tracker}:getByDataFilter?fields=sheets/data/rowData/values/formattedValue"
    found = rehearsal.person.ask("POST", path, {"dataFilters": [{"gridRange": {"sheetId": sheet}} for sheet in SHEETS]})
    return sorted(
        cell["formattedValue"]
        for sheet in found["sheets"]
        for data in sheet.get("data", [])
        for row in data.get("rowData", [])
        for cell in row.get("values", [])
        if "formattedValue" in cell
    )
