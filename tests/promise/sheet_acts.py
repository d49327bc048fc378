"""What a person does in the tracker; each act answers whether there was anything to do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from offboard.tracker.tabs import SHEET_IDS
from tests.promise.book import Request, Tab
from tests.promise.hand import ADDRESSES, CLIENTS, INVOICES, LOG, TABLES, Hand

VALUES = {
    "contact": ("Maya", "Mia", "Marta", "Leo"),
    "share": ("now", "when paid", "reports now, rest when paid", ""),
    "ask_for": ("testimonial", "feedback", "nothing"),
    "feedback": ("none came", ""),
    "call": ("2026-05-29 15:00", "2031-05-29 15:00", ""),
    "contract_checked": ("TRUE", "FALSE"),
    "notes": ("likes tea", "call back", "=1+1", ""),
}  # what may be retyped in a client's row
NONSENSE = "nxt friday"
LEAST = 6  # rows of the Log, before somebody deletes any


def sort(hand: Hand) -> bool:
    """Sort a tab by any column."""
    sheet = hand.sheet()
    order = {"dimensionIndex": hand.chance.randrange(9), "sortOrder": hand.chance.choice(("ASCENDING", "DESCENDING"))}
    area = {"sheetId": sheet, "startRowIndex": 1, "startColumnIndex": 0}
    return hand.book.edit({"sortRange": {"range": area, "sortSpecs": [order]}})


def insert_row(hand: Hand) -> bool:
    """An empty row somewhere below the header."""
    return hand.book.edit(_insert(hand.sheet(), "ROWS", hand.chance.randrange(1, 6)))


def insert_column(hand: Hand) -> bool:
    """An empty column anywhere."""
    return hand.book.edit(_insert(hand.sheet(), "COLUMNS", hand.chance.randrange(6)))


def delete_row(hand: Hand) -> bool:
    """A row is cut; it may come back at another place."""
    tab = hand.tab()
    if not tab.rows():
        return False
    row = hand.chance.choice(tab.rows())
    cells = {field: tab.cells[row][at] for field in tab.fields if _holds(tab, row, at := tab.column(field))}
    hand.takes_back.append(lambda: _put_back(hand, tab.id, cells))
    return hand.book.edit({"deleteDimension": {"range": _lines(tab.id, "ROWS", row)}})


def move_row(hand: Hand) -> bool:
    """A row stands elsewhere."""
    tab = hand.tab()
    rows = tab.rows()
    return bool(rows) and hand.book.edit(_move(tab.id, "ROWS", hand.chance.choice(rows), 1 + hand.chance.randrange(8)))


def move_column(hand: Hand) -> bool:
    """A column stands elsewhere."""
    return hand.book.edit(_move(hand.sheet(), "COLUMNS", hand.chance.randrange(8), hand.chance.randrange(9)))


def rename_tab(hand: Hand) -> bool:
    """A tab has another title, quotes and all."""
    sheet = hand.chance.choice((*TABLES, LOG, SHEET_IDS["Setup"]))
    properties = {"sheetId": sheet, "title": f"{hand.chance.choice(('My', 'Ana’s', 'It’s'))} tab '{sheet}'"}
    return hand.book.edit({"updateSheetProperties": {"properties": properties, "fields": "title"}})


def rename_header(hand: Hand) -> bool:
    """A header is one of its other names."""
    tab = hand.tab()
    field = hand.chance.choice([name for name, column in tab.fields.items() if column.aliases and not column.extra])
    at, known = tab.column(field), tab.fields[field]
    word = hand.chance.choice((known.header, known.header.upper(), f" {known.header} ", *known.aliases))
    return at is not None and hand.book.type(tab.id, {(0, at): word})


def retype(hand: Hand) -> bool:
    """A cell of a client's row says something else."""
    field = hand.chance.choice((*VALUES, "share_with"))
    short = hand.chance.choice((*ADDRESSES, "dune")) if field == "notes" else hand.chance.choice(tuple(ADDRESSES))
    words = (*ADDRESSES[short], ", ".join(ADDRESSES[short]), "") if field == "share_with" else VALUES[field]
    return _type(hand, CLIENTS, short, field, hand.chance.choice(words))


