"""What was found in the files before they are shared: whose turn it is, what was let pass, and how that is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from offboard.ledger import Ledger
from offboard.model import Client
from offboard.plan import Turn
from offboard.scan.inside import Found
from offboard.world import World

SHOWN = 12  # findings named at once: who has more begins with these
FIRST = 3  # names told of the files that were not looked into


def allow_key(client: Client, id: str) -> str:
    """The ledger key under which a person let one finding pass."""
    return f"{client.short}|allow|{id}"


def memory_key(client: Client) -> str:
    """The ledger key of what was looked into already."""
    return f"{client.short}|inside"


def is_open(ledger: Ledger, short: str) -> bool:
    """Whether somebody was let into the folder, or a part of it: what is put there from now on is seen at once."""
    return any(entry.made for entry in ledger.below(f"{short}/share/"))


def find_held(world: World, client: Client) -> tuple[Found, ...]:
    """The findings that nobody has let pass, for good or in this run: while there is one nothing is shared."""
    return tuple(found for found in _found(world) if not _known(world, client, found) and not _wished(world, found))


def newly_allowed(world: World, client: Client) -> tuple[Found, ...]:
    """The findings that this run lets pass and that the ledger does not know yet."""
    return tuple(found for found in _found(world) if _wished(world, found) and not _known(world, client, found))


def _found(world: World) -> tuple[Found, ...]:
    return world.inside.found if world.inside else ()


def _wished(world: World, found: Found) -> bool:
    return found.finding.id in world.wishes.allow


def _known(world: World, client: Client, found: Found) -> bool:
    return world.ledger.find(allow_key(client, found.finding.id)) is not None


def held_why(held: tuple[Found, ...]) -> str:
    """Why nothing is shared."""
    return f"not shared: {held_count(held)}"


def held_count(held: tuple[Found, ...]) -> str:
    """`1 thing in the files may not be for the client`."""
    count = "1 thing" if len(held) == 1 else f"{len(held)} things"
    return f"{count} in the files may not be for the client"


def held_turns(client: Client, held: tuple[Found, ...], command: str = "share") -> tuple[Turn, ...]:
    """Each finding with the way to let it pass."""
    way = f"offboard {command} {client.short} --allow"
    turns = [Turn(str(found), f"{way} {found.finding.id}") for found in held[:SHOWN]]
    if len(held) > SHOWN:
        rest = f"{len(held) - SHOWN} more like these, in other places; they are shown once these are settled"
        turns.append(Turn(rest, f"offboard plan {client.short}"))
    return tuple(turns)


def inside_notes(world: World, client: Client) -> Iterator[str]:
    """What to do with findings, what was just let pass, and which files were not looked into."""
    if find_held(world, client):
        yield (
            "nothing is shared while these are in the files. Take them out (of an original that is copied already: "
            "then run with --refresh), or move the file out of the folder, and run again; or let one pass with the "
            f"command beside it, if {client.contact} may see it"
        )
    for found in newly_allowed(world, client):
        yield f"let pass, as you said: {found}"
    unread = world.inside.unread if world.inside else ()
    if unread:
        names = [name for name, _ in unread]
        more = f" and {len(names) - FIRST} more" if len(names) > FIRST else ""
        whys = ", ".join(why for why, _ in Counter(why for _, why in unread).most_common(FIRST))
        yield f"not looked into: {', '.join(names[:FIRST])}{more} ({whys}); please do so yourself"
