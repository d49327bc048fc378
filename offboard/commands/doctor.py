"""`offboard doctor`: is all that every command relies on in order? And the repair of a damaged memory."""

from __future__ import annotations

import click

from offboard.commands.checks import show_checks
from offboard.commands.output import Invocation, with_options
from offboard.commands.session import new_nonce, open_place
from offboard.engine.doctor import examine
from offboard.engine.look import Place
from offboard.engine.repair import Repair, mend, plan_repair
from offboard.errors import Exit, UsageError


@click.command()
@click.option(
    "--repair", is_flag=True, help="Mend a damaged memory (the hidden tab Ledger); shows how, and asks first."
)
@click.option("--yes", is_flag=True, help="Mend it without asking.")
@with_options
def doctor(invocation: Invocation, repair: bool, yes: bool) -> int:
    """Is all in order: sign-in, tracker, its hidden memory, and whether two runs at once keep apart?"""
    place = open_place(invocation)
    if repair:
        planned = plan_repair(place)
        if planned and not _mend(invocation, place, planned, yes=yes):
            return Exit.FAILED
    return show_checks(invocation, "doctor", examine(place))


def _mend(invocation: Invocation, place: Place, repair: Repair, *, yes: bool) -> bool:
    lines = ["What is wrong", *(f"  {damage}" for damage in repair.damages), ""]
    lines += ["How it is mended", *(f"  {words}" for words in repair.does), ""]
    if not invocation.json:
        invocation.print_lines(lines)
    if not yes:
        if not invocation.can_ask:
            raise UsageError(
                "There is nobody to ask here. Nothing was changed.", "Add --yes: offboard doctor --repair --yes"
            )
        if not invocation.confirm("Mend it? Nothing is made, shared or deleted but the hidden ledger's rows."):
            invocation.say("Nothing was changed.")
            return False
    mend(place, repair, new_nonce())
    return True
