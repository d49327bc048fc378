"""Rows of Invoices that can be read one by one and not together: a number twice, two currencies in one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from offboard.errors import Problem
from offboard.model import Invoice


def find_invoice_problems(invoices: Sequence[Invoice]) -> Iterator[Problem]:
    """What is wrong with open invoices; the same number at two clients is nothing wrong."""
    first: dict[tuple[str, str], Invoice] = {}
    for invoice in invoices:
        other = first.setdefault((invoice.client, invoice.number.casefold()), invoice)
        if other is not invoice and (invoice.open or other.open):
            message = f"“{invoice.number}” of {invoice.client} stands in {other.where('number')} as well."
            hint = "Delete the row that is too much, or correct its number."
            yield Problem(invoice.where("number"), message, hint, invoice.client)
        paid, amount = invoice.paid_so_far, invoice.amount
        if invoice.open and paid and amount and paid.currency != amount.currency:
            message = f"Paid so far is in {paid.currency}, the amount ({invoice.where('amount')}) in {amount.currency}."
            yield Problem(invoice.where("paid_so_far"), message, "Write both in one currency.", invoice.client)
