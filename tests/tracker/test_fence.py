"""A damaged ledger is recognised before anything is made, and the way out is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from offboard.tracker.fence import KEPT_MARKS, MANY_MARKS
from offboard.tracker.tabs import SHEET_IDS
from tests.rehearsal import Rehearsal

LEDGER = SHEET_IDS["Ledger"]


def batch(rehearsal: Rehearsal, *requests: dict[str, Any]) -> None:
    rehearsal.person.ask("POST", f"/v4/spreadsheets/{rehearsal.tracker}:batchUpdate", {"requests": list(requests)})


def delete_rows(first: int, last: int) -> Callable[[Rehearsal], None]:
    rows = {"sheetId": LEDGER, "dimension": "ROWS", "startIndex": first - 1, "endIndex": last}
    return lambda rehearsal: batch(rehearsal, {"deleteDimension": {"range": rows}})


def retype(place: str, text: str) -> Callable[[Rehearsal], None]:
    return lambda rehearsal: rehearsal.type(f"Ledger!{place}", [text])


def forget_marks(rehearsal: Rehearsal) -> None:
    lookup = {"developerMetadataLookup": {"metadataKey": "offboard"}}
    batch(rehearsal, {"deleteDeveloperMetadata": {"dataFilter": lookup}})


def delete_tab(rehearsal: Rehearsal) -> None:
    batch(rehearsal, {"deleteSheet": {"sheetId": LEDGER}})


def delete_log(rehearsal: Rehearsal) -> None:
    batch(rehearsal, {"deleteSheet": {"sheetId": SHEET_IDS["Log"]}})


def copy_tracker(rehearsal: Rehearsal) -> None:
    copy = rehearsal.person.ask("POST", f"/drive/v3/files/{rehearsal.tracker}/copy", {})["id"]
    path = rehearsal.home / "config.toml"
    path.write_text(path.read_text().replace(rehearsal.tracker, copy))


DAMAGES = [
    (delete_rows(4, 6), "Rows of the tracker's hidden tab"),
    (delete_rows(2, 2), "hidden tab"),
    (delete_rows(12, 60), "hidden tab"),
    (retype("A5", "soon"), "changed by hand"),
    (retype("D5", "perhaps"), "changed by hand"),
    (retype("G3", "{"), "changed by hand"),
    (retype("E2", "somebody 1/1"), "do not belong to it"),
    (forget_marks, "hidden marks are gone"),
    (delete_tab, "“Ledger” is gone"),
    (delete_log, "“Log” is gone"),
    (copy_tracker, "copy of another one"),
]


@pytest.mark.parametrize(("damage", "says"), DAMAGES)
def test_nothing_is_made_on_a_damaged_ledger(
    rehearsal: Rehearsal, damage: Callable[[Rehearsal], None], says: str
) -> None:
    rehearsal.offboard("folder", "bloom", "--yes")
    damage(rehearsal)
    before = len(rehearsal.sandbox.requests)
    result = rehearsal.offboard("run", "bloom", "--yes")
    assert result.exit_code == 1
    assert says in " ".join(result.stderr.split())
    assert {request["method"] for request in rehearsal.sandbox.requests[before:]} == {"GET"}


@pytest.mark.parametrize("column", [0, 1, 2, 5])
def test_a_ledger_sorted_by_any_column_is_the_same_ledger(rested: Rehearsal, column: int) -> None:
    area = {"sheetId": LEDGER, "startRowIndex": 1}
    batch(rested, {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": column, "sortOrder": "DESCENDING"}]}})
    assert "Nothing to do" in rested.offboard("run", "bloom", "--yes").output


def test_a_log_that_a_person_cleared_stays_cleared(rested: Rehearsal) -> None:
    rested.person.ask("POST", f"/v4/spreadsheets/{rested.tracker}/values/Log!A2:G:clear", {})
    assert "Nothing to do" in rested.offboard("run", "bloom", "--yes").output
    assert rested.rows("Log") == []


def test_marks_do_not_pile_up_until_the_spreadsheet_takes_no_more(rehearsal: Rehearsal) -> None:
    rehearsal.offboard("folder", "bloom", "--yes")
    newest = int(rehearsal.rows("Ledger")[-1][0])
    year: list[dict[str, Any]] = []
    for version in range(newest + 1, newest + MANY_MARKS + 1):  # as many appends as a year of runs makes
        mark = {"metadataId": version, "metadataKey": "offboard", "metadataValue": f"run-{version}"}
        mark |= {"visibility": "DOCUMENT", "location": {"spreadsheet": True}}
        texts = ["heartbeat", "46000", "said", f"run-{version} 1/1", "", '{"number": true}']
        cells = [{"userEnteredValue": {"numberValue": version}}]
        cells += [{"userEnteredValue": {"stringValue": text}} for text in texts]
        year.append({"createDeveloperMetadata": {"developerMetadata": mark}})
        year.append({"appendCells": {"sheetId": LEDGER, "rows": [{"values": cells}], "fields": "userEnteredValue"}})
    batch(rehearsal, *year)
    rehearsal.come_to_rest()
    found = rehearsal.get(f"/v4/spreadsheets/{rehearsal.tracker}?fields=developerMetadata(metadataId)")
    assert len(found["developerMetadata"]) < 2 * KEPT_MARKS
    assert "Nothing to do" in rehearsal.offboard("run", "bloom", "--yes").output
