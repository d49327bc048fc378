"""Words of the closing summary: what was handed over, when, to whom; accounts and how one knows; invoices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from babel.numbers import format_currency

from offboard.columns import squeeze
from offboard.emails.facts import Facts
from offboard.emails.markdown import shield
from offboard.emails.page_words import format_account, whole_day
from offboard.model import Invoice

PROOFS = {"I saw it": "checked", "client says": "confirmed by you", "": "noted by me"}


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table of cells that are shielded already; empty without rows."""
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    rule = "|---" * len(head.split("|")) + "|"
    return "\n".join((f"| {head} |", rule, *lines)) if lines else ""


def _day(facts: Facts, when: date | None) -> str:
    return shield(whole_day(facts, when)) if when else ""


def _handed_over_to(facts: Facts) -> str:
    """A line for each address that was let in, with the day where it is known."""
    lines = (f"- {shield(who)}{f', since {_day(facts, when)}' if when else ''}" for who, when in facts.readers)
    listed = "\n".join(lines)
    return f"The folder can be read by:\n\n{listed}" if listed else ""


def _account_proofs(facts: Facts) -> str:
    rows = ((*format_account(facts, account), PROOFS[account.proof]) for account in facts.accounts)
    return _table("Account | In your hands since | I left it on | How we know", rows)


def _invoice_list(facts: Facts) -> str:
    rows = ((shield(squeeze(i.number)), _amount(facts, i), _paid(facts, i)) for i in facts.invoices)
    return _table("Invoice | Amount | Paid", rows)


def _amount(facts: Facts, invoice: Invoice) -> str:
    amount = invoice.amount
    return shield(format_currency(amount.amount, amount.currency, locale=facts.locale)) if amount else ""


def _paid(facts: Facts, invoice: Invoice) -> str:
    if isinstance(invoice.paid, date):
        return _day(facts, invoice.paid)
    return "yes" if invoice.paid else "open" if invoice.open else "no longer due"


def _what_they_said(facts: Facts) -> str:
    said = facts.client.feedback.strip()
    return "\n".join(f"> {shield(line) or '&nbsp;'}" for line in said.splitlines())


CLOSING_VOCABULARY: dict[str, Callable[[Facts], str]] = {
    "closed_on": lambda facts: _day(facts, facts.closed_on),
    "end_of_work": lambda facts: _day(facts, facts.client.last_day),
    "handed_over_to": _handed_over_to,
    "account_proofs": _account_proofs,
    "all_invoices": _invoice_list,
    "what_they_said": _what_they_said,
}  # Markdown as it stands: the cells in it are shielded already
