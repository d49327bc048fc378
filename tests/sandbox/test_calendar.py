"""Calendar: events under ids of one's own, with guests and a room to meet in, refused where Google refuses them."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import Any

import pytest
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

from offboard.sandbox.documents import document
from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller, Transport
from tests.sandbox.drive_calls import refused

ANA, MAYA, OUTSIDER = "ana@sandbox.example", "maya@bloom.example", "nobody@nowhere.example"
EVENTS = "/calendar/v3/calendars/primary/events"
START = {"dateTime": "2026-05-21T09:00:00", "timeZone": "Europe/Berlin"}
END = {"dateTime": "2026-05-21T09:30:00", "timeZone": "Europe/Berlin"}
CALL = {"summary": "Farewell call", "start": START, "end": END}
MEET = {"createRequest": {"requestId": "farewell", "conferenceSolutionKey": {"type": "hangoutsMeet"}}}

MIXED = "Start and end times must either both be date or both be dateTime."


def insert(caller: Caller, body: dict[str, Any] | None = None, **query: Any) -> Any:
    """The answer to a new event, a call of half an hour unless the body says otherwise."""
    return caller.call("POST", EVENTS, json=CALL | (body or {}), **query)


def make(caller: Caller, body: dict[str, Any] | None = None, **query: Any) -> Any:
    """A new event."""
    answer = insert(caller, body, **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def patch(caller: Caller, event: dict[str, Any], body: dict[str, Any], **query: Any) -> Any:
    return caller.call("PATCH", f"{EVENTS}/{event['id']}", json=body, **query)


def summaries(caller: Caller, **query: Any) -> list[str]:
    answer = caller.call("GET", EVENTS, **query)
    assert answer.status_code == 200, answer.text
    return [event["summary"] for event in answer.json()["items"]]


def subjects(caller: Caller) -> list[str]:
    """What the mails in somebody's inbox are about, the oldest first."""
    path = "/gmail/v1/users/me/messages"
    found = []
    for mail in caller.call("GET", path).json().get("messages", []):
        raw = caller.call("GET", f"{path}/{mail['id']}", format="raw").json()["raw"]
        found.append(str(message_from_bytes(base64.urlsafe_b64decode(raw), policy=policy.default)["Subject"]))
    return found[::-1]


@pytest.fixture
def calendar(sandbox: Sandbox, ana: Caller) -> Any:
    """Google's own client for Calendar, in the owner's hands."""
    described = document("calendar.v3") | {"rootUrl": sandbox.origin + "/", "baseUrl": sandbox.origin + "/calendar/v3/"}
    return build_from_document(json.dumps(described), http=Transport(ana))


def test_googles_own_client_makes_finds_changes_and_deletes_an_event(calendar: Any) -> None:
    events, body = calendar.events(), CALL | {"id": "fare0001", "conferenceData": MEET}
    made = events.insert(calendarId="primary", body=body, conferenceDataVersion=1, sendUpdates="none").execute()
    assert made["hangoutLink"].startswith("https://meet.google.com/")
    assert events.list(calendarId=ANA).execute()["items"] == [made]
    moved = made | {"end": START}
    assert events.update(calendarId="primary", eventId=made["id"], body=moved).execute()["sequence"] == 1
    assert events.delete(calendarId="primary", eventId=made["id"]).execute() == ""
    assert events.get(calendarId="primary", eventId=made["id"]).execute()["status"] == "cancelled"
    with pytest.raises(HttpError, match="The requested identifier already exists"):
        events.insert(calendarId="primary", body=body).execute()


