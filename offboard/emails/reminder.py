"""What a reminder speaks of, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from offboard.model import Invoice


@dataclass(frozen=True)
class Reminder:
    """The invoices that an e-mail asks for, and its days; none of them is today, so that a draft stays as it is."""

    asked: tuple[Invoice, ...]  # the oldest first, none of them empty of a due day
    also_open: tuple[Invoice, ...]  # named without a word of blame
    since: date  # the day from which its words count
    pay_by: date
    last_working_day: date | None = None  # of working together, while it is still to come
