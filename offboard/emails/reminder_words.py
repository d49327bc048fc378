"""The words of reminders: numbers, amounts and days alone, so that a template in any language can use them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from babel.dates import format_timedelta
from babel.lists import format_list

from offboard.amounts import format_amount
from offboard.columns import squeeze
from offboard.emails.facts import Facts
from offboard.emails.formats import day, money
from offboard.model import Invoice


def _asked(facts: Facts) -> Sequence[Invoice]:
    return facts.reminder.asked if facts.reminder else ()


def _several(facts: Facts) -> str:
    """Not empty where the e-mail asks for more than one invoice."""
    return str(len(_asked(facts))) if len(_asked(facts)) > 1 else ""


def _numbers(facts: Facts) -> str:
    """`INV-104`, or `INV-104 and INV-109`."""
    return _listed(facts, [squeeze(invoice.number) for invoice in _asked(facts)])


def _amount(facts: Facts) -> str:
    """What is still to be paid of them, one sum a currency."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for invoice in _asked(facts):
        if invoice.rest:
            sums[invoice.rest.currency] += invoice.rest.amount
    written = [format_amount(amount, currency, facts.locale) for currency, amount in sums.items()]
    return _listed(facts, written)


def _rest_of(facts: Facts) -> str:
    """`€850.00 − €400.00` where one invoice is asked for and a part of it is paid."""
    asked = _asked(facts)
    return _difference(facts, asked[0]) if len(asked) == 1 else ""


def _difference(facts: Facts, invoice: Invoice) -> str:
    if invoice.rest == invoice.amount:
        return ""
    return f"{money(facts, invoice.amount)} − {money(facts, invoice.paid_so_far)}"


def _due_day(facts: Facts) -> str:
    """The oldest one's."""
    first = next(iter(_asked(facts)), None)
    return day(facts, first.due) if first and first.due else ""


def _days_late(facts: Facts) -> str:
    """`14 days`, of the oldest one, on the day from which the e-mail counts."""
    first = next(iter(_asked(facts)), None)
    if facts.reminder is None or first is None or first.due is None or facts.reminder.since <= first.due:
        return ""
    late = timedelta(days=(facts.reminder.since - first.due).days)
    return str(format_timedelta(late, granularity="day", threshold=10**6, locale=facts.locale))


def _line(facts: Facts, invoice: Invoice) -> str:
    """`INV-104: €450.00 (€850.00 − €400.00), Friday 15 May`."""
    parts = _difference(facts, invoice)
    due = f", {day(facts, invoice.due)}" if invoice.due else ""
    return f"{squeeze(invoice.number)}: {money(facts, invoice.rest)}{f' ({parts})' if parts else ''}{due}"


def _list(facts: Facts) -> str:
    return "\n".join(f"- {_line(facts, invoice)}" for invoice in _asked(facts))


def _also_open(facts: Facts) -> str:
    also = facts.reminder.also_open if facts.reminder else ()
    return "\n".join(f"- {_line(facts, invoice)}" for invoice in also)


def _pay_by(facts: Facts) -> str:
    return day(facts, facts.reminder.pay_by) if facts.reminder else ""


def _last_working_day(facts: Facts) -> str:
    last = facts.reminder.last_working_day if facts.reminder else None
    return day(facts, last) if last else ""


def _ways_to_pay(facts: Facts) -> str:
    """The pay link of each row that has one, and Setup's way for the rest."""
    return "\n".join(dict.fromkeys(_pay_lines(facts)))


def _pay_lines(facts: Facts) -> Iterator[str]:
    asked = _asked(facts)
    for invoice in asked:
        if invoice.pay_link:
            yield invoice.pay_link if len(asked) == 1 else f"{squeeze(invoice.number)}: {invoice.pay_link}"
    if facts.setup.how_to_pay and not (asked and all(invoice.pay_link for invoice in asked)):
        yield facts.setup.how_to_pay


def _listed(facts: Facts, parts: Sequence[str]) -> str:
    return format_list(list(parts), locale=facts.locale)


REMINDER_VOCABULARY: dict[str, Callable[[Facts], str]] = {
    "billing_email": lambda facts: facts.client.billing_email or facts.client.email,
    "invoice": _numbers,
    "several_invoices": _several,
    "amount": _amount,
    "rest_of": _rest_of,
    "due_day": _due_day,
    "days_late": _days_late,
    "invoice_list": _list,
    "also_open": _also_open,
    "pay_by": _pay_by,
    "last_working_day": _last_working_day,
    "ways_to_pay": _ways_to_pay,
}
REMINDER_MAY_BE_EMPTY = set(REMINDER_VOCABULARY) - {"billing_email", "ways_to_pay"}
