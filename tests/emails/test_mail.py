"""What a client reads: the right words for the case, and every cell as the text that it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from offboard.columns import Money, squeeze
from offboard.emails.facts import Facts
from offboard.emails.mail import lint_templates, render_mail
from offboard.emails.message import format_message, format_shell
from offboard.emails.templates import Template, Templates, load_templates
from offboard.errors import TemplateError
from offboard.model import Account, Client, Invoice, Setup

SHIPPED = load_templates(Path("/nowhere"))
CALL = datetime(2026, 5, 29, 15, tzinfo=ZoneInfo("Europe/Berlin"))
OPEN = Invoice(client="bloom", number="INV-109", due=date(2026, 5, 29), amount=Money(Decimal(850), "EUR"))
LEFT = Account(client="bloom", platform="Instagram", left_on=date(2026, 5, 29))
FACTS = Facts(
    client=Client(
        cells={"contact": "Clients!C2"},
        short="bloom",
        name="Bloom Bakery",
        contact="Maya",
        email="maya@bloom.example",
        last_day=date(2026, 5, 31),
        ask_for="testimonial",
        share="now",
    ),
    setup=Setup(your_name="Ana Ruiz", business="Ana Ruiz Social"),
    invoices=(),
    accounts=(LEFT,),
    today=date(2026, 5, 28),
    locale=Locale("en", "GB"),
    folder_link="https://drive.google.com/drive/folders/1a_b-c",
    folder_parts=(("Reports", 7), ("Content", 0)),
    shared=True,
    folder_stays_until=date(2026, 8, 29),
)


def facts(**client: Any) -> Facts:
    return replace(FACTS, client=replace(FACTS.client, **client))


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, int]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.tags.append((tag, len(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("template", "seen", "there", "absent"),
    [
        ("handover", facts(call=CALL), ["Friday 29 May, 15:00", "1. What we achieved", "officially handed over"], []),
        ("handover", facts(call=CALL, ask_for="nothing"), ["1. A walk"], ["What we achieved", "Your feedback"]),
        ("handover", facts(), ["thank you", "Reports (7 files)", "folders/1a_b-c", "29 August"], ["call", "Content"]),
        ("handover", replace(FACTS, invoices=(OPEN,)), ["INV-109, €850.00, due Friday 29 May"], ["All invoices"]),
        (
            "handover",
            replace(facts(call=CALL, share="when paid"), shared=False, invoices=(OPEN,)),
            ["as soon as INV-109 is paid"],
            ["folders/1a_b-c"],
        ),
        ("goodbye", facts(), ["Whom would you recommend", "May I quote you"], ["0 to 10"]),
        ("goodbye", facts(ask_for="feedback"), ["From 0 to 10"], ["quote you", "recommend me to?"]),
        ("goodbye", facts(ask_for="nothing"), ["All the best for Bloom Bakery"], ["?", "1."]),
        ("goodbye", facts(), ["Please change the passwords that I knew (Instagram)"], []),
    ],
)
def test_the_words_fit_the_case(template: str, seen: Facts, there: list[str], absent: list[str]) -> None:
    mail = render_mail(SHIPPED, template, seen)
    assert mail.to == "maya@bloom.example"
    for words in there:
        assert words in mail.text
    for words in absent:
        assert words not in mail.text
    assert "Ana Ruiz" in mail.text


def test_nothing_depends_on_the_day_on_which_it_is_written() -> None:
    for template in ("handover", "goodbye"):
        later = replace(facts(call=CALL), today=date(2026, 6, 9))
        assert render_mail(SHIPPED, template, facts(call=CALL)).digest == render_mail(SHIPPED, template, later).digest


NAMES = [
    'O\'Brien & Söhne <b>"{{7*7}}"',
    "*x* _y_ `z`",
    "[a](http://evil.example)",
    "http://evil.example",
    "# Title",
    "1. One",
    "- a",
    "<script>alert(1)</script>",
    "a\nb",
    "{% raw %}",
    "&amp;",
    "\\",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("template", ["handover", "goodbye"])
def test_a_name_is_text_whatever_it_looks_like(name: str, template: str) -> None:
    plain, mail = render_mail(SHIPPED, template, facts()), render_mail(SHIPPED, template, facts(contact=name))
    assert f"Hi {' '.join(name.split())}," in mail.text
    assert Tags(mail.html).tags == Tags(plain.html).tags
    assert f"Hi {' '.join(name.split())}," in Tags(mail.html).text


@given(name=st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Zl", "Zp")), min_size=1).filter(squeeze))
def test_any_name_makes_no_markup_and_no_header(name: str) -> None:
    plain, mail = (
        render_mail(SHIPPED, "goodbye", facts(name="B", contact="C")),
        render_mail(SHIPPED, "goodbye", facts(name=name, contact=name)),
    )
    assert Tags(mail.html).tags == Tags(plain.html).tags
    message = message_from_bytes(format_message(mail, "k"), policy=policy.default)
    assert {name.lower() for name in message} == {
        "to",
        "subject",
        "x-offboard-key",
        "x-offboard-written",
        "mime-version",
        "content-type",
    }


def template(text: str) -> Templates:
    return Templates({"goodbye": Template("goodbye", "home/goodbye.md.j2", text)})


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("Subject: Hi\n\nHi {{ nobody }}\n", "home/goodbye.md.j2", "nobody"),
        ("Subject: Hi\n\n{% if %}\n", "home/goodbye.md.j2:3", ""),
        ("Hello\n\nHi\n", "home/goodbye.md.j2:1", "Subject"),
        ("Subject: Hi\n\nCall: {{ meeting_link }}\n", "home/goodbye.md.j2:3", "meeting_link"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_with_its_line(text: str, where: str, says: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render_mail(template(text), "goodbye", FACTS)
    assert caught.value.problems[0].where.startswith(where)
    assert says in caught.value.problems[0].message


def test_the_to_line_names_the_address_and_without_it_the_client_is_meant() -> None:
    for line, to in (
        ("To: books@bloom.example\n", "books@bloom.example"),
        ("To: {{ email }}\n", "maya@bloom.example"),
        ("", "maya@bloom.example"),
    ):
        assert render_mail(template(f"Subject: Hi\n{line}\nHi {{{{ contact }}}}\n"), "goodbye", FACTS).to == to


@pytest.mark.parametrize(
    "bent", ["x@evil.example", "m@x.example, x@evil.example", "=?utf-8?q?a=0ABcc:_x?=@b.example", "m@x.example>"]
)
def test_a_cell_cannot_add_a_recipient_through_the_to_line(bent: str) -> None:
    text = template("Subject: Hi\nTo: maya@bloom.example {{ contact }}\n\nHi\n")
    with pytest.raises(TemplateError, match="cannot be written"):
        render_mail(text, "goodbye", facts(contact=bent))


@pytest.mark.parametrize("words", ["{{ one }} {{ two }}", "{{ how_to_pay }} {{ meeting_link }}"])
def test_everything_missing_is_listed_at_once(words: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render_mail(template(f"Subject: Hi\n\n{words}\n"), "goodbye", FACTS)
    assert len(caught.value.problems) == 2


def test_a_persons_own_template_wins_and_the_shipped_ones_are_sound(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "goodbye.md.j2").write_text("Subject: Bye\n\nBye {{ contact }}\n", encoding="utf-8")
    assert render_mail(load_templates(tmp_path), "goodbye", FACTS).text == "Bye Maya\n"
    assert lint_templates(SHIPPED) == []


def test_a_message_holds_both_parts_and_our_key_and_a_shell_nothing() -> None:
    mail = render_mail(SHIPPED, "goodbye", facts(contact="Jürgen"))
    message = message_from_bytes(format_message(mail, "tracker:bloom/feedback/draft"), policy=policy.default)
    assert message["Subject"] == "Thank you, Jürgen"
    assert {part.get_content_type() for part in message.walk()} >= {"text/plain", "text/html"}
    shell = message_from_bytes(format_shell("k"), policy=policy.default)
    assert (shell["To"], shell["Subject"], shell.get_content().strip()) == (None, "offboard: being prepared", "")
