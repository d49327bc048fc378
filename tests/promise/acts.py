"""What a person does in Google's own pages while a command runs; each act answers whether there was anything to do."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as having
from datetime import UTC, datetime
from email import message_from_bytes, policy
from random import Random
from typing import Any

from offboard.tracker.tabs import RECORDS, SHEET_IDS
from tests.promise.book import Book, Request, Tab
from tests.rehearsal import Rehearsal

CLIENTS, INVOICES, LOG = SHEET_IDS["Clients"], SHEET_IDS["Invoices"], SHEET_IDS["Log"]
TABLES = tuple(SHEET_IDS[title] for title in RECORDS)
MOSTLY = (CLIENTS, CLIENTS, INVOICES, *TABLES)  # where most is at stake
ADDRESSES = {"bloom": ("maya@bloom.example", "bloombakery.hh@gmail.com"), "corvo": ("leo@corvo.example",)}
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
BY_HAND = "P.S. I will miss your sourdough."
LEAST = 6  # rows of the Log, before somebody tidies it
FILES = "files(id,name,mimeType,trashed,parents,ownedByMe,permissions(id,emailAddress,role))"


@dataclass
class Hand:
    """A person at work: the tracker with its twin, Drive, Gmail, and what they undid or can still take back."""

    rehearsal: Rehearsal
    chance: Random = having(default_factory=Random)
    takes_back: list[Callable[[], object]] = having(default_factory=list)
    copies: set[str] = having(default_factory=set)  # files that the person made
    let_out: set[tuple[str, str]] = having(default_factory=set)  # (file, address) whose access the person ended
    binned: set[str] = having(default_factory=set)  # folders in Drive's bin by the person's hand
    edited: set[str] = having(default_factory=set)  # drafts to which the person added a sentence
    discarded: set[str] = having(default_factory=set)  # drafts that the person sent or threw away

    def __post_init__(self) -> None:
        self.person = self.rehearsal.person
        self.book = Book(self.person, self.rehearsal.tracker)
        self.copies.add(self.book.twin)
        self.at_first = {str(file["id"]) for file in self.files()}

    def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One request of Google's own pages; an empty answer is an empty one."""
        answer = self.person._session.request(method, self.rehearsal.sandbox.origin + path, json=body, timeout=60)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json() if answer.content else {}
        return found

    def tab(self, *sheets: int) -> Tab:
        """One of these tabs."""
        return Tab(self.book, self.chance.choice(sheets or MOSTLY))

    def files(self) -> list[dict[str, Any]]:
        """Everything in the person's Drive, the bin included."""
        return list(self.send("GET", f"/drive/v3/files?pageSize=1000&fields={FILES}")["files"])

    def made(self) -> list[dict[str, Any]]:
        """Everything in Drive that neither was there at first nor is the person's."""
        return [file for file in self.files() if file["id"] not in self.at_first | self.copies]

    def written(self, tab: str) -> list[tuple[str, ...]]:
        """The rows below the header of a tab that the program writes, whatever it is called."""
        body = {"dataFilters": [{"gridRange": {"sheetId": SHEET_IDS[tab], "startRowIndex": 1}}]}
        found = self.send("POST", f"/v4/spreadsheets/{self.book.tracker}/values:batchGetByDataFilter", body)
        rows = found["valueRanges"][0]["valueRange"].get("values", [])
        return [tuple(map(str, row)) for row in rows if row]

    def drafts(self) -> list[str]:
        """The drafts that can be sent: an empty shell is nothing to a person."""
        ids = [str(entry["id"]) for entry in self.send("GET", "/gmail/v1/users/me/drafts").get("drafts", [])]
        return [id for id in ids if self.letter(id)["To"]]

    def tidy(self) -> None:
        """Delete the rows that stand there twice."""
        for sheet, field in ((CLIENTS, "short"), (INVOICES, "number")):
            tab = Tab(self.book, sheet)
            at = tab.column(field)
            values = [tab.text(row, at) for row in tab.rows()] if at is not None else []
            for value in values:
                _delete_second(self, sheet, field, value)

    def letter(self, id: str) -> Any:
        """A draft as a message."""
        raw = self.send("GET", f"/gmail/v1/users/me/drafts/{id}?format=raw")["message"]["raw"]
        return message_from_bytes(base64.urlsafe_b64decode(raw + "=="), policy=policy.default)


def sort(hand: Hand) -> bool:
    """Sort a tab by any column."""
    tab = hand.tab()
    order = {"dimensionIndex": hand.chance.randrange(9), "sortOrder": hand.chance.choice(("ASCENDING", "DESCENDING"))}
    area = {"sheetId": tab.id, "startRowIndex": 1, "startColumnIndex": 0}
    return hand.book.edit({"sortRange": {"range": area, "sortSpecs": [order]}})


