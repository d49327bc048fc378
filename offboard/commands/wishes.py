"""The options that plan, run and the step commands share, and the wishes that they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from offboard.commands.step_names import STEP_NAMES
from offboard.world import Wishes

F = TypeVar("F", bound=Callable[..., object])
STEP = click.Choice(list(STEP_NAMES), case_sensitive=False)


def wish_options(command: F) -> F:
    """Add --only, --now, --refresh, --new and --let-google-mail."""
    options = (
        click.option("--only", multiple=True, type=STEP, metavar="STEP", help="Only this step (and what it needs)."),
        click.option("--now", "early", multiple=True, type=STEP, metavar="STEP", help="This step before its time."),
        click.option("--refresh", is_flag=True, help="Replace copies of reports that changed since."),
        click.option("--new", is_flag=True, help="A new offboarding, although another looks the same."),
        click.option("--let-google-mail", is_flag=True, help="Let Google e-mail an address without an account."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def gather_wishes(
    only: Sequence[str], early: Sequence[str], *, refresh: bool, new: bool, let_google_mail: bool
) -> Wishes:
    """What the person said on the command line; naming the share itself says an uncertain one again."""
    steps = frozenset(only)
    return Wishes(
        only=steps,
        now=frozenset(early),
        refresh=refresh,
        new=new,
        let_google_mail=let_google_mail,
        share_again=steps == {"share"},
    )
