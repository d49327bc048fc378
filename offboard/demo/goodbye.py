"""What Ana does between two commands of the demo: she sends the e-mails, and notes what came back."""

from __future__ import annotations

from datetime import date

from offboard.demo.person import Person
from offboard.tracker.tabs import letter_of

WORDS = "She sends both e-mails, then types in the numbers and Maya's answer."
ANSWER = "“Ana doubled our reach and always answered within the hour.” Maya Brandt, owner"


def say_goodbye(person: Person, spreadsheet: str, today: date) -> None:
    """Send every draft that has a reader, and fill in the client's Metrics rows and Feedback cell."""
    person.send_drafts()
    this = today.replace(day=1)
    first = this.replace(year=this.year - 1)
    numbers = [  # client, platform, month, followers, reach, views, engagements
        ("bloom", "Instagram", first.isoformat(), "3120", "11800", "26100", "980"),
        ("bloom", "Instagram", this.isoformat(), "4210", "18500", "52000", "1900"),
        ("bloom", "Google Business Profile", first.isoformat(), "", "2400", "5200", "160"),
        ("bloom", "Google Business Profile", this.isoformat(), "", "3900", "8100", "310"),
    ]
    person.type_rows(spreadsheet, "Metrics!A2", numbers)
    person.type_rows(spreadsheet, f"Clients!{letter_of('Clients', 'feedback')}2", [[ANSWER]])
