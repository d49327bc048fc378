"""Mails as programs and people write them, ready for Gmail's `raw`."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from tests.sandbox.caller import Caller

DRAFTS = "/gmail/v1/users/me/drafts"


def encode(content: bytes) -> str:
    """Bytes for `raw`."""
    return base64.urlsafe_b64encode(content).decode()


def letter(subject: str = "Wrapping up", text: str = "Hello Maya", **fields: str) -> EmailMessage:
    """A mail of plain text; further fields by their names."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject
    for name, value in fields.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def body(mail: EmailMessage | bytes, **more: Any) -> dict[str, Any]:
    """The body of a request that hands over a draft."""
    return {"message": {"raw": encode(mail if isinstance(mail, bytes) else mail.as_bytes()), **more}}


def draft(caller: Caller, mail: EmailMessage | bytes, **more: Any) -> dict[str, Any]:
    """A draft, just written."""
    answer = caller.call("POST", DRAFTS, json=body(mail, **more))
    assert answer.status_code == 200, answer.text
    written: dict[str, Any] = answer.json()
    return written


def read(caller: Caller, draft_id: str, form: str = "full") -> dict[str, Any]:
    """The message inside a draft."""
    message: dict[str, Any] = caller.call("GET", f"{DRAFTS}/{draft_id}", format=form).json()["message"]
    return message


def headers(message: dict[str, Any]) -> dict[str, str]:
    """A message's fields by name."""
    return {header["name"]: header["value"] for header in message["payload"]["headers"]}
