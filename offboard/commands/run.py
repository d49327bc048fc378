"""`offboard run`: do what is due for a client, after asking; and the same for one step alone."""

from __future__ import annotations

from dataclasses import replace

import click

from offboard.commands.as_json import report_body
from offboard.commands.output import Invocation, with_options
from offboard.commands.run_lines import run_lines
from offboard.commands.screen import ask_lines, not_shared_lines, question
from offboard.commands.session import new_nonce, open_place
from offboard.commands.wishes import with_wishes
from offboard.engine.run import Report
from offboard.engine.run import run as run_client
from offboard.engine.together import Agreement
from offboard.errors import Exit, UsageError
from offboard.plan import Outcome, Plan, Share
from offboard.world import Wishes, World


@click.command()
@click.argument("client", required=False)
@click.option("--all", "everybody", is_flag=True, help="Every client with a last day, side by side.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.option("--exit-code", is_flag=True, help="Exit with 4 while something waits for you.")
@with_options
@with_wishes
def run(
    invocation: Invocation,
    client: str | None,
    wishes: Wishes,
    everybody: bool,
    yes: bool,
    exit_code: bool,
) -> int:
    """Do what is due for CLIENT: shows it, asks, does it, and writes it into the tracker's Log."""
    if everybody and client is None:
        from offboard.commands.run_all import run_everybody  # it asks and tells as this command does

        return run_everybody(invocation, wishes, yes=yes, exit_code=exit_code)
    if client is None or everybody:
        raise UsageError("Whom? Name one client, or say --all.", "Like: offboard run bloom, or: offboard run --all")
    return run_with_wishes(invocation, client, wishes, yes=yes, exit_code=exit_code)


def run_with_wishes(invocation: Invocation, client: str, wishes: Wishes, *, yes: bool, exit_code: bool) -> int:
    """One run from the first look to the last line of the screen, and its exit code."""
    started = invocation.clock()

    def ask(world: World, plan: Plan) -> Agreement:
        return ask_about(invocation, world, plan, yes=yes)

    place = open_place(invocation)
    wishes = replace(wishes, unasked=yes)
    with invocation.progress() as watch:
        report = run_client(place, client, wishes, new_nonce(), ask, watch)
    if invocation.json:
        invocation.print_json("run", report_body(report), ok=not has_failed(report))
    elif report.declined:
        invocation.say("Nothing was made.")
    else:
        invocation.print_lines(run_lines(report, invocation.marks, invocation.clock() - started))
    if has_failed(report):
        return Exit.FAILED
    waiting = report.settled is not None and report.settled.turns
    return Exit.WAITING if exit_code and waiting else Exit.OK


def has_failed(report: Report) -> bool:
    """Whether anything failed, or was refused by Google."""
    return any(result.outcome is Outcome.FAILED or result.refused for result in report.results)


def ask_about(invocation: Invocation, world: World, plan: Plan, *, yes: bool) -> Agreement:
    """Show the plan, and ask for it; for a share once more. UsageError where nobody is there to ask."""
    if not invocation.json:
        invocation.print_lines(ask_lines(world, plan))
    if yes:
        return Agreement(go=True)
    if not invocation.can_ask:
        raise UsageError("There is nobody to ask here. Nothing was made.", "Look with `offboard plan`, then add --yes.")
    if not invocation.confirm(question(plan)):
        return Agreement(go=False)
    who = " and ".join(change.email for change in plan.changes if isinstance(change, Share))
    share = not who or invocation.confirm(f"Share now? {who} can open the folder from that moment on.")
    invocation.say("" if share else "\n".join(["", *not_shared_lines(plan), ""]))
    return Agreement(go=True, share=share)
