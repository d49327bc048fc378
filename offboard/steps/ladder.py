"""The ladder of reminders: which rung of it an invoice stands on, from which day, and in which tone (TRADE.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from offboard.model import Invoice


class Tone(StrEnum):
    """How a reminder speaks; each is a template of its own."""

    FRIENDLY = "friendly"  # before anything is late
    NEUTRAL = "neutral"
    DIRECT = "direct"
    FIRM = "firm"
    FORMAL = "formal"


@dataclass(frozen=True)
class Sent:
    """The last reminder of an invoice that left Drafts: its rung, and the day on which it was found gone."""

    rung: int  # days from the due day
    day: date


@dataclass(frozen=True)
class Rung:
    """A step of the ladder for one invoice."""

    days: int  # from the due day; negative: before it
    number: int  # counted from 1
    of: int
    tone: Tone
    first: date  # the day from which it may be written


def find_rung(invoice: Invoice, ladder: Sequence[int], sent: Sent | None, today: date) -> Rung | None:
    """The next rung of an open invoice, due now or later; None when the last one was sent.

    One rung at a time, each only after the one before it was *sent*: a week in which nothing ran is not made up for
    by a harsher tone, and an old invoice begins with the mildest rung of those that are late.
    """
    assert invoice.due is not None  # a row without it cannot be read
    early = None if sent or today > invoice.due else _find_early(invoice, ladder, today)
    if early is not None:
        return _rung(invoice, ladder, early, None)
    last = max(sent.rung, 0) if sent else 0
    late = next((days for days in sorted(set(ladder)) if days > last), None)
    return None if late is None else _rung(invoice, ladder, late, sent)


def _find_early(invoice: Invoice, ladder: Sequence[int], today: date) -> int | None:
    """The latest early rung whose day has come, else the first to come; None where none comes before the due day.

    Where “Issued” is empty nobody knows whether the client has had the invoice for a while: then nothing is early.
    """
    assert invoice.due is not None
    before = [days for days in sorted(set(ladder)) if days <= 0 and (invoice.issued or days == 0)]
    before = [days for days in before if _first_day(invoice, days, None) <= invoice.due]
    come = [days for days in before if _first_day(invoice, days, None) <= today]
    return come[-1] if come else next(iter(before), None)


def _first_day(invoice: Invoice, days: int, sent: Sent | None) -> date:
    """Never on the day of issue, and as many days after the last reminder as lie between the two rungs."""
    assert invoice.due is not None
    first = invoice.due + timedelta(days=days)
    if sent:
        first = max(first, sent.day + timedelta(days=days - sent.rung))
    if invoice.issued:
        first = max(first, invoice.issued + timedelta(days=1))
    return first


def _rung(invoice: Invoice, ladder: Sequence[int], days: int, sent: Sent | None) -> Rung:
    rungs = sorted(set(ladder))
    return Rung(days, rungs.index(days) + 1, len(rungs), _tone(rungs, days), _first_day(invoice, days, sent))


def _tone(rungs: Sequence[int], days: int) -> Tone:
    """By the place among the late rungs, so that another ladder than the usual one skips no tone either."""
    late = [rung for rung in rungs if rung > 0]
    if days <= 0:
        return Tone.FRIENDLY
    if len(late) > 3 and days == late[-1]:
        return Tone.FORMAL
    return (Tone.NEUTRAL, Tone.DIRECT, Tone.FIRM)[min(late.index(days), 2)]
