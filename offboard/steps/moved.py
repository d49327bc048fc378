"""A last day that moved after the notice went out: said loudly, with everything that must be told anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from offboard.model import Client
from offboard.plan import Outcome, StepPlan, Turn
from offboard.steps.anew import make_anew
from offboard.steps.asks import find_asks
from offboard.steps.contract import first_week, long_day
from offboard.steps.folder import folder_key, folder_name
from offboard.world import World


def plan_moved(world: World, client: Client, told: date) -> StepPlan:
    """Waiting until the new last day is told: by hand, or by a notice that is written anew."""
    last = client.last_day
    assert last is not None
    week = first_week(world, client)
    by = min(told, last, *([week] if week else []))
    tell = f"tell {client.contact} the new last day, {long_day(last)}: the notice said {long_day(told)}"
    turn = Turn(tell, make_anew(client, "end date"), by)
    why = f"the last day moved to {long_day(last)}; the notice said {long_day(told)}"
    return StepPlan("end date", Outcome.WAITING, why, turns=(turn,), notes=tuple(_notes(world, client, told)))


def _notes(world: World, client: Client, told: date) -> Iterator[str]:
    last = client.last_day
    assert last is not None
    folder = world.ledger.find(folder_key(client))
    if folder and folder_name(client, last) != folder_name(client, told):
        present = world.present.get(folder.key)
        name = present.name if present and present.name else folder.more.get("name", "")
        yield f"the folder keeps its name, “{name}”"
    yield from _moved_asks(world, client, told)
    if client.call and client.call >= world.now:
        where = f" ({client.where('call')})" if client.where("call") else ""
        yield f"the call stays on {long_day(client.call.date())}{where}: move it, if it should follow"
    if (last.year, last.month) != (told.year, told.month):
        more = "one more" if last > told else "one less"
        yield f"another month ends it: is there {more} invoice to write?"


def _moved_asks(world: World, client: Client, told: date) -> Iterator[str]:
    """What the client must do by another day than the notice said."""
    before = {ask.text: ask.day for ask in find_asks(world, replace(client, last_day=told))}
    for ask in find_asks(world, client):
        was = before.get(ask.text, ask.day)
        if was != ask.day:
            when = f"by {long_day(ask.day)}" if ask.day else "at once"
            yield f"{client.contact} must {ask.text}: {when}{f', not by {long_day(was)}' if was else ''}"
