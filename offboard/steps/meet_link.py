"""The call's event in the calendar: its key, whether one comes, and the link of its Meet room."""

from __future__ import annotations

from offboard.model import Client
from offboard.steps.folder import LINK_LATER
from offboard.world import World


def event_key(client: Client) -> str:
    """The ledger key of the call in the calendar."""
    return f"{client.short}/call/event"


def is_event_coming(world: World, client: Client) -> bool:
    """Whether this run puts the call into the calendar: it may, the call is still to come, and it never did."""
    if not world.calendar or client.call is None or client.call <= world.now or "call" in client.skip:
        return False
    entry = world.ledger.find(event_key(client))
    return entry is None or not entry.made


def is_in_calendar(world: World, client: Client) -> bool:
    """Whether the call was put into the calendar, and nobody is known to have taken it out."""
    return world.lives(event_key(client))


def tell_roomless(world: World, client: Client) -> str:
    """That the call in the calendar has no Meet room; nothing where it has one."""
    present = world.present.get(event_key(client))
    return ", without a Meet link: your account has no Google Meet" if present and present.more.get("roomless") else ""


def find_meet_link(world: World, client: Client) -> str:
    """Where the call takes place; words in its place while the run that makes it is still to come; empty: nowhere."""
    entry, present = world.ledger.find(event_key(client)), world.present.get(event_key(client))
    if entry and entry.made:
        known = present.more if present else entry.more
        return "" if present and not present.there else str(known.get("meet", ""))
    return LINK_LATER if is_event_coming(world, client) else ""
