"""What the notice says, case by case: nothing false, no empty heading, as long as a letter that is read."""

# ruff: noqa: E501  # a case stands on one line
from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from babel import Locale

from offboard.columns import Link
from offboard.emails.facts import Ask, Facts
from offboard.emails.mail import Mail, render_mail
from offboard.errors import TemplateError
from offboard.model import Account
from tests.emails.conftest import CALL, INSTAGRAM, LATER, OPEN, PAID, SHIPPED, facts

LAST, WORKING = date(2026, 5, 31), date(2026, 5, 29)
TERMS = {"notice_given": date(2026, 4, 27), "notice_days": 30, "last_day": LAST, "reports": (Link("https://x"),)}
GOOGLE = Ask(date(2026, 5, 21), "accept “owner” of the Google Business Profile", "Google makes new owners wait 7 days.")
META = Ask(date(2026, 5, 21), "give one more person full control in Meta", "Meta may make a new admin wait 7 days.")
CANVA = Ask(date(2026, 5, 22), "accept the Canva transfer", "Canva takes 5 days.")
LATE = replace(GOOGLE, day=None, why="")
SIX = tuple(
    Account(client="bloom", platform=name) for name in ("Instagram", "Meta", "Google", "TikTok", "Later", "Canva")
)
EARLIER = replace(OPEN, number="INV-104", due=date(2026, 5, 15))
HEADINGS = ("What I need from you", "What you get", "Invoices", "A short call")


def notice(client: Mapping[str, Any] = {}, setup: Mapping[str, Any] = {}, **more: Any) -> Facts:  # only read
    given: dict[str, Any] = {"today": date(2026, 4, 28), "accounts": (), "invoices": (), "last_working_day": WORKING}
    return facts({**TERMS, **client}, setup, **{**given, **more})


def mail_of(of: Facts) -> Mail:
    return render_mail(SHIPPED, "notice", of)


CASES: list[tuple[str, Facts, list[str], list[str]]] = [
    ("date and clause", notice(), ["Subject: Wrapping up by 31 May: what", "ends on Sunday 31 May 2026 (30 days' notice from 27 April)."], []),
    ("both days", notice(), ["My last working day is Friday 29 May."], []),
    ("one day", notice(last_working_day=LAST), ["31 May 2026"], ["working day"]),
    ("no days typed: none are claimed", notice({"notice_days": None}), ["(notice was given on 27 April)"], ["30 days"]),
    ("Setup's days, once the contract is checked", notice({"notice_days": None, "contract_checked": True}), ["(30 days' notice from 27 April)"], []),
    ("later than the notice's month", notice({"last_day": date(2026, 7, 31)}), ["(notice was given on 27 April)"], ["30 days"]),
    ("earlier than the notice", notice({"last_day": date(2026, 5, 10)}), ["(notice was given on 27 April)"], ["30 days"]),
    ("no notice, no clause", notice({"notice_given": None}), ["31 May 2026."], ["notice"]),
    ("another year than the last day's is said", notice({"notice_given": date(2025, 12, 20), "notice_days": None, "last_day": date(2026, 1, 31)}), ["31 January 2026 (notice was given on 20 December 2025)"], []),
    ("it stays the same at New Year", notice(today=date(2025, 12, 31)), ["by 31 May: what", "from 27 April)", "is Friday 29 May."], []),
    ("nothing to do, no heading", notice(), [], ["What I need", "Invoices"]),
    ("one thing with its reason", notice(asks=(GOOGLE,), accounts=SIX), ["by Thursday 21 May: accept “owner” of the Google Business Profile. Google makes new owners wait 7 days."], ["Some platforms"]),
    ("several share theirs", notice(asks=(GOOGLE, META, CANVA), accounts=SIX), ["by Friday 22 May: accept the Canva transfer.", "Some platforms make new owners wait"], ["7 days", "5 days."]),
    ("late is at once", notice(asks=(LATE, CANVA)), ["as soon as you can: accept “owner”"], ["21 May"]),
    ("passwords of what is left to hand over", notice(accounts=(LATER,)), ["after the last day: change the passwords"], []),
    ("nothing left to hand over", notice(accounts=(INSTAGRAM,)), [], ["passwords"]),
    ("folder", notice(), ["A folder in Google Drive with your reports and what else belongs to you. I send you its link"], []),
    ("no reports, none promised", notice({"reports": ()}), ["with what belongs to you."], ["your reports"]),
    ("no folder", notice(folder_link=""), [], ["What you get", "folder"]),
    ("folder waits for money", notice({"share": "when paid"}, shared=False, invoices=(OPEN,)), ["it opens for you as soon as all invoices are paid."], ["its link"]),
    ("reports first", notice({"share": "reports now, rest when paid"}, shared=False, invoices=(OPEN,)), ["the reports come first, the rest opens as soon as"], []),
    ("the final due date", notice(invoices=(EARLIER, OPEN, PAID)), ["INV-104, €850.00, due Friday 15 May", "The final due date is Friday 29 May."], []),
    ("one invoice has one due date", notice(invoices=(OPEN,)), ["INV-109, €850.00, due Friday 29 May"], ["final"]),
    ("all overdue", notice(invoices=(EARLIER, OPEN), today=date(2026, 6, 1)), ["was due Friday 15 May"], ["final"]),
    ("all paid", notice(invoices=(PAID,)), ["All invoices so far are paid, thank you."], []),
    ("written off is not paid", notice(invoices=(replace(OPEN, pause="written off"),)), [], ["Invoices", "paid"]),
    ("invoices skipped", notice({"skip": ("invoices",)}, invoices=(OPEN,)), [], ["INV", "Invoices"]),
    ("call", notice({"call": CALL}), ["We talk on Friday 29 May at 15:00, for 20 to 30 minutes."], ["Pick"]),
    ("call to choose", notice(setup={"meeting_link": "https://cal.example/ana"}), ["Pick a time: https://cal.example/ana"], []),
    ("call to offer", notice(), ["Which time suits you?"], []),
    ("no offer where it is strained", notice({"ask_for": "feedback"}), [], ["A short call", "Which time"]),
    ("call skipped", notice({"skip": ("call",), "call": CALL}), [], ["A short call", "talk"]),
    ("warm", notice({"ask_for": ""}), ["Thank you for working with me", "Warm regards"], []),
    ("plain", notice({"ask_for": "nothing"}), ["Thank you for your trust", "Kind regards"], ["Warm", "properly"]),
    ("moved", notice(moved_from=date(2026, 4, 30)), ["Subject: Our new last day: 31 May", "no longer on Thursday 30 April."], ["Wrapping up", "notice from"]),
    ("moved back", notice(moved_from=LAST), ["Wrapping up"], ["moved"]),
]  # fmt: skip


