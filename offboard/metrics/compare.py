"""Imported months held against the rows that are in the tab Metrics: what is new, what is there and differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from offboard.metrics.imported import Imported
from offboard.metrics.months import MonthNumbers
from offboard.metrics.platforms import platform_of
from offboard.model import Metric
from offboard.platforms import Platforms


@dataclass(frozen=True)
class Difference:
    """A cell that says something else than the file; None: it is empty."""

    cell: str
    mine: int | None
    measure: str
    imported: int


@dataclass(frozen=True)
class There:
    """A month that has a row already: the person's, and it stays."""

    month: MonthNumbers
    cell: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Compared:
    """What the files hold: months that are new, months that are there, and what was done on the way."""

    new: tuple[MonthNumbers, ...] = ()
    there: tuple[There, ...] = ()
    notes: Sequence[str] = field(default=())


def compare(rows: Iterable[Metric], imported: Imported, platforms: Platforms) -> Compared:
    """The months of which the client has no row, and the others with the cells that differ."""
    known: dict[tuple[str, date], Metric] = {}
    for row in rows:
        if row.month:
            name = platform_of(row.platform, platforms).casefold()
            known.setdefault((name, row.month.replace(day=1)), row)
    new: list[MonthNumbers] = []
    there: list[There] = []
    for month in imported.months:
        mine = known.get((month.platform.casefold(), month.month))
        if mine is None:
            new.append(month)
        else:
            there.append(There(month, mine.where("month"), _differences(mine, month)))
    return Compared(tuple(new), tuple(there), imported.notes)


def _differences(row: Metric, month: MonthNumbers) -> tuple[Difference, ...]:
    cells = ((row.where(measure), getattr(row, measure), measure, number) for measure, number in month.numbers.items())
    return tuple(Difference(*cell) for cell in cells if cell[1] != cell[3])


def make_row(client: str, month: MonthNumbers) -> Metric:
    """The row of a month."""
    known = month.numbers.get
    return Metric(
        client=client,
        platform=month.platform,
        month=month.month,
        followers=known("followers"),
        reach=known("reach"),
        views=known("views"),
        engagements=known("engagements"),
        clicks=known("clicks"),
        leads=known("leads"),
        best_post=month.best_post,
    )
