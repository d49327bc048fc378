"""`offboard timetable`: a client's dates, counted back from the last working day; also as a calendar file."""

from __future__ import annotations

from pathlib import Path

import click

from offboard.calendar_file import CalendarEntry, save_calendar
from offboard.commands.dates import date_bodies, date_lines, late_lines
from offboard.commands.output import Invocation, with_options
from offboard.commands.screen import title_line
from offboard.commands.session import open_place
from offboard.commands.wrap import wrap
from offboard.deadline import Deadline
from offboard.engine.look import look_at_tracker, raise_general_problems, raise_problems
from offboard.engine.run import find_client
from offboard.errors import Exit
from offboard.model import Client
from offboard.timetable import find_earliest_end, make_timetable
from offboard.world import World


@click.command()
@click.argument("client")
@click.option("--ics", type=click.Path(path_type=Path, dir_okay=False), help="Write the dates into a calendar file.")
@with_options
def timetable(invocation: Invocation, client: str, ics: Path | None) -> int:
    """What must have happened at CLIENT's accounts by when, counted back from the last working day. Changes nothing."""
    world = look_at_tracker(open_place(invocation))
    raise_general_problems(world)
    found = find_client(world, client)
    raise_problems(world, found)
    deadlines = make_timetable(world, found)
    if ics:
        save_calendar(ics, calendar_entries(world, found, deadlines), world.now)
    if invocation.json:
        invocation.print_json("timetable", _body(world, found, deadlines))
    else:
        invocation.print_lines([*title_line(world, found), "", *_lines(world, found, deadlines, ics)])
    return Exit.OK


def calendar_entries(world: World, client: Client, deadlines: tuple[Deadline, ...]) -> list[CalendarEntry]:
    """The dates as whole days; an entry keeps its uid when its day moves or an account comes or goes."""
    return [
        CalendarEntry(
            uid=f"{world.tracker_id}-{client.short}-{deadline.part}-{_slug(deadline.group)}@offboard",
            start=deadline.day,
            title=f"{client.name}, {', '.join(deadline.platforms)}: {deadline.text}",
            text=f"Beware: {deadline.pitfall}." if deadline.pitfall else "",
        )
        for deadline in deadlines
    ]


def _slug(group: str) -> str:
    return "-".join(group.casefold().split())


def _lines(world: World, client: Client, deadlines: tuple[Deadline, ...], ics: Path | None) -> list[str]:
    short = client.short
    if client.last_day is None:
        return ["The dates are counted back from the last day. Type it:", f"  {client.where('last_day')}"]
    if not world.accounts_of(client):
        return ["No account is listed.", f"List them:  offboard accounts {short} instagram facebook …"]
    if not deadlines:
        return ["You have left every account: no date is to come.", f"Where it stands:  offboard status {short}"]
    lines = [*date_lines(world, client), *late_lines(world, client)]
    if ics:
        told = "The dates are in this file; open it with your calendar. Done again later, no date is there twice:"
        return [*lines, "", *wrap(told), f"  {ics}"]
    return [*lines, "", f"Into your calendar:  offboard timetable {short} --ics {short}.ics"]


def _body(world: World, client: Client, deadlines: tuple[Deadline, ...]) -> dict[str, object]:
    last = world.last_working_day(client)
    end = find_earliest_end(world, client, deadlines)
    return {
        "client": client.short,
        "last_day": client.last_day.isoformat() if client.last_day else None,
        "last_working_day": last.isoformat() if last else None,
        "earliest_end": end.isoformat() if end else None,
        "dates": date_bodies(deadlines),
    }
