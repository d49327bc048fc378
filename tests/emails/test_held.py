"""What is not open, not made or not done is not promised: the folder, the reports alone, accounts that are left over."""

# ruff: noqa: E501  # a case stands on one line
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from offboard.columns import Money
from offboard.emails.mail import render_mail
from tests.emails.conftest import CALL, LATER, OPEN, PAID, SHIPPED, TIKTOK, facts

PARTLY, WHOLE = {"share": "reports now, rest when paid"}, {"share": "when paid"}
REPORTS = "https://drive.google.com/drive/folders/R1"
PART_PAID = replace(OPEN, paid_so_far=Money(Decimal(400), "EUR"))
CASES: list[tuple[str, str, Mapping[str, Any], Mapping[str, Any], list[str], list[str]]] = [
    ("only the reports", "handover", PARTLY, {"invoices": (OPEN,)}, [REPORTS, "The rest of the folder opens for you as soon as INV-109 is paid", "the reports open for you?"], ["1kQ7"]),
    ("nothing listed is not paid", "handover", WHOLE, {"invoices": ()}, ["as soon as the last invoice is paid"], ["1kQ7"]),
    ("paid, not shared yet", "handover", WHOLE, {"invoices": (PAID,), "paid": True}, ["1kQ7"], ["as soon as"]),
    ("invoices skipped", "handover", {**WHOLE, "skip": ("invoices",)}, {"invoices": (), "paid": True}, ["1kQ7"], ["as soon as"]),
    ("no folder", "handover", {}, {"folder_link": ""}, ["Your hand-over\n", "Where things stand"], ["folder", "filling"]),
    ("no folder, a call", "handover", {"call": CALL}, {"folder_link": ""}, ["Our call on Friday 29 May at 15:00", "1. What"], ["folder"]),
    ("no folder, goodbye", "goodbye", {}, {"folder_link": ""}, ["everything is handed over. Since"], ["folder"]),
    ("goodbye, held", "goodbye", WHOLE, {"invoices": (OPEN,)}, ["The folder opens for you as soon as INV-109"], ["handed over"]),
    ("goodbye, accounts left over", "goodbye", {"ask_for": "nothing"}, {"accounts": (TIKTOK, LATER), "shared": True}, ["Closing our work together", "the folder is yours"], ["verything is handed over"]),
    ("no account left yet", "handover", {}, {"accounts": (LATER,), "shared": True}, ["Your accounts: Later is still to be handed over"], ["0 of"]),
    ("part paid", "handover", {}, {"invoices": (PART_PAID,)}, ["INV-109, €450.00 (of €850.00), due"], []),
    ("written off", "handover", {}, {"invoices": (PAID, replace(OPEN, pause="written off"))}, ["No invoice is open"], ["are paid"]),
    ("no amount", "handover", {}, {"invoices": (replace(OPEN, amount=None),)}, ["Still open: INV-109, due"], []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "client", "more", "says", "never"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_mail_promises_only_what_is_so(
    name: str, client: Mapping[str, Any], more: Mapping[str, Any], says: list[str], never: list[str]
) -> None:
    mail = render_mail(SHIPPED, name, facts(client, **{"shared": False, "reports_link": REPORTS, **more}))
    whole = f"{mail.subject}\n{mail.text}"
    assert [part for part in says if part not in whole] == [], whole
    assert [part for part in never if part in whole] == [], whole


def test_an_invoice_number_is_never_a_link() -> None:
    evil = replace(OPEN, number="https://evil.example")
    for share in (PARTLY, WHOLE):
        mail = render_mail(SHIPPED, "handover", facts(share, invoices=(evil,), shared=False, reports_link=REPORTS))
        assert 'href="https://evil' not in mail.html
        assert "https://evil.example is paid" in mail.text
