"""Spreadsheets in SQLite: a document each, a document a sheet, a line of JSON a row; a cache over it, by version."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import orjson

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.sheet import Row, Rows, Sheet
from offboard.sandbox.state import State, tables

tables(
    """
    CREATE TABLE IF NOT EXISTS spreadsheets (
        id TEXT PRIMARY KEY, version INTEGER NOT NULL, document TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS spreadsheet_sheets (
        spreadsheet TEXT NOT NULL, sheet INTEGER NOT NULL, position INTEGER NOT NULL, document TEXT NOT NULL,
        PRIMARY KEY (spreadsheet, sheet)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS spreadsheet_rows (
        spreadsheet TEXT NOT NULL, sheet INTEGER NOT NULL, number INTEGER NOT NULL, cells TEXT NOT NULL,
        PRIMARY KEY (spreadsheet, sheet, number)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS spreadsheet_looks (id INTEGER PRIMARY KEY, look TEXT NOT NULL UNIQUE);
    """,
    contents=("spreadsheets", "spreadsheet_sheets", "spreadsheet_rows", "spreadsheet_looks"),
)
CACHED = 64  # spreadsheets that stay in memory


@lru_cache(maxsize=8)
def _shelf(_state: State) -> dict[str, Book]:
    """A state's spreadsheets in memory; each is only used while storage has the version it was made of."""
    return {}


def find_book(state: State, book_id: str) -> Book | None:
    """The spreadsheet of this id."""
    row = state.db.execute("SELECT version, document FROM spreadsheets WHERE id = ?", (book_id,)).fetchone()
    if row is None:
        return None
    shelf = _shelf(state)
    book = shelf.get(book_id)
    if book is None or book.version != row["version"]:
        loaded = _load(state, book_id, orjson.loads(row["document"]))
        loaded.version = row["version"]
        if book is not None and book.abandoned == row["version"]:
            _keep_rows(state, book, loaded)
        book = loaded
        while len(shelf) >= CACHED:
            shelf.pop(next(iter(shelf)))
        shelf[book_id] = book
    return book


def begin_change(book: Book) -> int:
    """Set a spreadsheet apart from storage until it is saved; abandoned, it is read from storage again."""
    version = book.version or 0
    book.version, book.abandoned = None, version
    return version


def save_book(state: State, book: Book, version: int) -> None:
    """Write what was changed, as the version after this one."""
    book.abandoned = None  # from here on it no longer tells what it changed
    document = {
        "properties": book.properties,
        "namedRanges": book.named_ranges,
        "metadata": book.metadata,
    }
    state.db.execute(
        "INSERT OR REPLACE INTO spreadsheets VALUES (?, ?, ?)", (book.id, version + 1, orjson.dumps(document).decode())
    )
    gone = {
        row["sheet"]
        for row in state.db.execute("SELECT sheet FROM spreadsheet_sheets WHERE spreadsheet = ?", (book.id,))
    }
    for position, sheet in enumerate(book.sheets):
        gone.discard(sheet.id)
        saved = f"{position} {orjson.dumps(sheet.document()).decode()}"
        if saved != sheet.saved:
            row = (book.id, sheet.id, position, saved.partition(" ")[2])
            state.db.execute("INSERT OR REPLACE INTO spreadsheet_sheets VALUES (?, ?, ?, ?)", row)
            sheet.saved = saved
        _save_rows(state, book.id, sheet)
    for sheet_id in gone:
        for table in ("spreadsheet_sheets", "spreadsheet_rows"):
            state.db.execute(f"DELETE FROM {table} WHERE spreadsheet = ? AND sheet = ?", (book.id, sheet_id))
    book.version = version + 1
    _shelf(state)[book.id] = book


def delete_book(state: State, book_id: str) -> None:
    """Forget a spreadsheet."""
    state.db.execute("DELETE FROM spreadsheets WHERE id = ?", (book_id,))
    for table in ("spreadsheet_sheets", "spreadsheet_rows"):
        state.db.execute(f"DELETE FROM {table} WHERE spreadsheet = ?", (book_id,))
    _shelf(state).pop(book_id, None)


def _load(state: State, book_id: str, document: Json) -> Book:
    found = state.db.execute(
        "SELECT sheet, position, document FROM spreadsheet_sheets WHERE spreadsheet = ? ORDER BY position", (book_id,)
    ).fetchall()
    sheets: list[Sheet] = []
    for row in found:
        sheet = Sheet.from_document(orjson.loads(row["document"]), _loader(state, book_id, row["sheet"]))
        sheet.saved = f"{row['position']} {row['document']}"
        sheets.append(sheet)
    book = Book(book_id, document["properties"], sheets, state.clock)
    book.named_ranges = document["namedRanges"]
    book.metadata = document["metadata"]
    return book


def _keep_rows(state: State, abandoned: Book, book: Book) -> None:
    """Take over the rows of an abandoned change, those that it touched read from storage again: a tab may be long."""
    looks = _read_looks(state)
    query = "SELECT cells FROM spreadsheet_rows WHERE spreadsheet = ? AND sheet = ? AND number = ?"
    for sheet in book.sheets:
        before = abandoned.find_sheet(sheet.id)
        if before is None or not before.loaded or before.shifts or abandoned.properties != book.properties:
            continue
        rows = before.rows
        for number in before.changed:
            found = state.db.execute(query, (book.id, sheet.id, number)).fetchone()
            rows.extend([] for _ in range(number + 1 - len(rows)))
            rows[number] = _read_row(orjson.loads(found["cells"]), looks) if found else []
        while rows and not rows[-1]:
            rows.pop()
        sheet.take_rows(rows)


def _read_looks(state: State) -> dict[int, Json]:
    return {row["id"]: orjson.loads(row["look"]) for row in state.db.execute("SELECT id, look FROM spreadsheet_looks")}


def _loader(state: State, book_id: str, sheet_id: int) -> Callable[[], Rows]:
    def load() -> Rows:
        looks = _read_looks(state)
        rows: Rows = []
        alike: dict[str, Row] = {}  # most rows are: prepared, and still empty
        query = "SELECT number, cells FROM spreadsheet_rows WHERE spreadsheet = ? AND sheet = ? ORDER BY number"
        for row in state.db.execute(query, (book_id, sheet_id)):
            while len(rows) < row["number"]:
                rows.append([])
            packed = row["cells"]
            if packed not in alike:
                alike[packed] = _read_row(orjson.loads(packed), looks)
            rows.append(list(alike[packed]))
        return rows

    return load


def _read_row(packed: list[Any], looks: dict[int, Json]) -> Row:
    row: Row = []
    for item in packed:
        if not isinstance(item, list):
            row.append(None if item is None else Cell(item))
            continue
        value, formula, look, rule, extra = item
        cell = Cell(value, formula, looks.get(look), "", looks.get(rule))
        if extra:
            cell.note, cell.runs, cell.chips = extra
        row.append(cell)
    return row


def _save_rows(state: State, book_id: str, sheet: Sheet) -> None:
    key = (book_id, sheet.id)
    for at, by in sheet.shifts:
        _shift_rows(state, key, at, by)
    looks: dict[int, int] = {}
    for number in sorted(sheet.changed):
        row = sheet.rows[number] if number < len(sheet.rows) else []
        if row:
            packed = orjson.dumps([_pack(state, cell, looks) for cell in row]).decode()
            state.db.execute("INSERT OR REPLACE INTO spreadsheet_rows VALUES (?, ?, ?, ?)", (*key, number, packed))
        else:
            query = "DELETE FROM spreadsheet_rows WHERE spreadsheet = ? AND sheet = ? AND number = ?"
            state.db.execute(query, (*key, number))
    sheet.shifts, sheet.changed = [], set()


def _shift_rows(state: State, key: tuple[str, int], at: int, by: int) -> None:
    """Storage's rows from `at` on go down by this many; a negative number takes rows away there first."""
    where = "WHERE spreadsheet = ? AND sheet = ? AND number"
    if by < 0:
        state.db.execute(f"DELETE FROM spreadsheet_rows {where} BETWEEN ? AND ?", (*key, at, at - by - 1))
        at -= by
    # in two steps, for a row may not stand where another has not left yet
    state.db.execute(f"UPDATE spreadsheet_rows SET number = -1 - number - ? {where} >= ?", (by, *key, at))
    state.db.execute(f"UPDATE spreadsheet_rows SET number = -1 - number {where} < 0", key)


def _pack(state: State, cell: Cell | None, looks: dict[int, int]) -> Any:
    if cell is None:
        return None
    extra = [cell.note, cell.runs, cell.chips] if cell.note or cell.runs or cell.chips else None
    if cell.formula is None and not (cell.format or cell.rule or extra):
        return cell.value
    return [cell.value, cell.formula, _look(state, cell.format, looks), _look(state, cell.rule, looks), extra]


def _look(state: State, look: Json | None, known: dict[int, int]) -> int | None:
    """The number under which a format or a rule is kept once for all cells."""
    if not look:
        return None
    number = known.get(id(look))
    if number is None:
        text = orjson.dumps(look, option=orjson.OPT_SORT_KEYS).decode()
        state.db.execute("INSERT OR IGNORE INTO spreadsheet_looks (look) VALUES (?)", (text,))
        number = state.db.execute("SELECT id FROM spreadsheet_looks WHERE look = ?", (text,)).fetchone()["id"]
        known[id(look)] = number
    return int(number)
