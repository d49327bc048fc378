"""The notice's words: when the work ends and by which terms, and what happens until then, by whom, by when."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from babel.dates import format_time

from offboard.columns import squeeze
from offboard.emails.facts import Facts
from offboard.emails.formats import day, open_invoice, short_day

MANY_WAIT = "Some platforms make new owners wait for days, so please keep these dates."
LENGTH = "20 to 30 minutes"  # of a last call


def _warm(facts: Facts) -> bool:
    """Plainer where no testimonial will be asked for."""
    return facts.client.ask_for in ("testimonial", "")


def _anchored(facts: Facts) -> Facts:
    """Dates without a year are of the last day's: the mail is kept, and does not change at New Year."""
    return replace(facts, today=facts.client.last_day or facts.today)


def _day(facts: Facts, when: date) -> str:
    return day(_anchored(facts), when)


def _short_day(facts: Facts, when: date) -> str:
    return short_day(_anchored(facts), when)


def _last_day(facts: Facts) -> str:
    """With its year: it is what the client keeps in writing."""
    return day(facts, facts.client.last_day, year=True) if facts.client.last_day else ""


def _last_day_in_short(facts: Facts) -> str:
    return _short_day(facts, facts.client.last_day) if facts.client.last_day else ""


def _moved_from(facts: Facts) -> str:
    moved = facts.moved_from
    return _day(facts, moved) if moved and moved != facts.client.last_day else ""


def _clause(facts: Facts) -> str:
    """The notice that leads to this last day; its length only where somebody typed or checked it."""
    client, given, last = facts.client, facts.client.notice_given, facts.client.last_day
    if given is None or last is None or given > last:
        return ""
    days = client.notice_days if client.notice_days is not None else facts.setup.notice_days
    earliest = given + timedelta(days=days)
    month_end = earliest.replace(day=monthrange(earliest.year, earliest.month)[1])
    known = client.notice_days is not None or client.contract_checked
    if known and days > 1 and earliest <= last <= month_end:
        return f"{days} days' notice from {_short_day(facts, given)}"
    return f"notice was given on {_short_day(facts, given)}"


def _working_day(facts: Facts) -> str:
    working = facts.last_working_day
    differs = working is not None and working != facts.client.last_day
    return f"My last working day is {_day(facts, working)}." if working and differs else ""


def _what_i_need(facts: Facts) -> str:
    """What only the client can do, each thing with its day; why they cannot move; the passwords at the end."""
    points = list_asks(facts)
    if any(not account.left_on for account in facts.accounts):
        points.append(("after the last day", "change the passwords; I'll tell you which."))
    lines = [f"- **{when}**: {what}" for when, what in points]
    return "\n".join([*lines, *([f"\n{MANY_WAIT}"] if len(_reasons(facts)) > 1 else [])])


def list_asks(facts: Facts, *, every_reason: bool = False) -> list[tuple[str, str]]:
    """Each thing that only the client can do: its day in words, and what; a reason where there is just one for all."""
    told = every_reason or len(_reasons(facts)) == 1
    return [
        (
            f"by {_day(facts, ask.day)}" if ask.day else "as soon as you can",
            _sentence(ask.text, ask.why if told else ""),
        )
        for ask in facts.asks
    ]


def _reasons(facts: Facts) -> list[str]:
    return list(dict.fromkeys(ask.why for ask in facts.asks if ask.why))


def _sentence(text: str, why: str) -> str:
    return f"{squeeze(text).rstrip('.')}. {squeeze(why)}".strip()


def _what_you_get(facts: Facts) -> str:
    """The folder, and when it opens; empty where none is made."""
    if not facts.folder_link:
        return ""
    inside = "your reports and what else belongs to you" if facts.client.reports else "what belongs to you"
    folder = f"A folder in Google Drive with {inside}"
    if not facts.held:
        return f"{folder}. I send you its link by our last day."
    opens = "it opens for you" if facts.client.share == "when paid" else "the reports come first, the rest opens"
    return f"{folder}; {opens} as soon as all invoices are paid."


def _invoices(facts: Facts) -> str:
    """The open invoices, and when the last of them is due."""
    if "invoices" in facts.client.skip:
        return ""
    still_open = [invoice for invoice in facts.invoices if invoice.open]
    if not still_open:
        paid = facts.invoices and all(invoice.paid for invoice in facts.invoices)
        return "All invoices so far are paid, thank you." if paid else ""
    lines = [f"- {open_invoice(facts, invoice)}" for invoice in still_open]
    due = max((invoice.due for invoice in still_open if invoice.due), default=facts.today)
    if len(lines) > 1 and due > facts.today:
        lines.append(f"\nThe final due date is {_day(facts, due)}.")
    return "\n".join(lines)


def _call(facts: Facts) -> str:
    """Its time where there is one, else a link to choose it, else an offer on good terms."""
    if "call" in facts.client.skip:
        return ""
    if facts.client.call:
        time = format_time(facts.client.call, "short", locale=facts.locale)
        return f"We talk on {_day(facts, facts.client.call.date())} at {time}, for {LENGTH}."
    if facts.setup.meeting_link:
        return f"{LENGTH} in the last days. Pick a time: {facts.setup.meeting_link}"
    return f"{LENGTH} in the last days. Which time suits you?" if _warm(facts) else ""


NOTICE_WORDS: dict[str, Callable[[Facts], str]] = {
    "on_good_terms": lambda facts: "yes" if _warm(facts) else "",
    "moved_from": _moved_from,
    "last_day_with_year": _last_day,
    "last_day_in_short": _last_day_in_short,
    "notice_clause": _clause,
    "my_last_working_day": _working_day,
    "what_i_need": _what_i_need,
    "what_you_get": _what_you_get,
    "invoices_to_pay": _invoices,
    "our_call": _call,
}  # each word of the notice and how it is found
