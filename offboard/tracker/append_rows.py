"""Rows added to a tab that people edit: each cell under its column as just read, and found again afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime

from offboard.columns import EPOCH, Link, Money, Reading, squeeze
from offboard.errors import Problem, TrackerError
from offboard.rows import Row, columns_of
from offboard.tracker.read import find_columns
from offboard.workspace.sheet_requests import Plain, SheetRequest, append_values
from offboard.workspace.sheets import Tab


def rows_request(tab: Tab, rows: Sequence[Row], reading: Reading) -> SheetRequest:
    """The request that adds these rows (all of one kind) below the others, for the batch of a fenced append.

    People may have moved, renamed and added columns: a cell goes under its own header, theirs stay empty. TrackerError
    names the columns that are missing or doubled, also those that are there only where somebody adds them.
    """
    found = _find_columns(tab, rows)
    width = max(found.values(), default=-1) + 1
    cells = [[_plain(None, reading)] * width for _ in rows]
    for line, row in zip(cells, rows, strict=True):
        for name, index in found.items():
            line[index] = _plain(getattr(row, name), reading)
    return append_values(tab.id, cells)


def find_strewn(tab: Tab, rows: Sequence[Row], reading: Reading) -> list[str]:
    """The rows of the tab (`Access!8:8`) that hold all of one of these rows, be it in wrong columns."""
    wanted = [{str(_plain(getattr(row, name), reading)) for name in _filled(row)} for row in rows]
    found = []
    for number, cells in enumerate(tab.rows[1:], start=2):
        numbers = {f"{cell.value:.15g}" for cell in cells if _is_number(cell.value)}
        if any(mine and mine <= {squeeze(cell.text) for cell in cells} | numbers for mine in wanted):
            found.append(f"{tab.title}!{number}:{number}")
    return found


def holds(row: Row, added: Row) -> bool:
    """Whether a row, as read again, holds all that was put into the added one; people may have filled in more."""
    return all(getattr(row, name) == getattr(added, name) for name in _filled(added))


def _filled(row: Row) -> list[str]:
    """The fields that say something."""
    return [f.name for f in fields(row) if f.name in columns_of(type(row)) and getattr(row, f.name) != f.default]


def _find_columns(tab: Tab, rows: Sequence[Row]) -> dict[str, int]:
    kind = type(rows[0])
    problems: list[Problem] = []
    found = find_columns(tab, tab.rows[0] if tab.rows else (), kind, problems) or {}
    needed = {name for row in rows for name in _filled(row)}
    absent = [column for name, column in columns_of(kind).items() if name in needed - set(found) and column.extra]
    if not problems:
        hint = "Add a column with this header, anywhere in the tab."
        problems = [Problem(tab.title, f"There is no column “{column.header}”.", hint) for column in absent]
    if problems:
        raise TrackerError("The rows cannot be added. Nothing was changed.", problems=problems)
    return {name: index for name, index in found.items() if name in needed}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(value: object, reading: Reading) -> Plain:
    """A value as its cell holds it, so that reading it again gives the same; None: the cell stays empty."""
    if isinstance(value, bool | int | float | str):
        return None if value == "" else value
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - EPOCH).total_seconds() / 86400
    if isinstance(value, date):
        return (value - EPOCH.date()).days
    if isinstance(value, Money):
        own = value.currency == reading.currency
        return float(value.amount) if own else f"{value.currency} {value.amount}"
    if isinstance(value, Link):
        return value.url
    if isinstance(value, tuple):
        return ", ".join(str(_plain(part, reading)) for part in value) or None
    return None
