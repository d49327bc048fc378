"""The places that a request names, on a sheet that there is; and what is refused in Google's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from offboard.sandbox.documents import Json
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.a1 import Box, Span, read_span
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.sheet import Dimension, Sheet

PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


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


def get_box(book: Book, grid_range: Json | None) -> tuple[Sheet, Box]:
    """The sheet and the cells of a GridRange; the part beyond the grid is cut off."""
    if grid_range is None:
        raise Invalid("range is required.")
    sheet = get_sheet(book, grid_range.get("sheetId", 0), "grid")
    span = read_span(grid_range)
    check_span(span)
    check_in_grid(sheet, span)
    return sheet, span.on(sheet.row_count, sheet.column_count)


def check_span(span: Span) -> None:
    """Refuse a range whose ends are negative or the wrong way round."""
    for what, start, end in (("row", span.top, span.bottom), ("column", span.left, span.right)):
        if (start or 0) < 0 or (end or 0) < 0:
            raise Invalid(f"range.{what} indexes must be non-negative.")
        if end is not None and end < (start or 0):
            raise Invalid(f"range.end{what.title()}Index ({end}) must be greater than range.start{what.title()}Index.")


def get_coordinate(book: Book, coordinate: Json) -> tuple[Sheet, int, int]:
    """The sheet, row and column of a GridCoordinate."""
    sheet = get_sheet(book, coordinate.get("sheetId", 0), "grid")
    row, column = coordinate.get("rowIndex", 0), coordinate.get("columnIndex", 0)
    check_span(Span(row, row + 1, column, column + 1))
    check_in_grid(sheet, Box(row, row + 1, column, column + 1).span())
    return sheet, row, column


def get_lines(book: Book, where: Json | None) -> tuple[Sheet, Dimension, int, int]:
    """The sheet and the rows or columns of a DimensionRange, cut to the grid."""
    if where is None:
        raise Invalid("range is required.")
    sheet = get_sheet(book, where.get("sheetId", 0), "grid")
    dimension = get_dimension(where)
    start, end = where.get("startIndex", 0), where.get("endIndex", sheet.count(dimension))
    if start < 0 or end < start:
        raise Invalid(f"range.endIndex ({end}) must be greater than range.startIndex ({start}).")
    return sheet, dimension, start, end


def get_dimension(holder: Json, name: str = "dimension") -> Dimension:
    """ROWS or COLUMNS; a request must say which."""
    asked = holder.get(name)
    if asked == "ROWS":
        return "ROWS"
    if asked == "COLUMNS":
        return "COLUMNS"
    raise Invalid("No dimension specified.")


def lines_box(sheet: Sheet, dimension: Dimension, start: int, end: int) -> Box:
    """The cells of whole rows or columns."""
    if dimension == "ROWS":
        return Box(start, end, 0, sheet.column_count)
    return Box(0, sheet.row_count, start, end)
