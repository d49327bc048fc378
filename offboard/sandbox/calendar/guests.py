"""The guests of an event, and the mails that Google sends them."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP

from offboard.sandbox.accounts import find_account
from offboard.sandbox.calendar.resource import get_link
from offboard.sandbox.calendar.store import Event
from offboard.sandbox.calendar.times import get_moment, invalid, required
from offboard.sandbox.call import Call
from offboard.sandbox.documents import Json
from offboard.sandbox.gmail.compose import stamp
from offboard.sandbox.gmail.mailbox import add_mail

ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
ANSWERS = ("needsAction", "declined", "tentative", "accepted")
ONLY_GOOGLE_SAYS = {"self", "organizer", "id", "asyncOperation"}


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
