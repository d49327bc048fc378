"""`offboard plan`: what run would do for a client; changes nothing."""

from __future__ import annotations

import click

from offboard.commands.as_json import plan_body
from offboard.commands.invoices import show_plan
from offboard.commands.mail_lines import mail_lines
from offboard.commands.output import Invocation, with_options
from offboard.commands.screen import plan_lines
from offboard.commands.session import open_place
from offboard.commands.wishes import with_wishes
from offboard.engine.run import plan as plan_client
from offboard.errors import Exit, UsageError
from offboard.world import Wishes


@click.command()
@click.argument("client", required=False)
@click.option("--invoices", is_flag=True, help="What `offboard invoices` would do, for all clients or for CLIENT.")
@click.option("--mails", is_flag=True, help="Show the words of each e-mail.")
@click.option("--exit-code", is_flag=True, help="Exit with 4 while something waits for you.")
@with_options
@with_wishes
def plan(
    invocation: Invocation,
    client: str | None,
    wishes: Wishes,
    invoices: bool,
    mails: bool,
    exit_code: bool,
) -> int:
    """What `run` would do for CLIENT, with every name and the words of each e-mail. Changes nothing."""
    if invoices:
        return show_plan(invocation, client, mails=mails, exit_code=exit_code)
    if client is None:
        raise UsageError("Whose plan? Name the client.", "Like: offboard plan bloom. See them all: offboard status")
    with invocation.progress() as watch:
        world, planned = plan_client(open_place(invocation), client, wishes, watch)
    if invocation.json:
        invocation.print_json("plan", plan_body(world, planned))
    else:
        invocation.print_lines(mail_lines(planned) if mails else plan_lines(world, planned))
    return Exit.WAITING if exit_code and planned.turns else Exit.OK
