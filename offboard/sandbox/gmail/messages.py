"""Mails of every kind: read, listed, sent without a draft, thrown away; and what a mailbox says of itself."""

from __future__ import annotations

import re

from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.gmail.compose import find_thread, parse_mail, read_mail
from offboard.sandbox.gmail.delivery import send_mail
from offboard.sandbox.gmail.mailbox import (
    Mail,
    get_mail,
    get_owner,
    history_id,
    list_mail,
    not_found,
)
from offboard.sandbox.gmail.message import render_ids, render_message, render_written
from offboard.sandbox.gmail.payload import attachment_id, encode, get_content, walk
from offboard.sandbox.gmail.search import get_page
from offboard.sandbox.refusal import Refusal


@answers("gmail.users.messages.get")
def get_message(call: Call) -> Answer:
    """One mail, in the format that was asked for."""
    form = call.parameters["format"]
    if _sees_metadata_only(call) and form in ("full", "raw"):
        raise Refusal(403, f"Metadata scope doesn't allow format {form.upper()}", reason="forbidden")
    return render_message(_get(call, "id"), form, call.parameters.get("metadataHeaders", ()))


@answers("gmail.users.messages.list")
def list_messages(call: Call) -> Answer:
    """The mails that match, the newest first, by their ids only; drafts are among them."""
    if _sees_metadata_only(call) and call.parameters.get("q"):
        raise Refusal(403, "Metadata scope does not support 'q' parameter", reason="forbidden")
    return get_page(call, list_mail(call.state, get_owner(call)), "messages", render_ids)


@answers("gmail.users.messages.send")
def send_message(call: Call) -> Answer:
    """The mail in the request is sent."""
    raw, thread_id = read_mail(call, call.body), find_thread(call, call.body)
    return render_written(send_mail(call.state, get_owner(call), raw, thread_id))


@answers("gmail.users.messages.attachments.get")
def get_attachment(call: Call) -> Answer:
    """The bytes of one attachment."""
    mail = _get(call, "messageId")
    for part_id, part in walk(parse_mail(mail.raw)):
        if attachment_id(mail.id, part_id) == call.parameters["id"]:
            content = get_content(part)
            return {"size": len(content), "data": encode(content)}
    raise not_found()


def _get(call: Call, name: str) -> Mail:
    if not re.fullmatch(r"[0-9a-fA-F]{1,16}", call.parameters[name]):
        raise Refusal(400, "Invalid id value", reason="invalidArgument")
    return get_mail(call.state, get_owner(call), call.parameters[name].lower())


def _sees_metadata_only(call: Call) -> bool:
    return not call.bearer.granted("gmail.readonly", "gmail.modify", "https://mail.google.com/")


@answers("gmail.users.getProfile")
def get_profile(call: Call) -> Answer:
    """The mailbox's address, and how much is in it."""
    owner = get_owner(call)
    mails = list_mail(call.state, owner)
    return {
        "emailAddress": owner,
        "messagesTotal": len(mails),
        "threadsTotal": len({mail.thread_id for mail in mails}),
        "historyId": str(history_id(call.state, owner)),
    }
