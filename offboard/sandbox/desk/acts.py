"""What a person does at the desk, by name; each act asks the API, and answers what the page says then."""

from __future__ import annotations

from collections.abc import Callable

from offboard.sandbox.desk.asked import Asked
from offboard.sandbox.desk.draft_acts import discard, save, send
from offboard.sandbox.desk.sheet_acts import delete_row, insert_row, sort, type_cell
from offboard.sandbox.desk.visitor import Visitor
from offboard.sandbox.documents import Json

ACTS: dict[str, Callable[[Visitor, Asked], Json]] = {
    "send": send,
    "save": save,
    "discard": discard,
    "type": type_cell,
    "sort": sort,
    "insert": insert_row,
    "delete": delete_row,
}
