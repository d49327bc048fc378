"""Drafts: a draft's id stays for its life, the message inside changes with every edit, and sending ends it."""

from __future__ import annotations

import secrets
from typing import Any

from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.gmail.compose import find_thread, read_mail, stamp
from offboard.sandbox.gmail.delivery import send_mail
from offboard.sandbox.gmail.mailbox import Mail, add_mail, get_draft, get_owner, list_mail, remove_mail
from offboard.sandbox.gmail.message import render_ids, render_message, render_written
from offboard.sandbox.gmail.search import get_page
from offboard.sandbox.refusal import Refusal


@answers("gmail.users.drafts.create")
def create_draft(call: Call) -> Answer:
    """A fresh draft."""
    return _write(call, f"r{secrets.randbits(63) - 2**62}")


@answers("gmail.users.drafts.update")
def update_draft(call: Call) -> Answer:
    """The draft with another message in the place of the one it had."""
    old = get_draft(call.state, get_owner(call), call.parameters["id"])
    return _write(call, call.parameters["id"], old)


def _write(call: Call, draft_id: str, old: Mail | None = None) -> dict[str, Any]:
    owner, message = get_owner(call), call.body.get("message")
    if message is None and call.media is None:
        raise Refusal(400, "Missing draft message", reason="invalidArgument")
    thread_id = find_thread(call, message or {})
    if old:
        remove_mail(call.state, old)
    raw = stamp(call.state, read_mail(call, message or {}), owner)
    mail = add_mail(call.state, owner, raw, ("DRAFT",), thread_id=thread_id, draft_id=draft_id)
    return {"id": draft_id, "message": render_written(mail)}


@answers("gmail.users.drafts.get")
def get_one_draft(call: Call) -> Answer:
    """One draft, in the format that was asked for."""
    mail = get_draft(call.state, get_owner(call), call.parameters["id"])
    return {"id": mail.draft_id, "message": render_message(mail, call.parameters["format"])}


@answers("gmail.users.drafts.list")
def list_drafts(call: Call) -> Answer:
    """The drafts that match, the newest first, by their ids only."""
    drafts = [mail for mail in list_mail(call.state, get_owner(call)) if mail.draft_id]
    return get_page(call, drafts, "drafts", _render)


def _render(mail: Mail) -> dict[str, Any]:
    return {"id": mail.draft_id, "message": render_ids(mail)}


@answers("gmail.users.drafts.delete")
def delete_draft(call: Call) -> Answer:
    """The draft is gone, and not into the trash."""
    remove_mail(call.state, get_draft(call.state, get_owner(call), call.parameters["id"]))
    return None


@answers("gmail.users.drafts.send")
def send_draft(call: Call) -> Answer:
    """The draft's mail, or the one that comes with the request, is sent; the draft is gone."""
    owner, message = get_owner(call), call.body.get("message")
    draft = get_draft(call.state, owner, call.body.get("id", ""))
    raw, thread_id = draft.raw, find_thread(call, message or {}) or draft.thread_id
    if message or call.media:
        raw = read_mail(call, message or {})
    remove_mail(call.state, draft)
    return render_written(send_mail(call.state, owner, raw, thread_id))
