"""Google Meet: a room for an event, made once for each request."""

from __future__ import annotations

import secrets
import string

from offboard.sandbox.calendar.refusals import invalid, required
from offboard.sandbox.documents import Json

MEET = {"type": "hangoutsMeet"}
ICON = "https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png"


def hold_conference(told: Json | None, before: Json | None) -> Json | None:
    """The conference of an event that says this about it; a request that was made before makes no second one."""
    if not told or told.get("entryPoints"):
        return told or None
    request = told.get("createRequest")
    if not request:
        raise invalid("Invalid conference data.")
    if not request.get("requestId"):
        raise required("Missing conference request id.")
    if (before or {}).get("createRequest", {}).get("requestId") == request["requestId"]:
        return before
    if request.get("conferenceSolutionKey", MEET).get("type") != MEET["type"]:
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
