"""One reminder: which invoices it asks for, from which day its words count, and the mail that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from offboard.emails.facts import Facts
from offboard.emails.mail import Mail, render_mail
from offboard.emails.reminder import Reminder
from offboard.model import Client, Invoice
from offboard.steps.folder import find_folder_link
from offboard.steps.ladder import Rung
from offboard.steps.money import all_paid
from offboard.steps.series import Letter
from offboard.steps.share import share_key
from offboard.steps.standing import Standing, rungs_in
from offboard.world import World

DAYS_TO_PAY = 7
TOO_SHORT = 3  # days: with fewer left, an unsent draft gets a new day to pay by


@dataclass(frozen=True)
class Asking:
    """What the reminder of today asks for."""

    due: tuple[Standing, ...]  # each with its rung, the oldest invoice first
    others: tuple[Standing, ...]  # open as well, and neither paused nor in doubt; nothing of them is due today

    @property
    def rung(self) -> Rung:
        """The oldest one's: it gives the tone."""
        rung = self.due[0].rung
        assert rung is not None
        return rung

    @property
    def rungs(self) -> dict[str, int]:
        """Each invoice that is asked for, with its rung."""
        return {standing.invoice.number: standing.rung.days for standing in self.due if standing.rung}

    @property
    def asked(self) -> tuple[Invoice, ...]:
        """Those that the tone is right for; a milder one is only named beside them, which counts as its reminder."""
        return tuple(s.invoice for s in self.due if s.rung and s.rung.days >= self.rung.days)

    @property
    def also_open(self) -> tuple[Invoice, ...]:
        """What is named without a word of blame, the oldest first."""
        named = [standing.invoice for standing in (*self.due, *self.others) if standing.invoice not in self.asked]
        return tuple(sorted(named, key=lambda invoice: invoice.due or date.max))


def find_asking(standings: Sequence[Standing], today: date) -> Asking | None:
    """What there is to ask for today; None: nothing."""
    due = tuple(standing for standing in standings if standing.is_due(today))
    others = tuple(s for s in standings if s not in due and not s.paused and s.turn is None)
    return Asking(due, others) if due else None


def find_since(asking: Asking, letter: Letter | None, today: date) -> date:
    """The day from which the words count: the one on which this rung was first written, as long as that is fair.

    It stands in the ledger, so that whoever looks at the draft finds the same words, today and tomorrow.
    """
    known = rungs_in(letter)
    lead = asking.due[0].invoice.number
    if letter is None or known.get(lead) != asking.rung.days:
        return today
    try:
        since = date.fromisoformat(str(letter.entry.more.get("since")))
    except ValueError:
        return today
    return since if today <= since + timedelta(days=DAYS_TO_PAY - TOO_SHORT) else today


def write_reminder(world: World, client: Client, asking: Asking, since: date) -> Mail:
    """The mail of this tone; TemplateError names what is missing."""
    return render_mail(world.templates, f"reminder-{asking.rung.tone}", _gather(world, client, asking, since))


def _gather(world: World, client: Client, asking: Asking, since: date) -> Facts:
    """From the tracker and the ledger alone: whoever looks at less must find the same words."""
    last = world.last_working_day(client)
    last = last if client.leaving and last and last > since else None
    pay_by = since + timedelta(days=DAYS_TO_PAY)
    if last and last >= since + timedelta(days=TOO_SHORT):
        pay_by = min(pay_by, last)
    reminder = Reminder(
        asked=asking.asked,
        also_open=asking.also_open,
        since=since,
        pay_by=pay_by,
        last_working_day=last,
    )
    given = [world.ledger.find(share_key(client, email)) for email in client.addresses]
    return Facts(
        client=client,
        setup=world.setup,
        invoices=world.invoices_of(client),
        accounts=(),
        today=since,
        locale=world.locale,
        folder_link=find_folder_link(world, client) if client.leaving else "",
        shared=bool(given) and all(entry is not None and entry.made for entry in given),
        paid=all_paid(world, client),
        my_name_fallback=world.my_name,
        reminder=reminder,
    )
