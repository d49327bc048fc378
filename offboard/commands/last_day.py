"""A client's last day on the screens: how far it is, both days where they differ, and what a notice said else."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from offboard.commands.wrap import GLUE
from offboard.model import Client
from offboard.steps.told import told_last_day
from offboard.world import World


def last_day_words(world: World, client: Client) -> str:
    """`last day Sun 31 May 2026, in 34 days; last working day Fri 29 May`; no line breaks a day."""
    last = client.last_day
    if last is None:
        return "no last day yet" if client.notice_given else "not leaving"
    said = [f"last day {_day(last, 'EEE d MMM yyyy')}, {_distance((last - world.today).days)}"]
    working, told = world.last_working_day(client), told_last_day(world, client)
    if working and working != last:
        said.append(f"last working day {_day(working, 'EEE d MMM')}")
    if told and told != last:
        said.append(f"but the notice said {_day(told, 'EEE d MMM yyyy')}")
    return "; ".join(said)


def _distance(days: int) -> str:
    when = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    return when or (f"in {days} days" if days > 0 else f"{-days} days ago")


def _day(day: date, pattern: str) -> str:
    return str(format_date(day, pattern, locale="en_GB")).replace(" ", GLUE)
