"""`offboard unshare`: takes back the client's access to the folder, on the person's word."""

from __future__ import annotations

import click

from offboard.commands.as_json import report_body
from offboard.commands.output import Invocation, with_options
from offboard.commands.run_lines import run_lines
from offboard.commands.screen import ask_lines, note_lines, title_line
from offboard.commands.session import new_nonce, open_place
from offboard.commands.wrap import wrap
from offboard.engine.run import Report
from offboard.engine.run import run as run_client
from offboard.engine.together import Agreement
from offboard.errors import Exit, UsageError
from offboard.plan import Outcome, Plan
from offboard.steps.unshare import UNSHARE, find_promise
from offboard.world import Wishes, World


@click.command()
@click.argument("client")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@with_options
def unshare(invocation: Invocation, client: str, yes: bool) -> int:
    """Take back CLIENT's access to the folder: shows it, asks, does it. Nothing is deleted, nobody else is touched."""
    started = invocation.clock()

    def ask(world: World, plan: Plan) -> Agreement:
        return _ask(invocation, world, plan, yes=yes)

    place = open_place(invocation)
    with invocation.progress() as watch:
        report = run_client(place, client, Wishes(unasked=yes), new_nonce(), ask, watch, (UNSHARE,))
    failed = any(result.outcome is Outcome.FAILED or result.refused for result in report.results)
    if invocation.json:
        invocation.print_json("unshare", report_body(report), ok=not failed)
    elif report.declined:
        invocation.say("Nothing was changed.")
    elif report.results:
        invocation.print_lines(run_lines(report, invocation.marks, invocation.clock() - started))
    else:
        invocation.print_lines(_nothing_lines(report))
    return Exit.FAILED if failed else Exit.OK


def _ask(invocation: Invocation, world: World, plan: Plan, *, yes: bool) -> Agreement:
    if plan.changes and not invocation.json:
        notes = note_lines(plan.steps)[1:]
        invocation.print_lines([*ask_lines(world, plan), *([*notes, ""] if notes else [])])
    if yes or not plan.changes:
        return Agreement(go=True)
    if not invocation.can_ask:
        raise UsageError("There is nobody to ask here. Nothing was changed.", "Add --yes.")
    promise = find_promise(world, plan.client)
    told = f"{plan.client.contact} was told that it stays until {promise}. " if promise else ""
    return Agreement(go=invocation.confirm(f"{told}Take it back now?"))


def _nothing_lines(report: Report) -> list[str]:
    (step,) = report.plan.steps
    said = wrap(f"Nothing to take back: {step.why}.")
    where = f"Where it stands:  offboard status {report.plan.client.short}"
    return [*title_line(report.world, report.plan.client), "", *said, *note_lines(report.plan.steps), "", where]
