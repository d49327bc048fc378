"""The reminders of all clients, or of one: the tracker in one read, their drafts in one list, all in one go."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from offboard.engine.again import put_aside
from offboard.engine.identity import refuse_renamed
from offboard.engine.look import SIDE_BY_SIDE, Place, find_my_name, look_at_tracker, raise_all, raise_problems
from offboard.engine.mailbox import look_at_drafts, look_for_shells
from offboard.engine.make import Watch
from offboard.engine.run import find_client
from offboard.engine.together import Errand, Plans, Tally, run_together
from offboard.errors import OffboardError, Problem
from offboard.model import Client
from offboard.plan import make_plan
from offboard.steps.invoices import REMINDERS
from offboard.steps.series import list_waiting
from offboard.world import Wishes, World

Seen = tuple[World, tuple[Client, ...]]


def plan_reminders(place: Place, text: str, wishes: Wishes) -> tuple[World, Plans]:
    """What there is to write today, for the client meant or, with an empty text, for everybody; changes nothing."""
    world, clients = look_at_invoices(place, text, wishes)
    return world, tuple(make_plan(world, client, (REMINDERS,)) for client in clients)


def run_reminders(place: Place, text: str, wishes: Wishes, nonce: str, watch: Watch) -> Tally:
    """Write the reminders that are due and look after those that wait; nobody is asked, for nothing is sent."""
    errand = Errand(
        lambda wishes: look_at_invoices(place, text, wishes), (REMINDERS,), f"offboard invoices {text}".strip()
    )
    return run_together(place, errand, wishes, nonce, watch)


def look_at_invoices(place: Place, text: str, wishes: Wishes) -> Seen:
    """The world as reminders need it, and the clients whom they may concern and whose rows can be read.

    What keeps one client's reminders back is a problem of this client: the others' are written all the same.
    """
    world = look_at_tracker(place, wishes)
    # a row of which nobody knows whose it is keeps no known client's reminder back
    raise_all([problem for problem in world.problems if not problem.client and problem not in world.strays])
    if text:
        client = find_client(world, text)
        raise_problems(world, client)
        refuse_renamed(world, client)
        clients: tuple[Client, ...] = (client,)
    else:
        world = _find_renamed(world)
        unsound = {problem.client for problem in world.problems}
        billed = {invoice.client for invoice in world.invoices}
        clients = tuple(
            client
            for client in world.clients
            if client.short not in unsound
            if client.short in billed or world.ledger.below(f"{client.short}/invoices/")
        )
    world = _look_at_mailbox(place, world, clients)
    for client in clients:
        world = put_aside(world, client)
    return world, clients


def _find_renamed(world: World) -> World:
    """Clients who may be somebody else by now are told as problems of their own."""
    found = []
    for client in world.clients:
        try:
            refuse_renamed(world, client)
        except OffboardError as error:
            found.append(Problem(client.where("short"), error.message, error.hint, client.short))
    return replace(world, problems=(*world.problems, *found))


def _look_at_mailbox(place: Place, world: World, clients: tuple[Client, ...]) -> World:
    gmail = place.workspace.gmail
    waiting = [
        entry
        for client in clients
        for entry in list_waiting(world.ledger, world.ledger.below(f"{client.short}/invoices/"))
    ]
    with ThreadPoolExecutor(SIDE_BY_SIDE, "look") as pool:
        shells = pool.submit(look_for_shells, gmail, f"{world.tracker_id}:")
        name = pool.submit(find_my_name, place, world)
        present = look_at_drafts(gmail, waiting, pool)
        return replace(world, present=present, shells=shells.result(), my_name=name.result())
