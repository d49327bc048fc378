"""The tables in an export: a header that we know, the rows below it, each row a platform's numbers on one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from offboard.columns import squeeze
from offboard.errors import Problem
from offboard.metrics.column_names import Columns, find_columns
from offboard.metrics.counts import NoCountError, parse_count
from offboard.metrics.dates import AmbiguousError, NoDateError, NoYearError, Reader, read_dates
from offboard.metrics.export_file import Sheet, Value
from offboard.metrics.platforms import find_platform, platform_of

SHOWN = 60  # characters of a cell in a message
DATE_TROUBLE: dict[type[ValueError], tuple[str, str]] = {
    AmbiguousError: ("could be day/month or month/day.", "Say it: --dates day-first or --dates month-first"),
    NoYearError: ("has no year.", "Say the newest day's: --year 2026"),
    NoDateError: ("is no date that I know.", "Write it like 2026-05-31."),
}


@dataclass(frozen=True)
class Line:
    """One row's numbers."""

    day: date
    platform: str
    numbers: Mapping[str, int]
    link: str = ""


@dataclass(frozen=True)
class Table:
    """A table's rows, and what was not taken of it."""

    where: str
    columns: Columns
    lines: tuple[Line, ...] = ()
    headers: tuple[str, ...] = ()  # as they stand there


@dataclass(frozen=True)
class Said:
    """What the person said of the files: the platform, the order of day and month, the year, columns' meanings."""

    platform: str = ""
    reader: Reader = field(default_factory=Reader)
    columns: Mapping[str, str] = field(default_factory=dict)


def read_tables(sheet: Sheet, said: Said, problems: list[Problem]) -> tuple[Table, ...]:
    """Every table of a sheet; what cannot be read is added to the problems, each with its line."""
    tables = []
    headers = list(_find_headers(sheet, said))
    ends = [*(number for number, _ in headers[1:]), len(sheet.rows)]
    for (number, columns), until in zip(headers, ends, strict=False):
        rows = [(line, row) for line, row in enumerate(sheet.rows[number + 1 : until], number + 2) if _filled(row)]
        if len(rows) > 1 and headers[-1][0] != number and len([cell for cell in rows[-1][1] if _text(cell)]) == 1:
            rows.pop()  # the title of the next table
        lines = tuple(_read_lines(sheet.where, rows, columns, said, problems))
        tables.append(Table(sheet.where, columns, lines, tuple(map(_text, sheet.rows[number]))))
    return tuple(tables)


def _find_headers(sheet: Sheet, said: Said) -> Iterator[tuple[int, Columns]]:
    title = ""
    for number, row in enumerate(sheet.rows):
        columns = find_columns(row, title, said.columns)
        if columns:
            yield number, columns
        filled = [_text(cell) for cell in row if _text(cell)]
        title = filled[0] if len(filled) == 1 else title


def _filled(row: Sequence[Value]) -> bool:
    return any(_text(cell) for cell in row)


def _text(cell: Value) -> str:
    return squeeze(str(cell)) if cell is not None else ""


def _read_lines(
    where: str, rows: Sequence[tuple[int, Sequence[Value]]], columns: Columns, said: Said, problems: list[Problem]
) -> Iterator[Line]:
    trouble = _find_platform_trouble(where, rows, columns, said)
    problems += trouble
    days = _read_days(where, rows, columns, said, problems)
    for (number, row), day in zip(rows, days, strict=False):
        if day is None:
            continue
        numbers = _read_numbers(f"{where}, line {number}", row, columns, problems)
        link = _text(_cell(row, columns.link))
        if not trouble:
            platform = _find_line_platform(row, columns, said)
            yield Line(day, platform, numbers, link if link.startswith("http") else "")


def _find_platform_trouble(
    where: str, rows: Sequence[tuple[int, Sequence[Value]]], columns: Columns, said: Said
) -> list[Problem]:
    meant = find_platform(said.platform)
    if meant and columns.told and meant.name != columns.told:
        message = f"This is an export of {columns.told}, and you say {said.platform}."
        return [Problem(where, message, "Import it by itself, without --platform.")]
    if all(_find_line_platform(row, columns, said) for _, row in rows):
        return []
    hint = "Say it: --platform Instagram (or Facebook, LinkedIn, TikTok …)"
    return [Problem(where, "Nothing in it says which platform it is.", hint)]


def _find_line_platform(row: Sequence[Value], columns: Columns, said: Said) -> str:
    """The row's own platform, else the one whose export it is, else what the person said."""
    if columns.platform is not None and (text := _text(_cell(row, columns.platform))):
        return platform_of(text)
    return said.platform or columns.told


def _read_days(
    where: str, rows: Sequence[tuple[int, Sequence[Value]]], columns: Columns, said: Said, problems: list[Problem]
) -> list[date | None]:
    cells = [_cell(row, columns.date) for _, row in rows]
    try:
        return read_dates(cells, said.reader)
    except (AmbiguousError, NoYearError, NoDateError) as error:
        place = error.args[0]
        shown = f"“{_text(cells[place])[:SHOWN]}”"
        message, hint = DATE_TROUBLE[type(error)]
        problems.append(Problem(f"{where}, line {rows[place][0]}", f"{shown} {message}", hint))
    return []


def _read_numbers(where: str, row: Sequence[Value], columns: Columns, problems: list[Problem]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, place in (*columns.measures.items(), *columns.parts.items()):
        cell = _cell(row, place)
        try:
            count = parse_count(cell)
        except NoCountError:
            what = f"“{_text(cell)[:SHOWN]}” in the column of {name} is no whole number."
            problems.append(Problem(where, what, "Mend it in the file, or leave the cell empty."))
            continue
        if count is not None:
            measure = "engagements" if name in columns.parts else name
            found[measure] = found.get(measure, 0) + count
    return found


def _cell(row: Sequence[Value], place: int | None) -> Value:
    return row[place] if place is not None and place < len(row) else None
