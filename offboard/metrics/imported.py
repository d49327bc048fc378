"""Several files together: one row a platform and month, and every trouble at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from offboard.errors import Problem, UsageError
from offboard.metrics.column_names import MEASURES, fold
from offboard.metrics.export_file import Sheet, read_export
from offboard.metrics.months import MonthNumbers, fold_table, month_name
from offboard.metrics.tables import Said, Table, read_tables

SHOWN = 8  # headers of a table in a message


@dataclass(frozen=True)
class Imported:
    """What the files hold, month by month, and what was done on the way."""

    months: tuple[MonthNumbers, ...] = ()
    notes: tuple[str, ...] = ()


def read_numbers(paths: Sequence[Path], said: Said, today: date, ends: date | None) -> Imported:
    """The months of all files; UsageError with every trouble at once, and then nothing is taken.

    `ends` is the client's last working day: the last month ends with it.
    """
    problems: list[Problem] = []
    tables = [table for path in paths for table in _read_file(path, said, problems)]
    notes = [note for table in tables for note in _not_taken(table)]
    together = _Together()
    for table in sorted(tables, key=lambda table: table.columns.post):  # what the account counted goes first
        for month in fold_table(table, today, ends, notes):
            together.add(month, table.where)
    problems += together.problems
    if not problems:
        problems += _find_misnamed(tables, said)
    if problems:
        count = len(problems)
        what = "1 thing" if count == 1 else f"{count} things"
        message = f"{what} in the files must be clear first. Nothing was added."
        raise UsageError(message, problems=tuple(dict.fromkeys(problems)))
    return Imported(together.months, tuple(dict.fromkeys([*notes, *together.notes])))


def _read_file(path: Path, said: Said, problems: list[Problem]) -> list[Table]:
    try:
        sheets = read_export(path)
    except UsageError as error:
        problems.append(Problem(path.name, error.message, error.hint))
        return []
    tables = [table for sheet in sheets for table in read_tables(sheet, said, problems)]
    if not tables:
        problems.append(_no_table(path.name, sheets))
    return tables


def _find_misnamed(tables: Sequence[Table], said: Said) -> list[Problem]:
    """Columns that the person named and no file has."""
    there = {fold(name) for table in tables for name in table.headers}
    missing = [name for name in said.columns if name not in there]
    hint = "Write it as it stands in the file's first line."
    return [Problem("--column", f"No file has a column “{name}”.", hint) for name in missing]


class _Together:
    """The months of several tables as one row a platform and month; two tables may not say two numbers."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, date], MonthNumbers] = {}
        self._sources: dict[tuple[str, date, str], str] = {}
        self.notes: list[str] = []
        self.problems: list[Problem] = []

    @property
    def months(self) -> tuple[MonthNumbers, ...]:
        """All of them, by platform and month."""
        return tuple(self._found[key] for key in sorted(self._found))

    def add(self, month: MonthNumbers, where: str) -> None:
        """One more table's month."""
        key = (month.platform.casefold(), month.month)
        known = self._found.get(key, MonthNumbers(month.platform, month.month))
        twice = [name for name in month.numbers if known.numbers.get(name, month.numbers[name]) != month.numbers[name]]
        for name in twice:
            self._say_twice(month, known, name, where)
        for name in month.numbers:
            self._sources.setdefault((*key, name), where)
        together = {**month.numbers, **known.numbers}
        numbers = {name: together[name] for name in MEASURES if name in together}
        best = known.best_post or month.best_post
        self._found[key] = MonthNumbers(known.platform, month.month, numbers, best, known.of_posts or month.of_posts)

    def _say_twice(self, month: MonthNumbers, known: MonthNumbers, name: str, where: str) -> None:
        source = self._sources[month.platform.casefold(), month.month, name]
        if month.of_posts and not known.of_posts:
            self.notes.append(f"{where}: {name} are those of the whole account, from {source}")
            return
        message = (
            f"{month.platform} has {known.numbers[name]:,} {name} in {month_name(month.month)} in {source}, "
            f"and {month.numbers[name]:,} here."
        )
        self.problems.append(Problem(where, message, "Import only one of the two."))


def _not_taken(table: Table) -> Sequence[str]:
    notes = []
    if table.columns.unknown:
        names = ", ".join(f"“{name}”" for name in table.columns.unknown)
        notes.append(f"{table.where}: not understood and left out: {names}")
    if table.columns.new_followers:
        notes.append(f"{table.where}: it has new followers only; type how many there were into Metrics")
    return notes


def _no_table(name: str, sheets: Sequence[Sheet]) -> Problem:
    widest = max((row for sheet in sheets for row in sheet.rows), key=lambda row: sum(map(bool, row)), default=())
    headers = [f"“{cell}”" for cell in widest if cell][:SHOWN]
    if not headers:
        return Problem(name, "It is empty.", "Export a longer time.")
    seen = f"I see {', '.join(map(str, headers))}{' …' if len(headers) == SHOWN else ''}."
    hint = 'Say what one holds: --column "Reichweite=reach"'
    return Problem(name, f"No line in it has a date and a number that I know. {seen}", hint)
