"""What the two e-mails say, case by case."""

# ruff: noqa: E501  # a case stands on one line
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from babel import Locale

from offboard.emails.closing_words import CLOSING_VOCABULARY
from offboard.emails.facts import Facts
from offboard.emails.mail import render_mail
from offboard.emails.notice_words import NOTICE_WORDS
from offboard.emails.page_words import PAGE_VOCABULARY
from offboard.emails.reminder_words import REMINDER_VOCABULARY
from tests.emails.conftest import CALL, INSTAGRAM, LATER, OPEN, PAID, SHIPPED, TIKTOK, facts

WITH_CALL = {"call": CALL}
CASES: list[tuple[str, str, Facts, list[str], list[str]]] = [
    ("call named in the subject", "handover", facts(WITH_CALL), ["Friday 29 May at 15:00", "15:00 (20"], []),
    ("no call, no agenda", "handover", facts(), ["Your hand-over folder", "Where things stand"], ["call"]),
    ("nothing stands open, nothing is said", "handover", facts(invoices=(), accounts=()), [], ["Where things"]),
    ("testimonial begins with highlights", "handover", facts(WITH_CALL), ["1. What we ach", "5. Your f"], []),
    ("feedback: no highlights", "handover", facts({**WITH_CALL, "ask_for": "feedback"}), ["1. A walk"], ["achieved"]),
    ("nothing: no feedback", "handover", facts({**WITH_CALL, "ask_for": "nothing"}), [], ["feedback", "achieved"]),
    ("not chosen: feedback, no highlights", "handover", facts({**WITH_CALL, "ask_for": ""}), ["Your feedback"], ["What we achieved"]),
    ("no invoices, no word of them", "handover", facts(WITH_CALL, invoices=()), ["folder"], ["nvoice", "open:"]),
    ("paid invoices are thanked for", "handover", facts(WITH_CALL), ["All invoices are paid, thank you"], []),
    ("open ones are named", "handover", facts(WITH_CALL, invoices=(PAID, OPEN)), ["INV-109, €850.00, due"], ["104"]),
    ("folder is linked", "handover", facts(), ["https://drive.google.com/drive/folders/1kQ7"], ["opens for you as"]),
    ("files are counted", "handover", facts(), ["Reports (7 files) and Brand assets (1 file)"], ["Content"]),
    ("an empty folder praises nothing", "handover", facts(folder_parts=()), ["folder is ready"], ["you find", "filling"]),
    ("it stays", "handover", facts(), ["until Saturday 29 August"], []),
    ("all accounts left", "handover", facts(WITH_CALL), ["signed out of all of them"], ["still to come"]),
    ("some left", "handover", facts(WITH_CALL, accounts=(INSTAGRAM, LATER)), ["signed out of Instagram; Later still to come"], []),
    ("testimonial", "goodbye", facts(), ["Thank you, Maya", "May I quote you"], ["learn from"]),
    ("feedback", "goodbye", facts({"ask_for": "feedback"}), ["What worked well", "5. From 0"], ["quote"]),
    ("one password", "goodbye", facts(accounts=(TIKTOK,)), ["change the password that I knew (TikTok)"], ["passwords"]),
    ("not shared yet", "handover", facts(shared=False), ["opens for you soon, here: https"], ["is ready", "check that"]),
    ("overdue", "handover", facts(invoices=(OPEN,), today=date(2026, 6, 2)), ["was due Friday 29 May"], []),
    ("another year", "handover", facts(today=date(2025, 12, 1)), ["until Saturday 29 August 2026"], []),
    ("no end, no promise", "handover", facts(folder_stays_until=None), [], ["folder stays"]),
    ("survey, prefilled", "goodbye", facts({"ask_for": "feedback"}, {"survey_link": "https://s.ex/?e.1={client}&e.2=%7Bcontact%7D"}), ["?e.1=Bloom%20Bakery&e.2=Maya"], ["{"]),
    ("survey", "goodbye", facts({"ask_for": "feedback"}, {"survey_link": "https://s.ex"}), ["//s.e"], ["line each"]),
    ("nothing", "goodbye", facts({"ask_for": "nothing"}), ["all the best for Bloom Bakery", "comes to its end"], ["?", "learn"]),
    ("not chosen", "goodbye", facts({"ask_for": ""}), ["Everything is handed over"], ["?", "learn"]),
    ("both left", "goodbye", facts(), ["Since Friday 29 May", "both accounts", "Instagram and TikTok"], []),
    ("one left", "goodbye", facts(accounts=(TIKTOK,)), ["out of your account."], ["both"]),
    ("not all left: nothing is claimed", "goodbye", facts(accounts=(TIKTOK, LATER)), [], ["signed out", "passwords"]),
    ("no accounts", "goodbye", facts(accounts=()), [], ["signed out", "passwords"]),
    ("signed by name and business", "goodbye", facts(), ["Ana Ruiz\nAna Ruiz Social"], []),
    ("signed as Setup says", "goodbye", facts(setup={"signature": "Best\nAna"}), ["Best\nAna"], ["Ruiz Social"]),
    ("signed by the account", "goodbye", facts(setup={"your_name": "", "business": ""}, my_name_fallback="A"), [], []),
]  # fmt: skip
WAITING: list[tuple[Mapping[str, Any], tuple[Any, ...], str]] = [
    ({"share": "when paid"}, (OPEN,), "as soon as INV-109 is paid, as agreed"),
    ({"share": "when paid"}, (OPEN, PAID), "as soon as INV-109 is paid"),
]


