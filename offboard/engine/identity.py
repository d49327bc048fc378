"""Whose short name it is: a client that was begun must not begin again under another name, nor another under this."""

from __future__ import annotations

from offboard.engine.reserve import client_key
from offboard.errors import OffboardError
from offboard.ledger import Entry
from offboard.model import Client
from offboard.world import World


def refuse_renamed(world: World, client: Client) -> None:
    """Rule of the short name: a client that was begun and vanished must not begin again under another one."""
    known = world.ledger.find(client_key(client.short))
    if known:
        _refuse_another(world, client, known)
    if world.wishes.new or known:
        return
    for short, entry in world.vanished.items():
        if entry.value.casefold() == client.name.casefold() or entry.more.get("email") == client.email:
            raise OffboardError(
                f"“{short}” is gone from the tracker, and “{client.short}” is new, with the same name or e-mail.",
                f"Same client? Then change {client.where('short')} back to {short}: a new short name would mean a "
                f"second folder. A new offboarding? Say so: offboard run {client.short} --new",
            )


def _refuse_another(world: World, client: Client, known: Entry) -> None:
    """A short name stands for one client for ever: with another name and another address it is another client's."""
    email = known.more.get("email")
    if world.wishes.same or known.value.casefold() == client.name.casefold() or email == client.email:
        return
    raise OffboardError(
        f"“{client.short}” was {known.value} <{email}> when its folder was made. Now {client.where('short')} says "
        f"{client.name} <{client.email}>.",
        "Another client? Give it a short name of its own. The same one, with a new name and a new address? Say so: "
        f"offboard run {client.short} --same",
    )