def test_a_new_event_is_what_was_said_and_what_google_adds(ana: Caller) -> None:
    made = make(ana, {"description": "", "transparency": "opaque", "creator": {"email": "x@y.example"}, "no": 1})
    assert re.fullmatch(r"[a-v0-9]{26}", made["id"])
    assert {name: made[name] for name in sorted(made.keys() - {"id", "etag", "htmlLink", "created", "updated"})} == {
        "creator": {"email": ANA, "self": True},
        "end": {"dateTime": "2026-05-21T09:30:00+02:00", "timeZone": "Europe/Berlin"},
        "eventType": "default",
        "iCalUID": f"{made['id']}@google.com",
        "kind": "calendar#event",
        "organizer": {"email": ANA, "self": True},
        "reminders": {"useDefault": True},
        "sequence": 0,
        "start": {"dateTime": "2026-05-21T09:00:00+02:00", "timeZone": "Europe/Berlin"},
        "status": "confirmed",
        "summary": "Farewell call",
    }


class TestId:
    def test_an_id_is_used_once_even_after_a_deletion(self, ana: Caller, maya: Caller) -> None:
        make(ana, {"id": "abcde"})
        taken = (409, "duplicate", "The requested identifier already exists.")
        assert refused(insert(ana, {"id": "abcde"})) == taken
        assert ana.call("DELETE", f"{EVENTS}/abcde").status_code == 204
        assert refused(insert(ana, {"id": "abcde"})) == taken
        assert make(maya, {"id": "abcde"})["id"] == "abcde"

    @pytest.mark.parametrize("wrong", ["abcd", "a" * 1025, "ABCDE", "abcdz", "ab-de", "abcdé", "abcde\n"])
    def test_an_id_of_other_signs_is_refused(self, ana: Caller, wrong: str) -> None:
        assert refused(insert(ana, {"id": wrong})) == (400, "invalid", "Invalid resource id value.")
        assert summaries(ana) == []

    def test_an_id_may_be_as_long_as_google_says(self, ana: Caller) -> None:
        assert make(ana, {"id": "v" * 1024})["id"] == "v" * 1024


class TestTimes:
    @pytest.mark.parametrize(
        ("start", "end", "reason", "message"),
        [
            (START, None, "required", "Missing end time."),
            (None, END, "invalid", MIXED),
            (None, None, "required", "Missing end time."),
            (
                {"date": "2026-05-21"},
                END,
                "invalid",
                MIXED,
            ),
            (END, START, "timeRangeEmpty", "The specified time range is empty."),
            ({"date": "2026-05-22"}, {"date": "2026-05-21"}, "timeRangeEmpty", "The specified time range is empty."),
            ({"dateTime": "2026-05-21T09:00:00"}, END, "required", "Missing time zone definition for start time."),
            (START, START | {"timeZone": "Moon/Base"}, "invalid", "Invalid time zone definition for end time."),
            (START, START | {"timeZone": "../../etc/passwd"}, "invalid", "Invalid time zone definition for end time."),
            ({"dateTime": "2026-13-21T09:00:00Z"}, END, "badRequest", "Bad Request"),
            ({"dateTime": "tomorrow"}, END, "badRequest", "Bad Request"),
            ({"date": "2026-02-30"}, {"date": "2026-03-01"}, "invalid", "Invalid start time."),
            (START | {"date": "2026-05-21"}, END, "invalid", "Invalid start time."),
        ],
    )
    def test_a_time_that_cannot_be_is_refused(
        self, ana: Caller, start: Any, end: Any, reason: str, message: str
    ) -> None:
        assert refused(insert(ana, {"start": start, "end": end})) == (400, reason, message)

    def test_an_empty_range_is_calendars_own_refusal(self, ana: Caller) -> None:
        entry = insert(ana, {"start": END, "end": START}).json()["error"]["errors"][0]
        assert (entry["domain"], entry["location"], entry["locationType"]) == ("calendar", "timeMax", "parameter")

    def test_whole_days_stay_days(self, ana: Caller) -> None:
        days = {"start": {"date": "2026-05-21"}, "end": {"date": "2026-05-22"}}
        assert make(ana, days)["end"] == {"date": "2026-05-22"}

    def test_an_hour_is_shown_in_the_calendars_zone_or_the_one_asked_for(self, ana: Caller) -> None:
        made = make(ana, {"start": {"dateTime": "2026-05-21T07:00:00Z"}, "end": END})
        assert made["start"] == {"dateTime": "2026-05-21T09:00:00+02:00", "timeZone": "Europe/Berlin"}
        shown = ana.call("GET", f"{EVENTS}/{made['id']}", timeZone="UTC").json()
        assert shown["start"]["dateTime"] == "2026-05-21T07:00:00Z"
        assert ana.call("GET", f"{EVENTS}/{made['id']}", timeZone="Moon/Base").status_code == 400


