"""Anew: what a person took back stays so, unless they name its step; then its keys are put aside in the ledger."""

from __future__ import annotations

from dataclasses import replace

from offboard.ledger import Entry, Event
from offboard.model import Client
from offboard.steps.documents import document_key
from offboard.steps.drafts import is_draft_key
from offboard.steps.folder import folder_key
from offboard.steps.gone import find_gone_day
from offboard.steps.own_folder import own_folder_key
from offboard.steps.series import is_followed
from offboard.world import World

IN_THE_FOLDER = frozenset(("folder", "reports", "share"))  # a new folder is filled and shared anew
UNMADE = (Event.LOST, Event.REFUSED, Event.TAKEN)


def put_aside(world: World, client: Client) -> World:
    """The world in which what was taken back, of the steps that are wanted again, stands for nothing any more.

    The ledger keeps its version: the entries are written with what is reserved next, in the same append.
    """
    wanted = world.wishes.again
    entries = world.ledger.below(f"{client.short}/") if wanted else ()
    gone = {entry.key for entry in entries if _wanted(world, client, entry) and _gone(world, entry)}
    gone -= {key for key in gone if is_followed(world.ledger, key)}  # of a series only the last is written anew
    if folder_key(client) in gone:
        inside = document_key(client, "close")
        gone |= {entry.key for entry in entries if _step(entry.key) in IN_THE_FOLDER or entry.key == inside}
    if not gone:
        return world
    aside = tuple(Entry(key, "", Event.ASIDE) for key in sorted(gone))
    present = {key: found for key, found in world.present.items() if key not in gone}
    ledger = world.ledger.followed_by(aside, world.ledger.version)
    return replace(world, ledger=ledger, present=present, aside=(*world.aside, *aside))


def _wanted(world: World, client: Client, entry: Entry) -> bool:
    """Whether it belongs to a step that is wanted again; the freelancer's own folder belongs to all that lie in it."""
    return _step(entry.key) in world.wishes.again or entry.key == own_folder_key(client)


def _gone(world: World, entry: Entry) -> bool:
    if find_gone_day(world.ledger, entry):
        return True
    if is_draft_key(entry.key) and entry.key in world.present:
        return not world.present[entry.key].there
    return entry.event in UNMADE or (entry.made and not world.lives(entry.key))


def _step(key: str) -> str:
    return key.split("/")[1]