def insert_row(hand: Hand) -> bool:
    """An empty row somewhere below the header."""
    return hand.book.edit(_insert(hand.tab().id, "ROWS", hand.chance.randrange(1, 6)))


def insert_column(hand: Hand) -> bool:
    """An empty column anywhere."""
    return hand.book.edit(_insert(hand.tab().id, "COLUMNS", hand.chance.randrange(6)))


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
    return hand.book.edit(_move(hand.tab().id, "COLUMNS", hand.chance.randrange(8), hand.chance.randrange(9)))


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
    return at is not None and hand.book.type(tab.id, 0, at, [[word]])


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
    return hand.book.type(CLIENTS, rows[0], at, [[NONSENSE]])


def mark_paid(hand: Hand) -> bool:
    """An invoice is paid."""
    tab = Tab(hand.book, INVOICES)
    at, rows = tab.column("paid"), tab.rows()
    day = datetime.now(UTC).date().isoformat()
    return at is not None and bool(rows) and hand.book.type(INVOICES, hand.chance.choice(rows), at, [[day]])


def tick_box(hand: Hand) -> bool:
    """A box is ticked or not."""
    ticked = hand.chance.choice(("TRUE", "FALSE"))
    return _type(hand, CLIENTS, hand.chance.choice(tuple(ADDRESSES)), "contract_checked", ticked)


def add_client(hand: Hand) -> bool:
    """A client who looks like another: the same name but for a letter, the same person to greet."""
    tab = Tab(hand.book, CLIENTS)
    short = f"bloom{hand.chance.randrange(100, 1000)}"
    typed = {"short": short, "name": f"Bloom Bakery {short}", "contact": "Maya", "email": "kim@oldagency.example"}
    return _type_row(hand, tab, len(tab.cells), typed)


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
    return all(_type_row(hand, tab, rows + blanks, typed | {"number": f"P{blanks}"}) for blanks in (1, 3))


def filter_rows(hand: Hand) -> bool:
    """Only some rows are seen."""
    tab = hand.tab()
    criteria = {"filterSpecs": [{"columnIndex": 0, "filterCriteria": {"hiddenValues": ["bloom"]}}]}
    return hand.book.edit({"setBasicFilter": {"filter": {"range": {"sheetId": tab.id}} | criteria}})


def hide(hand: Hand) -> bool:
    """Rows or columns are hidden."""
    lines = _lines(hand.tab().id, hand.chance.choice(("ROWS", "COLUMNS")), hand.chance.randrange(1, 5))
    change = {"properties": {"hiddenByUser": True}, "fields": "hiddenByUser", "range": lines}
    return hand.book.edit({"updateDimensionProperties": change})


def protect(hand: Hand) -> bool:
    """A tab that people edit is protected, with a warning."""
    area = {"range": {"sheetId": hand.tab().id}, "warningOnly": True}
    return hand.book.edit({"addProtectedRange": {"protectedRange": area}})


def edit_draft(hand: Hand) -> bool:
    """A sentence is added to a draft, and it is saved."""
    return _with_draft(hand, _save_changed)


def send_draft(hand: Hand) -> bool:
    """A draft is sent."""
    return _with_draft(
        hand, lambda hand, draft: _gone(hand, draft, "POST", "/gmail/v1/users/me/drafts/send", {"id": draft})
    )


def discard_draft(hand: Hand) -> bool:
    """A draft is thrown away."""
    return _with_draft(hand, lambda hand, draft: _gone(hand, draft, "DELETE", f"/gmail/v1/users/me/drafts/{draft}"))


def rename_folder(hand: Hand) -> bool:
    """A folder that was made has another name."""
    return _with_folder(hand, lambda file: hand.send("PATCH", f"/drive/v3/files/{file}", {"name": "My “own” name's"}))


def move_folder(hand: Hand) -> bool:
    """The client's folder lies in another one."""

    def move(id: str) -> None:
        new = hand.person.make_folder("Elsewhere")
        hand.copies.add(new)
        parents = ",".join(hand.send("GET", f"/drive/v3/files/{id}?fields=parents")["parents"])
        hand.send("PATCH", f"/drive/v3/files/{id}?addParents={new}&removeParents={parents}", {})

    return _with_folder(hand, move, root=True)


def trash_folder(hand: Hand) -> bool:
    """A folder that was made goes to the bin; it may come back."""

    def trash(id: str) -> None:
        hand.binned.add(id)
        hand.takes_back.append(lambda: untrash(id))
        hand.send("PATCH", f"/drive/v3/files/{id}", {"trashed": True})

    def untrash(id: str) -> None:
        hand.binned.discard(id)
        hand.send("PATCH", f"/drive/v3/files/{id}", {"trashed": False})

    return _with_folder(hand, trash)


