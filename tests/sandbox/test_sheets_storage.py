"""Spreadsheets in storage: they survive a restart and a refusal, and small writes stay small."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from offboard.sandbox.control import person_token
from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.workbook import Workbook, area, lines, texts

Json = dict[str, Any]


def reopened(path: Path, book: Workbook) -> Json:
    """What another process would read from the same file."""
    with Sandbox(path) as again:
        caller = Caller(again.origin, person_token(again, "ana@sandbox.example"))
        found: Json = caller.call("GET", book.path, includeGridData="true").json()
        caller.close()
        return found


def edits(rng: random.Random) -> Json:
    """Something that a person or a program does to the first sheet."""
    row, column = rng.randrange(6), rng.randrange(4)
    end = row + rng.randint(1, 2)
    choices: list[Json] = [
        {
            "updateCells": {
                "start": {"rowIndex": row, "columnIndex": column},
                "rows": [texts(str(rng.random()))],
                "fields": "*",
            }
        },
        {"appendCells": {"rows": [texts("appended")], "fields": "userEnteredValue"}},
        {"insertDimension": {"range": lines("ROWS", row, end)}},
        {"deleteDimension": {"range": lines("ROWS", row, end)}},
        {"moveDimension": {"source": lines("ROWS", row, end), "destinationIndex": rng.choice((0, 7))}},
        {"sortRange": {"range": area(0, 7, 0, 4), "sortSpecs": [{"dimensionIndex": column}]}},
        {"insertDimension": {"range": lines("COLUMNS", column, column + 1)}},
        {"updateCells": {"range": area(row, end, 0, 3), "rows": [], "fields": "userEnteredValue"}},
        {"repeatCell": {"range": area(row, end, 0, 2), "cell": {"note": "n"}, "fields": "note"}},
        {"findReplace": {"find": "a", "replacement": "b", "allSheets": True}},
    ]
    return rng.choice(choices)


def test_whatever_is_done_storage_has_the_same_as_memory(tmp_path: Path) -> None:
    """Random walks: after each step a second process reads from the file what the first one answers."""
    for seed in range(4):
        rng = random.Random(seed)
        path = tmp_path / f"{seed}.sqlite"
        with Sandbox(path) as sandbox:
            caller = Caller(sandbox.origin, person_token(sandbox, "ana@sandbox.example"))
            book = Workbook(caller, "en_US", "One", rowCount=20, columnCount=6)
            book.type_in("A1", ["a", "1", "=A1"], ["b", "=B1+1", "27/04/2026"], ["c", "2026-01-01"])
            for _ in range(12):
                refused = {"deleteSheet": {"sheetId": 4}}
                caller.call("POST", book.path + ":batchUpdate", json={"requests": [edits(rng), edits(rng), refused]})
                caller.call("POST", book.path + ":batchUpdate", json={"requests": [edits(rng), edits(rng)]})
                assert reopened(path, book) == book.get(includeGridData="true")
            caller.close()


def test_a_refused_batch_leaves_memory_as_storage_is(ana: Caller) -> None:
    book = Workbook(ana, "en_US", "One", rowCount=20, columnCount=6)
    book.type_in("A1", ["a"], ["b"])
    for _ in range(2):
        book.batch_refused({"deleteDimension": {"range": lines("ROWS", 0, 1)}}, {"deleteSheet": {"sheetId": 4}})
        assert book.values("A1:A2") == [["a"], ["b"]]
    book.type_in("A3", ["c"])
    assert book.values("A1:A3") == [["a"], ["b"], ["c"]]


def test_an_appended_row_writes_one_row_to_storage(sandbox: Sandbox, ana: Caller) -> None:
    book = Workbook(ana, "en_US", "One", rowCount=5000, columnCount=3)
    book.type_in("A1", *[["x", n, "y"] for n in range(4000)], option="RAW")
    written: list[str] = []
    sandbox.state.db.set_trace_callback(lambda statement: written.append(statement))
    book.batch({"appendCells": {"rows": [texts("new")], "fields": "userEnteredValue"}})
    sandbox.state.db.set_trace_callback(None)
    assert sum("spreadsheet_rows" in statement for statement in written) == 1
    assert book.values("A4000:A4001") == [["x"], ["new"]]


def test_a_refused_append_reads_no_more_of_a_long_tab_than_it_touched(sandbox: Sandbox, ana: Caller) -> None:
    book = Workbook(ana, "en_US", "One", rowCount=5000, columnCount=3)
    book.type_in("A1", *[["x", n, "y"] for n in range(4000)], option="RAW")
    read: list[str] = []
    sandbox.state.db.set_trace_callback(lambda statement: read.append(statement))
    append = {"appendCells": {"rows": [texts("new")], "fields": "userEnteredValue"}}
    book.batch_refused(append, {"deleteSheet": {"sheetId": 4}})
    assert book.values("A4000:A4001") == [["x"]]
    sandbox.state.db.set_trace_callback(None)
    assert all("number = " in statement for statement in read if "FROM spreadsheet_rows" in statement)


def test_a_reset_forgets_spreadsheets(ana: Caller) -> None:
    book = Workbook(ana)
    book.type_in("A1", ["x"])
    ana.call("POST", "/sandbox/reset")
    assert ana.call("GET", book.path).status_code == 404


def test_a_deleted_files_spreadsheet_is_gone(ana: Caller) -> None:
    book = Workbook(ana)
    assert ana.call("DELETE", f"/drive/v3/files/{book.id}").status_code == 204
    assert ana.call("GET", book.path).status_code == 404
