"""The call in the calendar is put there, or brought up to date; and how it is found now."""

from __future__ import annotations

from typing import Any

from offboard.ledger import Entry
from offboard.plan import HoldCall, Outcome, Result
from offboard.steps.event import format_moment
from offboard.workspace.calendar import Calendar, CalendarEvent
from offboard.world import Present


def hold_call(calendar: Calendar, change: HoldCall, id: str) -> Result:
    """What became of it: `id` is the event's."""
    event = calendar.hold(id, change.key, change.call, change.guest, made=change.made)
    if event is None or not event.there:
        says = "The call was taken out of your calendar by hand before that was written down: it stays so"
        return Result(change, Outcome.CHANGED, says, id)
    says = change.says
    if event.roomless and not change.made:
        says += ", without a Meet link: your account has no Google Meet"
    if event.start != change.starts:
        there = format_moment(event.start.astimezone(change.starts.tzinfo))
        says = f"The call was moved by hand in your calendar, to {there}: it stays there"
    return Result(change, Outcome.CHANGED, says, id, event.url, _more(event))


def look_at_call(calendar: Calendar, entry: Entry) -> Present:
    """The event now: where it is, and what of it a person changed."""
    event = calendar.find_event(entry.value)
    if event is None or not event.there:
        return Present(there=False)
    return Present(there=True, url=event.url, more=_more(event))


def _more(event: CalendarEvent) -> dict[str, Any]:
    return {
        "start": event.start.isoformat(),
        "moved": event.moved,
        "words": event.words,
        "reworded": event.reworded,
        "meet": event.meet,
        "roomless": event.roomless,
        "guest": event.guest,
    }
