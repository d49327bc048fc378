"""A mail as the API answers it, in the four formats."""

from __future__ import annotations

from collections.abc import Collection
from email.message import Message
from typing import Any

from offboard.sandbox.gmail.compose import parse_mail
from offboard.sandbox.gmail.mailbox import Mail
from offboard.sandbox.gmail.payload import encode, list_headers, render_payload, render_snippet


def render_ids(mail: Mail) -> dict[str, Any]:
    """What lists say of a mail."""
    return {"id": mail.id, "threadId": mail.thread_id}


def render_written(mail: Mail) -> dict[str, Any]:
    """What a request that wrote a mail answers."""
    return render_ids(mail) | {"labelIds": list(mail.labels)}


def render_message(mail: Mail, form: str, only: Collection[str] = ()) -> dict[str, Any]:
    """A mail in the format `minimal`, `full`, `raw` or `metadata`; `only` narrows the metadata's headers."""
    parsed = parse_mail(mail.raw)
    answer = {
        **render_ids(mail),
        "labelIds": list(mail.labels),
        "snippet": render_snippet(parsed),
        "sizeEstimate": len(mail.raw),
        "historyId": str(mail.history_id),
        "internalDate": str(mail.internal_date),
    }
    if form == "full":
        answer["payload"] = render_payload(mail.id, parsed)
    elif form == "metadata":
        answer["payload"] = {"mimeType": parsed.get_content_type(), "headers": _chosen(parsed, only)}
    elif form == "raw":
        answer["raw"] = encode(mail.raw)
    return answer


def _chosen(parsed: Message, only: Collection[str]) -> list[dict[str, str]]:
    names = {name.lower() for name in only}
    return [header for header in list_headers(parsed) if not names or header["name"].lower() in names]
