"""The last call: once in the calendar and where the tracker says, until a person says otherwise; else as a file."""

from __future__ import annotations

import base64
from datetime import datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import cycle
from typing import Any

import pytest
from icalendar import Calendar

from offboard.commands.rehearsal import ZONE as SAMPLE_ZONE
from offboard.config import load_config
from offboard.demo.person import Person
from offboard.sandbox.faults import Instruction, Scenario
from offboard.steps.folder import LINK_LATER
from offboard.tracker.tabs import letter_of
from offboard.workspace.auth import CALENDAR, sign_in
from tests.promise.runner import open_place, run_from
from tests.rehearsal import ZONE, Rehearsal, today
from tests.sampled import sampled
from tests.sandbox.browser import Browser

EVENTS = "/calendar/v3/calendars/primary/events"
KINDS = ("429", "503", "applied-drop", "applied-503", "truncated", "401", "500", "reset", "403-rate")
CALLS = 13  # of the run that puts the call into the calendar, each part of a batch being one
INSERT, PATCH = "calendar.events.insert", "calendar.events.patch"
TOMORROW = datetime.combine(today() + timedelta(days=1), time(15), ZONE)
NEXT_WEEK = TOMORROW + timedelta(days=7)


def cell(field: str) -> str:
    return f"Clients!{letter_of('Clients', field)}2"


def run_amiss(rehearsal: Rehearsal, *faults: Instruction) -> None:
    """A run that nobody waits for, under these faults, whatever it ends with."""
    rehearsal.sandbox.faults.begin(Scenario(faults))
    run_from(open_place(rehearsal.home))


def type_call(rehearsal: Rehearsal, when: datetime | None) -> None:
    rehearsal.type(cell("call"), [f"{when:%Y-%m-%d %H:%M}" if when else ""])


def allow_calendar(rehearsal: Rehearsal) -> None:
    """Sign in as `auth login --calendar` does, at Google's own page."""
    browser = Browser(lambda page: page.answer())
    sign_in(load_config(rehearsal.home, {}), open_browser=False, show=browser.open, extras=[CALENDAR])


