"""Events as Calendar shows them."""

from __future__ import annotations

import base64

from offboard.sandbox.calendar.conference import get_link
from offboard.sandbox.calendar.store import Event
from offboard.sandbox.calendar.times import HERE, get_zone, render_time, write_instant
from offboard.sandbox.call import Call
from offboard.sandbox.documents import Json


def render_event(call: Call, event: Event) -> Json:
    """An event as the asking person sees it in the own calendar."""
    email, content = call.bearer.email, event.content
    zone = get_zone(call.parameters.get("timeZone") or HERE)
    author: Json = {"email": event.organizer} | ({"self": True} if event.organizer == email else {})
    shown = {
        "kind": "calendar#event",
        "etag": event.etag,
        "id": event.id,
        "htmlLink": f"https://www.google.com/calendar/event?eid={_eid(event.id, email)}",
        "created": write_instant(event.created // 1000 * 1000),
        "updated": write_instant(event.updated),
        "creator": author,
        "organizer": author,
        "iCalUID": f"{event.id}@google.com",
        "eventType": "default",
    }
    shown |= content | {name: render_time(content[name], zone) for name in ("start", "end")}
    link = get_link(content.get("conferenceData"))
    shown |= {"hangoutLink": link} if link else {}
    shown |= _guests(call, content) if "attendees" in content else {}
    if event.organizer != email and "private" in content.get("extendedProperties", {}):
        shown["extendedProperties"] = {"shared": content["extendedProperties"].get("shared", {})}
    return shown


def _guests(call: Call, content: Json) -> Json:
    """Who is invited; of more than the request wants to know of, only the asking person."""
    email = call.bearer.email
    guests = [guest | ({"self": True} if guest["email"] == email else {}) for guest in content["attendees"]]
    if len(guests) <= call.parameters.get("maxAttendees", len(guests)):
        return {"attendees": guests}
    return {"attendees": [guest for guest in guests if "self" in guest], "attendeesOmitted": True}


def _eid(event_id: str, email: str) -> str:
    return base64.urlsafe_b64encode(f"{event_id} {email}".encode()).decode().rstrip("=")
