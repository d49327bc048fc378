"""Anew: what a person took back stays so, unless they name its step; then the ledger's memory of it is left aside."""

from __future__ import annotations

from dataclasses import replace

from offboard.ledger import Event, Ledger
from offboard.model import Client
from offboard.steps.folder import folder_key
from offboard.world import World

IN_THE_FOLDER = frozenset(("folder", "reports", "share"))  # a new folder is filled and shared anew


def leave_aside(world: World, client: Client) -> World:
    """The world as if what was taken back, of the steps that are wanted again, had never been made.

    The ledger keeps its version: what is reserved next is a later entry of the same key, under a new id.
    """
    entries = [e for e in world.ledger.below(f"{client.short}/") if e.made or e.event is Event.LOST]
    wanted = world.wishes.again
    gone = {entry.key for entry in entries if _step(entry.key) in wanted and not world.lives(entry.key)}
    if "folder" in wanted and folder_key(client) in gone:
        gone |= {entry.key for entry in entries if _step(entry.key) in IN_THE_FOLDER}
    if not gone:
        return world
    kept = tuple(entry for entry in world.ledger.entries if entry.key not in gone)
    present = {key: found for key, found in world.present.items() if key not in gone}
    return replace(world, ledger=Ledger(kept, world.ledger.version), present=present)


def _step(key: str) -> str:
    return key.split("/")[1]
