"""What a person does with a draft: sends it, writes it anew, throws it away."""

from __future__ import annotations

import base64
import html
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import getaddresses

from offboard.sandbox.desk.mail_view import Letter, get_attachment, read_letter
from offboard.sandbox.desk.visitor import Asked, Malformed, Refused, Visitor, link
from offboard.sandbox.documents import Json

DRAFTS = "/gmail/v1/users/me/drafts"


def send(visitor: Visitor, asked: Asked) -> Json:
    """Send the draft that the person saw."""
    letter = _seen(visitor, asked)
    sent = visitor.send("POST", f"{DRAFTS}/send", body={"id": asked.name("draft")})
    to = letter.headers.get("to", "nobody")
    return {"said": f"Sent to {to}.", "go": _link(visitor, box="sent", mail=sent["id"])}


def discard(visitor: Visitor, asked: Asked) -> Json:
    """Throw the draft away."""
    _seen(visitor, asked)
    visitor.send("DELETE", DRAFTS + "/{}", asked.name("draft"))
    return {"said": "Thrown away.", "go": _link(visitor, box="drafts")}


def save(visitor: Visitor, asked: Asked) -> Json:
    """Put a mail with these words in the draft's place; what is attached stays."""
    letter, draft = _seen(visitor, asked), asked.name("draft")
    raw = _write(visitor, letter, asked)
    message = {"raw": base64.urlsafe_b64encode(raw).decode(), "threadId": letter.thread_id}
    visitor.send("PUT", DRAFTS + "/{}", draft, body={"message": message})
    return {"said": "Saved.", "go": _link(visitor, box="drafts", mail=draft)}


def _seen(visitor: Visitor, asked: Asked) -> Letter:
    """The draft's mail, if it is still the one on the person's page."""
    draft = visitor.get(DRAFTS + "/{}", asked.name("draft"), format="minimal")
    if draft["message"]["id"] != asked.name("mail"):
        raise Refused(409, "Somebody wrote this draft anew meanwhile. Look at it again.")
    return read_letter(visitor, asked.name("mail"))


def _write(visitor: Visitor, letter: Letter, asked: Asked) -> bytes:
    """The mail as Gmail's own page writes it: plain text, and the same as HTML."""
    message, text = EmailMessage(), asked.text("text").replace("\r\n", "\n")
    message["Subject"] = " ".join(asked.text("subject").split())
    for name, value in (("To", asked.text("to")), ("Cc", letter.headers.get("cc", ""))):
        if value.strip():
            message[name] = _read_addresses(value)
    for name in ("In-Reply-To", "References"):
        if letter.headers.get(name.lower()):
            message[name] = letter.headers[name.lower()]
    message.set_content(text)
    message.add_alternative(f'<div dir="ltr">{html.escape(text).replace(chr(10), "<br>")}</div>', subtype="html")
    for part in letter.attachments:
        kind, _, subtype = part["mimeType"].partition("/")
        content = get_attachment(visitor, letter, part)
        message.add_attachment(content, maintype=kind, subtype=subtype, filename=part["filename"])
    return message.as_bytes()


def _read_addresses(text: str) -> list[Address]:
    try:
        return [Address(name, addr_spec=address) for name, address in getaddresses([" ".join(text.split())])]
    except (ValueError, IndexError):  # the library's own words for what is no address
        raise Malformed("“To” takes addresses, with a comma between.") from None


def _link(visitor: Visitor, **fields: str) -> str:
    return link(view="mail", who="" if visitor.owner else visitor.account.email, **fields)
