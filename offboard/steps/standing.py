"""Where each open invoice stands: the rung that is due, or why there is nothing to write, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from offboard.model import Client, Invoice
from offboard.plan import Turn
from offboard.steps.ladder import Rung, Sent, Tone, find_rung
from offboard.steps.series import Letter
from offboard.world import World

LONGEST_NUMBER = 100  # characters: it stands in a subject and in the ledger
ASKED = ("promised", "later")  # pauses that need a day
A_NOTE = {Tone.FRIENDLY: "a friendly note"}


@dataclass(frozen=True)
class Standing:
    """One open invoice today."""

    invoice: Invoice
    rung: Rung | None = None  # the next one, due now or later; None: there is none
    why: str = ""  # why nothing is written, where it is not for the next rung's day to come
    turn: Turn | None = None  # what a person must do about it
    paused: bool = False

    def is_due(self, today: date) -> bool:
        """Whether its next rung's day has come."""
        return self.rung is not None and self.rung.first <= today


def list_standings(world: World, client: Client, letters: tuple[Letter, ...]) -> tuple[Standing, ...]:
    """Every open invoice of the client, the oldest first, as the tracker and what left Drafts so far have it."""
    still_open = [invoice for invoice in world.invoices_of(client) if invoice.open]
    still_open.sort(key=lambda invoice: (invoice.due or date.max, invoice.number))
    sent = find_sent(letters)
    return tuple(_stand(world, client, invoice, sent.get(invoice.number)) for invoice in still_open)


def find_sent(letters: tuple[Letter, ...]) -> Mapping[str, Sent]:
    """The last reminder of each invoice that is no longer in Drafts, by number."""
    sent: dict[str, Sent] = {}
    for letter in letters:
        if letter.gone:
            sent |= {number: Sent(int(days), letter.gone) for number, days in rungs_in(letter).items()}
    return sent


def rungs_in(letter: Letter | None) -> Mapping[str, int]:
    """The invoices that an e-mail reminds of, each with its rung; none where it was emptied again."""
    found = letter.entry.more.get("says", {}) if letter else {}
    return found if isinstance(found, Mapping) else {}


def ladder_of(world: World, client: Client) -> tuple[int, ...]:
    """The client's own days, else those of Setup."""
    return client.reminder_days or world.setup.reminder_days


def _stand(world: World, client: Client, invoice: Invoice, sent: Sent | None) -> Standing:
    trouble = _find_trouble(invoice)
    if trouble:
        return Standing(invoice, why=trouble.text, turn=trouble)
    pause = find_pause(invoice, world.today)
    if pause:
        asked = invoice.pause in ASKED and invoice.pause_until is None
        until = Turn(f"{invoice.number} is paused: until when?", invoice.where("pause_until"))
        return Standing(invoice, why=f"paused: {pause}", turn=until if asked else None, paused=True)
    rung = find_rung(invoice, ladder_of(world, client), sent, world.today)
    if rung is None:
        turn = Turn(f"{invoice.number}: all reminders were sent; call, or write by post", invoice.where("number"))
        return Standing(invoice, why="all reminders were sent: call, or write by post", turn=turn)
    return Standing(invoice, rung)


def _find_trouble(invoice: Invoice) -> Turn | None:
    """What the row says that cannot be meant so."""
    if len(invoice.number) > LONGEST_NUMBER:
        return Turn("this is no invoice's number: it is too long for an e-mail", invoice.where("number"))
    if invoice.issued and invoice.due and invoice.due < invoice.issued:
        text = f"{invoice.number} is due before it was issued: one of the two days is wrong"
        return Turn(text, invoice.where("due"))
    if invoice.rest and invoice.rest.amount <= 0:
        if invoice.paid_so_far and invoice.paid_so_far.amount > 0:
            return Turn(f"{invoice.number}: all of it is paid so far; fill in “Paid on”", invoice.where("paid"))
        return Turn(f"{invoice.number} asks for no money: no reminder is written for it", invoice.where("amount"))
    return None


def find_pause(invoice: Invoice, today: date) -> str:
    """Why an open invoice is left in peace today, in words; empty: it is not. The last day of a pause belongs to it."""
    until = invoice.pause_until
    if until is not None:
        if today > until:
            return ""
        words = {"promised": "promised for", "disputed": "disputed, until"}.get(invoice.pause, "until")
        return f"{words} {format_day(until)}"
    asked = {"promised": "promised; until when?", "later": "for now; until when?"}
    return asked.get(invoice.pause, "disputed" if invoice.pause == "disputed" else "")


def describe_rung(rung: Rung) -> str:
    """`a friendly note`, or `reminder 2 of 5`."""
    return A_NOTE.get(rung.tone, f"reminder {rung.number} of {rung.of}")


def describe_end(invoice: Invoice | None, today: date) -> str:
    """Why an invoice that an e-mail asks for need not be paid now: `was paid on 4 May`; empty: it must."""
    if invoice is None:
        return "is not in the tracker any more"
    if invoice.paid:
        return f"was paid on {format_day(invoice.paid)}" if isinstance(invoice.paid, date) else "was paid"
    if invoice.pause == "written off":
        return "was written off"
    pause = find_pause(invoice, today)
    if pause:
        verb = "is" if invoice.pause in ("promised", "disputed") else "is paused"
        return f"{verb} {pause.removesuffix('; until when?')}"
    return "asks for no money any more" if _find_trouble(invoice) else ""


def format_day(day: date) -> str:
    """`Sun 31 May`, as the screens write it."""
    return str(format_date(day, "EEE d MMM", locale="en_GB"))
