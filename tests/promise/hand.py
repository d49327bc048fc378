"""A person at work in Google's own pages, and what of it must be remembered to judge a program beside it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from random import Random
from typing import Any

from offboard.tracker.tabs import RECORDS, SHEET_IDS
from tests.promise.book import Book, Tab
from tests.rehearsal import Rehearsal

CLIENTS, INVOICES, LOG = SHEET_IDS["Clients"], SHEET_IDS["Invoices"], SHEET_IDS["Log"]
TABLES = tuple(SHEET_IDS[title] for title in RECORDS)
MOSTLY = (CLIENTS, CLIENTS, INVOICES, *TABLES)  # where most is at stake
ADDRESSES = {"bloom": ("maya@bloom.example", "bloombakery.hh@gmail.com"), "corvo": ("leo@corvo.example",)}
NEAR = 8  # requests: more than fly side by side
BY_HAND = "P.S. I will miss your sourdough."
FILES = "files(id,name,mimeType,trashed,parents,permissions(id,emailAddress,role))"


@dataclass
class Hand:
    """A person at work: the tracker with its twin, Drive, Gmail, and what they undid or can still take back."""

    rehearsal: Rehearsal
    chance: Random = field(default_factory=Random)
    takes_back: list[Callable[[], object]] = field(default_factory=list)
    copies: set[str] = field(default_factory=set)  # files that the person made
    let_out: set[tuple[str, str]] = field(default_factory=set)  # (file, address) whose access the person ended
    binned: set[str] = field(default_factory=set)  # folders in Drive's bin by the person's hand
    edited: set[str] = field(default_factory=set)  # drafts to which the person added a sentence
    discarded: set[str] = field(default_factory=set)  # drafts that the person sent or threw away

    def __post_init__(self) -> None:
        self.person = self.rehearsal.person
        self.book = Book(self.person, self.rehearsal.tracker)
        self.copies.add(self.book.twin)
        self.at_first = {str(file["id"]) for file in self.files()}

    def sheet(self, *sheets: int) -> int:
        """One of these tabs, or of those where most is at stake."""
        return self.chance.choice(sheets or MOSTLY)

    def tab(self, *sheets: int) -> Tab:
        """One of these tabs, and what stands in it."""
        return Tab(self.book, self.sheet(*sheets))

    def files(self) -> list[dict[str, Any]]:
        """Everything in the person's Drive, the bin included."""
        return list(self.person.ask("GET", f"/drive/v3/files?pageSize=1000&fields={FILES}")["files"])

    def made(self) -> list[dict[str, Any]]:
        """Everything in Drive that neither was there at first nor is the person's."""
        return [file for file in self.files() if file["id"] not in self.at_first | self.copies]

    def written(self, tab: str) -> list[tuple[str, ...]]:
        """The rows below the header of a tab that the program writes, whatever it is called."""
        body = {"dataFilters": [{"gridRange": {"sheetId": SHEET_IDS[tab], "startRowIndex": 1}}]}
        found = self.person.ask("POST", f"/v4/spreadsheets/{self.book.tracker}/values:batchGetByDataFilter", body)
        rows = found["valueRanges"][0]["valueRange"].get("values", [])
        return [tuple(map(str, row)) for row in rows if row]

    def drafts(self) -> list[str]:
        """The drafts that can be sent: an empty shell is nothing to a person."""
        ids = [str(entry["id"]) for entry in self.person.ask("GET", "/gmail/v1/users/me/drafts").get("drafts", [])]
        return [id for id in ids if self.letter(id)["To"]]

    def is_being_filled(self, id: str) -> bool:
        """Whether the program has just looked at a draft and writes it next: Gmail cannot be told to write only then.

        What is saved in that moment is lost; the model calls the trust that nobody does QUIET_WRITE.
        """
        near = self.rehearsal.sandbox.requests[-NEAR:]
        return [one["method"] for one in near if str(one["path"]).endswith(f"/drafts/{id}")][-1:] == ["GET"]

    def letter(self, id: str) -> Any:
        """A draft as a message."""
        raw = self.person.ask("GET", f"/gmail/v1/users/me/drafts/{id}?format=raw")["message"]["raw"]
        return message_from_bytes(base64.urlsafe_b64decode(raw + "=="), policy=policy.default)
