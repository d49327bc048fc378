"""The fence: one append that nobody can make twice, and the proof on the live tracker that it holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from offboard.ledger import Entry, Ledger
from offboard.tracker.ledger_tab import parts
from offboard.tracker.tabs import SHEET_IDS
from offboard.workspace.sheet_requests import SheetRequest
from offboard.workspace.sheets import Sheets, Value

PROOF, PROOF_KEY = 2**31 - 1, "offboard-proof"  # no version comes so far
KEPT_MARKS = 20  # the newest; a late append could otherwise take a number that was freed
MANY_MARKS = 400  # tidied beyond this: a mark costs some 20 of the spreadsheet's 30,000 characters


@dataclass(frozen=True)
class LogLine:
    """One row of the Log tab: what happened, in words."""

    client: str
    step: str
    outcome: str
    what: str
    link: str = ""


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
        for entry, part in zip(entries, parts(len(entries)), strict=True)
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


def prove(sheets: Sheets, spreadsheet_id: str) -> bool:
    """Whether Google refuses to give one number away twice, on this very spreadsheet."""
    sheets.make_mark(spreadsheet_id, PROOF, PROOF_KEY)  # taken already, if an earlier proof was interrupted
    refused = not sheets.make_mark(spreadsheet_id, PROOF, PROOF_KEY)
    sheets.delete_marks(spreadsheet_id, [PROOF])
    return refused
