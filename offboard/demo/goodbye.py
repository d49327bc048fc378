"""What Ana does between two commands of the demo: she sends the e-mails, and types what has come to pass."""

from __future__ import annotations

from datetime import date, timedelta

from offboard.days_off import DaysOff
from offboard.demo.person import Person
from offboard.tracker.tabs import letter_of

NOTICE = timedelta(days=35)  # before the last day, in the sample
HOUR = 15  # of the call
ANSWER = "“Ana doubled our reach and always answered within the hour.” Maya Brandt, owner"


def find_eve(last_day: date) -> date:
    """The working day before the call, which is on the last day."""
    return DaysOff().last_working_day(last_day - timedelta(days=1))


def begin(person: Person, spreadsheet: str) -> None:
    """On the day of the notice she has not looked through the folder yet: it is not to be shared."""
    _type(person, spreadsheet, "share", "")


def prepare_call(person: Person, spreadsheet: str, last_day: date) -> None:
    """The notice is sent; she has looked through the folder, and agreed on a call."""
    person.send_drafts()
    _type(person, spreadsheet, "share", "now")
    _type(person, spreadsheet, "call", f"{last_day.isoformat()} {HOUR}:00")


def note_numbers(person: Person, spreadsheet: str, last_day: date) -> None:
    """The hand-over is sent, the call is over; she types the last numbers into Metrics."""
    person.send_drafts()
    this = last_day.replace(day=1)
    first = this.replace(year=this.year - 1)
    numbers = [  # client, platform, month, followers, reach, views, engagements
        ("bloom", "Instagram", first.isoformat(), "3120", "11800", "26100", "980"),
        ("bloom", "Instagram", this.isoformat(), "4210", "18500", "52000", "1900"),
        ("bloom", "Google Business Profile", first.isoformat(), "", "2400", "5200", "160"),
        ("bloom", "Google Business Profile", this.isoformat(), "", "3900", "8100", "310"),
    ]
    person.type_rows(spreadsheet, "Metrics!A2", numbers)


def note_answer(person: Person, spreadsheet: str) -> None:
    """The goodbye is sent, and the client has answered."""
    person.send_drafts()
    _type(person, spreadsheet, "feedback", ANSWER)


def _type(person: Person, spreadsheet: str, field: str, text: str) -> None:
    person.type_rows(spreadsheet, f"Clients!{letter_of('Clients', field)}2", [[text]])
