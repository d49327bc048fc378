"""One event: put into the calendar, looked at, changed, taken out again."""

from __future__ import annotations

import re
import secrets
from typing import Any

from offboard.sandbox.calendar.content import DEFAULT_REMINDERS, merge, notify_guests, read_told, settle
from offboard.sandbox.calendar.resource import render_event
from offboard.sandbox.calendar.store import Event, add_event, find_event, list_events, put_event
from offboard.sandbox.calendar.times import HERE, invalid, not_answered, not_found
from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.refusal import Refusal

ELSEWHERE = {
    f"https://www.googleapis.com/auth/calendar.{name}"
    for name in ("app.created", "events.freebusy", "events.public.readonly")
}  # what these scopes open are other calendars
ID = re.compile(r"[a-v0-9]{5,1024}", re.ASCII)
LETTERS = "0123456789abcdefghijklmnopqrstuv"


def get_calendar(call: Call) -> str:
    """Whose calendar is meant: the asking person's own, called by its address or `primary`; nobody shares one here."""
    named = call.parameters["calendarId"].lower()
    if not call.bearer.scopes & call.method.scopes - ELSEWHERE or named not in ("primary", call.bearer.email):
        raise not_found()
    return call.bearer.email


@answers("calendar.events.insert")
def insert(call: Call) -> Answer:
    """A new event, under the id that the body names; an id is never used twice, not even after a deletion."""
    email, told = get_calendar(call), read_told(call)
    event_id = call.body.get("id") or "".join(secrets.choice(LETTERS) for _ in range(26))
    if not ID.fullmatch(event_id):
        raise invalid("Invalid resource id value.")
    if find_event(call.state, email, event_id):
        raise Refusal(409, "The requested identifier already exists.", reason="duplicate")
    made = add_event(call.state, email, event_id, settle(email, told, None, meet=call.state.meet))
    notify_guests(call, made, None)
    return render_event(call, made)


@answers("calendar.events.get")
def get(call: Call) -> Answer:
    """An event; a deleted one too, cancelled."""
    return render_event(call, _get(call, get_calendar(call)))


@answers("calendar.events.list")
def list_all(call: Call) -> Answer:
    """Every event, in the order in which they were made; nothing is searched, sorted or cut into pages here."""
    email = get_calendar(call)
    known = {"calendarId", "maxResults", "showDeleted", "singleEvents", "maxAttendees", "fields", "prettyPrint", "alt"}
    if call.parameters.keys() - known:
        raise not_answered(f"{min(call.parameters.keys() - known)} in lists of events")
    events = list_events(call.state, email)
    shown = [event for event in events if call.parameters.get("showDeleted") or not event.cancelled]
    return {
        "kind": "calendar#events",
        "etag": f'"{max((event.updated for event in events), default=0) * 2000}"',
        "summary": email,
        "timeZone": HERE,
        "accessRole": "owner",
        "defaultReminders": DEFAULT_REMINDERS,
        "items": [render_event(call, event) for event in shown],
    }


@answers("calendar.events.update")
def update(call: Call) -> Answer:
    """Say everything about an event anew; only a conference stays that the request does not know of."""
    before, told = _get_own(call), read_told(call)
    if not call.parameters.get("conferenceDataVersion") and "conferenceData" in before.content:
        told["conferenceData"] = before.content["conferenceData"]
    return _change(call, before, told)


@answers("calendar.events.patch")
def patch(call: Call) -> Answer:
    """Say something else about an event and leave the rest."""
    before, told = _get_own(call), read_told(call)
    if (told.get("conferenceData") or {}).get("createRequest"):
        told["conferenceData"] |= dict.fromkeys(before.content.get("conferenceData", {}).keys() - {"createRequest"})
    return _change(call, before, merge(before.content, told))


@answers("calendar.events.delete")
def delete(call: Call) -> Answer:
    """Cancel an event for everybody; it stays, to be looked at, and so does its id."""
    before = _get_own(call)
    if before.cancelled:
        raise Refusal(410, "Resource has been deleted", reason="deleted")
    gone = put_event(call.state, before, before.content | {"status": "cancelled"})
    notify_guests(call, gone, before)
    return None


def _get(call: Call, email: str) -> Event:
    found = find_event(call.state, email, call.parameters["eventId"])
    if found is None:
        raise not_found()
    return found


def _get_own(call: Call) -> Event:
    """The event, for who may change it, if it is still the one that the request knows."""
    found = _get(call, get_calendar(call))
    if found.organizer != call.bearer.email:
        raise not_answered("changes of events by their guests")
    if call.headers.get("if-match", "*") not in ("*", found.etag):
        raise Refusal(
            412,
            "Precondition Failed",
            reason="conditionNotMet",
            location="If-Match",
            location_type="header",
        )
    return found


def _change(call: Call, before: Event, told: dict[str, Any]) -> Answer:
    if before.cancelled and call.body.get("status") not in ("confirmed", "tentative"):
        raise Refusal(403, "Forbidden", reason="forbidden")
    changed = put_event(call.state, before, settle(before.organizer, told, before.content, meet=call.state.meet))
    notify_guests(call, changed, before)
    return render_event(call, changed)
