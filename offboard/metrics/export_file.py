"""A tool's export as rows of cells: CSV in whatever encoding and with whatever separator, or an Excel workbook."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from offboard.errors import UsageError
from offboard.late import late_import

Value = str | int | float | date | datetime | None
SEPARATORS = ",;\t|"
LARGEST = 50_000_000  # bytes; ten years of daily rows are a tenth of it
EXCEL = (".xlsx", ".xlsm")
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Sheet:
    """The rows of a file, or of one sheet of it; `where` names it in messages."""

    where: str
    rows: tuple[tuple[Value, ...], ...]


def read_export(path: Path) -> tuple[Sheet, ...]:
    """All sheets of an export; UsageError where the file is none that can be read."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise UsageError(
            f"“{path}” can't be opened on this computer.", "Check its name; quote a name with blanks."
        ) from error
    if size > LARGEST:
        raise UsageError(f"“{path.name}” is too large to be an export of numbers ({size // 1_000_000} MB).")
    if path.suffix.lower() in EXCEL or content.startswith(b"PK"):
        return _read_workbook(path.name, content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # how a workbook of before 2007 begins
        hint = "Open it in Excel or Google Sheets, save it as .xlsx or CSV, and give me that file."
        raise UsageError(f"“{path.name}” is a workbook of the old kind (.xls).", hint)
    return (Sheet(path.name, _read_text(path.name, content)),)


def _read_workbook(name: str, content: bytes) -> tuple[Sheet, ...]:
    with late_import:
        from openpyxl import load_workbook  # only who imports a workbook waits for it
        from openpyxl.utils.exceptions import InvalidFileException
    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        hint = "A .zip? Unpack it first. Else open it in Excel or Google Sheets and save it as CSV."
        raise UsageError(f"“{name}” is no Excel workbook that can be read.", hint) from error
    several = len(book.worksheets) > 1
    return tuple(
        Sheet(f"{name}, sheet {sheet.title}" if several else name, tuple(sheet.iter_rows(values_only=True)))
        for sheet in book.worksheets
    )


def _read_text(name: str, content: bytes) -> tuple[tuple[Value, ...], ...]:
    text = _decode(content)
    if "\0" in text:
        raise UsageError(f"“{name}” is no CSV and no Excel file.", "Export the numbers as CSV or .xlsx.")
    separator = ""
    blank: tuple[tuple[Value, ...], ...] = ()
    if text.casefold().startswith("sep="):  # a hint for Excel
        first, _, text = text.partition("\n")
        separator, blank = first.strip("\r\n")[4:5], ((),)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator or _find_separator(text))
    try:
        return (*blank, *(tuple(row) for row in rows))
    except csv.Error as error:
        raise UsageError(f"“{name}” is no CSV that can be read: {error}.") from error


def _decode(content: bytes) -> str:
    """UTF-8, or what the file's first bytes say, or the Windows alphabet of older Excels."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if content[1:2] == b"\0":
        return content.decode("utf-16-le", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _find_separator(text: str) -> str:
    """The separator that stands most often in one line outside of quotes: texts of posts hold commas, headers few."""
    best = dict.fromkeys(SEPARATORS, 0)
    for line in text.splitlines()[:20]:
        bare = "".join(line.split('"')[::2])
        for mark in SEPARATORS:
            best[mark] = max(best[mark], bare.count(mark))
    return max(SEPARATORS, key=lambda mark: best[mark])
