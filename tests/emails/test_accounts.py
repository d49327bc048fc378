"""What an e-mail says of the accounts: what was left, what is to come, what needs the client; nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from offboard.emails.mail import render_mail
from offboard.model import Account
from tests.emails.conftest import INSTAGRAM, LATER, SHIPPED, TIKTOK, facts

GOOGLE = Account(client="bloom", platform="Google Business Profile")
CANVA = Account(client="bloom", platform="Canva")
THEIRS = replace(LATER, in_charge_since=date(2026, 5, 2))
GONE = replace(GOOGLE, left_on=date(2026, 5, 29))


@pytest.mark.parametrize(
    ("accounts", "needs", "said"),
    [
        ((INSTAGRAM, TIKTOK), (), "I am signed out of all of them"),
        ((INSTAGRAM, LATER), (), "I am signed out of Instagram; Later still to come"),
        ((LATER, CANVA), (), "Later and Canva are still to be handed over"),
        ((GOOGLE,), (GOOGLE,), "Google Business Profile still needs you as owner"),
        ((GOOGLE, CANVA), (GOOGLE, CANVA), "Google Business Profile and Canva still need you as owner"),
        (
            (INSTAGRAM, LATER, GOOGLE),
            (GOOGLE,),
            "I am signed out of Instagram; Later still to come; Google Business Profile still needs you as owner",
        ),
        (
            (replace(LATER, in_charge_since=date(2026, 5, 2)), CANVA),
            (),
            "Later is in your hands; Canva is still to be handed over",
        ),
        ((GONE,), (GONE,), "I am signed out of all of them; Google Business Profile still needs you as owner"),
    ],
)
def test_the_hand_over_tells_left_to_come_and_needed(
    accounts: tuple[Account, ...], needs: tuple[Account, ...], said: str
) -> None:
    mail = render_mail(SHIPPED, "handover", facts(accounts=accounts, needs_client=needs))
    assert f"Your accounts: {said}\n" in mail.text


def test_a_goodbye_claims_nothing_while_an_account_needs_the_client() -> None:
    mail = render_mail(SHIPPED, "goodbye", facts({"ask_for": "nothing"}, accounts=(GONE,), needs_client=(GONE,)))
    assert mail.subject == "Closing our work together"
    assert "Google Business Profile still needs you as owner: please see to it soon." in mail.text
    assert "verything is handed over" not in mail.text
