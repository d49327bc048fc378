"""A spreadsheet and the Drive file that it is: who may open it, who may change it, what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from offboard.sandbox.call import Call
from offboard.sandbox.drive.access import get_readable, get_writable, rank_of
from offboard.sandbox.drive.grants import RANKS
from offboard.sandbox.drive.store import SPREADSHEET, File, find_file, get_file, touch
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.a1 import Box, read_span
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.places import PROTECTED, Invalid
from offboard.sandbox.sheets.sheet import Sheet
from offboard.sandbox.sheets.store import begin_change, find_book, save_book


@dataclass(frozen=True)
class Opened:
    """A spreadsheet in the hands of the person who asks."""

    call: Call
    book: Book
    file: File

    @property
    def title(self) -> str:
        """What it is called now, also after this very request renamed it."""
        return get_file(self.call.state, self.file.id).name

    @property
    def owns(self) -> bool:
        """Whether the asking person may edit protected ranges, too: its owner, or a shared drive's manager."""
        return rank_of(self.call, self.file) >= RANKS["organizer"]

    def may_edit(self, protected: dict[str, object]) -> bool:
        """Whether the asking person is among those who may edit a protected range."""
        editors = protected.get("editors")
        users = editors.get("users", []) if isinstance(editors, dict) else []
        return self.owns or bool(protected.get("warningOnly")) or self.call.bearer.email in users

    def check_protection(self, sheet: Sheet, *boxes: Box) -> None:
        """Refuse to change cells that are protected from the asking person; a warning alone does not."""
        for protected in sheet.lists["protectedRanges"]:
            if self.may_edit(protected):
                continue
            closed = read_span(protected.get("range", {})).on(sheet.row_count, sheet.column_count)
            opened = [
                read_span(inner).on(sheet.row_count, sheet.column_count)
                for inner in protected.get("unprotectedRanges", [])
            ]
            for box in boxes:
                common = box.common(closed)
                if not common.empty and not any(inner.holds(common) for inner in opened):
                    raise Invalid(PROTECTED)


def open_spreadsheet(call: Call, spreadsheet_id: str | None = None) -> Opened:
    """The spreadsheet, to read."""
    file_id = spreadsheet_id or str(call.parameters["spreadsheetId"])
    file = _translated(call, file_id, writing=False)
    book = find_book(call.state, file_id)
    if book is None or file.mime != SPREADSHEET:
        raise Refusal(400, "This operation is not supported for this document", status="FAILED_PRECONDITION")
    return Opened(call, book, file)


@contextmanager
def change_spreadsheet(call: Call, spreadsheet_id: str | None = None) -> Iterator[Opened]:
    """The spreadsheet, to change; saved at the end unless something was refused."""
    opened = open_spreadsheet(call, spreadsheet_id)
    _translated(call, opened.file.id, writing=True)
    version = begin_change(opened.book)
    yield opened
    save_book(call.state, opened.book, version)
    touch(call.state, opened.file.id, call.bearer.email)


def _translated(call: Call, file_id: str, *, writing: bool) -> File:
    """Drive's answer in the words of Sheets: who has no right is told so, an app that sees nothing gets a 404."""
    found = find_file(call.state, file_id)
    if found is not None and rank_of(call, found) == 0:
        raise Refusal(403, "The caller does not have permission")
    try:
        return (get_writable if writing else get_readable)(call, file_id)
    except Refusal as refusal:
        if refusal.code == 404:
            raise Refusal(404, "Requested entity was not found.") from None
        raise Refusal(403, "The caller does not have permission") from None
