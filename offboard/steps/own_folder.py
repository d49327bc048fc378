"""The freelancer's own folder for a client: never shared, made when the first thing goes into it."""

from __future__ import annotations

from offboard.model import Client
from offboard.plan import MakeFolder
from offboard.steps.folder import LINK
from offboard.world import World


def own_folder_key(client: Client) -> str:
    """The ledger key of the freelancer's own folder."""
    return f"{client.short}/own/folder"


def own_folder_name(client: Client) -> str:
    """`Bloom Bakery – for me`."""
    return f"{client.name} – for me"


def find_own_folder_link(world: World, client: Client) -> str:
    """Its address as soon as its id is known; empty before that."""
    found = world.ledger.find_id(own_folder_key(client))
    return LINK.format(id=found) if found else ""


def find_own_folder_trouble(world: World, client: Client) -> str:
    """Why nothing can be put into it although it was made; empty: nothing is wrong."""
    entry = world.ledger.find(own_folder_key(client))
    gone = entry is not None and entry.made and not world.lives(own_folder_key(client))
    return f"your folder “{own_folder_name(client)}” is in Drive's bin, or gone" if gone else ""


def plan_own_folder(world: World, client: Client, step: str) -> tuple[MakeFolder, ...]:
    """The folder, where a step's document needs it and it is not made yet; what a person took back stays so."""
    key = own_folder_key(client)
    entry = world.ledger.find(key)
    if entry and entry.made:
        return ()
    name = own_folder_name(client)
    parent = str(world.parent.more.get("id", "")) if world.parent else ""
    return (MakeFolder(key=key, step=step, says=f"Folder made: {name}", name=name, parent_id=parent),)
