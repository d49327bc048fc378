"""A part of a request that Google would refuse, in Google's words, and what Google calls the part."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.a1 import Span
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.sheet import Sheet


class Invalid(Refusal):
    """An argument that does not fit: a 400 with the message as Google words it."""

    def __init__(self, message: str) -> None:
        super().__init__(400, message)


@contextmanager
def naming(part: str) -> Iterator[None]:
    """Have what is invalid inside named as this part of the request, such as `requests[0].addSheet`."""
    try:
        yield
    except Invalid as invalid:
        raise Refusal(400, f"Invalid {part}: {invalid}") from None


PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


def get_range(book: Book, text: str) -> tuple[Sheet, Span]:
    """The sheet and range of an address; one that begins outside of the grid is refused."""
    found = book.find_range(text)
    if found is None:
        raise Invalid(f"Unable to parse range: {text}")
    check_in_grid(*found)
    return found


def check_in_grid(sheet: Sheet, span: Span) -> None:
    """Refuse a range that begins outside of the grid; one that only ends outside is cut."""
    if (span.top or 0) >= sheet.row_count or (span.left or 0) >= sheet.column_count:
        limits = f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
        raise Invalid(f"Range ({sheet.address(span)}) exceeds grid limits. {limits}")


def get_sheet(book: Book, sheet_id: int, what: str = "sheet") -> Sheet:
    """The sheet with this number; Google calls it a grid where a range of cells is meant."""
    sheet = book.find_sheet(sheet_id)
    if sheet is None:
        raise Invalid(f"No {what} with id: {sheet_id}")
    return sheet
