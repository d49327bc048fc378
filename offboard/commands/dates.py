"""The timetable on the screen: a line a deadline, counted back from the last working day."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from offboard.commands.wrap import screen_width, wrap
from offboard.deadline import Deadline, Part
from offboard.model import Client
from offboard.timetable import find_earliest_end, make_timetable
from offboard.world import World

NAMES = 24  # columns of the platforms


def date_lines(world: World, client: Client) -> list[str]:
    """The heading and the dates; nothing where there is no date."""
    deadlines = make_timetable(world, client)
    last = world.last_working_day(client)
    if not deadlines or last is None:
        return []
    heading = f"Dates, counted back from {_day(last)} (your last working day)"
    return [heading, *(line for deadline in deadlines for line in _deadline_lines(world, deadline))]


def dates_in_plan(world: World, client: Client) -> list[str]:
    """The same as a part of a longer screen, where the program looks after the accounts."""
    lines = date_lines(world, client) if "access" not in client.skip else []
    return ["", *lines] if lines else []


def late_lines(world: World, client: Client) -> list[str]:
    """What a last working day that is too early means; the steps' notes say it as well, by account."""
    last, end = world.last_working_day(client), find_earliest_end(world, client, make_timetable(world, client))
    if last is None or end is None:
        return []
    return ["", *wrap(f"Too late for {_day(last)}. The earliest last working day that works: {_day(end)}.")]


def _deadline_lines(world: World, deadline: Deadline) -> list[str]:
    """Day, platforms and text beside each other; in a narrow terminal the text stands below."""
    head = f"{_day(deadline.day):<10} {'!' if deadline.late else ' '} "
    over = deadline.day < world.today
    late = ("; done?" if deadline.part is Part.BEFORE else "; late") if over else ""
    width = screen_width()
    if width < 60:
        return wrap(f"{', '.join(deadline.platforms)}: {deadline.text}{late}", head, "  ")
    return _side_by_side(head, ", ".join(deadline.platforms), f"{deadline.text}{late}", width)


def _side_by_side(head: str, names: str, text: str, width: int) -> list[str]:
    left = textwrap.wrap(names, NAMES)
    right = textwrap.wrap(text, width - len(head) - NAMES - 2, break_on_hyphens=False)
    rows = max(len(left), len(right))
    left, right = ([*column, *[""] * (rows - len(column))] for column in (left, right))
    return [
        f"{head if number == 0 else ' ' * len(head)}{name:<{NAMES}}  {words}".rstrip()
        for number, (name, words) in enumerate(zip(left, right, strict=True))
    ]


def date_bodies(deadlines: Sequence[Deadline]) -> list[dict[str, object]]:
    """The dates for a program."""
    return [
        {
            "day": deadline.day.isoformat(),
            "part": deadline.part.value,
            "platforms": list(deadline.platforms),
            "text": deadline.text,
            "ask": deadline.ask,
            "late": deadline.late,
            "earliest_end": deadline.earliest_end.isoformat() if deadline.earliest_end else None,
            "where": [account.where("platform") for account in deadline.accounts],
        }
        for deadline in deadlines
    ]


def _day(day: date) -> str:
    return str(format_date(day, "EEE d MMM", locale="en_GB"))
