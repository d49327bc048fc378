"""What the notice told the client: the last day that it was written with, remembered beside its draft."""

from __future__ import annotations

from datetime import date

from offboard.ledger import Entry, Event
from offboard.model import Client
from offboard.steps.gone import find_gone_day
from offboard.world import World

LAST_DAY = "last_day"  # what a notice's ledger entry calls it


def told_last_day(world: World, client: Client) -> date | None:
    """The last day of the newest notice that went out; None before one did, or where that was not looked at."""
    before, now = _split(world, client)
    entry, present = world.ledger.find(_key(client)), world.present.get(_key(client))
    if present is None and now:  # not looked at: what was remembered of an earlier look counts
        return _last_day(now) if entry and find_gone_day(world.ledger, entry) else None
    sent = present is not None and not present.there
    return (_last_day(now) if sent else None) or _last_day(before)


def told_before(world: World, client: Client) -> date | None:
    """The last day of the notice before this one; None where this is the first."""
    return _last_day(_split(world, client)[0])


def written_last_day(world: World, client: Client) -> date | None:
    """The last day that the notice of now was written with, sent or not; None where none is written."""
    return _last_day(_split(world, client)[1])


def _key(client: Client) -> str:
    return f"{client.short}/end date/draft"


def _split(world: World, client: Client) -> tuple[list[Entry], list[Entry]]:
    """The notice's entries: those of earlier notices, which were put aside, and those of the one that counts now."""
    entries = [entry for entry in world.ledger.entries if entry.key == _key(client)]
    asides = [number for number, entry in enumerate(entries) if entry.event is Event.ASIDE]
    cut = asides[-1] + 1 if asides else 0
    return entries[:cut], entries[cut:]


def _last_day(entries: list[Entry]) -> date | None:
    days = [str(entry.more[LAST_DAY]) for entry in entries if entry.made and entry.more.get(LAST_DAY)]
    return date.fromisoformat(days[-1]) if days else None
