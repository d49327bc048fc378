"""A subject is text: what looks like an encoded word stays letters, and no header hides in it."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from offboard.emails.mail import Mail
from offboard.emails.message import format_message

SUBJECTS = ["Thank you, =?utf-8?q?a=0ABcc:_x@evil.example?=", "=?utf-8?b?w6Q=?=", "👩‍🍳" * 12, "x" * 1200, "Söhne “✓”"]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_comes_back_letter_by_letter_and_makes_no_header(subject: str) -> None:
    content = format_message(Mail("maya@bloom.example", subject, "text", "<p>text</p>"), "k")
    message = message_from_bytes(content, policy=policy.default)
    assert message["Subject"] == subject
    assert message["Bcc"] is None
    assert max(len(line) for line in content.split(b"\r\n")) <= 998


@pytest.mark.parametrize("subject", ["a\nBcc: x@evil.example", "a\rb", "a\u2028b", "a\x00b"])
def test_a_subject_of_more_than_one_line_is_refused(subject: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        format_message(Mail("maya@bloom.example", subject, "text", "html"), "k")
