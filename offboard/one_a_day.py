"""One e-mail per client and day, over all kinds: whose turn it is, and who waits until tomorrow."""

from __future__ import annotations

from collections.abc import Iterable

from offboard.model import Client
from offboard.world import World

RANKS = {"invoices": 0, "end date": 1, "call": 2, "feedback": 2, "close": 2, "nudge": 3}
"""Which step's e-mail goes first. The hand-over and the goodbye do not wait for each other: who leaves without a call
gets both on the last day, and the goodbye's turn says when to send it."""

MAILS = {
    "invoices": "the next reminder",
    "end date": "the notice",
    "call": "the hand-over",
    "feedback": "the goodbye",
    "close": "the thank-you",
    "nudge": "a nudge",
}
"""What each step's e-mail is called."""


def begun_today(world: World, client: Client) -> frozenset[str]:
    """The steps whose e-mail to this client was first written, or begun, today; by whatever command or computer."""
    today = world.today.isoformat()
    entries = world.ledger.below(f"{client.short}/")
    begun = (entry for entry in entries if entry.more.get("written") == today and entry.more.get("says") != {})
    return frozenset(entry.key.split("/")[1] for entry in begun)


def find_waiting(world: World, client: Client, new: Iterable[str]) -> frozenset[str]:
    """Those of the steps that would write a new e-mail now and wait until tomorrow.

    What was begun today has taken the day, whatever it is; else what the person wants now, or again, and that waits
    for nothing; else the first in rank.
    """
    steps = frozenset(new)
    wanted = steps & (world.wishes.now | world.wishes.again)
    taken = {RANKS[step] for step in begun_today(world, client) | wanted if step in RANKS}
    first = taken or {min((RANKS[step] for step in steps), default=0)}
    return frozenset(step for step in steps if RANKS[step] not in first) - wanted


def tell_enough(client: Client) -> str:
    """Why an e-mail waits."""
    return f"one e-mail a day is enough for {client.contact}"


def tell_tomorrow(client: Client) -> str:
    """The same, with the day until which it waits."""
    return f"tomorrow: {tell_enough(client)}"
