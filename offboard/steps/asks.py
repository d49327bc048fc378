"""What the client must do before the last working day, and by when: the timetable as an e-mail tells it."""

from __future__ import annotations

from offboard.deadline import Deadline
from offboard.emails.facts import Ask
from offboard.model import Client
from offboard.timetable import make_timetable
from offboard.world import World


def find_asks(world: World, client: Client) -> tuple[Ask, ...]:
    """Each thing with its day, the earliest first; nothing where the person sees to the accounts alone."""
    deadlines = () if "access" in client.skip else make_timetable(world, client)
    return tuple(_ask(deadline) for deadline in deadlines if deadline.ask)


def _ask(deadline: Deadline) -> Ask:
    """What is late is wanted at once: its day has passed, and moved after all."""
    if deadline.late:
        return Ask(None, deadline.ask_short)
    return Ask(deadline.day, deadline.ask_short, deadline.ask.removeprefix(deadline.ask_short).removeprefix(". "))
