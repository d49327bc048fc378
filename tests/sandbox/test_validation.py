"""Request bodies as Google's JSON parser takes them, and how it refuses the others."""

from __future__ import annotations

from typing import Any

import pytest

from offboard.sandbox.documents import Method, methods
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.validation import check_body

Json = dict[str, Any]
BATCH, UPDATE, VALUES = (
    "sheets.spreadsheets.batchUpdate",
    "sheets.spreadsheets.values.update",
    "sheets.spreadsheets.values.batchUpdate",
)


def method(name: str) -> Method:
    return next(found for found in methods() if found.id == name)


def unknown(name: str, path: str = "") -> str:
    place = f" at '{path}'" if path else ""
    return f'Invalid JSON payload received. Unknown name "{name}"{place}: Cannot find field.'


REFUSED: list[tuple[str, Json, str, str]] = [  # method, body, the field that is named, the message
    (BATCH, {"nonsense": 1}, "", unknown("nonsense")),
    (BATCH, {"requests": [{"addShet": {}}]}, "requests[0]", unknown("addShet", "requests[0]")),
    (
        BATCH,
        {"requests": [{}, {"addSheet": {"properties": {"name": "x"}}}]},
        "requests[1].add_sheet.properties",
        unknown("name", "requests[1].add_sheet.properties"),
    ),
    (
        BATCH,
        {"requests": [{"addSheet": {}}, {"updateCells": {"rows": [{"values": ["x"]}]}}]},
        "requests[1].update_cells.rows[0].values[0]",
        "Invalid value at 'requests[1].update_cells.rows[0].values[0]' "
        '(type.googleapis.com/google.apps.sheets.v4.CellData), "x"',
    ),
    (
        BATCH,
        {"requests": [{"deleteSheet": {"sheetId": "zero"}}]},
        "requests[0].delete_sheet.sheet_id",
        "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"zero\"",
    ),
    (
        BATCH,
        {"requests": [{"addSheet": {"properties": {"title": 5}}}]},
        "requests[0].add_sheet.properties.title",
        "Invalid value at 'requests[0].add_sheet.properties.title' (TYPE_STRING), 5",
    ),
    (
        BATCH,
        {"requests": [{"appendDimension": {"dimension": "ROW"}}]},
        "requests[0].append_dimension.dimension",
        "Invalid value at 'requests[0].append_dimension.dimension' "
        '(type.googleapis.com/google.apps.sheets.v4.Dimension), "ROW"',
    ),
    (
        BATCH,
        {"requests": [{"addSheet": {}, "deleteSheet": {}}]},
        "requests[0]",
        "Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. Cannot set 'deleteSheet'",
    ),
    (
        BATCH,
        {"requests": [{"addSheet": {"properties": []}}]},
        "requests[0].add_sheet",
        "Invalid JSON payload received. Unknown name \"properties\" at 'requests[0].add_sheet': "
        "Proto field is not repeating, cannot start list.",
    ),
    (
        UPDATE,
        {"values": "X"},
        "data.values",
        "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\"",
    ),
    (
        UPDATE,
        {"values": [["a"], "b"]},
        "data.values[1]",
        "Invalid value at 'data.values[1]' (type.googleapis.com/google.protobuf.ListValue), \"b\"",
    ),
    (UPDATE, {"value": []}, "data", unknown("value", "data")),
    (VALUES, {"data": [{"rang": "A1"}]}, "data[0]", unknown("rang", "data[0]")),
    ("sheets.spreadsheets.create", {"title": "x"}, "spreadsheet", unknown("title", "spreadsheet")),
    ("gmail.users.drafts.create", {"mesage": {}}, "draft", unknown("mesage", "draft")),
    ("gmail.users.messages.send", {"raw": 5}, "message.raw", "Invalid value at 'message.raw' (TYPE_STRING), 5"),
    (
        "gmail.users.messages.send",
        {"raw": "***"},
        "message.raw",
        "Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed for \"***\"",
    ),
]


@pytest.mark.parametrize(("name", "body", "field", "message"), REFUSED)
def test_what_the_parser_does_not_know_is_refused_with_its_path(
    name: str, body: Json, field: str, message: str
) -> None:
    with pytest.raises(Refusal) as refused:
        check_body(method(name), body)
    violation = {"field": field, "description": message} if field else {"description": message}
    assert (refused.value.code, refused.value.message) == (400, message)
    assert refused.value.details == [
        {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
    ]


def test_every_mistake_of_a_body_is_told_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        check_body(method(BATCH), {"a": 1, "requests": [{"b": {}}]})
    assert refused.value.message == f"{unknown('a')}\n{unknown('b', 'requests[0]')}"


TAKEN: list[tuple[str, Json, Json]] = [  # what is sent, and how the rooms see it
    (BATCH, {"requests": [{"addSheet": {"properties": None}}]}, {"requests": [{"addSheet": {}}]}),
    (BATCH, {"requests": {"addSheet": {}}}, {"requests": [{"addSheet": {}}]}),
    (BATCH, {"requests": [{"delete_sheet": {"sheet_id": "7"}}]}, {"requests": [{"deleteSheet": {"sheetId": 7}}]}),
    (BATCH, {"requests": [{"deleteSheet": {"sheetId": 7.0}}]}, {"requests": [{"deleteSheet": {"sheetId": 7}}]}),
    (BATCH, {"includeSpreadsheetInResponse": "true"}, {"includeSpreadsheetInResponse": True}),
    (UPDATE, {"values": [[None, 1, True, "x"], []]}, {"values": [[None, 1, True, "x"], []]}),
    (UPDATE, {"values": [["a"]], "majorDimension": None}, {"values": [["a"]]}),
]


@pytest.mark.parametrize(("name", "body", "seen"), TAKEN)
def test_what_the_parser_takes_in_several_ways_is_brought_into_one(name: str, body: Json, seen: Json) -> None:
    check_body(method(name), body)
    assert body == seen


def test_drive_ignores_what_it_does_not_know() -> None:
    body = {"name": "x", "nonsense": 1}
    check_body(method("drive.files.create"), body)
    assert body == {"name": "x", "nonsense": 1}
