"""What the client must do before the last working day, and by when: the timetable as an e-mail tells it."""

from __future__ import annotations

from datetime import date

from offboard.model import Client
from offboard.timetable import make_timetable
from offboard.world import World


def find_asks(world: World, client: Client) -> tuple[tuple[date | None, str], ...]:
    """Each thing with its day, the earliest first; without a day, and why it cannot move, where it is late."""
    deadlines = () if "access" in client.skip else make_timetable(world, client)
    return tuple((None, d.ask_short) if d.late else (d.day, d.ask) for d in deadlines if d.ask)
