"""A freelancer whose cron job runs `offboard invoices` at moments that the test sets, and who sends what she likes."""

from __future__ import annotations

import base64
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

from offboard.commands.session import new_nonce
from offboard.config import load_config
from offboard.emails.templates import load_templates
from offboard.engine.look import Place
from offboard.engine.make import Watch
from offboard.engine.reminders import run_reminders
from offboard.engine.together import Tally
from offboard.errors import OffboardError
from offboard.sandbox.faults import Scenario
from offboard.workspace.google import Patience
from offboard.workspace.workspace import open_workspace
from offboard.world import Wishes
from tests.rehearsal import Rehearsal

BERLIN = ZoneInfo("Europe/Berlin")
PAY = "IBAN DE89 3704 0044 0532 0130 00"
MONDAY = date(2026, 5, 4)
MANY_ROWS = 12


@dataclass
class Cron:
    """The demo's three clients with other invoices, a clock, and a mailbox."""

    rehearsal: Rehearsal
    moment: datetime = field(default_factory=lambda: datetime.combine(MONDAY, time(7, 30), BERLIN))

    def __post_init__(self) -> None:
        config = load_config(self.rehearsal.home, {})
        # elsewhere than where a reply is lost by time a slow machine must not look like one
        workspace = open_workspace(config, Patience(10**9, sleep=lambda _: None))
        templates = load_templates(self.rehearsal.home)
        self.place = Place(workspace, config.tracker.value, templates, self.now, self.rehearsal.home)
        self.rehearsal.type("Setup!B5", [PAY])

    def now(self, zone: ZoneInfo) -> datetime:
        """The clock of program and Workspace."""
        return self.moment.astimezone(zone)

    def bill(self, *rows: list[str]) -> None:
        """These are the invoices: client, number, issued, due, amount, paid on, paid so far, pause, until."""
        blank = [[""] * 10] * (MANY_ROWS - len(rows))
        self.rehearsal.type("Invoices!A2", *[[*row, *[""] * (10 - len(row))] for row in rows], *blank)

    def on(self, day: date, hour: int = 7, minute: int = 30) -> Cron:
        """The clock is set."""
        self.moment = datetime.combine(day, time(hour, minute), BERLIN)
        self.rehearsal.sandbox.state.clock.set(self.moment)
        return self

    def run(self, client: str = "", *, again: bool = False) -> Tally:
        """What cron does."""
        wishes = Wishes(again=frozenset(("invoices",)) if again else frozenset())
        return run_reminders(self.place, client, wishes, new_nonce(), Watch())

    def run_amiss(self, scenario: Scenario) -> bool:
        """The same while something goes wrong; whether it went wrong, for the run may have been over before."""
        self.rehearsal.sandbox.faults.begin(scenario)
        try:
            self.run()
        except OffboardError:
            pass
        finally:
            used = self.rehearsal.sandbox.faults.report()["faults"][0]["used"]
            self.rehearsal.sandbox.faults.end()
        return bool(used)

    def run_daily(self, first: date, days: int, *, sends: bool = False) -> None:
        """Every morning; in the evening she sends what waits, if she does."""
        for number in range(days):
            self.on(first + timedelta(days=number)).run()
            if sends:
                self.on(first + timedelta(days=number), 18).send()

    def drafts(self) -> dict[str, EmailMessage]:
        """What is in Drafts, by draft id."""
        listed = self.rehearsal.get("/gmail/v1/users/me/drafts?maxResults=500").get("drafts", [])
        return {entry["id"]: self._read(f"drafts/{entry['id']}") for entry in listed}

    def sent(self) -> list[EmailMessage]:
        """What was sent, the oldest first."""
        listed = self.rehearsal.get("/gmail/v1/users/me/messages?q=in:sent&maxResults=500").get("messages", [])
        return [self._read(f"messages/{entry['id']}") for entry in reversed(listed)]

    def subjects(self) -> list[str]:
        """Of everything that ever was in Drafts with a recipient: sent, and still there."""
        return [str(mail["Subject"]) for mail in (*self.sent(), *self.drafts().values()) if mail["To"]]

    def send(self) -> int:
        """She sends everything that Gmail lets her send."""
        ready = [id for id, mail in self.drafts().items() if mail["To"]]
        for id in ready:
            self.rehearsal.person.ask("POST", "/gmail/v1/users/me/drafts/send", {"id": id})
        return len(ready)

    def discard(self) -> None:
        """She throws every draft away."""
        for id in self.drafts():
            self.rehearsal.person.ask("DELETE", f"/gmail/v1/users/me/drafts/{id}")

    def edit(self, words: str) -> None:
        """She adds words to every draft."""
        for id, mail in self.drafts().items():
            body = mail.get_body(("plain",))
            assert body is not None
            body.set_content(body.get_content() + words)
            raw = base64.urlsafe_b64encode(mail.as_bytes()).decode()
            self.rehearsal.person.ask("PUT", f"/gmail/v1/users/me/drafts/{id}", {"message": {"raw": raw}})

    def log(self) -> list[tuple[str, str, str]]:
        """Client, outcome and words of every line about invoices."""
        return [(row[1], row[3], row[4]) for row in self.rehearsal.rows("Log") if row[2] == "invoices"]

    def _read(self, path: str) -> EmailMessage:
        found = self.rehearsal.get(f"/gmail/v1/users/me/{path}?format=raw")
        raw = found.get("raw") or found["message"]["raw"]
        mail = message_from_bytes(base64.urlsafe_b64decode(raw + "=="), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        return mail


def main() -> None:
    """A run in a process of its own, which a test can kill: the home and the moment are its arguments."""
    home, moment = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]).astimezone(BERLIN)
    config = load_config(home, {})
    workspace = open_workspace(config, Patience(10**9))
    place = Place(workspace, config.tracker.value, load_templates(home), moment.astimezone, home)
    run_reminders(place, "", Wishes(), new_nonce(), Watch())


def words_of(mail: EmailMessage) -> str:
    """The text of a mail, its lines joined."""
    body = mail.get_body(("plain",))
    return " ".join(str(body.get_content()).split()) if body else ""


if __name__ == "__main__":
    main()
