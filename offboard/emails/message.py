"""A mail as the bytes of a message: text and HTML, headers that cannot be broken out of, and our key."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from offboard.emails.mail import Mail

SHELL_SUBJECT = "offboard: being prepared"
KEY = "X-Offboard-Key"


def format_message(mail: Mail, key: str) -> bytes:
    """The whole message; `key` says to us which e-mail it is."""
    message = EmailMessage(policy=SMTP)
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message[KEY] = key
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message.as_bytes()


def format_shell(key: str) -> bytes:
    """An empty draft without a recipient, so that nobody can send it."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = SHELL_SUBJECT
    message[KEY] = key
    message.set_content("")
    return message.as_bytes()
