"""How days, money and lists are written in an e-mail: in its language, and never relative to today."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from babel.dates import format_date, format_skeleton

from offboard.amounts import format_amount
from offboard.columns import Money, squeeze
from offboard.emails.facts import Facts
from offboard.model import Invoice


def day(facts: Facts, when: date, *, year: bool = False) -> str:
    """`Friday 29 May`, with the year where it is another or is wanted: a draft stays as it is from day to day."""
    full = facts.locale.date_formats["full"].pattern
    bare = full if year or when.year != facts.today.year else re.sub(r",? y$", "", full)
    pattern = bare.replace("EEEE, d", "EEEE d") if facts.locale.language == "en" else full
    return str(format_date(when, pattern, locale=facts.locale))


def short_day(facts: Facts, when: date) -> str:
    """`29 May`, with the year where it is another."""
    skeleton = "MMMMd" if when.year == facts.today.year else "yMMMMd"
    return str(format_skeleton(skeleton, when, locale=facts.locale))


def money(facts: Facts, amount: Money | None) -> str:
    """`€850.00`."""
    return format_amount(amount.amount, amount.currency, facts.locale) if amount else ""


def listed(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def open_invoice(facts: Facts, invoice: Invoice) -> str:
    """`INV-104, €450.00 (of €850.00), was due Friday 15 May`."""
    rest = money(facts, invoice.rest)
    if invoice.rest != invoice.amount:
        rest += f" (of {money(facts, invoice.amount)})"
    was = "was due" if invoice.overdue(facts.today) else "due"
    due = f"{was} {day(facts, invoice.due)}" if invoice.due else ""
    return ", ".join(part for part in (squeeze(invoice.number), rest, due) if part)
