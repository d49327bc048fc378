"""spreadsheets.batchUpdate: its kinds of requests in one registry, applied in order, all or none."""

from __future__ import annotations

from collections.abc import Callable

from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.drive_file import Opened, change_spreadsheet
from offboard.sandbox.sheets.places import get_range, naming
from offboard.sandbox.sheets.spreadsheet_json import read_wanted, spreadsheet_json

Change = Callable[[Opened, Json], Json | None]

KINDS: dict[str, Change] = {}


def kind(name: str) -> Callable[[Change], Change]:
    """Register what a kind of request does; what it answers is its reply, None an empty one."""

    def register(change: Change) -> Change:
        KINDS[name] = change
        return change

    return register


@answers("sheets.spreadsheets.batchUpdate")
def batch_update(call: Call) -> Answer:
    """Apply every request; the first that is refused undoes those before it."""
    requests = call.body.get("requests", [])
    if not requests:
        raise Refusal(400, "Must specify at least one request.")
    with change_spreadsheet(call) as opened:
        answer: Json = {
            "spreadsheetId": opened.book.id,
            "replies": [_apply(opened, number, request) for number, request in enumerate(requests)],
        }
        if call.body.get("includeSpreadsheetInResponse"):
            answer["updatedSpreadsheet"] = _updated(opened, call)
    return answer


def _apply(opened: Opened, number: int, request: Json) -> Json:
    name = next(iter(request), "")
    if not name:
        raise Refusal(400, f"Invalid requests[{number}]: No request set.")
    change = KINDS.get(name)
    if change is None:
        raise Refusal(501, f"The sandbox does not answer requests of the kind {name} (requests[{number}]).")
    with naming(f"requests[{number}].{name}"):
        reply = change(opened, request[name])
    return {} if reply is None else {name: reply}


def _updated(opened: Opened, call: Call) -> Json:
    grid = bool(call.body.get("responseIncludeGridData"))
    wanted = read_wanted(call.parameters.get("fields"), grid=grid, below=("updatedSpreadsheet",))
    places = [get_range(opened.book, text) for text in call.body.get("responseRanges", [])]
    return spreadsheet_json(opened, wanted, places or None)
