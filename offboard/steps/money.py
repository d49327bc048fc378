"""Money: what a client's invoices add up to, and whether all of it is paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.lists import format_list

from offboard.amounts import format_amount
from offboard.columns import Money
from offboard.model import Client, Invoice
from offboard.world import World


def sum_by_currency(invoices: Iterable[Invoice]) -> tuple[Money, ...]:
    """What is still to be paid, one sum a currency, never across."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for invoice in invoices:
        if invoice.rest:
            sums[invoice.rest.currency] += invoice.rest.amount
    return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))


def format_sums(sums: Iterable[Money], locale: Locale) -> str:
    """`€2,550.00 and CHF 1,200.00`."""
    written = [format_amount(money.amount, money.currency, locale) for money in sums]
    return str(format_list(written, locale="en_GB"))


def format_money_state(invoices: Iterable[Invoice], today: date) -> str:
    """`none listed`, `all paid`, or `2 open, 1 overdue`: the words that Today uses as well."""
    listed = tuple(invoices)
    still_open = [invoice for invoice in listed if invoice.open]
    if not listed:
        return "none listed"
    if not still_open:
        return "all paid"
    return f"{len(still_open)} open, {sum(invoice.overdue(today) for invoice in still_open)} overdue"


def all_paid(world: World, client: Client) -> bool:
    """Whether every invoice is paid or written off; nothing listed is not nothing owed, unless the step is skipped.

    A row whose client is not known may be this client's.
    """
    listed = world.invoices_of(client)
    settled = bool(listed) and not any(invoice.open for invoice in listed) and not world.strays
    return settled or "invoices" in client.skip
