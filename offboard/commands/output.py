"""What every command has: its settings, its two streams (stdout the answer, stderr the conversation), its options."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from offboard import __version__
from offboard.commands.door import open_door, print_json, say
from offboard.commands.plain import without_steering
from offboard.commands.wrap import screen_width, with_home, wrap
from offboard.config import Config, load_config
from offboard.engine.make import Watch
from offboard.errors import SignInEndedError, UsageError
from offboard.plan import Result

PLAIN = {"ok": "+", "turn": "!", "failed": "x"}
PRETTY = {"ok": "✓", "turn": "!", "failed": "✗"}
DEEPEST = 14  # columns of indent that a line keeps
COLOURS = {"✓": "green", "!": "yellow", "✗": "red"}


class WorkingClock:
    """Tells the seconds that the program has worked: it stands still while a person thinks.

    Whoever calls a command from Python hands another one in as click's `obj`, with another `now` perhaps.
    """

    def __init__(
        self,
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[ZoneInfo], datetime] = datetime.now,
    ) -> None:
        self._seconds = seconds
        self.sleep = sleep
        self._now = now
        self._stood = 0.0

    def now(self, zone: ZoneInfo) -> datetime:
        """The present moment in a time zone."""
        return self._now(zone)

    def __call__(self) -> float:
        """The seconds so far."""
        return self._seconds() - self._stood

    @contextlib.contextmanager
    def standing(self) -> Iterator[None]:
        """Stand still until the person has answered."""
        began = self._seconds()
        try:
            yield
        finally:
            self._stood += self._seconds() - began


@dataclass(frozen=True)
class Invocation:
    """One use of a command: settings, and how to talk to whoever typed it."""

    config: Config
    json: bool = False
    no_input: bool = False
    quiet: bool = False
    home: Path | None = None  # as named by --home: the commands on the screen name it too
    clock: WorkingClock = field(default_factory=WorkingClock)

    @property
    def marks(self) -> dict[str, str]:
        """Signs for done, your turn and failed; plain ones where the terminal knows no others."""
        encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower()
        return PRETTY if "utf" in encoding else PLAIN

    @property
    def can_ask(self) -> bool:
        """Whether there is a person at a terminal."""
        return not self.no_input and not self.json and sys.stdin.isatty()

    def confirm(self, question: str) -> bool:
        """Ask; Enter means no."""
        with self.clock.standing():
            asked = "\n".join(wrap(without_steering(question), spare=len(" [y/N]: ")))
            return click.confirm(asked, default=False, err=True)

    def say(self, text: str) -> None:
        """A line of the conversation."""
        if not self.quiet:
            say(without_steering(with_home(text, self.home)))

    def say_waiting(self, seconds: float) -> None:
        """One calm line while Google wants us to wait."""
        if seconds >= 1:
            self.say(f"Google asks for patience; trying again in {round(seconds)} s")

    def say_found(self, what: str) -> None:
        """One line when a reply was lost and what it spoke of is there all the same."""
        self.say(f"The reply to “{what}” was lost; looked again: it is done")

    def print_lines(self, lines: Sequence[str]) -> None:
        """The answer, line by line as it is; marks get their colour on a terminal."""
        console = Console(highlight=False, soft_wrap=True, no_color=True if os.environ.get("NO_COLOR") else None)
        lines = [with_home(line, self.home) for line in lines]
        for line in chain.from_iterable(map(_fit, lines)) if console.is_terminal else lines:
            text = Text(without_steering(line))
            sign = line.strip()[:1]
            if sign in COLOURS and line.startswith("  "):
                text.stylize(COLOURS[sign], 2, 3)
            elif line in ("Your turn", "Later", "Done", "Skipped", "Good to know"):
                text.stylize("bold")
            console.print(text)

    def print_json(self, command: str, body: dict[str, Any], *, ok: bool = True) -> None:
        """The answer for a program."""
        envelope = {"offboard": __version__, "command": command, "ok": ok, **body}
        print_json(envelope)

    @contextlib.contextmanager
    def progress(self) -> Iterator[Watch]:
        """How far a run is: a line on the terminal that goes away, nothing where there is none."""
        console = Console(stderr=True)
        if self.json or self.quiet or not console.is_terminal:
            yield Watch()
            return
        columns = (TextColumn("  {task.description}"), BarColumn(20), TextColumn("{task.completed} done"))
        bar = Progress(*columns, console=console, transient=True)
        task = bar.add_task("", total=None)
        reading = Progress(
            TextColumn("  Looked into {task.completed} of {task.total} files"), console=console, transient=True
        )
        files = reading.add_task("")

        def on_result(result: Result) -> None:
            reading.stop()  # one moving line at a time
            bar.start()  # not before the first result: until then the person may be asked something
            bar.update(task, advance=1, description=result.says[:46])

        def on_sent(name: str, sent: int, of: int) -> None:
            bar.start()
            bar.update(task, description=f"{name[:36]} {100 * sent // max(of, 1)} %")

        def on_looked(count: int, of: int) -> None:
            bar.stop()
            reading.start()
            reading.update(files, completed=count, total=of)
            if count == of:  # now the person may be asked something
                reading.stop()

        try:
            yield Watch(on_result, on_sent, on_looked)
        finally:
            reading.stop()
            bar.stop()


def _fit(line: str) -> list[str]:
    """A line that is too wide for this terminal, on several of its own indent; a link is never broken."""
    text = line.lstrip()
    whole = len(line) <= screen_width() or "https://" in line
    return [line] if whole else wrap(text, line[: min(len(line) - len(text), DEEPEST)])


def _signed_in(invocation: Invocation, command: Callable[[], int], *, quiet: bool) -> int:
    """The command's exit code; a sign-in that Google ended is renewed where there is a person, else told once a day."""
    from offboard.commands.auth import let_sign_in  # the sign-in is a command itself
    from offboard.workspace.told import tell_today

    try:
        return int(command())
    except SignInEndedError as ended:
        if invocation.can_ask:
            invocation.say(f"{ended.message}\n{ended.hint}\n")
            if click.confirm("Sign in again now?", default=True, err=True):
                let_sign_in(invocation, no_browser=False)
                return int(command())
        elif quiet and not tell_today(invocation.config, datetime.now(UTC).date()):
            return ended.exit
        raise


def with_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command --home, --json and the like, and an Invocation; errors leave by the one door."""

    @functools.wraps(command)
    def invoke(
        *, home: Path | None, as_json: bool, no_input: bool, timeout: float | None, debug: bool, **options: Any
    ) -> int:
        with open_door(as_json=as_json, debug=debug, home=home):
            if options.get("client") is not None and not options["client"].strip():
                raise UsageError("The client's name is empty.", "Type its short name; see them all: offboard status")
            clock = click.get_current_context().find_object(WorkingClock) or WorkingClock()
            invocation = Invocation(load_config(home, timeout=timeout), as_json, no_input, home=home, clock=clock)
            code = _signed_in(invocation, lambda: command(invocation, **options), quiet=bool(options.get("quiet")))
        if code:
            click.get_current_context().exit(code)
        return code

    for option in (
        click.option("--debug", is_flag=True, help="Show everything when something goes wrong."),
        click.option(
            "--timeout", type=click.FloatRange(1), metavar="SECONDS", help="Give up after so long (600 unless told)."
        ),
        click.option("--no-input", is_flag=True, help="Never ask."),
        click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON."),
        click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="Your settings' folder."),
    ):
        invoke = option(invoke)
    return invoke
