"""A last day that moved after the notice went out: said loudly, with everything that must be told anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from offboard.model import Client
from offboard.plan import Outcome, StepPlan, Turn
from offboard.steps.asks import find_asks
from offboard.steps.contract import long_day
from offboard.steps.folder import folder_key, folder_name
from offboard.timetable import make_timetable
from offboard.world import World


def plan_moved(world: World, client: Client, told: date, *, over: bool) -> StepPlan:
    """Waiting until the new last day is told; `over`: the hand-over is due, so no notice is written any more."""
    last = client.last_day
    assert last is not None
    first = min(told, last, *(day for day, _ in find_asks(world, replace(client, last_day=told)) if day))
    tell = f"tell {client.contact} the new last day, {long_day(last)}: the notice said {long_day(told)}"
    anew = f"offboard run {client.short} --again end-date"
    turn = Turn(tell, "", first) if over else Turn(f"{tell}. Have it written anew:", anew, first)
    why = f"moved to {long_day(last)}, after the notice said {long_day(told)}"
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
    before = {deadline.group: deadline.day for deadline in make_timetable(world, replace(client, last_day=told))}
    for deadline in () if "access" in client.skip else make_timetable(world, client):
        was = before.get(deadline.group, deadline.day)
        if deadline.ask and was != deadline.day:
            yield f"{client.contact} must {deadline.ask_short} by {long_day(deadline.day)}, not {long_day(was)}"