def remove_permission(hand: Hand) -> bool:
    """Somebody may no longer read a folder."""
    below = set(_children(hand))
    given = [
        (file["id"], one["id"], one["emailAddress"])
        for file in hand.made()
        if file["id"] not in below
        for one in file.get("permissions", [])
        if one["role"] == "reader"
    ]
    if not given:
        return False
    file, permission, address = hand.chance.choice(sorted(given, key=lambda one: one[2]))
    hand.send("DELETE", f"/drive/v3/files/{file}/permissions/{permission}")
    hand.let_out.add((file, address.lower()))
    return True


def delete_log_row(hand: Hand) -> bool:
    """A row of the Log is deleted."""
    return _in_log(hand, {"deleteDimension": {"range": _lines(LOG, "ROWS", hand.chance.randrange(1, 4))}})


def sort_log(hand: Hand) -> bool:
    """The Log is sorted."""
    specs = [{"dimensionIndex": hand.chance.randrange(5), "sortOrder": "DESCENDING"}]
    return _in_log(hand, {"sortRange": {"range": {"sheetId": LOG, "startRowIndex": 1}, "sortSpecs": specs}})


def copy_tracker(hand: Hand) -> bool:
    """The whole tracker is copied, marks and memory with it."""
    copied = hand.send("POST", f"/drive/v3/files/{hand.book.tracker}/copy", {"name": "Copy of the tracker"})
    hand.copies.add(str(copied["id"]))
    return True


def take_back(hand: Hand) -> bool:
    """What was done by mistake is undone."""
    if not hand.takes_back:
        return False
    hand.takes_back.pop()()
    return True


ACTS: dict[str, Callable[[Hand], bool]] = {
    act.__name__: act
    for act in (
        sort, insert_row, insert_column, delete_row, move_row, move_column, rename_tab, rename_header, retype,
        retype_nonsense, mark_paid, tick_box, add_client, duplicate_row, paste_with_blanks, filter_rows, hide, protect,
        edit_draft, send_draft, discard_draft, rename_folder, move_folder, trash_folder, remove_permission,
        delete_log_row, sort_log, copy_tracker, take_back,
    )
}  # fmt: skip

SHAKING = (sort, insert_row, insert_column, move_row, move_column, retype)  # what confuses whoever counts rows
TOUCHING = (edit_draft, send_draft, discard_draft, rename_folder, move_folder, trash_folder, remove_permission)
WEIGHTS = [4 if act in SHAKING else 2 if act in TOUCHING else 1 for act in ACTS.values()]


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
    return at is not None and bool(rows) and hand.book.type(sheet, rows[0], at, [[text]])


def _type_row(hand: Hand, tab: Tab, row: int, typed: dict[str, str]) -> bool:
    places = {field: tab.column(field) for field in typed}
    if None in places.values():
        return False
    return all(hand.book.type(tab.id, row, at, [[typed[field]]]) for field, at in places.items() if at is not None)


def _with_draft(hand: Hand, act: Callable[[Hand, str], object]) -> bool:
    drafts = hand.drafts()
    if drafts:
        act(hand, hand.chance.choice(sorted(drafts, key=lambda draft: str(hand.letter(draft)["Subject"]))))
    return bool(drafts)


def _save_changed(hand: Hand, id: str) -> None:
    letter = hand.letter(id)
    body = letter.get_body(("plain",))
    body.set_content(body.get_content() + f"\n{BY_HAND}\n")
    raw = base64.urlsafe_b64encode(letter.as_bytes()).decode()
    hand.edited.add(id)
    hand.send("PUT", f"/gmail/v1/users/me/drafts/{id}", {"message": {"raw": raw}})


def _gone(hand: Hand, id: str, method: str, path: str, body: dict[str, Any] | None = None) -> None:
    hand.discarded.add(id)
    hand.send(method, path, body)


def _with_folder(hand: Hand, act: Callable[[str], object], *, root: bool = False) -> bool:
    below = set(_children(hand))
    folders = [
        file
        for file in sorted(hand.made(), key=lambda file: str(file["name"]))
        if file["mimeType"].endswith(".folder") and not file["trashed"] and not (root and file["id"] in below)
    ]
    if folders:
        act(hand.chance.choice(folders)["id"])
    return bool(folders)


def _children(hand: Hand) -> list[str]:
    """What lies in something that was made."""
    made = hand.made()
    ids = {file["id"] for file in made}
    return [file["id"] for file in made if ids & set(file.get("parents", []))]


def _in_log(hand: Hand, request: Request) -> bool:
    if len(hand.written("Log")) < LEAST:
        return False
    hand.send("POST", f"/v4/spreadsheets/{hand.book.tracker}:batchUpdate", {"requests": [request]})
    return True
