"""The seam to the sheets room: what Drive asks of it for a file that is a Google Sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State

MIME = "application/vnd.google-apps.spreadsheet"


class Cell(NamedTuple):
    """A cell of an export: its typed value (XLSX), what a person sees (CSV, PDF), and its number format."""

    value: str | float | bool | None
    text: str
    pattern: str = ""  # such as `yyyy-mm-dd`; empty: automatic


Sheet = tuple[str, list[list[Cell]]]  # a title and its rows


def _missing(*_: Any) -> Any:
    raise Refusal(501, "The sandbox has no Sheets here.", reason="notImplemented")


@dataclass
class Spreadsheets:
    """What the sheets room does for Drive, filled in when it is imported; the file's row, name included, is Drive's."""

    create: Callable[[State, str, str, str], None] = _missing  # state, file_id, title, locale: one empty sheet
    import_table: Callable[[State, str, list[list[str]]], None] = (
        _missing  # into a created one's first sheet, replacing
    )
    export_table: Callable[[State, str], list[Sheet]] = _missing  # every sheet with its cells
    copy: Callable[[State, str, str], None] = _missing  # state, source_id, target_id (target has a row, no spreadsheet)
    delete: Callable[[State, str], None] = _missing  # a deleted file's spreadsheet is forgotten


SPREADSHEETS = Spreadsheets()