def retype_nonsense(hand: Hand) -> bool:
    """A date that is none, until it is mended."""
    tab = Tab(hand.book, CLIENTS)
    short = hand.chance.choice(tuple(ADDRESSES))
    at, rows = tab.column("last_day"), tab.rows("short", short)
    if at is None or not rows or tab.text(rows[0], at) == NONSENSE:
        return False
    before = tab.text(rows[0], at)
    hand.takes_back.append(lambda: _type(hand, CLIENTS, short, "last_day", before))
    return hand.book.type(CLIENTS, {(rows[0], at): NONSENSE})


def mark_paid(hand: Hand) -> bool:
    """An invoice is paid."""
    tab = Tab(hand.book, INVOICES)
    at, rows = tab.column("paid"), tab.rows()
    day = datetime.now(UTC).date().isoformat()
    return at is not None and bool(rows) and hand.book.type(INVOICES, {(hand.chance.choice(rows), at): day})


def tick_box(hand: Hand) -> bool:
    """A box is ticked or not."""
    ticked = hand.chance.choice(("TRUE", "FALSE"))
    return _type(hand, CLIENTS, hand.chance.choice(tuple(ADDRESSES)), "contract_checked", ticked)


def add_client(hand: Hand) -> bool:
    """A client who looks like another: the same name but for a letter, the same person to greet."""
    tab = Tab(hand.book, CLIENTS)
    short = f"bloom{hand.chance.randrange(100, 1000)}"
    typed = {"short": short, "name": f"Bloom Bakery {short}", "contact": "Maya", "email": "kim@oldagency.example"}
    return _type_rows(hand, tab, {len(tab.cells): typed})


def duplicate_row(hand: Hand) -> bool:
    """A row stands there twice, until one of them is deleted."""
    tab = hand.tab(CLIENTS, INVOICES)
    if not tab.rows():
        return False
    row = hand.chance.choice(tab.rows())
    mark = {"sheetId": tab.id, "startRowIndex": row, "endRowIndex": row + 1}
    below = {"sheetId": tab.id, "startRowIndex": row + 1, "endRowIndex": row + 2}
    key = "short" if tab.id == CLIENTS else "number"
    at = tab.column(key)
    if at is None:
        return False
    value = tab.text(row, at)
    hand.takes_back.append(lambda: _delete_second(hand, tab.id, key, value))
    copy = {"copyPaste": {"source": mark, "destination": below, "pasteType": "PASTE_NORMAL"}}
    return hand.book.edit(_insert(tab.id, "ROWS", row + 1), copy)


def paste_with_blanks(hand: Hand) -> bool:
    """Invoices from elsewhere, with an empty row between and blanks before a name."""
    tab = Tab(hand.book, INVOICES)
    rows = len(tab.cells)
    typed = {"client": " Bloom ", "number": f"P{hand.chance.randrange(1000)}", "due": "2026-01-31", "amount": "12"}
    typed["paid"] = "yes"
    return _type_rows(hand, tab, {rows + blanks: typed | {"number": f"P{blanks}"} for blanks in (1, 3)})


def filter_rows(hand: Hand) -> bool:
    """Only some rows are seen."""
    sheet = hand.sheet()
    criteria = {"filterSpecs": [{"columnIndex": 0, "filterCriteria": {"hiddenValues": ["bloom"]}}]}
    return hand.book.edit({"setBasicFilter": {"filter": {"range": {"sheetId": sheet}} | criteria}})