@pytest.mark.parametrize(("name", "of", "says", "never"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_mail_says_what_is_so_and_nothing_else(name: str, of: Facts, says: list[str], never: list[str]) -> None:
    mail = render_mail(SHIPPED, name, of)
    whole = f"{mail.subject}\n{mail.text}"
    assert [part for part in says if part not in whole] == [], whole
    assert [part for part in never if part in whole] == [], whole
    assert "  " not in whole
    assert "\n\n\n" not in whole


@pytest.mark.parametrize(("client", "invoices", "says"), WAITING)
def test_a_folder_that_waits_for_payment_says_so_and_hides_its_link(
    client: Mapping[str, Any], invoices: tuple[Any, ...], says: str
) -> None:
    mail = render_mail(SHIPPED, "handover", facts(client, invoices=invoices, shared=False))
    assert says in mail.text
    assert "drive.google.com" not in mail.text + mail.html
    assert "opens for you?" not in mail.text, "nobody can check a folder that is still closed"


@pytest.mark.parametrize(
    ("locale", "language", "day"),
    [
        ("en_GB", "", "Saturday 29 August"),
        ("en_US", "", "Saturday, August 29"),
        ("de_DE", "", "Saturday 29 August"),
        ("bg_BG", "", "Saturday 29 August"),
        ("en_GB", "de", "Saturday 29 August"),
        ("en_GB", "Klingon", "Saturday 29 August"),
    ],
)
def test_dates_speak_the_language_of_the_words_around_them(locale: str, language: str, day: str) -> None:
    mail = render_mail(SHIPPED, "goodbye", facts({"language": language}, locale=Locale.parse(locale)))
    assert f"until {day}" in mail.text


def test_a_draft_does_not_change_from_day_to_day() -> None:
    before, after = (render_mail(SHIPPED, "handover", facts(WITH_CALL, today=date(2026, 5, day))) for day in (20, 29))
    assert before.digest == after.digest


@pytest.mark.parametrize(
    "other",
    [facts({"contact": "Mia"}), facts({"email": "x@y.example"}), facts({"ask_for": "nothing"}), facts(accounts=())],
)
def test_the_digest_changes_with_anything_that_the_client_would_read(other: Facts) -> None:
    assert render_mail(SHIPPED, "goodbye", facts()).digest != render_mail(SHIPPED, "goodbye", other).digest


def test_no_word_means_two_things() -> None:
    apart = (CLOSING_VOCABULARY, NOTICE_WORDS, PAGE_VOCABULARY, REMINDER_VOCABULARY)
    assert sum(map(len, apart)) == len(set().union(*apart))
