"""`offboard next`: what to do now, for whom, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from offboard.calendar_file import CalendarEntry, save_calendar
from offboard.commands.output import Invocation, with_options
from offboard.commands.screen import format_day, row, with_place
from offboard.commands.session import open_place
from offboard.engine.everybody import Everybody, plan_everybody
from offboard.engine.look import raise_problems
from offboard.engine.run import find_client
from offboard.errors import Exit
from offboard.model import Client
from offboard.one_a_day import MAILS, tell_enough
from offboard.plan import Outcome, Plan
from offboard.steps.drafts import DRAFTS
from offboard.world import World

GROUPS = ("Late", "Today", "This week", "Next week", "Later")


@dataclass(frozen=True)
class Duty:
    """One thing to do: for whom, what, where, and by when; without a day it can be done now."""

    client: Client
    step: str
    text: str
    where: str = ""
    day: date | None = None


@click.command(name="next")
@click.argument("client", required=False)
@click.option(
    "--ics", type=click.Path(path_type=Path, dir_okay=False), help="Write what has a day into a calendar file."
)
@click.option("--exit-code", is_flag=True, help="Exit with 4 while something waits for you.")
@with_options
def next_(invocation: Invocation, client: str | None, ics: Path | None, exit_code: bool) -> int:
    """What to do now, for whom, by when, why: over all clients, or for CLIENT the one thing first. Changes nothing."""
    found = plan_everybody(open_place(invocation))
    wanted = find_client(found.world, client) if client else None
    if wanted:
        raise_problems(found.world, wanted)
    plans = [plan for plan in found.plans if wanted is None or plan.client == wanted]
    duties = list_duties(found.world, plans)
    if ics:
        save_calendar(ics, [_entry(found.world, duty, duty.day) for duty in duties if duty.day], found.world.now)
    problems = () if wanted else found.world.problems
    if invocation.json:
        body = {"today": found.world.today.isoformat(), "next": [_body(duty) for duty in duties]}
        more = {"problems": [vars(problem) for problem in problems]} if problems else {}
        invocation.print_json("next", body | more, ok=not problems)
        if problems:
            return Exit.FAILED
    else:
        invocation.print_lines([*_lines(found, plans, duties, wanted), *([f"Written:  {ics}"] if ics else [])])
    if problems:
        raise_problems(found.world)
    return Exit.WAITING if exit_code and duties else Exit.OK


def list_duties(world: World, plans: Sequence[Plan]) -> list[Duty]:
    """What waits for the freelancer, the most urgent first: cells to fill, mails to send, runs that are due."""
    duties = [duty for plan in plans for duty in _duties_of(world, plan)]
    return sorted(duties, key=lambda duty: duty.day or world.today)


def _duties_of(world: World, plan: Plan) -> Iterator[Duty]:
    client, run = plan.client, f"offboard run {plan.client.short}"
    due = [step.step for step in plan.steps if step.changes]
    if due:
        yield Duty(client, due[0], f"run what is due: {', '.join(due)}", run)
    for step in plan.steps:
        for turn in step.turns:
            yield Duty(client, step.step, turn.text, turn.where, turn.by)
    later = [step for step in plan.steps if step.outcome is Outcome.LATER and step.day]
    off = world.setup.days_off  # nobody need run anything on one
    days = {step.step: off.next_working_day(step.day) for step in later if step.day}
    for day in dict.fromkeys(days.values()):
        mails = [step for step in later if days[step.step] == day]
        enough = tell_enough(client)
        why = f"; {enough}" if any(enough in step.why for step in mails) else ""
        names = " and ".join(MAILS[step.step] for step in mails)
        yield Duty(client, mails[0].step, f"run again, which drafts {names}{why}", run, day)


def _group(duty: Duty, today: date) -> str:
    if duty.day is None or duty.day == today:
        return "Today"
    if duty.day < today:
        return "Late"
    sunday = today + timedelta(days=6 - today.weekday())
    return "This week" if duty.day <= sunday else "Next week" if duty.day <= sunday + timedelta(days=7) else "Later"


def _lines(found: Everybody, plans: Sequence[Plan], duties: Sequence[Duty], wanted: Client | None) -> list[str]:
    today = found.world.today
    lines = [format_day(today, year=True)]
    if wanted and duties:  # of one client: the one thing, and below it what comes then
        lines += ["", "Now", *_duty_lines(duties[0], today)]
    for group in GROUPS:
        mine = [duty for duty in duties[1 if wanted else 0 :] if _group(duty, today) == group]
        lines += ["", group] if mine else []
        for duty in mine:
            lines += _duty_lines(duty, today)
    if not duties:
        leaving = wanted.leaving if wanted else bool(plans)
        nobody = "Nothing to do." if leaving else "Nobody is leaving. To begin, type “Notice given” or “Last day”:"
        lines += ["", nobody, *([] if leaving else [f"  {found.world.tracker_url}"])]
    drafts = sum(step.outcome is Outcome.WAITING and step.link == DRAFTS for plan in plans for step in plan.steps)
    if drafts:
        wait = "1 draft waits" if drafts == 1 else f"{drafts} drafts wait"
        return [*lines, "", f"{wait} in your Gmail:  offboard open drafts"]
    example = wanted or (duties[0].client if duties else None)
    return [*lines, "", f"Where it stands:  offboard status{f' {example.short}' if example else ''}"]


def _duty_lines(duty: Duty, today: date) -> list[str]:
    when = f"{format_day(duty.day)}: " if duty.day and duty.day != today else ""
    told = row(duty.client.name[:18], f"{when}{_begin(duty.text)}", width=20)
    return told if duty.where.startswith("http") else with_place(told, duty.where)


def _begin(text: str) -> str:
    """As a sentence begins; an address stays as it is."""
    return text if re.match(r"\S*(@|://)", text) else f"{text[0].upper()}{text[1:]}"


def _entry(world: World, duty: Duty, day: date) -> CalendarEntry:
    """A whole day; it keeps its uid as long as it is about the same cell or command."""
    about = sha256(f"{duty.step} {duty.where or duty.text}".encode()).hexdigest()[:12]
    uid = f"{world.tracker_id}-{duty.client.short}-next-{about}@offboard"
    return CalendarEntry(uid, day, f"{duty.client.name}: {duty.text}", duty.where)


def _body(duty: Duty) -> dict[str, Any]:
    return {
        "client": duty.client.short,
        "step": duty.step,
        "text": duty.text,
        "why": duty.text.partition("; ")[2],
        "where": duty.where,
        "by": duty.day.isoformat() if duty.day else None,
    }
