"""XLSX: each cell as the client sees it, also on hidden sheets, and the comments."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import ParseError

from offboard.scan.kinds.archive import BROKEN, open_archive
from offboard.scan.kinds.office import read_part
from offboard.scan.piece import Piece, UnreadableError, cells_of


def read_workbook(content: bytes) -> Iterator[Piece]:
    """Each filled cell as `Sheet!B4`, row by row without holding the book; UnreadableError for a broken file."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    archive = open_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield Piece("a sheet's name", sheet.title)
            sheet.reset_dimensions()  # the file's own word for how large it is may be wrong
            yield from cells_of(_rows(sheet.title, sheet.iter_rows(values_only=True)))
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, IndexError,
            AttributeError, OSError) as error:  # fmt: skip  # openpyxl lets through what a broken part makes Python say
        raise UnreadableError(BROKEN) from error
    for name in sorted(archive.namelist()):
        if name.startswith(("xl/", "docProps/")):
            yield from read_part(archive, name)


def _rows(title: str, rows: Iterable[Sequence[object]]) -> Iterator[tuple[list[str], list[str]]]:
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(rows, start=1):
        places = [f"{title}!{get_column_letter(column)}{number}" for column in range(1, len(row) + 1)]
        yield places, ["" if value is None else str(value) for value in row]
