"""What only the client can do, and by when: the timetable and what else the tracker knows, as an e-mail tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from offboard.deadline import Deadline
from offboard.emails.facts import Ask
from offboard.model import Client
from offboard.steps.share import share_key
from offboard.timetable import make_timetable
from offboard.world import World


def find_asks(world: World, client: Client) -> tuple[Ask, ...]:
    """What must be done before the last working day, the earliest first; nothing where the person sees to it alone."""
    deadlines = () if "access" in client.skip else make_timetable(world, client)
    return tuple(_ask(deadline) for deadline in deadlines if deadline.ask)


def find_everything(world: World, client: Client) -> tuple[Ask, ...]:
    """The same, with the accounts that one left too early, and an address that can open the folder."""
    stayed = tuple(replace(account, left_on=None) for account in world.accounts)
    return (*find_asks(replace(world, accounts=stayed), client), *_find_address(world, client))


def _find_address(world: World, client: Client) -> Iterator[Ask]:
    """Asked for where Google said that the present one is no account."""
    if "share" in client.skip or "folder" in client.skip:
        return
    for email in client.addresses:
        entries = [world.ledger.find(share_key(client, email, part)) for part in ("", "Reports")]
        if any(entry and not entry.made and entry.more.get("account") == "none" for entry in entries):
            yield Ask(None, f"send me a Google address that can open your folder; {email} cannot")


def _ask(deadline: Deadline) -> Ask:
    """What is late is wanted at once: its day has passed, and moved after all."""
    if deadline.late:
        return Ask(None, deadline.ask_short)
    return Ask(deadline.day, deadline.ask_short, deadline.ask.removeprefix(deadline.ask_short).removeprefix(". "))
