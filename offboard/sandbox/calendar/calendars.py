"""The calendars: everybody has one, called by its address or `primary`."""

from __future__ import annotations

from offboard.sandbox.accounts import permission_id
from offboard.sandbox.calendar.refusals import not_found
from offboard.sandbox.calendar.times import HERE
from offboard.sandbox.call import Answer, Call, answers

ELSEWHERE = ("calendar.app.created", "calendar.events.freebusy", "calendar.events.public.readonly")


def get_calendar(call: Call) -> str:
    """Whose calendar is meant: the asking person's own; nobody shares one here."""
    names = {f"https://www.googleapis.com/auth/{name}" for name in ELSEWHERE}
    if not call.bearer.scopes & call.method.scopes - names:  # these are about other calendars
        raise not_found()
    if call.parameters["calendarId"].lower() not in ("primary", call.bearer.email):
        raise not_found()
    return call.bearer.email


@answers("calendar.calendars.get")
def get(call: Call) -> Answer:
    """The asking person's calendar."""
    email = get_calendar(call)
    return {
        "kind": "calendar#calendar",
        "etag": f'"{permission_id(email)}"',
        "id": email,
        "summary": email,
        "timeZone": HERE,
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    }
