"""`offboard cron`: have `invoices` run by itself every morning."""

from __future__ import annotations

import importlib
import shutil
import sys
from datetime import datetime, time
from pathlib import Path
from types import ModuleType

import click

from offboard.commands.output import Invocation, with_options
from offboard.errors import Exit, NotReadyError, UsageError
from offboard.schedule.job import WORKDAYS, Job

KINDS = ("crontab", "systemd", "launchd", "windows")


@click.command()
@click.option("--install", is_flag=True, help="Set it up on this computer; shows it, and asks first.")
@click.option("--remove", is_flag=True, help="Take it away again.")
@click.option("--kind", type=click.Choice(KINDS), help="How; unless told, the way that this system has.")
@click.option("--at", default="07:30", metavar="HH:MM", help="When, by this computer's clock; 07:30 unless told.")
@click.option("--every-day", is_flag=True, help="On Saturdays and Sundays too.")
@click.option("--yes", is_flag=True, help="Set it up without asking.")
@with_options
def cron(
    invocation: Invocation, install: bool, remove: bool, kind: str | None, at: str, every_day: bool, yes: bool
) -> int:
    """Have `offboard invoices` run by itself every morning: shows how, and with --install sets it up."""
    if install and remove:
        raise UsageError("--install and --remove are opposites.", "Type one of them.")
    kind = kind or _own_kind()
    days = tuple(range(1, 8)) if every_day else WORKDAYS
    job = Job(_find_program(), invocation.config.home.expanduser().absolute(), _read_time(at), days)
    system = importlib.import_module(f"offboard.schedule.{kind}")
    if remove:
        return _remove(invocation, system, job, kind)
    if install and not invocation.config.token.exists():
        raise NotReadyError("Nobody is signed in here, so the job would do nothing.", "First: offboard setup")
    return _show(invocation, system, job, kind, install=install, yes=yes)


def _show(invocation: Invocation, system: ModuleType, job: Job, kind: str, *, install: bool, yes: bool) -> int:
    written = system.show(job)
    if invocation.json and not install:
        invocation.print_json("cron", {"kind": kind, "writes": [vars(one) for one in written]})
        return Exit.OK
    if not invocation.json:
        invocation.print_lines(
            [f"{_when(job)} this computer looks after your invoices by itself, once it has this:", ""]
        )
        for one in written:
            invocation.print_lines([f"For {one.where}:", "", *one.text.rstrip().split("\n"), ""])
    if not install:
        invocation.print_lines([system.MAILS, "Set it up:  offboard cron --install"])
        return Exit.OK
    if not yes and not invocation.can_ask:
        raise UsageError(
            "There is nobody to ask here. Nothing was changed.", "Add --yes: offboard cron --install --yes"
        )
    if not yes and not invocation.confirm("Set it up on this computer?"):
        invocation.say("Nothing was changed.")
        return Exit.OK
    system.install(job)
    if invocation.json:
        invocation.print_json("cron", {"kind": kind, "installed": True, "writes": [vars(one) for one in written]})
    else:
        invocation.print_lines(
            [f"{_when(job)} offboard looks after your invoices.", system.MAILS, "Take it away:  offboard cron --remove"]
        )
    return Exit.OK


def _when(job: Job) -> str:
    return f"{'Every day' if len(job.days) == 7 else 'On working days'} at {job.at:%H:%M}"


def _remove(invocation: Invocation, system: ModuleType, job: Job, kind: str) -> int:
    gone = system.remove(job)
    if invocation.json:
        invocation.print_json("cron", {"kind": kind, "removed": gone})
    else:
        invocation.print_lines(["Taken away: nothing runs by itself any more." if gone else "There was no such job."])
    return Exit.OK


def _own_kind() -> str:
    if sys.platform == "darwin":
        return "launchd"
    if sys.platform == "win32":
        return "windows"
    return "crontab" if shutil.which("crontab") or not shutil.which("systemctl") else "systemd"


def _find_program() -> Path:
    """The offboard that was typed: a job knows no PATH."""
    beside = Path(sys.executable).with_name("offboard.exe" if sys.platform == "win32" else "offboard")
    found = beside if beside.exists() else Path(shutil.which("offboard") or beside)
    return found.absolute()


def _read_time(text: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  # a time of day by the computer's own clock
    except ValueError:
        raise UsageError(f"“{text}” is no time of day.", "Write it like 07:30.") from None
