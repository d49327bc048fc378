"""A run for one client: who is meant, whether they still are who they were, and what is due for them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from offboard.engine.again import put_aside
from offboard.engine.identity import refuse_renamed
from offboard.engine.inside import look_inside
from offboard.engine.look import Place, look_at_tracker, look_behind, raise_general_problems, raise_problems
from offboard.engine.make import Watch
from offboard.engine.reserve import client_key
from offboard.engine.together import Agreement, Errand, run_together
from offboard.errors import UsageError
from offboard.model import Client
from offboard.plan import Plan, Result, Step, make_plan
from offboard.steps import STEPS
from offboard.world import Wishes, World

Ask = Callable[[World, Plan], Agreement]


@dataclass(frozen=True)
class Report:
    """What a run found, did, and left: `plan` as agreed to, `settled` as the next look would see it."""

    world: World
    plan: Plan
    results: tuple[Result, ...] = ()
    settled: Plan | None = None
    declined: bool = False


def find_client(world: World, text: str) -> Client:
    """The client meant by a short name, a name, or an unambiguous beginning of one; UsageError with the nearest.

    Where nobody is asked a beginning is not enough, nor where the ledger knows the very name.
    """
    wanted = " ".join(text.split()).casefold()
    exact = [client for client in world.clients if wanted in (client.short, client.name.casefold())]
    guess = wanted and not world.wishes.unasked and world.ledger.find(client_key(wanted)) is None
    begun = [c for c in world.clients if guess and (c.short.startswith(wanted) or c.name.casefold().startswith(wanted))]
    found = exact or begun
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(f"{client.short} ({client.name})" for client in found)
        raise UsageError(f"“{text}” could be {names}.", "Type the short name.")
    words = {client.short: client for client in world.clients} | {c.name.casefold(): c for c in world.clients}
    near = difflib.get_close_matches(wanted, words, 3, 0.5)
    nearest = list(dict.fromkeys(f"{words[word].short} ({words[word].name})" for word in near))
    have = ", ".join(client.short for client in world.clients) or "none yet: add a row to the Clients tab"
    hint = f"Did you mean {' or '.join(nearest)}?" if nearest else f"You have {have}."
    if len(nearest) == 1:
        hint += f" Look first:  offboard plan {words[near[0]].short}"
    raise UsageError(f"There is no client “{text}” in your tracker.", hint, world.problems)


def look(place: Place, text: str, wishes: Wishes) -> tuple[World, Client]:
    """The world as this client's plan needs it; every problem that concerns the client is raised, all at once."""
    world = look_at_tracker(place, wishes)
    raise_general_problems(world)
    client = find_client(world, text)
    raise_problems(world, client)
    refuse_renamed(world, client)
    world = look_behind(place, world, client)
    raise_problems(world, client)
    return put_aside(world, client), client


def plan(place: Place, text: str, wishes: Wishes, watch: Watch = Watch()) -> tuple[World, Plan]:  # noqa: B008  # frozen
    """What a run would do; changes nothing."""
    world, client = look(place, text, wishes)
    world = look_inside(place, world, client, make_plan(world, client, STEPS).changes, watch)
    return world, make_plan(world, client, STEPS)


def run(
    place: Place, text: str, wishes: Wishes, nonce: str, ask: Ask, watch: Watch, steps: Sequence[Step] = STEPS
) -> Report:
    """Do what is due for one client, once, however often and from wherever it is run.

    `steps`: what is planned; what is said afterwards is the whole client's state.
    """

    def look_at_one(wishes: Wishes) -> tuple[World, tuple[Client, ...]]:
        world, client = look(place, text, wishes)
        world = look_inside(place, world, client, make_plan(world, client, steps).changes, watch)
        return world, (client,)

    errand = Errand(look_at_one, steps, f"offboard run {text}", lambda world, plans: ask(world, plans[0]), STEPS)
    done = run_together(place, errand, wishes, nonce, watch)
    return Report(done.world, done.plans[0], done.results, next(iter(done.settled), None), done.declined)