class TestMeet:
    def test_a_room_is_made_only_where_the_request_knows_of_conferences(self, ana: Caller) -> None:
        assert "conferenceData" not in make(ana, {"conferenceData": MEET})
        made = make(ana, {"conferenceData": MEET}, conferenceDataVersion=1)
        assert made["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}
        assert made["conferenceData"]["entryPoints"][0]["uri"] == made["hangoutLink"]
        assert re.fullmatch(r"[a-z]{3}-[a-z]{4}-[a-z]{3}", made["conferenceData"]["conferenceId"])

    def test_the_same_request_makes_no_second_room_and_another_does(self, ana: Caller) -> None:
        made = make(ana, {"conferenceData": MEET}, conferenceDataVersion=1)
        same = patch(ana, made, {"conferenceData": MEET}, conferenceDataVersion=1).json()
        assert same["conferenceData"] == made["conferenceData"]
        other = {"createRequest": MEET["createRequest"] | {"requestId": "other"}}
        moved = patch(ana, made, {"conferenceData": other}, conferenceDataVersion=1).json()
        assert moved["hangoutLink"] != made["hangoutLink"]

    def test_a_change_that_does_not_know_of_it_keeps_it_and_null_takes_it_away(self, ana: Caller) -> None:
        made = make(ana, {"conferenceData": MEET}, conferenceDataVersion=1)
        kept = ana.call("PUT", f"{EVENTS}/{made['id']}", json=CALL).json()
        assert kept["hangoutLink"] == made["hangoutLink"]
        gone = patch(ana, made, {"conferenceData": None}, conferenceDataVersion=1).json()
        assert not gone.keys() & {"hangoutLink", "conferenceData"}

    def test_another_kind_of_conference_is_refused(self, ana: Caller) -> None:
        wrong = {"createRequest": {"requestId": "r", "conferenceSolutionKey": {"type": "carrierPigeon"}}}
        answer = insert(ana, {"conferenceData": wrong}, conferenceDataVersion=1)
        assert refused(answer) == (400, "invalid", "Invalid conference type value.")


class TestGuests:
    def test_a_guest_sees_the_event_and_is_mailed_only_where_that_is_asked_for(self, ana: Caller, maya: Caller) -> None:
        guests = {"attendees": [{"email": "Maya@Bloom.example"}, {"email": OUTSIDER}]}
        for query in ({}, {"sendUpdates": "none"}, {"sendUpdates": "externalOnly"}):
            make(ana, guests, **query)
        assert (len(summaries(maya)), subjects(maya)) == (3, [])
        made = make(ana, guests, sendUpdates="all")
        assert subjects(maya) == [f"Invitation: Farewell call @ Thu May 21, 2026 09:00 ({MAYA})"]
        assert (made["attendees"][0], subjects(ana)) == ({"email": MAYA, "responseStatus": "needsAction"}, [])
        seen = maya.call("GET", f"{EVENTS}/{made['id']}").json()
        assert (seen["organizer"], seen["attendees"][0]["self"]) == ({"email": ANA}, True)

    def test_a_change_and_the_end_are_told_to_whom_they_concern(
        self, ana: Caller, maya: Caller, person: Callable[[str], Caller]
    ) -> None:
        leo, loud = person("leo@corvo.example"), {"sendUpdates": "all"}
        made = make(ana, {"attendees": [{"email": MAYA}]})
        patch(ana, made, {"attendees": [{"email": MAYA}]}, **loud)
        assert subjects(maya) == []
        patch(ana, made, {"attendees": [{"email": "leo@corvo.example"}]}, **loud)
        ana.call("DELETE", f"{EVENTS}/{made['id']}", **loud)
        assert [subject.partition(":")[0] for subject in subjects(maya)] == ["Canceled event"]
        assert [subject.partition(":")[0] for subject in subjects(leo)] == ["Invitation", "Canceled event"]

    def test_a_guest_who_is_no_address_is_refused(self, ana: Caller) -> None:
        assert refused(insert(ana, {"attendees": [{"email": "maya"}]})) == (400, "invalid", "Invalid attendee email.")
        assert refused(insert(ana, {"attendees": [{"displayName": "Maya"}]}))[1] == "required"

    def test_of_more_guests_than_asked_for_only_oneself_is_shown(self, ana: Caller) -> None:
        made = make(ana, {"attendees": [{"email": MAYA}, {"email": ANA}]}, maxAttendees=1)
        assert made["attendeesOmitted"]
        assert [(guest["email"], guest["organizer"]) for guest in made["attendees"]] == [(ANA, True)]

    def test_what_the_organizer_keeps_private_guests_do_not_see(self, ana: Caller, maya: Caller) -> None:
        made = make(ana, {"attendees": [{"email": MAYA}], "extendedProperties": {"private": {"key": "1"}}})
        assert "private" not in maya.call("GET", f"{EVENTS}/{made['id']}").json()["extendedProperties"]
        assert maya.call("PATCH", f"{EVENTS}/{made['id']}", json={}).status_code == 501


class TestChange:
    def test_a_patch_leaves_what_it_does_not_name(self, ana: Caller) -> None:
        made = make(ana, {"location": "Café", "extendedProperties": {"private": {"a": "1", "b": "2"}}})
        changed = patch(ana, made, {"summary": "Call", "extendedProperties": {"private": {"a": None}}}).json()
        assert (changed["summary"], changed["location"]) == ("Call", "Café")
        assert changed["extendedProperties"] == {"private": {"b": "2"}}
        assert "location" not in patch(ana, made, {"location": None}).json()

    def test_an_update_says_everything_anew(self, ana: Caller) -> None:
        made = make(ana, {"location": "Café"})
        assert "location" not in ana.call("PUT", f"{EVENTS}/{made['id']}", json=CALL).json()
        assert ana.call("PUT", f"{EVENTS}/{made['id']}", json={"summary": "x"}).status_code == 400

    def test_another_time_is_another_number_in_the_sequence_and_an_old_one_is_refused(self, ana: Caller) -> None:
        made = make(ana)
        assert patch(ana, made, {"summary": "Call"}).json()["sequence"] == 0
        assert patch(ana, made, {"start": {"dateTime": "2026-05-21T08:45:00"}}).json()["sequence"] == 1
        assert refused(patch(ana, made, {"sequence": 0}))[2].startswith("Invalid sequence value.")

    def test_whoever_knows_an_older_event_changes_nothing(self, ana: Caller) -> None:
        made = make(ana)
        changed = patch(ana, made, {"summary": "Call"}).json()
        assert changed["etag"] != made["etag"]
        assert changed["updated"] > made["updated"]
        path = f"{EVENTS}/{made['id']}"
        for http in ("PATCH", "PUT", "DELETE"):
            answer = ana.call(http, path, json=CALL, headers={"If-Match": made["etag"]})
            assert refused(answer) == (412, "conditionNotMet", "Precondition Failed")
        assert ana.call("PATCH", path, json={}, headers={"If-Match": changed["etag"]}).status_code == 200

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            ({"status": "maybe"}, "invalid"),
            ({"visibility": "secret"}, "invalid"),
            ({"colorId": "12"}, "invalid"),
            ({"summary": ["a"]}, "invalid"),
            ({"source": {"url": "javascript:alert(1)"}}, "invalid"),
            ({"reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 40321}]}}, "invalid"),
            ({"reminders": {"useDefault": False, "overrides": [{"method": "popup"}]}}, "required"),
            ({"reminders": {"useDefault": False, "overrides": [{"method": "sms", "minutes": 1}]}}, "invalid"),
            (
                {"reminders": {"useDefault": True, "overrides": [{"method": "popup", "minutes": 1}]}},
                "cannotUseDefaultRemindersAndSpecifyOverride",
            ),
        ],
    )
    def test_what_cannot_be_said_of_an_event_is_refused(self, ana: Caller, body: dict[str, Any], reason: str) -> None:
        made = make(ana)
        assert refused(patch(ana, made, body))[:2] == (400, reason)
        assert ana.call("GET", f"{EVENTS}/{made['id']}").json() == made

    @pytest.mark.parametrize("body", [{"recurrence": ["RRULE:FREQ=DAILY"]}, {"eventType": "focusTime"}])
    def test_what_is_not_here_is_501(self, ana: Caller, body: dict[str, Any]) -> None:
        assert insert(ana, body).status_code == 501


class TestDeletion:
    def test_a_deleted_event_is_cancelled_and_cannot_be_deleted_again(self, ana: Caller) -> None:
        made = make(ana)
        path = f"{EVENTS}/{made['id']}"
        assert ana.call("DELETE", path).status_code == 204
        assert refused(ana.call("DELETE", path)) == (410, "deleted", "Resource has been deleted")
        assert ana.call("GET", path).json()["status"] == "cancelled"
        assert (summaries(ana), summaries(ana, showDeleted="true")) == ([], ["Farewell call"])

    def test_it_comes_back_only_when_it_is_said_to_take_place(self, ana: Caller) -> None:
        made = make(ana)
        ana.call("DELETE", f"{EVENTS}/{made['id']}")
        assert refused(patch(ana, made, {"summary": "x"}))[:2] == (403, "forbidden")
        assert patch(ana, made, {"status": "confirmed"}).json()["status"] == "confirmed"


@pytest.mark.parametrize("query", [{"q": "call"}, {"orderBy": "updated"}, {"pageToken": "x"}, {"syncToken": "abc"}])
def test_a_list_is_all_there_is_and_not_searched(ana: Caller, query: dict[str, str]) -> None:
    make(ana)
    make(ana, {"summary": "Second"})
    assert summaries(ana) == ["Farewell call", "Second"]
    assert ana.call("GET", EVENTS, **query).status_code == 501


def test_a_calendar_is_its_owners_alone(ana: Caller, maya: Caller) -> None:
    made = make(ana)
    for caller, path in ((maya, f"/calendar/v3/calendars/{ANA}/events"), (maya, f"{EVENTS}/{made['id']}")):
        assert refused(caller.call("GET", path)) == (404, "notFound", "Not Found")
    assert ana.call("GET", f"/calendar/v3/calendars/{ANA}/events/{made['id']}").json() == made


def test_an_app_needs_a_scope_of_calendars(app: Callable[..., Caller]) -> None:
    assert refused(insert(app(ANA)))[:2] == (403, "insufficientPermissions")
    assert refused(insert(app(ANA, "calendar.events.readonly")))[:2] == (403, "insufficientPermissions")
    assert insert(app(ANA, "calendar.events")).status_code == 200
    assert insert(app(ANA, "calendar.app.created")).status_code == 404


def test_fields_leave_the_rest_out(ana: Caller) -> None:
    assert make(ana, fields="summary,start/timeZone") == {
        "summary": "Farewell call",
        "start": {"timeZone": "Europe/Berlin"},
    }
    assert refused(insert(ana, fields="nonsense"))[1] == "invalidParameter"
