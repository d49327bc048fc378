"""Tables in files: CSV, TSV and XLSX, read into rows of text and written from a spreadsheet's cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime, time
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.exceptions import InvalidFileException

from offboard.sandbox.drive.formats import XLSX
from offboard.sandbox.sheets.for_drive import Shown, Table

NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


class Unreadable(ValueError):
    """A file that is not what its type says."""


def read_rows(content: bytes, mime: str) -> list[list[str]]:
    """The rows of an uploaded table, as somebody would type them; of a workbook, those of its first sheet."""
    if mime == XLSX:
        return _read_workbook(content)
    text = content.decode("utf-8-sig", "replace")
    delimiter = "\t" if mime == "text/tab-separated-values" else ","
    return split_rows(text, delimiter)


def _read_workbook(content: bytes) -> list[list[str]]:
    try:
        sheet = load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as wrong:
        raise Unreadable("This is no workbook.") from wrong
    return [[_typed_in(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _typed_in(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return "" if value is None else str(value)


def write_delimited(sheet: Table, delimiter: str) -> bytes:
    """A sheet as CSV or TSV, as people see its cells, without a line end at the end."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    rows = sheet[1]
    width = max((len(row) for row in rows), default=0)
    writer.writerows([cell.text for cell in row] + [""] * (width - len(row)) for row in rows)
    return out.getvalue().removesuffix("\r\n").encode()


def write_workbook(sheets: Sequence[Table]) -> bytes:
    """A spreadsheet as XLSX: values with their types and number formats."""
    workbook = Workbook(write_only=False)
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets:
        sheet = workbook.create_sheet(NOT_IN_TITLES.sub("", title)[:31])
        for down, row in enumerate(rows, start=1):
            for along, cell in enumerate(row, start=1):
                if cell.value is not None:
                    _put(sheet.cell(down, along), cell)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _put(place: object, cell: Shown) -> None:
    value = ILLEGAL_CHARACTERS_RE.sub("", cell.value) if isinstance(cell.value, str) else cell.value
    place.value = value  # type: ignore[attr-defined]  # openpyxl carries no types
    if isinstance(value, str):
        place.data_type = "s"  # type: ignore[attr-defined]  # a text that starts with = stays a text
    if cell.pattern:
        place.number_format = cell.pattern  # type: ignore[attr-defined]


def split_rows(text: str, delimiter: str) -> list[list[str]]:
    """The rows of a text, quotes undone; lines may end in any way, a cell may be of any length."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # the whole program's: never made smaller
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