@pytest.mark.parametrize(("of", "says", "never"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_notice_says_what_is_so_and_nothing_else(of: Facts, says: list[str], never: list[str]) -> None:
    mail = mail_of(of)
    whole = f"Subject: {mail.subject}\n{mail.text}"
    assert [part for part in says if part not in whole] == [], whole
    assert [part for part in never if part in whole] == [], whole


ASKS = {0: (), 1: (GOOGLE,), 6: (GOOGLE, META, CANVA)}
FLAVOURS = list(itertools.product(ASKS, (None, CALL), ("en_GB", "de_DE"), ("testimonial", "feedback", "nothing", "")))


@pytest.mark.parametrize(("count", "call", "locale", "ask_for"), FLAVOURS)
def test_no_heading_is_empty_and_no_line_is_left_over(count: int, call: Any, locale: str, ask_for: str) -> None:
    cells = {"call": call, "ask_for": ask_for}
    of = notice(cells, accounts=SIX[:count], asks=ASKS[count], invoices=(EARLIER, OPEN), locale=Locale.parse(locale))
    mail = mail_of(of)
    blocks = mail.text.strip().split("\n\n")
    for heading in HEADINGS:
        if heading in blocks:
            assert blocks[blocks.index(heading) + 1] not in (*HEADINGS, blocks[-2])
    assert "\n\n\n" not in mail.text
    assert "  " not in mail.text
    assert not re.search(r"[{}*]|None", mail.text)
    assert "Sunday 31 May 2026" in mail.text, "the words are English, so the dates are"


def test_the_usual_notice_is_as_long_as_a_letter_that_is_read() -> None:
    of = notice(setup={"meeting_link": "https://cal.example/ana"}, accounts=SIX, asks=ASKS[6], invoices=(EARLIER, OPEN))
    assert 150 <= len(mail_of(of).text.replace("•", "").split()) <= 190


def test_the_dates_are_bold_and_what_stands_in_a_cell_is_not() -> None:
    evil = replace(GOOGLE, text="**accept** <b>it</b>: **now**", why="")
    html = mail_of(notice(asks=(evil,), invoices=(replace(OPEN, number="**1**: x"),))).html
    assert "<strong>Sunday 31 May 2026</strong>" in html
    assert "<strong>by Thursday 21 May</strong>: **accept** &lt;b&gt;it&lt;/b&gt;: **now**." in html
    assert "**1**: x" in html


def test_without_a_last_day_the_template_says_which_cell_is_missing() -> None:
    with pytest.raises(TemplateError) as refused:
        mail_of(notice({"last_day": None}))
    assert {problem.message for problem in refused.value.problems} >= {"“last_day_with_year” is empty."}
    assert all("Clients!H2" in problem.hint for problem in refused.value.problems)
