"""What a request says about an event and its guests, joined with what was said before; and the mails to guests."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from offboard.sandbox.accounts import find_account
from offboard.sandbox.calendar.resource import get_link, hold_conference
from offboard.sandbox.calendar.store import Event
from offboard.sandbox.calendar.times import get_moment, invalid, not_answered, read_span, required
from offboard.sandbox.call import Call
from offboard.sandbox.documents import Json, schemas
from offboard.sandbox.gmail.compose import stamp
from offboard.sandbox.gmail.mailbox import add_mail
from offboard.sandbox.parameters import read_body
from offboard.sandbox.refusal import Refusal

ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
ANSWERS = ("needsAction", "declined", "tentative", "accepted")
ONLY_GOOGLE_SAYS = {"self", "organizer", "id", "asyncOperation"}
TOLD = {"summary", "description", "location", "colorId", "status", "transparency", "visibility", "sequence"}
BUILT = {"start", "end", "attendees", "conferenceData", "extendedProperties", "reminders", "source"}
FLAGS = {"anyoneCanAddSelf", "guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests"}
WRITABLE = TOLD | BUILT | FLAGS  # everything else of an event is Google's to say, and passed over
ABSENT = ("recurrence", "attachments")  # what the sandbox does not have
DEFAULTS = {
    "anyoneCanAddSelf": False,
    "guestsCanInviteOthers": True,
    "guestsCanModify": False,
    "guestsCanSeeOtherGuests": True,
    "transparency": "opaque",
    "visibility": "default",
}  # what Calendar does not show
ONE_OF = {
    "status": ("confirmed", "tentative", "cancelled"),
    "transparency": ("opaque", "transparent"),
    "visibility": ("default", "public", "private", "confidential"),
    "colorId": tuple(map(str, range(1, 12))),
}
DEFAULT_REMINDERS = [{"method": "popup", "minutes": 10}]
MOST_MINUTES = 4 * 7 * 24 * 60


def read_guests(told: list[Json], organizer: str) -> list[Json]:
    """The guests with what was said of each, everybody once."""
    guests: dict[str, Json] = {}
    for guest in told:
        if not guest.get("email"):
            raise required("Missing attendee email.")
        email = guest["email"].strip().lower()
        if not ADDRESS.fullmatch(email):
            raise invalid("Invalid attendee email.")
        if guest.get("responseStatus", ANSWERS[0]) not in ANSWERS:
            raise invalid("Invalid attendee response status.")
        said = {name: value for name, value in guest.items() if name not in ONLY_GOOGLE_SAYS and value is not None}
        guests[email] = {"responseStatus": ANSWERS[0]} | said | {"email": email}
        if email == organizer:
            guests[email]["organizer"] = True
    return list(guests.values())


def notify_guests(call: Call, event: Event, before: Event | None) -> None:
    """Tell the guests by mail, where the request asks for it; only those with an account here see their mail."""
    if call.parameters.get("sendUpdates", "all" if call.parameters.get("sendNotifications") else "none") != "all":
        return
    invited, known = _guests(event), _guests(before) if before else set()
    gone = invited | known if event.cancelled else known - invited
    for email in sorted(invited | known):
        kind = "Canceled event" if email in gone else "Updated invitation" if email in known else "Invitation"
        account = find_account(call.state, email)
        if account and (email in gone or not before or event.content != before.content):
            raw = stamp(call.state, _write_notice(event, kind, account.email), event.organizer, sent=True)
            add_mail(call.state, account.email, raw, ("UNREAD", "INBOX"))


def _guests(event: Event) -> set[str]:
    return {guest["email"] for guest in event.content.get("attendees", ())} - {event.organizer}


def _write_notice(event: Event, kind: str, recipient: str) -> bytes:
    start = event.content["start"]
    when = f"{get_moment(start):%a %b %-d, %Y}" + (f" {get_moment(start):%H:%M}" if "dateTime" in start else "")
    title = " ".join(event.content.get("summary", "(No title)").split())
    mail = EmailMessage(policy=SMTP.clone(max_line_length=998))
    mail["Reply-To"] = event.organizer
    mail["Sender"] = "Google Calendar <calendar-notification@google.com>"
    mail["To"] = recipient
    mail["Subject"] = f"{kind}: {title} @ {when} ({recipient})"
    lines = [title, when, event.content.get("location"), get_link(event.content.get("conferenceData"))]
    mail.set_content("\n".join(line for line in (*lines, event.content.get("description")) if line))
    return mail.as_bytes()


def read_told(call: Call) -> Json:
    """What the body says of what people may say; null, which takes something back in a patch, is kept."""
    told = read_body(call.body, "Event", "calendar")
    for name in ABSENT:
        if told.get(name) and (name != "attachments" or call.parameters.get("supportsAttachments")):
            raise not_answered(f"{name} of events")
    if told.get("eventType", "default") != "default":
        raise not_answered(f"events of the type {told['eventType']}")
    if not call.parameters.get("conferenceDataVersion"):
        told.pop("conferenceData", None)
    cleared = {name for name, value in call.body.items() if value is None}
    known = schemas("calendar")["Event"]["properties"]
    kept = {name: _known(known[name], value) for name, value in told.items() if name in WRITABLE}
    return kept | dict.fromkeys(cleared & WRITABLE)


def _known(described: Json, value: Any) -> Any:
    """The part of a value that its schema has."""
    described = schemas("calendar")[described["$ref"]] if "$ref" in described else described
    if isinstance(value, list):
        return [_known(described["items"], item) for item in value if item is not None]
    if not isinstance(value, dict) or "properties" not in described:
        return value
    return {
        name: _known(described["properties"][name], v) for name, v in value.items() if name in described["properties"]
    }


def merge(before: Json, told: Json) -> Json:
    """What was said before with what is said now: objects are joined, null takes away, all else is replaced."""
    joined = dict(before)
    for name, value in told.items():
        if value is None:
            joined.pop(name, None)
        elif isinstance(value, dict):
            joined[name] = merge(joined.get(name) or {}, value)
        else:
            joined[name] = value
    return joined


def settle(organizer: str, told: Json, before: Json | None, *, meet: bool) -> Json:
    """The content of an event of which this is said, after it was like that before (None: it is new)."""
    was = before or {}
    content = merge({}, told)
    content["start"], content["end"] = read_span(content)
    content["status"] = content.get("status", "confirmed")
    for name, allowed in ONE_OF.items():
        if content.get(name, allowed[0]) not in allowed:
            raise invalid(f"Invalid value for {name}: {content[name]}")
    content["reminders"] = _read_reminders(content.get("reminders", {"useDefault": True}))
    content["attendees"] = read_guests(content.get("attendees", []), organizer)
    content["conferenceData"] = hold_conference(content.get("conferenceData"), was.get("conferenceData"), meet=meet)
    content["sequence"] = _read_sequence(content, was)
    if "source" in content and not re.match(r"https?://", content["source"].get("url", "")):
        raise invalid("Invalid source URL.")
    return {
        name: value for name, value in content.items() if value not in (None, "", []) and value != DEFAULTS.get(name)
    }


def _read_sequence(content: Json, was: Json) -> int:
    """Goes up with every change of the time; a body that knows an older one is refused."""
    current = int(was.get("sequence", 0))
    told = content.get("sequence", current)
    if told < current:
        message = (
            "Invalid sequence value. The specified sequence number is below the current sequence number of the "
            "resource. Re-fetch the resource and use its sequence number on the following request."
        )
        raise invalid(message)
    moved = bool(was) and any(content[name] != was[name] for name in ("start", "end"))
    return max(int(told), current + moved)


def _read_reminders(told: Json) -> Json:
    overrides = told.get("overrides", [])
    if told.get("useDefault") and overrides:
        message = "Cannot specify both default reminders and overrides at the same time."
        raise Refusal(400, message, reason="cannotUseDefaultRemindersAndSpecifyOverride", domain="calendar")
    for reminder in overrides:
        if reminder.keys() < {"method", "minutes"}:
            raise required("Missing reminder method or minutes.")
        if reminder["method"] not in ("email", "popup") or not 0 <= reminder["minutes"] <= MOST_MINUTES:
            raise invalid("Invalid reminder.")
    return {"useDefault": bool(told.get("useDefault", False))} | ({"overrides": overrides} if overrides else {})
