"""A mail as bytes is read back as it was written."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from offboard.emails.mail import Mail
from offboard.emails.message import KEY, SHELL_SUBJECT, format_message, format_shell

MAILS = [
    ("Thank you, Maya", "Hi Maya,\n\nall the best\n"),
    ("Grüße aus Söhne & “Töchter” – ✓", "Grüße, Straße, 日本語 🎉\n"),
    ("x" * 300, "y" * 5000 + "\n"),
    ("Wort " * 80, "ü" * 3000 + "\n"),
    ("Dots", ".\n..\nFrom here\n--\n=3D\n"),
]


def parse(content: bytes) -> EmailMessage:
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


@pytest.mark.parametrize(("subject", "text"), MAILS)
def test_a_message_holds_both_parts_whole(subject: str, text: str) -> None:
    html = f"<html><body><p>{text}</p></body></html>\n"
    content = format_message(Mail("maya@bloom.example", subject.strip(), text, html), "T1:bloom/feedback/draft")
    message = parse(content)
    assert (message["To"], message["Subject"]) == ("maya@bloom.example", subject.strip())
    assert message[KEY] == "T1:bloom/feedback/draft"
    assert message.get_content_type() == "multipart/alternative"
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    read = [part.get_content().replace("\r\n", "\n") for part in (plain, rich)]
    assert read == [text, html]
    assert not message.defects
    assert max(len(line) for line in content.split(b"\r\n")) <= 998, "no longer than a mail server takes"
    assert content.replace(b"\r\n", b"").count(b"\n") == 0


@pytest.mark.parametrize(
    "key", ["T1:bloom/feedback/draft", "T" * 44 + ":a-very-long-short-name-" + "x" * 60 + "/call/draft"]
)
def test_a_key_comes_back_as_it_was(key: str) -> None:
    assert parse(format_shell(key))[KEY] == key
    assert parse(format_message(Mail("a@b.example", "s", "t\n", "<p>t</p>\n"), key))[KEY] == key


def test_a_shell_has_no_recipient_and_no_words() -> None:
    shell = parse(format_shell("k"))
    assert (shell["To"], shell["Cc"], shell["Bcc"], shell["Subject"]) == (None, None, None, SHELL_SUBJECT)
    assert shell.get_content().strip() == ""


def test_a_header_that_holds_a_line_break_is_refused() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        format_message(Mail("a@b.example", "x\nBcc: evil@evil.example", "t", "<p>t</p>"), "k")
