"""The call in the person's calendar: an event with a Meet room, made once, moved while nobody else moved it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from babel.dates import format_date, format_time

from offboard.calendar_file import CalendarEntry, digest_words
from offboard.emails.facts import Facts
from offboard.emails.mail import render_page
from offboard.emails.markdown import render_text
from offboard.model import Client
from offboard.plan import HoldCall
from offboard.steps.anew import make_anew
from offboard.steps.drafts import gather_facts
from offboard.steps.meet_link import event_key
from offboard.world import Present, World

MINUTES = 30


@dataclass(frozen=True)
class PlannedEvent:
    """What the call in the calendar needs: a change with its lines in the plan, or what is to be said of it."""

    change: HoldCall | None = None
    does: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def format_moment(moment: datetime) -> str:
    """`Fri 29 May, 15:00`."""
    day = format_date(moment, "EEE d MMM", locale="en_GB")
    return f"{day}, {format_time(moment.timetz(), 'HH:mm', locale='en_GB')}"


def describe_call(world: World, client: Client) -> CalendarEntry:
    """The call as a calendar shows it: the agenda in general first, on its eve with all that stands open."""
    assert client.call is not None
    facts = gather_facts(world, client)
    title, body = render_page(world.templates, "call", facts if is_eve(world, client) else _in_general(facts))
    uid = f"{world.tracker_id}-{client.short}-call@offboard"
    return CalendarEntry(uid, client.call, title, render_text(body).strip(), minutes=MINUTES)


def is_eve(world: World, client: Client) -> bool:
    """Whether the last working day before the call has come."""
    eve = world.eve_of_call(client)
    return eve is not None and world.today >= eve


def _in_general(facts: Facts) -> Facts:
    return replace(facts, invoices=(), accounts=(), needs_client=(), asks=(), highlights=())


def plan_event(world: World, client: Client) -> PlannedEvent:
    """Put the call into the calendar, bring it up to date, or say why it is left alone."""
    entry, present = world.ledger.find(event_key(client)), world.present.get(event_key(client))
    made = entry is not None and entry.made
    if client.call is None:
        return PlannedEvent(notes=tuple(stays_there(world, client, "the call is no longer in the tracker")))
    if client.call <= world.now:
        return PlannedEvent()
    if not made:
        return _plan_new(world, client) if world.calendar else PlannedEvent()
    return _plan_known(world, client, present) if present else PlannedEvent()


def stays_there(world: World, client: Client, why: str) -> Iterator[str]:
    """How a call that is not wanted any more is taken away; nothing where it is in no calendar."""
    present = world.present.get(event_key(client))
    if present and present.there:
        yield f"{why}, but it stays in your calendar. Delete it there:\n{present.url}"


def _plan_new(world: World, client: Client) -> PlannedEvent:
    assert client.call is not None
    when = format_moment(client.call)
    guest = f"with a Meet link and {client.contact} as guest; Google sends no mail about it"
    does = (f"put the call into your calendar: {when}", guest)
    says = f"Call put into your calendar: {when}"
    return PlannedEvent(_change(client, describe_call(world, client), says), does)


def _change(client: Client, call: CalendarEntry, says: str, *, made: bool = False) -> HoldCall:
    return HoldCall(key=event_key(client), step="call", says=says, call=call, guest=client.email, made=made)


def _plan_known(world: World, client: Client, present: Present) -> PlannedEvent:
    """It follows the tracker in what nobody changed by hand."""
    assert client.call is not None
    if not present.there:
        again = make_anew(client, "call")
        return PlannedEvent(notes=(f"you took the call out of your calendar; put it there anew: {again}",))
    call, more = describe_call(world, client), present.more
    start = datetime.fromisoformat(more["start"])
    if more["moved"] and start != client.call:
        there = format_moment(start.astimezone(client.call.tzinfo))
        said = f"you moved the call in your calendar to {there}; the tracker says {format_moment(client.call)}"
        return PlannedEvent(notes=(f"{said} ({client.where('call')}): change one of the two",))
    moves = start != client.call
    rewords = not more["reworded"] and more["words"] != digest_words(call.title, call.text)
    guest = str(more.get("guest", ""))
    does, says = [], []
    if moves:
        when = format_moment(client.call)
        does.append(f"move the call in your calendar to {when}")
        says.append(f"Call moved in your calendar: {when}")
    if guest and guest.casefold() != client.email.casefold():
        does.append(f"invite {client.email} to the call in your calendar instead of {guest}")
        says.append(f"Guest of the call in your calendar: {client.email} instead of {guest}")
    if rewords and not does:
        does.append("bring its agenda in your calendar up to date")
        says.append(f"Agenda brought up to date in your calendar: {format_moment(client.call)}")
    if not does:
        return PlannedEvent()
    return PlannedEvent(_change(client, call, "; ".join(says), made=True), (*does, "Google sends no mail about it"))
