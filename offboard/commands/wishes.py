"""The options that plan, run and the step commands share, and the wishes that they make."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Sequence
from typing import Any

import click

from offboard.commands.step_names import STEP_NAMES, typed
from offboard.world import Wishes


class StepChoice(click.Choice[str]):
    """A step's name, its words with a blank or a hyphen between; a slip is answered with the nearest."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """The name as it is compared: a hyphen counts as the blank."""
        return super().normalize_choice(str(choice).replace("-", " "), ctx)

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:  # noqa: ARG002  # click's shape
        """The step that is probably meant, else all of them."""
        near = difflib.get_close_matches(str(value).lower(), STEP_NAMES, 1)
        names = ", ".join(map(typed, STEP_NAMES))
        return f"There is no step “{value}”. " + (f"Did you mean {typed(near[0])}?" if near else f"{names}.")


STEP = StepChoice(list(STEP_NAMES), case_sensitive=False)

ALLOW = click.option("--allow", multiple=True, metavar="FINDING", help="Share although this was found in a file.")
ANONYMOUS = click.option("--anonymous", is_flag=True, help="The case study also without the client's names.")


def with_wishes(command: Callable[..., int]) -> Callable[..., int]:
    """Add --only, --now, --again and the rest; the command gets them as its `wishes`."""

    @functools.wraps(command)
    def wished(
        *args: Any,
        only: Sequence[str],
        early: Sequence[str],
        again: Sequence[str],
        refresh: bool,
        new: bool,
        same: bool,
        let_google_mail: bool,
        allow: Sequence[str],
        anonymous: bool,
        **options: Any,
    ) -> int:
        wishes = Wishes(
            frozenset(only),
            frozenset(early),
            refresh=refresh,
            new=new,
            same=same,
            let_google_mail=let_google_mail,
            anonymous=anonymous,
            again=frozenset(again),
            allow=frozenset(allow),
        )
        return command(*args, wishes=wishes, **options)

    for option in (
        ALLOW,
        ANONYMOUS,
        click.option("--let-google-mail", is_flag=True, help="Let Google e-mail an address without an account."),
        click.option("--new", is_flag=True, help="A new offboarding, although another looks the same."),
        click.option("--same", is_flag=True, help="The same client, although name and address are new."),
        click.option("--refresh", is_flag=True, help="Replace copies of reports that changed since."),
        click.option("--again", multiple=True, type=STEP, metavar="STEP", help="Make anew what you took back."),
        click.option("--now", "early", multiple=True, type=STEP, metavar="STEP", help="This step before its time."),
        click.option("--only", multiple=True, type=STEP, metavar="STEP", help="Only this step (and what it needs)."),
    ):
        wished = option(wished)
    return wished
