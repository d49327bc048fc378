"""Google's calendar: one event for a call, made under an id of ours, changed only where nobody else changed it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from offboard.calendar_file import CalendarEntry, digest_words
from offboard.errors import LostReplyError, MissingError, NoMeetError, RefusedError, TakenError
from offboard.workspace.google import Google, Repeat

MINE = "primary"  # the signed-in person's own calendar
QUIET = "none"  # whom Google tells of a change by mail
KEY, START, WORDS, GUEST = "offboardKey", "offboardStart", "offboardWords", "offboardGuest"  # what we wrote last
TRIES = 4  # of a change whose replies are lost, or that somebody else's overtakes
WHAT = "put the call into your calendar"


def make_event_id(name: str) -> str:
    """The id of an event that this names, always the same: base32hex in lower case is what Google takes."""
    return base64.b32hexencode(sha256(name.encode()).digest()).decode().rstrip("=").lower()


@dataclass(frozen=True)
class CalendarEvent:
    """An event as it is now."""

    id: str
    there: bool  # a deleted one is still found
    etag: str
    start: datetime
    written: str  # when it was to begin as we wrote it last
    words: str  # the digest of its words as we wrote them last
    reworded: bool  # somebody else changed them since
    url: str = ""
    meet: str = ""  # the address of its Meet room; empty: none, or not yet
    roomless: bool = False  # it has no Meet room and gets none
    guest: str = ""  # the client whom we invited, while still on the list; empty: a person took them off
    guests: tuple[dict[str, Any], ...] = ()  # everybody on the list, as Google has them

    @property
    def moved(self) -> bool:
        """Whether somebody else moved it."""
        return not self.written or datetime.fromisoformat(self.written) != self.start


class Calendar:
    """What the program does with events: it never lets Google send a mail about one, and deletes none."""

    def __init__(self, google: Google) -> None:
        self._google = google

    def find_event(self, id: str) -> CalendarEvent | None:
        """The event of this id, also a deleted one; None where this calendar never had it."""
        request = self._google.events.get(calendarId=MINE, eventId=id)
        try:
            return _event(self._google.call(request, repeat=Repeat.ALWAYS, what="look at the call in your calendar"))
        except MissingError:
            return None

    def hold(self, id: str, key: str, call: CalendarEntry, guest: str, *, made: bool) -> CalendarEvent | None:
        """The call as the calendar has it afterwards: put in where it was not `made`, else brought up to date.

        What a person changed stays as it is; one that is gone stays gone. LostReplyError when no reply comes.
        """
        if not made:
            try:
                return self._insert(id, key, call, guest)
            except TakenError:
                self._google.say_found(WHAT)
        lost: LostReplyError | RefusedError | None = None
        for _ in range(TRIES):
            event = self.find_event(id)
            body = _changes(event, key, call, guest) if event and event.there else {}
            if event is None or not body:
                return event
            try:
                return self._patch(event, body)
            except LostReplyError as error:
                lost = error
            except RefusedError as error:
                if error.reason != "conditionNotMet":  # somebody changed it since it was looked at: look again
                    raise
                lost = error
            self._google.pause()
        assert lost is not None
        raise lost

    def _insert(self, id: str, key: str, call: CalendarEntry, guest: str) -> CalendarEvent:
        room = {"requestId": id, "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        marks = {KEY: key, START: _moment(call), WORDS: digest_words(call.title, call.text), GUEST: guest}
        body = {
            "id": id,
            **_words(call),
            **_span(call),
            "attendees": [{"email": guest}],
            "extendedProperties": _marks(marks),
        }
        try:
            return self._put(body | {"conferenceData": {"createRequest": room}})
        except NoMeetError:  # an organization can switch Meet off
            return self._put(body)

    def _put(self, body: dict[str, Any]) -> CalendarEvent:
        request = self._google.events.insert(calendarId=MINE, body=body, conferenceDataVersion=1, sendUpdates=QUIET)
        return _event(self._google.call(request, repeat=Repeat.ALWAYS, what=WHAT))

    def _patch(self, event: CalendarEvent, body: dict[str, Any]) -> CalendarEvent:
        request = self._google.events.patch(calendarId=MINE, eventId=event.id, body=body, sendUpdates=QUIET)
        request.headers["If-Match"] = event.etag
        return _event(self._google.call(request, repeat=Repeat.UNAPPLIED, what="change the call in your calendar"))


def _changes(event: CalendarEvent, key: str, call: CalendarEntry, guest: str) -> dict[str, Any]:
    """What a patch must say: of time, words and guest each only where it is as we left it, and not as wanted."""
    words = digest_words(call.title, call.text)
    body: dict[str, Any] = {}
    marks: dict[str, str] = {}
    if not event.moved and event.start != call.start:
        body |= _span(call)
        marks[START] = _moment(call)
    if not event.reworded and event.words != words:
        body |= _words(call)
        marks[WORDS] = words
    if event.guest and not is_same_address(event.guest, guest):
        others = [one for one in event.guests if not is_same_address(one.get("email", ""), event.guest)]
        body["attendees"] = [*others, {"email": guest}]
        marks[GUEST] = guest
    return body | ({"extendedProperties": _marks({KEY: key, **marks})} if marks else {})


def is_same_address(one: str, other: str) -> bool:
    """Whether Google takes them for the same: whatever their capitals."""
    return one.casefold() == other.casefold()


def _moment(call: CalendarEntry) -> str:
    assert isinstance(call.start, datetime)
    return call.start.isoformat()


def _words(call: CalendarEntry) -> dict[str, Any]:
    return {"summary": call.title, "description": call.text}


def _span(call: CalendarEntry) -> dict[str, Any]:
    assert isinstance(call.start, datetime)
    zone = str(call.start.tzinfo)
    end = call.start + timedelta(minutes=call.minutes)
    return {name: {"dateTime": at.isoformat(), "timeZone": zone} for name, at in (("start", call.start), ("end", end))}


def _marks(marks: dict[str, str]) -> dict[str, Any]:
    return {"private": marks}


def _event(found: dict[str, Any]) -> CalendarEvent:
    marks = found.get("extendedProperties", {}).get("private", {})
    words, guest = str(marks.get(WORDS, "")), str(marks.get(GUEST, ""))
    guests = tuple(found.get("attendees", ()))
    return CalendarEvent(
        id=found["id"],
        there=found.get("status") != "cancelled",
        etag=found.get("etag", ""),
        start=_start(found),
        written=str(marks.get(START, "")),
        words=words,
        reworded=digest_words(found.get("summary", ""), found.get("description", "")) != words,
        url=found.get("htmlLink", ""),
        meet=found.get("hangoutLink", ""),
        roomless="conferenceData" not in found and "hangoutLink" not in found,
        guest=guest if any(is_same_address(one.get("email", ""), guest) for one in guests) else "",
        guests=guests,
    )


def _start(found: dict[str, Any]) -> datetime:
    """When it begins; of a whole day, which a person made of it, its midnight in no time zone."""
    start = found.get("start", {})
    if "dateTime" in start:
        return datetime.fromisoformat(start["dateTime"])
    return datetime.fromisoformat(f"{start.get('date', '1970-01-01')}T00:00:00+00:00")
