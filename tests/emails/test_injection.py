"""What stands in a cell stays text: in the subject, in the text part and in the HTML part."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offboard.columns import squeeze
from offboard.emails.facts import Ask
from offboard.emails.mail import Mail, render_mail
from offboard.emails.message import format_message
from tests.emails.conftest import BLOOM, CALL, INSTAGRAM, LATER, OPEN, SHIPPED, TIKTOK, facts, mail_of

EVIL = [
    """O'Brien & Söhne <b>"{{7*7}}\"""",
    "*x* _y_ **z** `q` ~~w~~",
    "[a](http://evil.example)",
    "![a](http://evil.example/x.png)",
    "<http://evil.example>",
    "http://evil.example/x",
    "# Big",
    "1. FC Köln",
    "- Ana -",
    "> quoted",
    "---",
    "a\\",
    "&lt;b&gt; &amp;",
    "{% raw %}{{ contact }}",
    "<script>alert(1)</script>",
    "x\nBcc: evil@evil.example",
    "x\r\n\r\n<b>y</b>",
    "x\n\n    code",
    "| a | b |\n|---|---|",
    "[a]: http://evil.example",
    "a  \nb",
    "\U000f003cb\U000f003e",
]


class Tags(HTMLParser):
    """The tags of a page with their attributes, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[Any] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.words += data


def read(mail: Mail) -> Tags:
    page = Tags()
    page.feed(mail.html)
    page.close()
    return page


def mails(cell: str) -> list[Mail]:
    """Every mail, with this text in every cell whose words they use on one line."""
    client = {"name": cell, "contact": cell, "call": CALL, "email": "maya@bloom.example"}
    accounts = tuple(replace(account, platform=cell) for account in (INSTAGRAM, TIKTOK))
    pending = (replace(LATER, platform=cell), replace(INSTAGRAM, platform=cell))
    invoices = (replace(OPEN, number=cell),)
    asks = (Ask(None, cell),)
    return [
        render_mail(SHIPPED, "goodbye", facts(client, accounts=accounts)),
        render_mail(SHIPPED, "goodbye", facts({**client, "ask_for": "feedback"}, accounts=accounts)),
        render_mail(SHIPPED, "handover", facts(client, invoices=invoices, accounts=pending)),
        render_mail(SHIPPED, "handover", facts({**client, "call": None}, invoices=invoices, accounts=pending)),
        render_mail(SHIPPED, "notice", facts({**client, "last_day": date(2026, 5, 31)}, invoices=invoices, asks=asks)),
    ]


def check(cell: str) -> None:
    shown = squeeze(cell)
    for evil, harmless in zip(mails(cell), mails("Harmless"), strict=True):
        assert read(evil).tags == read(harmless).tags
        assert "Harmless" in harmless.text
        assert "\n" not in evil.subject
        assert evil.text.count("\n") == harmless.text.count("\n")
        assert html.unescape(html.escape(shown)) in evil.text
        assert shown in read(evil).words


@pytest.mark.parametrize("cell", [cell for cell in EVIL if "\U000f003c" not in cell])
def test_what_looks_like_markup_in_a_cell_is_shown_as_it_was_typed(cell: str) -> None:
    check(cell)


letters = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Zl", "Zp"), include_characters="\n"), min_size=1, max_size=40
).filter(squeeze)  # fmt: skip
markup = st.lists(st.sampled_from([*"*_`<>[]()!#&\\{}%\"'|-+=~1. \n:/@a", "http://e.example", "    "]), min_size=1)


@settings(max_examples=60, deadline=None)
@given(letters | markup.map("".join).filter(squeeze))
def test_no_text_in_a_cell_becomes_markup_or_is_lost(cell: str) -> None:
    check(cell)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["signature", "how_to_pay", "meeting_link", "survey_link", "business"]))
def test_no_text_whatever_makes_a_tag_or_a_header(cell: str, field: str) -> None:
    body = "Subject: {{ client }}, {{ my_business or 'x' }}\n\n{{ client }}\n\n{{ signature or 'x' }}\n\n"
    text = body + "{{ how_to_pay or 'x' }}\n\n{{ meeting_link or 'x' }}\n\n{{ feedback_questions }}\n"
    mail = mail_of(text, facts({"name": cell or "x"} if squeeze(cell) else {}, {field: cell}))
    allowed = {"html", "body", "div", "p", "br", "ol", "ul", "li", "a"}
    assert {tag for tag, _ in read(mail).tags} <= allowed
    assert all(set(dict(attrs)) <= {"href", "start"} for tag, attrs in read(mail).tags if tag not in ("div",))
    head = format_message(mail, "k").partition(b"\r\n\r\n")[0].decode("ascii")
    names = [line.partition(":")[0] for line in head.split("\r\n") if line[:1] not in " \t"]
    assert sorted(names) == ["Content-Type", "MIME-Version", "Subject", "To", "X-Offboard-Key", "X-Offboard-Written"]


@pytest.mark.parametrize(
    ("cell", "link"),
    [
        ("Pay: https://pay.example/a_b?x=1&y=*2*.", "https://pay.example/a_b?x=1&y="),
        ("(https://pay.example/a)", "https://pay.example/a"),
        ('https://pay.example/"onmouseover="alert(1)', "https://pay.example/"),
        ("https://pay.example/a, or ask", "https://pay.example/a"),
        ("javascript:alert(1)", None),
        ("DE12 3456 7890", None),
    ],
)
def test_an_address_in_setup_becomes_a_link_and_nothing_but_that(cell: str, link: str | None) -> None:
    mail = mail_of("Subject: Hi\n\n{{ how_to_pay }}\n", facts(setup={"how_to_pay": cell}))
    assert [dict(attrs)["href"] for tag, attrs in read(mail).tags if tag == "a"] == ([link] if link else [])
    assert read(mail).words.strip() == cell
    assert mail.text.strip() == cell


def test_a_signatures_lines_stay_lines() -> None:
    mail = mail_of("Subject: Hi\n\n{{ signature }}\n", facts(setup={"signature": "Best,\n  Ana\n\n    *SMM*\n- 1"}))
    assert mail.text == "Best,\nAna\n\n*SMM*\n- 1\n"
    assert [tag for tag, _ in read(mail).tags if tag not in ("html", "body", "div")] == ["p", "br", "p", "br"]


def test_the_templates_own_markdown_is_markup() -> None:
    mail = mail_of("Subject: *Hi*\n\n**Hi** [there](https://a.example/x)\n\n- one\n- two\n")
    assert mail.subject == "*Hi*"
    assert mail.text == "Hi there (https://a.example/x)\n\n• one\n• two\n"
    assert [tag for tag, _ in read(mail).tags][3:] == ["p", "strong", "a", "ul", "li", "li"]


def test_nobody_but_the_client_gets_the_mail() -> None:
    assert render_mail(SHIPPED, "goodbye", facts({"contact": "x, evil@evil.example"})).to == BLOOM.email


def test_a_line_break_in_a_cell_neither_ends_nor_replaces_the_subject() -> None:
    mail = mail_of("Subject: From {{ my_business }}!\n\nHi\n", facts(setup={"business": "Ana\nSubject: Evil"}))
    assert mail.subject == "From Ana Subject: Evil!"
