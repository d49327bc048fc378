"""Events as Calendar shows them, and Google Meet: a room for an event, made once for each request."""

from __future__ import annotations

import base64
import secrets
import string

from offboard.sandbox.calendar.store import Event
from offboard.sandbox.calendar.times import HERE, get_zone, invalid, render_time, required, write_instant
from offboard.sandbox.call import Call
from offboard.sandbox.documents import Json

MEET = {"type": "hangoutsMeet"}
ICON = "https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png"


def hold_conference(told: Json | None, before: Json | None, *, meet: bool) -> Json | None:
    """The conference of an event that says this about it; a request that was made before makes no second one.

    Without `meet` there is no kind of room that could be asked for.
    """
    if not told or told.get("entryPoints"):
        return told or None
    request = told.get("createRequest")
    if not request:
        raise invalid("Invalid conference data.")
    if not request.get("requestId"):
        raise required("Missing conference request id.")
    if (before or {}).get("createRequest", {}).get("requestId") == request["requestId"]:
        return before
    if not meet or request.get("conferenceSolutionKey", MEET).get("type") != MEET["type"]:
        raise invalid("Invalid conference type value.")
    return _make_meeting(request["requestId"])


def get_link(conference: Json | None) -> str | None:
    """Where one joins by video."""
    points = (conference or {}).get("entryPoints", ())
    return next((point["uri"] for point in points if point.get("entryPointType") == "video" and "uri" in point), None)


def _make_meeting(request_id: str) -> Json:
    code = "-".join("".join(secrets.choice(string.ascii_lowercase) for _ in range(length)) for length in (3, 4, 3))
    address = f"meet.google.com/{code}"
    return {
        "createRequest": {
            "requestId": request_id,
            "conferenceSolutionKey": MEET,
            "status": {"statusCode": "success"},
        },
        "entryPoints": [{"entryPointType": "video", "uri": f"https://{address}", "label": address}],
        "conferenceSolution": {"key": MEET, "name": "Google Meet", "iconUri": ICON},
        "conferenceId": code,
    }


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
