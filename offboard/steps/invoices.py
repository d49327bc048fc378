"""The invoices: which are open, which overdue, what they add up to (article, step 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency

from offboard.columns import Money
from offboard.model import Client, Invoice
from offboard.plan import Outcome, Step, StepPlan, Turn
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
    return " and ".join(format_currency(money.amount, money.currency, locale=locale) for money in sums)


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


def plan_invoices(world: World, client: Client) -> StepPlan:
    """Say what is open; waiting while anything is, while none is listed, or while a row may be this client's."""
    listed = world.invoices_of(client)
    still_open = [invoice for invoice in listed if invoice.open]
    state = format_money_state(listed, world.today)
    stray = tuple(Turn(f"whose invoice is it? {problem.message}", problem.where) for problem in world.strays)
    if not listed and not stray:
        turn = Turn("add the last invoice, or write invoices into Skip", client.where("skip") or "Invoices")
        return StepPlan("invoices", Outcome.WAITING, "none listed: that is not the same as nothing owed", turns=(turn,))
    if not still_open and stray:
        return StepPlan("invoices", Outcome.WAITING, f"{state}, but a row's client is not known", turns=stray)
    if not still_open:
        return StepPlan("invoices", Outcome.DONE, f"all paid ({len(listed)})")
    numbers = ", ".join(invoice.number for invoice in still_open)
    sums = format_sums(sum_by_currency(still_open), world.locale)
    turns = stray + tuple(
        Turn(f"{invoice.number} is overdue: see that it gets paid, then fill in “Paid on”", invoice.where("paid"))
        for invoice in still_open
        if invoice.overdue(world.today)
    )
    return StepPlan("invoices", Outcome.WAITING, f"{state}: {numbers}, {sums}", turns=turns)


INVOICES = Step("invoices", plan_invoices)
