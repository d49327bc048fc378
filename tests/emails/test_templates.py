"""Where a template comes from, and everything that is said of one that cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from babel import Locale

from offboard.emails.mail import lint_templates, render_mail
from offboard.emails.templates import load_templates
from offboard.emails.words import VOCABULARY
from offboard.errors import TemplateError
from offboard.steps.ladder import Tone
from tests.emails.conftest import SHIPPED, facts, mail_of

Write = Callable[[str, str], None]


def test_the_templates_that_ship_are_sound() -> None:
    pages = {"call", "closing-summary", "closing-summary-for-me", "start-here"}
    reminders = {f"reminder-{tone}" for tone in Tone}
    assert set(SHIPPED.by_name) == {"goodbye", "handover", "notice", "nudge"} | pages | reminders
    assert lint_templates(SHIPPED) == []


def test_the_homes_own_template_wins_and_the_others_stay(tmp_path: Path, write_template: Write) -> None:
    write_template("goodbye", "Subject: Bye\n\nBye, {{ contact }}")
    templates = load_templates(tmp_path)
    assert render_mail(templates, "goodbye", facts()).text == "Bye, Maya\n"
    assert "Your folder is ready" in render_mail(templates, "handover", facts()).text


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Tschüss bis Samstag, 29. August 2026"), ("de-AT", "Tschüss"), ("DE", "Tschüss"), ("fr", "handed over")],
)
def test_a_template_in_the_clients_language_wins(
    tmp_path: Path, write_template: Write, language: str, said: str
) -> None:
    write_template("de/goodbye", "Subject: Tschüss\n\nTschüss bis {{ folder_stays_until }}")
    assert said in render_mail(load_templates(tmp_path), "goodbye", facts({"language": language})).text


def test_ones_own_template_speaks_the_trackers_language(tmp_path: Path, write_template: Write) -> None:
    write_template("goodbye", "Subject: Tschüss\n\nBis {{ folder_stays_until }}")
    german = facts(locale=Locale.parse("de_DE"))
    assert render_mail(load_templates(tmp_path), "goodbye", german).text == "Bis Samstag, 29. August 2026\n"


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbfSubject: Hi\r\n\r\nHi {{ contact }}\r\n", b"Subject: Hi\n\nHi {{ contact }}"]
)
def test_a_template_may_be_saved_by_any_editor(tmp_path: Path, write_template: Write, content: bytes) -> None:
    write_template("goodbye", "")
    (tmp_path / "templates" / "goodbye.md.j2").write_bytes(content)
    mail = render_mail(load_templates(tmp_path), "goodbye", facts())
    assert (mail.subject, mail.text) == ("Hi", "Hi Maya\n")


def test_a_file_that_is_no_text_is_named(tmp_path: Path, write_template: Write) -> None:
    write_template("goodbye", "")
    (tmp_path / "templates" / "goodbye.md.j2").write_bytes(b"Subject: Gr\xfc\xdfe\n\n")
    with pytest.raises(TemplateError, match=r"goodbye\.md\.j2 is no text"):
        load_templates(tmp_path)


def test_a_template_that_is_missing_says_how_to_get_it_back() -> None:
    with pytest.raises(TemplateError, match=r"no e-mail template “reminder\.md\.j2”"):
        render_mail(SHIPPED, "reminder", facts())


TOP = "Subject: Hi\n\n"
BROKEN = [
    ("Subject: Hi\n\n{{ contact }\n", 3, "unexpected '}'"),
    ("Subject: Hi\n\nHi\n{% if call_day %}\n", 4, "if"),
    ("Subject: {% if call_day %}a\n\nb{% endif %}\n", 1, "if"),
    ("Subject: Hi\n\nHi\n\n{{ contact|shout }}\n", 5, "shout"),
    ("Subject: Hi\n\nHi {{ name }}\n", 3, "“name” is no word that a template knows"),
    ("Subject: Hi {{ name }}\n\nHi", 1, "“name” is no word"),
    ("Hi {{ contact }}\n", 1, "no “Subject:”"),
    ("\n\nSubject: Hi\n", 1, "no “Subject:”"),
    ("Subject:\n\nHi\n", 1, "came out empty"),
    ("{% if call_day %}\nSubject: Hi\n{% endif %}\n\nHi\n", 1, "came out empty"),
    ("Subject: Hi\nTo: x@y.example, z@y.example\n\nHi\n", 2, "is no e-mail address"),
    ("Subject: Hi\nTo: {{ contact }}\n\nHi\n", 2, "is no e-mail address"),
    ("Subject: Hi\nCc: x@y.example\n\nHi\n", 2, "“Cc:” cannot stand"),
    ("Subject: Hi\nBcc: x@y.example\n\nHi\n", 2, "“Bcc:” cannot stand"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "why"), BROKEN)
def test_what_is_wrong_with_a_template_is_told_with_its_line(text: str, line: int, why: str) -> None:
    with pytest.raises(TemplateError) as caught:
        mail_of(text)
    [problem] = caught.value.problems
    assert problem.where == f"goodbye.md.j2:{line}"
    assert why in problem.message


def test_every_unknown_word_is_listed_with_those_that_exist() -> None:
    with pytest.raises(TemplateError) as caught:
        mail_of("Subject: Hi\n\n{{ one }}\n\n{{ two }} {{ contact }}\n")
    assert [(p.where, p.message[:5]) for p in caught.value.problems] == [
        ("goodbye.md.j2:3", "“one”"),
        ("goodbye.md.j2:5", "“two”"),
    ]
    assert all(word in caught.value.problems[0].hint for word in VOCABULARY)


def test_every_missing_word_is_listed_with_its_line_and_the_cell_that_fills_it() -> None:
    text = "Subject: For {{ client }}\n\nHi {{ contact }},\n\nlast day {{ last_day }}; pay: {{ how_to_pay }}\n"
    with pytest.raises(TemplateError) as caught:
        mail_of(text, facts({"contact": "", "name": ""}))
    assert [(p.where, p.message, p.hint) for p in caught.value.problems] == [
        ("goodbye.md.j2:1", "“client” is empty.", "Fill in Clients!B2."),
        ("goodbye.md.j2:3", "“contact” is empty.", "Fill in Clients!C2."),
        ("goodbye.md.j2:5", "“how_to_pay” is empty.", "Fill in Setup!B5."),
        ("goodbye.md.j2:5", "“last_day” is empty.", "Fill in Clients!H2."),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "{% if how_to_pay %}Pay: {{ how_to_pay }}{% endif %}",
        "{{ how_to_pay or 'as always' }}",
        "{{ how_to_pay|default('as always') }}",
        "{% if asks_for == 'feedback' %}{{ how_to_pay }}{% endif %}",
    ],
)
def test_a_word_that_is_not_printed_may_be_missing(body: str) -> None:
    assert mail_of(TOP + "Hi.\n\n" + body).text.startswith("Hi.\n")


@pytest.mark.parametrize(
    "body",
    ["{{ contact.__class__ }}", "{{ ''.__class__.__mro__ }}", "{{ contact + 1 }}", "{{ 1 / 0 }}", "{{ contact.x }}"],
)
def test_a_template_that_breaks_while_it_is_written_is_named(body: str) -> None:
    with pytest.raises(TemplateError) as caught:
        mail_of(TOP + body)
    assert caught.value.problems[0].where == "goodbye.md.j2"


def test_the_to_line_names_the_address_and_without_it_the_client_is_meant() -> None:
    for line, to in (
        ("To: books@bloom.example\n", "books@bloom.example"),
        ("To: {{ email }}\n", "maya@bloom.example"),
        ("", "maya@bloom.example"),
    ):
        assert mail_of(f"Subject: Hi\n{line}\nHi {{{{ contact }}}}\n").to == to


@pytest.mark.parametrize(
    "bent", ["x@evil.example", "m@x.example, x@evil.example", "=?utf-8?q?a=0ABcc:_x?=@b.example", "m@x.example>"]
)
def test_a_cell_cannot_add_a_recipient_through_the_to_line(bent: str) -> None:
    with pytest.raises(TemplateError, match="cannot be written"):
        mail_of("Subject: Hi\nTo: maya@bloom.example {{ contact }}\n\nHi\n", facts({"contact": bent}))
