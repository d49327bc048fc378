"""`offboard folder bloom`, `offboard reports bloom` …: one command a step, made from the registry."""

from __future__ import annotations

from collections.abc import Sequence

import click

from offboard.commands.names import MODULES
from offboard.commands.output import Invocation, with_options
from offboard.commands.run import run_with_wishes
from offboard.commands.step_names import STEP_NAMES, typed
from offboard.commands.wishes import ALLOW, ANONYMOUS
from offboard.steps import STEPS
from offboard.world import Wishes

OWN = {"share": ALLOW, "case study": ANONYMOUS}  # what belongs to one step alone


def make_command(name: str) -> click.Command:
    """The command of one step: the same as `run CLIENT --only STEP`."""

    @click.command(typed(name), help=f"{STEP_NAMES[name]}: the same as `run CLIENT --only {typed(name)}`.")
    @click.argument("client")
    @click.option("--now", "early", is_flag=True, help="Before its time.")
    @click.option("--again", is_flag=True, help="Make anew what you took back.")
    @click.option("--refresh", is_flag=True, help="Replace copies of reports that changed since.")
    @click.option("--let-google-mail", is_flag=True, help="Let Google e-mail an address without an account.")
    @click.option("--yes", is_flag=True, help="Do it without asking.")
    @click.option("--exit-code", is_flag=True, help="Exit with 4 while something waits for you.")
    @with_options
    def command(
        invocation: Invocation,
        client: str,
        early: bool,
        again: bool,
        refresh: bool,
        let_google_mail: bool,
        yes: bool,
        exit_code: bool,
        allow: Sequence[str] = (),
        anonymous: bool = False,
    ) -> int:
        steps = frozenset((name,))
        none: frozenset[str] = frozenset()
        wishes = Wishes(
            steps,
            steps if early else none,
            refresh,
            let_google_mail=let_google_mail,
            again=steps if again else none,
            allow=frozenset(allow),
            anonymous=anonymous,
        )
        return run_with_wishes(invocation, client, wishes, yes=yes, exit_code=exit_code)

    return OWN[name](command) if name in OWN else command


COMMANDS = {name: make_command(step.name) for step in STEPS if MODULES[name := typed(step.name)] == "step"}
