"""Somebody's mailbox: drafts, inbox and sent mail, and the one that was chosen."""

from __future__ import annotations

import html

from offboard.sandbox.desk.asked import Asked, Malformed
from offboard.sandbox.desk.letters import read_letter
from offboard.sandbox.desk.visitor import Refused, Visitor
from offboard.sandbox.documents import Json

BOXES = {"drafts": "DRAFT", "inbox": "INBOX", "sent": "SENT"}
MOST = 100  # mails of a list


def show_mail(visitor: Visitor, asked: Asked) -> Json:
    """The list of one box and the mail that was chosen in it."""
    box, chosen = asked.name("box", "drafts" if visitor.owner else "inbox"), asked.name("mail", "")
    if box not in BOXES:
        raise Malformed("There is no such box.")
    drafts = _drafts(visitor)
    words: Json = {"box": box, "boxes": _boxes(visitor), "chosen": chosen, "letter": None, "letter_problem": ""}
    words |= {"mails": _list(visitor, box, drafts), "draft": "", "edit": bool(asked.text("edit", ""))}
    if chosen:
        try:
            mail_id = next((mail_id for mail_id, draft in drafts.items() if draft == chosen), chosen)
            words |= {"letter": read_letter(visitor, mail_id), "draft": drafts.get(mail_id, "")}
        except Refused:
            words["letter_problem"] = "This mail is not here any more."
    return words


def _boxes(visitor: Visitor) -> list[Json]:
    found = []
    for name, label in BOXES.items():
        listed = visitor.get("/gmail/v1/users/me/messages", labelIds=label, maxResults=500)
        found.append({"name": name, "count": len(listed.get("messages", []))})
    return found


def _drafts(visitor: Visitor) -> dict[str, str]:
    """The drafts' ids by the ids of the messages that they hold now."""
    listed = visitor.get("/gmail/v1/users/me/drafts", maxResults=500).get("drafts", [])
    return {entry["message"]["id"]: entry["id"] for entry in listed}


def _list(visitor: Visitor, box: str, drafts: dict[str, str]) -> list[Json]:
    listed = visitor.get("/gmail/v1/users/me/messages", labelIds=BOXES[box], maxResults=MOST)
    return [_row(visitor, entry["id"], drafts) for entry in listed.get("messages", [])]


def _row(visitor: Visitor, mail_id: str, drafts: dict[str, str]) -> Json:
    """A draft is named by its own id, which stays when it is written anew."""
    message = visitor.get("/gmail/v1/users/me/messages/{}", mail_id, format="metadata")
    headers = {header["name"].lower(): header["value"] for header in message["payload"].get("headers", [])}
    return {
        "id": drafts.get(mail_id, mail_id),
        "to": headers.get("to", "") or "nobody yet",
        "from": headers.get("from", ""),
        "subject": headers.get("subject", "") or "(no subject)",
        "snippet": html.unescape(message["snippet"]),
        "moment": int(message["internalDate"]),
    }