def events(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    """Every event that ever was in the calendar."""
    return list(rehearsal.get(f"{EVENTS}?showDeleted=true").get("items", []))


def the_event(rehearsal: Rehearsal) -> dict[str, Any]:
    (found,) = events(rehearsal)
    return found


def start(event: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(event["start"]["dateTime"])


def handover(rehearsal: Rehearsal) -> EmailMessage:
    for listed in rehearsal.get("/gmail/v1/users/me/drafts").get("drafts", []):
        raw = rehearsal.get(f"/gmail/v1/users/me/drafts/{listed['id']}?format=raw")["message"]["raw"]
        message = message_from_bytes(base64.urlsafe_b64decode(raw + "=="), policy=policy.default)
        if "/call/draft" in str(message["X-Offboard-Key"]):
            assert isinstance(message, EmailMessage)
            return message
    raise AssertionError("there is no hand-over")


def words(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def told(rehearsal: Rehearsal, *typed: str) -> str:
    return " ".join(rehearsal.offboard(*typed).output.split())


def run(rehearsal: Rehearsal, *typed: str) -> str:
    return told(rehearsal, "run", "bloom", "--yes", *typed)


def edit(rehearsal: Rehearsal, event: dict[str, Any], **body: Any) -> None:
    """A person changes the event in Google's own page."""
    rehearsal.person.ask("PATCH", f"{EVENTS}/{event['id']}", body)


def delete(rehearsal: Rehearsal) -> None:
    rehearsal.person.ask("DELETE", f"{EVENTS}/{the_event(rehearsal)['id']}")


@pytest.fixture
def calling(rested: Rehearsal) -> Rehearsal:
    """The calendar is allowed, and a call is tomorrow."""
    allow_calendar(rested)
    type_call(rested, TOMORROW)
    return rested


def test_the_call_is_put_into_the_calendar_and_the_mail_names_its_room(calling: Rehearsal) -> None:
    plan = told(calling, "plan", "bloom", "--mails")
    assert f"We meet here: {LINK_LATER}" in plan
    assert "Guest: maya@bloom.example" in plan
    assert "Google sends no mail about it" in told(calling, "plan", "bloom")
    assert events(calling) == []
    run(calling)
    event = the_event(calling)
    assert start(event) == TOMORROW
    assert event["start"]["timeZone"] == SAMPLE_ZONE
    assert [guest["email"] for guest in event["attendees"]] == ["maya@bloom.example"]
    assert "officially handed over" in event["description"]
    mail = handover(calling)
    assert f"We meet here: {event['hangoutLink']}" in words(mail)
    assert list(mail.iter_attachments()) == []
    assert "in your calendar, at the time that the tracker says" in told(calling, "verify", "bloom")


def test_a_second_run_writes_nothing(calling: Rehearsal) -> None:
    run(calling)
    asked = calling.requests_of(lambda: run(calling))
    assert {request["method"] for request in asked} == {"GET"}


@pytest.mark.parametrize(
    "fault", sampled(["applied-drop", "applied-503", "503", "429", "reset", "truncated", "401"], 3)
)
def test_whatever_goes_wrong_there_is_one_call_and_one_mail(calling: Rehearsal, fault: str) -> None:
    scenario = Scenario((Instruction(INSERT, 1, fault),))
    calling.sandbox.faults.begin(scenario)
    run(calling)
    assert calling.sandbox.faults.report()["faults"][0]["used"] == 1
    calling.sandbox.faults.end()
    calling.come_to_rest()
    assert start(the_event(calling)) == TOMORROW
    assert the_event(calling)["hangoutLink"] in words(handover(calling))


def test_a_calendar_that_will_not_is_named_and_the_mail_waits_for_its_link(calling: Rehearsal) -> None:
    calling.sandbox.faults.begin(Scenario((Instruction(INSERT, 1, "503", times=99, retry_after=0),)))
    before = words(handover(calling))
    shown = told(calling, "run", "bloom", "--yes", "--timeout", "3")
    assert "put the call into your calendar" in shown
    assert words(handover(calling)) == before
    calling.sandbox.faults.end()
    calling.come_to_rest()
    assert the_event(calling)["hangoutLink"] in words(handover(calling))


@pytest.mark.parametrize(("kind", "place"), sampled(zip(cycle(KINDS), range(1, CALLS + 1), strict=False), 4))
def test_a_fault_at_any_request_costs_nothing_and_doubles_nothing(calling: Rehearsal, kind: str, place: int) -> None:
    run_amiss(calling, Instruction("*", place, kind))
    assert calling.sandbox.faults.report()["faults"][0]["used"] == 1
    calling.sandbox.faults.end()
    calling.come_to_rest()
    assert the_event(calling)["hangoutLink"] in words(handover(calling))
    put = [row for row in calling.rows("Log") if "Call put into your calendar" in str(row)]
    assert len(put) == 1


def test_the_places_reach_from_the_first_call_to_the_last(calling: Rehearsal) -> None:
    run_amiss(calling)
    assert calling.sandbox.faults.report()["requests"] in (CALLS, CALLS + 1)


def test_a_run_that_could_not_write_down_the_call_is_gone_on_with_where_the_cell_is_now(calling: Rehearsal) -> None:
    run_amiss(calling, Instruction("sheets.spreadsheets.batchUpdate", 2, "500", times=100))
    calling.sandbox.faults.end()
    assert start(the_event(calling)) == TOMORROW
    assert calling.ledger()["bloom/call/event"] == "reserved"
    type_call(calling, NEXT_WEEK)
    calling.come_to_rest()
    assert start(the_event(calling)) == NEXT_WEEK


def test_two_runs_at_once_put_one_call_into_the_calendar(calling: Rehearsal) -> None:
    other = Instruction(INSERT, 1, "edit", act=lambda: calling.offboard("run", "bloom", "--yes"))
    calling.sandbox.faults.begin(Scenario((other,)))
    run(calling)
    calling.sandbox.faults.end()
    calling.come_to_rest()
    assert start(the_event(calling)) == TOMORROW
    assert the_event(calling)["hangoutLink"] in words(handover(calling))


@pytest.mark.parametrize("fault", [None, "applied-drop", "503"])
def test_the_call_follows_its_cell(calling: Rehearsal, fault: str | None) -> None:
    run(calling)
    room = the_event(calling)["hangoutLink"]
    type_call(calling, NEXT_WEEK)
    assert "move the call in your calendar" in told(calling, "plan", "bloom")
    if fault:
        calling.sandbox.faults.begin(Scenario((Instruction(PATCH, 1, fault),)))
    run(calling)
    calling.sandbox.faults.end()
    assert start(the_event(calling)) == NEXT_WEEK
    assert the_event(calling)["hangoutLink"] == room
    assert [guest["email"] for guest in the_event(calling)["attendees"]] == ["maya@bloom.example"]
    assert "Nothing to do" in run(calling)


@pytest.mark.parametrize("fault", [None, "applied-drop", "503"])
def test_the_guest_follows_the_clients_address_and_others_stay_invited(calling: Rehearsal, fault: str | None) -> None:
    run(calling)
    invited = the_event(calling)["attendees"]
    edit(calling, the_event(calling), attendees=[*invited, {"email": "leo@corvo.example", "optional": True}])
    assert "Nothing to do" in run(calling)
    calling.type(cell("email"), ["bloombakery.hh@gmail.com"])
    invite = "invite bloombakery.hh@gmail.com to the call in your calendar instead of maya@bloom.example"
    assert invite in told(calling, "plan", "bloom")
    if fault:
        calling.sandbox.faults.begin(Scenario((Instruction(PATCH, 1, fault),)))
    run(calling)
    calling.sandbox.faults.end()
    guests = {guest["email"]: guest.get("optional") for guest in the_event(calling)["attendees"]}
    assert guests == {"bloombakery.hh@gmail.com": None, "leo@corvo.example": True}
    assert start(the_event(calling)) == TOMORROW
    assert "Nothing to do" in run(calling)


def test_a_guest_whom_a_person_took_off_the_list_is_not_invited_again(calling: Rehearsal) -> None:
    run(calling)
    edit(calling, the_event(calling), attendees=[])
    calling.type(cell("email"), ["bloombakery.hh@gmail.com"])
    run(calling)
    assert "attendees" not in the_event(calling)


def test_where_the_organization_has_no_meet_the_call_is_there_without_a_link(calling: Rehearsal) -> None:
    calling.person.ask("POST", "/sandbox/meet", {"offered": False})
    assert "without a Meet link: your account has no Google Meet" in run(calling)
    assert any("without a Meet link" in str(row) for row in calling.rows("Log"))
    assert "hangoutLink" not in the_event(calling)
    assert start(the_event(calling)) == TOMORROW
    assert "We meet here" not in words(handover(calling))
    assert "Nothing to do" in run(calling)


def test_what_a_person_moved_stays_where_it_is_and_is_said(calling: Rehearsal) -> None:
    run(calling)
    by_hand = TOMORROW + timedelta(hours=2)
    ends = by_hand + timedelta(minutes=30)
    edit(calling, the_event(calling), start={"dateTime": by_hand.isoformat()}, end={"dateTime": ends.isoformat()})
    assert "you moved the call in your calendar" in run(calling)
    type_call(calling, NEXT_WEEK)
    run(calling)
    assert start(the_event(calling)) == by_hand
    assert "at another time in your calendar than in the tracker" in told(calling, "verify", "bloom")
    type_call(calling, by_hand)
    assert "you moved the call" not in run(calling)


def test_a_persons_words_stay_while_the_time_follows(calling: Rehearsal) -> None:
    run(calling)
    edit(calling, the_event(calling), description="Bring the keys")
    type_call(calling, NEXT_WEEK)
    run(calling)
    assert the_event(calling)["description"] == "Bring the keys"
    assert start(the_event(calling)) == NEXT_WEEK


def test_a_call_moved_by_hand_in_the_very_moment_is_not_moved_back(calling: Rehearsal) -> None:
    run(calling)
    by_hand = TOMORROW + timedelta(hours=2)
    ends = by_hand + timedelta(minutes=30)
    moved = {"start": {"dateTime": by_hand.isoformat()}, "end": {"dateTime": ends.isoformat()}}
    event = the_event(calling)
    type_call(calling, NEXT_WEEK)
    act = Instruction(PATCH, 1, "edit", act=lambda: edit(calling, event, **moved))
    calling.sandbox.faults.begin(Scenario((act,)))
    assert "you moved the call in your calendar" in run(calling)
    calling.sandbox.faults.end()
    assert start(the_event(calling)) == by_hand
    assert any("moved by hand in your calendar" in str(row) for row in calling.rows("Log"))


def test_what_was_taken_out_stays_out_until_it_is_wanted_anew(calling: Rehearsal) -> None:
    run(calling)
    delete(calling)
    assert "you took the call out of your calendar" in run(calling)
    assert [event["status"] for event in events(calling)] == ["cancelled"]
    run(calling, "--again", "call")
    assert sorted(event["status"] for event in events(calling)) == ["cancelled", "confirmed"]
    assert len({event["id"] for event in events(calling)}) == 2


@pytest.mark.parametrize(
    ("field", "typed", "said"), [("skip", "call", "you skip the call"), ("call", "", "no longer in the tracker")]
)
def test_a_call_that_is_not_wanted_any_more_is_the_persons_to_take_away(
    calling: Rehearsal, field: str, typed: str, said: str
) -> None:
    run(calling)
    calling.type(cell(field), [typed])
    told = run(calling)
    assert f"{said}, but it stays in your calendar. Delete it there:" in told
    assert the_event(calling)["htmlLink"] in told
    assert the_event(calling)["status"] == "confirmed"


def test_called_off_lists_the_call(calling: Rehearsal) -> None:
    run(calling)
    calling.type(cell("notice_given"), ["", "", ""])
    assert "call delete it in your calendar" in told(calling, "plan", "bloom")


def test_the_client_gets_no_mail_about_it(calling: Rehearsal) -> None:
    client = Person(calling.sandbox.origin, "maya@bloom.example")
    run(calling)
    type_call(calling, NEXT_WEEK)
    run(calling)
    event = client.ask("GET", f"{EVENTS}/{the_event(calling)['id']}")
    assert start(event) == NEXT_WEEK, "it stands in the client's calendar all the same"
    assert client.ask("GET", "/gmail/v1/users/me/messages").get("messages", []) == []


def test_the_screens_say_that_the_call_is_in_the_calendar(calling: Rehearsal) -> None:
    assert "call the draft is in your Gmail: read it, send it; the call is in your calendar" in run(calling)
    steps = {step["step"]: step for step in calling.answer("plan", "bloom")["steps"]}
    assert steps["call"]["changes"] == []
    type_call(calling, NEXT_WEEK)
    steps = {step["step"]: step for step in calling.answer("plan", "bloom")["steps"]}
    event, draft = steps["call"]["changes"]
    assert event["event"]["start"] == NEXT_WEEK.isoformat()
    assert event["event"]["guest"] == "maya@bloom.example"
    assert draft["key"] == "bloom/call/draft"


def test_without_the_permission_the_call_comes_as_a_file(rested: Rehearsal) -> None:
    type_call(rested, TOMORROW)
    assert "with a calendar file of the call; nobody is invited by it" in told(rested, "plan", "bloom")
    run(rested)
    (attached,) = handover(rested).iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("call.ics", "text/calendar")
    (event,) = Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")
    assert event["DTSTART"].dt == TOMORROW
    assert "ATTENDEE" not in event
    assert "The attached file puts the call into your calendar." in words(handover(rested))
    assert "Nothing to do" in run(rested)
    assert events(rested) == []


def test_the_file_of_a_moved_call_counts_as_the_newer_one_and_stays_the_same_entry(rested: Rehearsal) -> None:
    def entry() -> Any:
        (attached,) = handover(rested).iter_attachments()
        return Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")[0]

    type_call(rested, TOMORROW)
    run(rested)
    first = entry()
    type_call(rested, NEXT_WEEK)
    run(rested)
    assert entry()["UID"] == first["UID"]
    assert entry()["DTSTART"].dt == NEXT_WEEK
    assert entry()["SEQUENCE"] >= first["SEQUENCE"]