def hide(hand: Hand) -> bool:
    """Rows or columns are hidden."""
    lines = _lines(hand.sheet(), hand.chance.choice(("ROWS", "COLUMNS")), hand.chance.randrange(1, 5))
    change = {"properties": {"hiddenByUser": True}, "fields": "hiddenByUser", "range": lines}
    return hand.book.edit({"updateDimensionProperties": change})


def protect(hand: Hand) -> bool:
    """A tab that people edit is protected, with a warning."""
    area = {"range": {"sheetId": hand.sheet()}, "warningOnly": True}
    return hand.book.edit({"addProtectedRange": {"protectedRange": area}})


def delete_log_row(hand: Hand) -> bool:
    """A row of the Log is deleted."""
    return _in_log(hand, {"deleteDimension": {"range": _lines(LOG, "ROWS", hand.chance.randrange(1, 4))}})


def sort_log(hand: Hand) -> bool:
    """The Log is sorted."""
    specs = [{"dimensionIndex": hand.chance.randrange(5), "sortOrder": "DESCENDING"}]
    return _in_log(hand, {"sortRange": {"range": {"sheetId": LOG, "startRowIndex": 1}, "sortSpecs": specs}})


def tidy(hand: Hand) -> None:
    """Delete the rows that stand there twice."""
    for sheet, field in ((CLIENTS, "short"), (INVOICES, "number")):
        tab = Tab(hand.book, sheet)
        at = tab.column(field)
        for value in [tab.text(row, at) for row in tab.rows()] if at is not None else []:
            _delete_second(hand, sheet, field, value)


def _lines(sheet: int, dimension: str, start: int) -> dict[str, Any]:
    return {"sheetId": sheet, "dimension": dimension, "startIndex": start, "endIndex": start + 1}


def _insert(sheet: int, dimension: str, start: int) -> Request:
    return {"insertDimension": {"range": _lines(sheet, dimension, start)}}


def _move(sheet: int, dimension: str, start: int, to: int) -> Request:
    return {"moveDimension": {"source": _lines(sheet, dimension, start), "destinationIndex": to}}


def _put_back(hand: Hand, sheet: int, cells: dict[str, dict[str, Any]]) -> None:
    """The row stands first again, each cell below its own header, wherever that stands by now."""
    tab = Tab(hand.book, sheet)
    writes = [
        {
            "updateCells": {
                "rows": [{"values": [{name: cell[name] for name in ("userEnteredValue", "chipRuns") if name in cell}]}],
                "fields": "userEnteredValue,chipRuns",
                "start": {"sheetId": sheet, "rowIndex": 1, "columnIndex": at},
            }
        }
        for field, cell in cells.items()
        if (at := tab.column(field)) is not None
    ]
    hand.book.edit(_insert(sheet, "ROWS", 1), *writes)


def _holds(tab: Tab, row: int, at: int | None) -> bool:
    return at is not None and bool(tab.text(row, at))


def _delete_second(hand: Hand, sheet: int, field: str, value: str) -> None:
    rows = Tab(hand.book, sheet).rows(field, value)
    if len(rows) > 1:
        hand.book.edit({"deleteDimension": {"range": _lines(sheet, "ROWS", rows[-1])}})


def _type(hand: Hand, sheet: int, short: str, field: str, text: str) -> bool:
    tab = Tab(hand.book, sheet)
    at, rows = tab.column(field), tab.rows("short", short)
    return at is not None and bool(rows) and hand.book.type(sheet, {(rows[0], at): text})


def _type_rows(hand: Hand, tab: Tab, rows: dict[int, dict[str, str]]) -> bool:
    cells = {(row, tab.column(field)): text for row, typed in rows.items() for field, text in typed.items()}
    return all(column is not None for _, column in cells) and hand.book.type(tab.id, cells)


def _in_log(hand: Hand, request: Request) -> bool:
    if len(hand.written("Log")) < LEAST:
        return False
    hand.person.ask("POST", f"/v4/spreadsheets/{hand.book.tracker}:batchUpdate", {"requests": [request]})
    return True
