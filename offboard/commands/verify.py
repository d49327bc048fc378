"""`offboard verify`: is what was made for a client really there, whole, and open to the right people?"""

from __future__ import annotations

import click

from offboard.commands.checks import show_checks
from offboard.commands.output import Invocation, with_options
from offboard.commands.screen import title_line
from offboard.commands.session import open_place
from offboard.engine.verify import verify as verify_client
from offboard.errors import Exit


@click.command()
@click.argument("client")
@with_options
def verify(invocation: Invocation, client: str) -> int:
    """Look at all that was made for CLIENT, by its id: files, bytes, who can open it, drafts. Changes nothing."""
    world, found, checks = verify_client(open_place(invocation), client)
    title = [*title_line(world, found), ""]
    if not checks and not invocation.json:
        invocation.print_lines([*title, f"Nothing was made yet. See what would be:  offboard plan {found.short}"])
        return Exit.OK
    return show_checks(invocation, "verify", checks, title, client=found.short)
