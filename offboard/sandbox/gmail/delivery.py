"""Sending: the mail goes to the sender's Sent, and to the inbox of everybody who has an account here."""

from __future__ import annotations

from offboard.sandbox.accounts import find_account
from offboard.sandbox.gmail.compose import stamp
from offboard.sandbox.gmail.headers import get_recipients, list_values, remove_field
from offboard.sandbox.gmail.mailbox import Mail, add_mail, list_mail
from offboard.sandbox.state import State


def send_mail(state: State, owner: str, raw: bytes, thread_id: str | None) -> Mail:
    """Send a mail and answer the sender's own copy; a recipient elsewhere gets it out of sight."""
    everybody = get_recipients(raw)
    raw = stamp(state, raw, owner, sent=True)
    labels = ("UNREAD", "SENT", "INBOX") if owner in everybody else ("SENT",)
    for address in sorted(everybody - {owner}):
        account = find_account(state, address)
        if account:
            seen = remove_field(raw, "Bcc")
            add_mail(state, account.email, seen, ("UNREAD", "INBOX"), thread_id=_find_thread(state, account.email, raw))
    return add_mail(state, owner, raw, labels, thread_id=thread_id or _find_thread(state, owner, raw))


def _find_thread(state: State, owner: str, raw: bytes) -> str | None:
    """The thread of the mail that this one replies to."""
    named = " ".join([*list_values(raw, "In-Reply-To"), *list_values(raw, "References")]).split()
    if not named:
        return None
    threads = (
        mail.thread_id for mail in list_mail(state, owner) if set(list_values(mail.raw, "Message-ID")) & {*named}
    )
    return next(threads, None)
