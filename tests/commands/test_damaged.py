"""Every damage that a person does to the tracker is named with its cell and the way out, and nothing is made."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from offboard.tracker.tabs import SHEET_IDS
from tests.rehearsal import Rehearsal

CASES = [
    {**case, "file": path.stem}
    for path in sorted((Path(__file__).parent.parent / "cases" / "damaged").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def damage(rehearsal: Rehearsal, case: dict[str, Any]) -> None:
    """Do to the tracker what the case says, in the order: columns, rows and tabs go, cells are typed."""
    requests = [*_deleted(case), *(_formula(*one) for one in case.get("formula", {}).items())]
    if requests:
        rehearsal.person.ask("POST", f"/v4/spreadsheets/{rehearsal.tracker}:batchUpdate", {"requests": requests})
    for place, typed in case.get("type", {}).items():
        rehearsal.type(place, [typed])


def _deleted(case: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for kind, dimension in (("delete_column", "COLUMNS"), ("delete_row", "ROWS")):
        if kind in case:
            sheet, start = _place(case[kind], dimension)
            lines = {"sheetId": sheet, "dimension": dimension, "startIndex": start, "endIndex": start + 1}
            found.append({"deleteDimension": {"range": lines}})
    if "delete_tab" in case:
        found.append({"deleteSheet": {"sheetId": SHEET_IDS[case["delete_tab"]]}})
    return found


def _place(text: str, dimension: str) -> tuple[int, int]:
    tab, _, line = text.partition("!")
    return SHEET_IDS[tab], ord(line) - ord("A") if dimension == "COLUMNS" else int(line) - 1


def _formula(place: str, formula: str) -> dict[str, Any]:
    """A formula also where the column's format would keep it as text."""
    tab, _, address = place.partition("!")
    start = {"sheetId": SHEET_IDS[tab], "rowIndex": int(address[1:]) - 1, "columnIndex": ord(address[0]) - ord("A")}
    cell = {"userEnteredValue": {"formulaValue": formula}}
    return {"updateCells": {"rows": [{"values": [cell]}], "fields": "userEnteredValue", "start": start}}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['file']}: {case['name']}")
def test_a_damage_is_named_with_its_cell_and_the_way_out_and_nothing_is_made(
    case: dict[str, Any], rehearsal: Rehearsal
) -> None:
    damage(rehearsal, case)
    results: list[Any] = []
    seen = rehearsal.requests_of(lambda: results.append(rehearsal.offboard("run", "bloom", "--yes")))
    assert (results[0].exit_code, results[0].stdout) == (1, "")
    assert {request["method"] for request in seen} == {"GET"}
    told = " ".join(results[0].stderr.split())
    assert case["where"] in told
    assert case["says"] in told
    assert case["way"] in told
    error = json.loads(rehearsal.offboard("run", "bloom", "--yes", "--json").stdout)["error"]
    assert not error.get("problems") or case["where"] in [problem["where"] for problem in error["problems"]]


def test_there_are_sixty_cases_and_more() -> None:
    assert len(CASES) >= 60
    assert len({str(case) for case in CASES}) == len(CASES)
