"""What is in a calendar: searched, sorted, in pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from offboard.sandbox.calendar.calendars import get_calendar
from offboard.sandbox.calendar.content import DEFAULT_REMINDERS
from offboard.sandbox.calendar.refusals import empty_range, not_answered
from offboard.sandbox.calendar.resource import render_event
from offboard.sandbox.calendar.store import Event, list_events
from offboard.sandbox.calendar.times import HERE, get_moment, get_zone, read_bound, write_instant
from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.pages import make_token, read_token
from offboard.sandbox.refusal import Refusal

OF_THE_PAGE = ("pageToken", "maxResults", "fields")
MOST = 2500  # events in one page, however many are asked for


@answers("calendar.events.list")
def list_(call: Call) -> Answer:
    """One page of the events that the request asks for."""
    email, asked = get_calendar(call), call.parameters
    if asked.get("syncToken"):
        raise not_answered("incremental synchronization")
    bounds, zone = _read_bounds(call), get_zone(asked.get("timeZone") or HERE)
    events = list_events(call.state, email)
    found = _sort(call, [event for event in events if _matches(call, event) and _in_time(bounds, event)])
    binding = [email, *sorted((name, str(value)) for name, value in asked.items() if name not in OF_THE_PAGE)]
    first = read_token(binding, asked["pageToken"])[0] if asked.get("pageToken") else 0
    last = first + min(asked["maxResults"], MOST)
    changed = max((event.updated for event in events), default=0)
    answer: dict[str, Any] = {
        "kind": "calendar#events",
        "etag": f'"{changed * 2000}"',
        "summary": email,
        "updated": write_instant(changed),
        "timeZone": zone.key,
        "accessRole": "owner",
        "defaultReminders": DEFAULT_REMINDERS,
        "items": [render_event(call, event) for event in found[first:last]],
    }
    return answer | ({"nextPageToken": make_token(binding, [last])} if last < len(found) else {})


def _read_bounds(call: Call) -> dict[str, datetime]:
    names = ("timeMin", "timeMax", "updatedMin")
    bounds = {name: read_bound(call.parameters[name]) for name in names if name in call.parameters}
    if bounds.keys() >= {"timeMin", "timeMax"} and bounds["timeMin"] >= bounds["timeMax"]:
        raise empty_range()
    return bounds


def _in_time(bounds: dict[str, datetime], event: Event) -> bool:
    start, end = get_moment(event.content["start"]), get_moment(event.content["end"])
    return (
        ("timeMin" not in bounds or end > bounds["timeMin"])
        and ("timeMax" not in bounds or start < bounds["timeMax"])
        and ("updatedMin" not in bounds or event.updated >= bounds["updatedMin"].timestamp() * 1000)
    )


def _matches(call: Call, event: Event) -> bool:
    asked, content = call.parameters, event.content
    if event.cancelled and not (asked.get("showDeleted") or asked.get("updatedMin")):
        return False
    if "default" not in asked.get("eventTypes", ["default"]):
        return False
    if asked.get("iCalUID", f"{event.id}@google.com") != f"{event.id}@google.com":
        return False
    for kind in ("private", "shared"):
        said = content.get("extendedProperties", {}).get(kind, {})
        for wanted in asked.get(f"{kind}ExtendedProperty", ()):
            name, _, value = wanted.partition("=")
            if said.get(name) != value:
                return False
    return _has_words(content, asked.get("q", ""))


def _has_words(content: dict[str, Any], query: str) -> bool:
    people = " ".join(f"{guest['email']} {guest.get('displayName', '')}" for guest in content.get("attendees", ()))
    said = " ".join([*(content.get(name, "") for name in ("summary", "description", "location")), people]).casefold()
    return all(word in said for word in query.casefold().split())


def _sort(call: Call, found: list[Event]) -> list[Event]:
    order = call.parameters.get("orderBy")
    if order == "updated":
        return sorted(found, key=lambda event: event.updated)
    if order != "startTime":
        return found
    if not call.parameters.get("singleEvents"):
        message = "The requested ordering is not available for the particular query."
        raise Refusal(400, message, reason="badRequest")
    return sorted(found, key=lambda event: get_moment(event.content["start"]))
