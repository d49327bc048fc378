"""Facts of a client who leaves, and the mails made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from offboard.columns import Money
from offboard.emails.facts import Facts
from offboard.emails.mail import Mail, render_mail
from offboard.emails.templates import Template, Templates, load_templates
from offboard.model import Account, Client, Invoice, Setup

SHIPPED = load_templates(Path("/nowhere"))
CALL = datetime(2026, 5, 29, 15, tzinfo=ZoneInfo("Europe/Berlin"))
CELLS = {"contact": "Clients!C2", "name": "Clients!B2", "last_day": "Clients!H2"}
BLOOM = Client(
    cells=CELLS, short="bloom", name="Bloom Bakery", contact="Maya", email="maya@bloom.example", ask_for="testimonial"
)
ANA = Setup(cells={"your_name": "Setup!B2", "how_to_pay": "Setup!B5"}, your_name="Ana Ruiz", business="Ana Ruiz Social")
OPEN = Invoice(client="bloom", number="INV-109", due=date(2026, 5, 29), amount=Money(Decimal(850), "EUR"))
PAID = replace(OPEN, number="INV-104", paid=True)
INSTAGRAM = Account(client="bloom", platform="Instagram", left_on=date(2026, 5, 28))
TIKTOK = Account(client="bloom", platform="TikTok", left_on=date(2026, 5, 29))
LATER = Account(client="bloom", platform="Later")
FACTS = Facts(
    client=BLOOM,
    setup=ANA,
    invoices=(PAID,),
    accounts=(INSTAGRAM, TIKTOK),
    today=date(2026, 5, 28),
    locale=Locale("en", "GB"),
    folder_link="https://drive.google.com/drive/folders/1kQ7",
    folder_parts=(("Reports", 7), ("Content", 0), ("Brand assets", 1)),
    shared=True,
    folder_stays_until=date(2026, 8, 29),
)


def facts(client: Mapping[str, Any] = {}, setup: Mapping[str, Any] = {}, **more: Any) -> Facts:  # only read
    """The facts above, changed in some of the client's cells, of Setup's, or in whole."""
    return replace(FACTS, client=replace(BLOOM, **client), setup=replace(ANA, **setup), **more)


def mail_of(text: str, of: Facts = FACTS) -> Mail:
    """The mail of a template that somebody wrote."""
    return render_mail(Templates({"goodbye": Template("goodbye", "goodbye.md.j2", text)}), "goodbye", of)


@pytest.fixture
def write_template(tmp_path: Path) -> Callable[[str, str], None]:
    """Put a template of one's own into the home."""

    def write(name: str, text: str) -> None:
        path = tmp_path / "templates" / f"{name}.md.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return write
