"""The Ledger tab: its rows replayed and held against the marks, and the one append that nobody can make twice."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from offboard.errors import LedgerError
from offboard.ledger import Entry, Event, Ledger
from offboard.tracker.tabs import LEDGER_HEADERS, SHEET_IDS
from offboard.workspace.sheet_requests import SheetRequest
from offboard.workspace.sheets import Sheets, Spreadsheet, Tab, Value

TRACKER = "tracker"  # the first row's key: its value is the spreadsheet's id
KEPT_MARKS = 20  # the newest; a late append could otherwise take a number that was freed
MANY_MARKS = 400  # tidied beyond this: a mark costs some 20 of the spreadsheet's 30,000 characters
REPAIR = "Nothing was changed. Get it back with File › Version history in Sheets, then type the same command again."


@dataclass(frozen=True)
class LogLine:
    """One row of the Log tab: what happened, in words."""

    client: str
    step: str
    outcome: str
    what: str
    link: str = ""


def read_ledger(spreadsheet: Spreadsheet, tab: Tab | None) -> Ledger:
    """The ledger, checked: whole from its first version to its newest mark, and of this very spreadsheet."""
    if tab is None:
        raise LedgerError("The tracker's hidden tab “Ledger” is gone: it remembers what was made already.", REPAIR)
    versions: dict[int, list[Entry]] = {}
    runs: dict[int, list[str]] = {}
    for cells in tab.rows[1:]:
        texts = [cell.text for cell in cells] + [""] * (len(LEDGER_HEADERS) - len(cells))
        if not any(texts):
            continue
        value = cells[2].value if len(cells) > 2 else None
        try:
            version = int(cells[0].value)  # type: ignore[arg-type]
            more = json.loads(texts[6]) if texts[6] else {}
            entry = Entry(texts[1], _value_text(value), Event(texts[3]), more)
        except (ValueError, TypeError):
            raise LedgerError("Rows of the tracker's hidden tab “Ledger” were changed by hand.", REPAIR) from None
        versions.setdefault(version, []).append(entry)
        runs.setdefault(version, []).append(texts[4])
    newest = max([*spreadsheet.marks, *versions], default=0)
    _check_chain(spreadsheet, versions, runs, newest)
    entries = tuple(entry for version in sorted(versions) for entry in versions[version])
    return Ledger(entries, newest)


def _value_text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float | int) and not isinstance(value, bool) else str(value or "")


def _check_chain(
    spreadsheet: Spreadsheet, versions: Mapping[int, list[Entry]], runs: Mapping[int, list[str]], newest: int
) -> None:
    if newest and newest not in spreadsheet.marks:
        raise LedgerError("The tracker's hidden marks are gone: it was restored or rebuilt in another way.", REPAIR)
    if any(version not in versions or not _whole(runs[version]) for version in range(1, newest + 1)):
        raise LedgerError("Rows of the tracker's hidden tab “Ledger” are missing.", REPAIR)
    for version, mark in spreadsheet.marks.items():
        if {run.partition(" ")[0] for run in runs[version]} != {mark}:
            raise LedgerError("Rows of the tracker's hidden tab “Ledger” do not belong to it.", REPAIR)
    first = versions[1][0] if 1 in versions else None
    if first is None or first.key != TRACKER:
        raise LedgerError(
            "This spreadsheet is no tracker of offboard: its hidden tab “Ledger” has no beginning.", REPAIR
        )
    if first.value != spreadsheet.id:
        raise LedgerError(
            "This tracker is a copy of another one: what it remembers was made for the original.",
            "Use the original, or make a fresh one: offboard init --fresh",
        )


def _whole(runs: Sequence[str]) -> bool:
    """Whether an append's rows are all there: each says which of how many it is."""
    return sorted(run.partition(" ")[2] for run in runs) == sorted(_parts(len(runs)))


def _parts(count: int) -> list[str]:
    return [f"{number}/{count}" for number in range(1, count + 1)]


def append(
    sheets: Sheets,
    spreadsheet_id: str,
    ledger: Ledger,
    nonce: str,
    now: datetime,
    entries: Sequence[Entry],
    lines: Sequence[LogLine] = (),
    sheet_ids: Mapping[str, int] = SHEET_IDS,
    before: Sequence[SheetRequest] = (),
) -> Ledger:
    """Write entries and log lines as the next version, whole or not at all; OvertakenError when it was taken."""
    version = ledger.version + 1
    rows: list[list[Value]] = [
        [version, entry.key, _stored(entry), entry.event.value, f"{nonce} {part}", now, entry.more_text()]
        for entry, part in zip(entries, _parts(len(entries)), strict=True)
    ]
    log: list[list[Value]] = [
        [now, line.client, line.step, line.outcome, line.what, line.link, nonce] for line in lines
    ]
    sheets.append(spreadsheet_id, version, nonce, {sheet_ids["Ledger"]: rows, sheet_ids["Log"]: log}, before)
    return ledger.followed_by(entries, version)


def _stored(entry: Entry) -> Value:
    """Dates of Today are numbers, everything else is text: its formulas count on it."""
    return float(entry.value) if entry.more.get("number") else entry.value


def tidy(sheets: Sheets, spreadsheet_id: str, marks: Collection[int]) -> None:
    """Forget all marks but the newest few once there are many."""
    if len(marks) > MANY_MARKS:
        sheets.delete_marks(spreadsheet_id, sorted(marks)[:-KEPT_MARKS])
