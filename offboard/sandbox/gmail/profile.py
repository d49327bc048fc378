"""What a mailbox says of itself: its address and size, its labels."""

from __future__ import annotations

from offboard.sandbox.call import Answer, Call, answers
from offboard.sandbox.gmail.mailbox import get_owner, history_id, list_mail

LABELS = ("CHAT", "SENT", "INBOX", "IMPORTANT", "TRASH", "DRAFT", "SPAM", "STARRED", "UNREAD")


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


@answers("gmail.users.labels.list")
def list_labels(call: Call) -> Answer:
    """Gmail's own labels; nobody has made another one here."""
    get_owner(call)
    return {"labels": [{"id": label, "name": label, "type": "system"} for label in LABELS]}
