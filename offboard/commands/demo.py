"""`offboard demo`: a whole goodbye on a pretend Google account, from the notice to "officially offboarded"."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import click

from offboard.commands.invoices import invoices
from offboard.commands.next import next_
from offboard.commands.output import WorkingClock
from offboard.commands.plan import plan
from offboard.commands.rehearsal import ZONE, act_as_owner, seed, start_home
from offboard.commands.run import run
from offboard.commands.screen import format_day
from offboard.commands.session import now
from offboard.commands.status import status
from offboard.config import load_config
from offboard.demo.goodbye import HOUR, NOTICE, begin, find_eve, note_answer, note_numbers, prepare_call
from offboard.demo.person import Person

BLOOM = ["bloom"]
RUN = [*BLOOM, "--yes"]


@click.command()
def demo() -> None:
    """Watch a whole goodbye on a pretend Google account (1 minute). Nothing leaves this computer."""
    for name in ("OFFBOARD_ORIGIN", "OFFBOARD_TRACKER"):  # these would win over the demo's own settings
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix="offboard-demo-") as folder:
        home = Path(folder)
        os.environ["OFFBOARD_HOME"] = folder
        with start_home(home) as sandbox:
            clock, last_day = sandbox.state.clock, now(ZoneInfo(ZONE)).date()  # the day on which the sample leaves
            clock.set(datetime.combine(last_day - NOTICE, time(9), ZoneInfo(ZONE)))
            seed(sandbox.origin, home)
            tracker = load_config(home, {}).tracker.value
            _Story(sandbox.requests, clock, act_as_owner(sandbox), tracker).tell(last_day)
    click.echo("That was all on this computer. With your own Google account:  offboard setup")


class _Clock(Protocol):
    """The Workspace's."""

    def now(self) -> datetime:
        """The present moment."""

    def set(self, moment: datetime) -> None:
        """Make it this moment now."""


class _Story:
    """Five weeks in a few seconds: the Workspace and the commands live at the moment that the story has come to."""

    def __init__(self, requests: Sequence[Mapping[str, Any]], clock: _Clock, person: Person, tracker: str) -> None:
        self._requests, self._time, self._person, self._tracker = requests, clock, person, tracker
        self._clock = WorkingClock(now=lambda zone: clock.now().astimezone(zone))

    def tell(self, last: date) -> None:
        """From the day of the notice to the last day, after the call."""
        person, tracker = self._person, self._tracker
        begin(person, tracker)
        self._say("Ana has given Bloom Bakery notice.")
        self._show(plan, BLOOM)
        self._show(run, RUN)
        self._show(run, RUN)
        prepare_call(person, tracker, last)
        self._say("She sent the notice, agreed on a call, looked through the folder.", find_eve(last))
        self._show(run, RUN)
        note_numbers(person, tracker, last)
        self._say("After the call she types the last numbers into the tracker.", last, HOUR + 1)
        self._show(run, RUN)
        note_answer(person, tracker)
        self._say("She sends the goodbye, and pastes Maya's answer.")
        self._show(run, RUN)
        self._show(run, RUN)
        self._show(status, BLOOM)
        self._show(invoices, [])
        self._show(next_, [])

    def _say(self, words: str, day: date | None = None, hour: int = 9) -> None:
        """What happened; the clocks go forward to the day, where one is named."""
        if day:
            self._time.set(datetime.combine(day, time(hour), ZoneInfo(ZONE)))
        click.secho(f"# {format_day(self._time.now().astimezone(ZoneInfo(ZONE)).date())}: {words}\n", bold=True)

    def _show(self, command: click.Command, words: list[str]) -> None:
        """Type one command, and count what it asked of Google."""
        click.secho(f"$ offboard {' '.join([command.name or '', *words])}", bold=True)
        before = len(self._requests)
        code = command.main(words, standalone_mode=False, obj=self._clock)
        if code:
            raise click.exceptions.Exit(code)
        seen = self._requests[before:]
        writes = sum(request["method"] != "GET" for request in seen)
        asked = "1 request" if len(seen) == 1 else f"{len(seen)} requests"
        click.echo(f"  ({asked} to Google, {writes or 'none'} of them to write)\n")
