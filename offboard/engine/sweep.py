"""Sweep: empty drafts that a run began and never recorded are said in the ledger, and then taken away."""

from __future__ import annotations

from datetime import timedelta

from offboard.engine.look import Place
from offboard.errors import MissingError
from offboard.ledger import Entry, Event, Ledger
from offboard.tracker.fence import LogLine, append
from offboard.workspace.sheets import OvertakenError
from offboard.world import World

OLD = timedelta(days=1)  # by then no reply to its making is awaited any more
SAYS = "An empty draft is taken away: an earlier run was cut off before it could write it"


def sweeping_key(id: str) -> str:
    """The ledger key under which it stands that a draft is swept: from then on nobody fills it."""
    return f"sweeping|{id}"


def sweep(place: Place, world: World, ledger: Ledger, nonce: str) -> None:
    """Take away shells that are a day old and that no row names; one that is no longer empty is left alone.

    Whoever recorded one meanwhile was first: then the append is refused, and another run sees to the rest.
    """
    named = {entry.value for entry in ledger.entries if entry.key != sweeping_key(entry.value)}
    strays = [shell for shell in world.shells if shell.id not in named and world.now - shell.since > OLD]
    unsaid = [shell for shell in strays if ledger.find(sweeping_key(shell.id)) is None]
    entries = [Entry(sweeping_key(shell.id), shell.id, Event.SAID) for shell in unsaid]
    whose = [shell.key.split("/") for shell in unsaid]
    lines = [LogLine(client, step, "done", SAYS) for client, step, *_ in whose]
    if unsaid:
        now = place.clock(world.reading.timezone)
        try:
            append(place.workspace.sheets, world.tracker_id, ledger, nonce, now, entries, lines, world.sheet_ids)
        except OvertakenError:
            return
    for shell in strays:
        try:
            place.workspace.gmail.delete_shell(shell.id)
        except MissingError:
            continue
