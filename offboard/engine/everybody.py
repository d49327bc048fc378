"""Everybody: the tracker read once, then every client who leaves looked at side by side. Nothing is written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from offboard.engine.look import Place, look_at_tracker, look_behind
from offboard.model import Client
from offboard.plan import Plan, make_plan
from offboard.steps import STEPS
from offboard.world import Wishes, World

CLIENTS_AT_ONCE = 4  # each look is several requests at a time already


@dataclass(frozen=True)
class Everybody:
    """The tracker, and what is due for each client who leaves and whose rows can be read."""

    world: World
    plans: tuple[Plan, ...]


def plan_everybody(place: Place, wishes: Wishes = Wishes()) -> Everybody:  # noqa: B008  # frozen
    """What a run would do for each; one client's unreadable cells keep only that client's plan away."""
    world = look_at_tracker(place, wishes)
    unreadable = {problem.client for problem in world.problems}
    sound = [client for client in world.clients if client.leaving and not {client.short, ""} & unreadable]

    def plan(client: Client) -> Plan:
        return make_plan(look_behind(place, world, client), client, STEPS)

    with ThreadPoolExecutor(CLIENTS_AT_ONCE, "clients") as pool:
        return Everybody(world, tuple(pool.map(plan, sound)))
