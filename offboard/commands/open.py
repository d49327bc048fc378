"""`offboard open`: the tracker, a client's folder or the drafts, in the browser."""

from __future__ import annotations

import click

from offboard.commands.output import Invocation, with_options
from offboard.commands.session import open_place
from offboard.engine.look import look_at_tracker
from offboard.engine.run import find_client
from offboard.errors import Exit, OffboardError
from offboard.steps.drafts import DRAFTS
from offboard.steps.folder import find_folder_link
from offboard.world import World


@click.command(name="open")
@click.argument("what", default="tracker")
@click.option("--link", is_flag=True, help="Print the address instead of opening it.")
@with_options
def open_(invocation: Invocation, what: str, link: bool) -> int:
    """Open the tracker, your drafts, or a client's folder: WHAT is `tracker`, `drafts` or a client."""
    address = DRAFTS if what == "drafts" else _find_address(look_at_tracker(open_place(invocation)), what)
    if invocation.json:
        invocation.print_json("open", {"link": address})
    elif link or not invocation.can_ask or click.launch(address):
        invocation.print_lines([address])
    return Exit.OK


def _find_address(world: World, what: str) -> str:
    if what == "tracker":
        return world.tracker_url
    client = find_client(world, what)
    found = find_folder_link(world, client)
    if not found:
        raise OffboardError(f"{client.name} has no folder yet.", f"Make it: offboard run {client.short}")
    return found
