"""Somebody's mailbox: drafts, inbox and sent mail, and a mail as the person who gets it reads it."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from offboard.sandbox.desk.page import answer_bytes, answer_paper
from offboard.sandbox.desk.visitor import Asked, Malformed, Refused, Visitor
from offboard.sandbox.documents import Json
from offboard.sandbox.gateway import Response

MESSAGE = "/gmail/v1/users/me/messages/{}"
BOXES = {"drafts": "DRAFT", "inbox": "INBOX", "sent": "SENT"}
MOST = 100  # mails of a list


@dataclass(frozen=True)
class Letter:
    """A mail taken apart: its fields, its text, its HTML, what is attached."""

    id: str
    thread_id: str
    labels: tuple[str, ...]
    moment: int
    headers: dict[str, str]
    text: str
    html: str
    attachments: tuple[Json, ...]

    @property
    def subject(self) -> str:
        """Its subject, or that it has none."""
        return self.headers.get("subject", "") or "(no subject)"


def read_letter(visitor: Visitor, mail_id: str) -> Letter:
    """The mail of this id in the person's mailbox."""
    message = visitor.get(MESSAGE, mail_id, format="full")
    parts = list(_leaves(message["payload"]))
    return Letter(
        id=message["id"],
        thread_id=message["threadId"],
        labels=tuple(message.get("labelIds", [])),
        moment=int(message["internalDate"]),
        headers={header["name"].lower(): header["value"] for header in reversed(message["payload"]["headers"])},
        text=_body(parts, "text/plain"),
        html=_body(parts, "text/html"),
        attachments=tuple(part for part in parts if part["filename"]),
    )


def answer_letter(visitor: Visitor, asked: Asked) -> Response:
    """A mail's HTML for its frame."""
    return answer_paper(read_letter(visitor, asked.name("mail")).html, "letter.css")


def answer_attachment(visitor: Visitor, asked: Asked) -> Response:
    """What is attached to a mail, to be kept."""
    letter = read_letter(visitor, asked.name("mail"))
    wanted = asked.name("part")
    for part in letter.attachments:
        if part["partId"] == wanted:
            content = get_attachment(visitor, letter, part)
            return answer_bytes(content, part["mimeType"], part["filename"], download=True)
    raise Refused(404, "Nothing of this kind is attached.")


def get_attachment(visitor: Visitor, letter: Letter, part: Json) -> bytes:
    """The bytes of one attachment."""
    found = visitor.get(MESSAGE + "/attachments/{}", letter.id, part["body"]["attachmentId"])
    return base64.urlsafe_b64decode(found["data"])


def _leaves(payload: Json) -> Iterator[Json]:
    for part in payload.get("parts", []):
        yield from _leaves(part)
    if "parts" not in payload:
        yield payload


def _body(parts: list[Json], mime: str) -> str:
    found = [part for part in parts if part["mimeType"] == mime and not part["filename"]]
    return "\n".join(_decode(part) for part in found)


def _decode(part: Json) -> str:
    content = base64.urlsafe_b64decode(part["body"].get("data", ""))
    typed = Message()
    for header in part["headers"]:
        if header["name"].lower() == "content-type":
            typed["Content-Type"] = header["value"]
    try:
        return content.decode(typed.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


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
