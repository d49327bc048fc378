"""Gmail drafts: an empty shell first, filled only while nobody touched it. No line here can send one."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from offboard.emails.message import KEY, SHELL_SUBJECT, WRITTEN, digest_message, read_message
from offboard.errors import EditedError, LostReplyError, MissingError
from offboard.workspace.google import Google, Repeat

YOUNG = datetime.max.replace(tzinfo=UTC)
TRIES = 4  # of a draft whose replies are lost


@dataclass(frozen=True)
class Draft:
    """A draft as it is now: its lasting id, the message id that changes with every edit, our key, what it says."""

    id: str
    revision: str
    key: str = ""
    to: str = ""
    subject: str = ""
    text: str = ""
    digest: str = ""  # of all that its readers would see, and of who they are
    written: str = ""  # the digest that it had when we wrote it
    saved: datetime = YOUNG  # when it was last changed, where that was asked

    @property
    def ours(self) -> bool:
        """Whether it is as we wrote it, whichever run did: nobody changed it since."""
        return self.shell or (bool(self.digest) and self.digest == self.written)

    @property
    def shell(self) -> bool:
        """Whether it is one of our empty shells."""
        return bool(self.key) and not self.to and self.subject == SHELL_SUBJECT and not self.text.strip()


class Gmail:
    """What the program does with drafts."""

    def __init__(self, google: Google) -> None:
        self._google = google

    def make_shell(self, content: bytes) -> Draft:
        """A new empty draft; a lost reply leaves at worst one that nobody can send (LostReplyError)."""
        request = self._google.drafts.create(userId="me", body=_body(content), fields="id,message/id")
        found = self._google.call(request, repeat=Repeat.UNAPPLIED, what="begin an e-mail draft")
        return Draft(found["id"], found["message"]["id"])

    def find_revision(self, id: str) -> str | None:
        """The present message id of a draft; None once it was sent or thrown away."""
        request = self._google.drafts.get(userId="me", id=id, format="minimal", fields="id,message/id")
        try:
            return str(self._google.call(request, repeat=Repeat.ALWAYS, what="look at a draft")["message"]["id"])
        except MissingError:
            return None

    def get_draft(self, id: str) -> Draft:
        """A draft with what it says; MissingError once it was sent or thrown away."""
        fields = "id,message(id,raw,internalDate)"
        request = self._google.drafts.get(userId="me", id=id, format="raw", fields=fields)
        found = self._google.call(request, repeat=Repeat.ALWAYS, what="look at a draft")
        message = found["message"]
        draft = _draft(found["id"], message["id"], base64.urlsafe_b64decode(message["raw"] + "=="))
        return replace(draft, saved=datetime.fromtimestamp(int(message["internalDate"]) / 1000, UTC))

    def delete_shell(self, id: str) -> None:
        """Take an empty shell away; what is no longer one is left alone. MissingError when it is gone already."""
        if self.get_draft(id).shell:
            request = self._google.drafts.delete(userId="me", id=id)
            self._google.call(request, repeat=Repeat.ALWAYS, what="take away an empty draft")

    def list_revisions(self, wanted: Collection[str]) -> dict[str, str]:
        """The present message ids of these drafts, as far as the list shows them: it may lag."""
        found: dict[str, str] = {}
        for draft in self._list("", "nextPageToken,drafts(id,message/id)"):
            if draft["id"] in wanted:
                found[draft["id"]] = draft["message"]["id"]
            if len(found) == len(wanted):
                break
        return found

    def list_shells(self) -> list[Draft]:
        """Our shells that are still empty; a list may lag, so one may be missing."""
        return [draft for draft in self.list_ours(f'subject:"{SHELL_SUBJECT}"') if draft.shell]

    def list_ours(self, query: str = "") -> list[Draft]:
        """The drafts that bear our key; without a query every draft of the mailbox is looked at."""
        ids = [draft["id"] for draft in self._list(query, "nextPageToken,drafts/id")]
        found = []
        for id in ids:
            with contextlib.suppress(MissingError):
                found.append(self.get_draft(id))
        return [draft for draft in found if draft.key]

    def _list(self, query: str, fields: str) -> Iterator[dict[str, Any]]:
        """Every draft that the query finds, page after page, as long as somebody asks for more."""
        page: str | None = None
        while True:
            drafts = self._google.drafts
            request = drafts.list(userId="me", q=query or None, maxResults=500, pageToken=page, fields=fields)
            found = self._google.call(request, repeat=Repeat.ALWAYS, what="look at your drafts")
            yield from found.get("drafts", [])
            page = found.get("nextPageToken")
            if not page:
                return

    def fill(self, id: str, revision: str, content: bytes) -> Draft:
        """Put a message into a draft that nobody edited; what a person changed is theirs (EditedError)."""
        wanted = _draft(id, "", content)
        lost: LostReplyError | None = None
        for _ in range(TRIES):
            draft = self.get_draft(id)
            if draft.digest == wanted.digest:
                self._google.say_found("write an e-mail draft")
                return draft
            if draft.revision != revision and not draft.ours:
                raise EditedError("the draft was changed by hand: it is yours now")
            request = self._google.drafts.update(userId="me", id=id, body=_body(content), fields="id,message/id")
            try:
                found = self._google.call(request, repeat=Repeat.UNAPPLIED, what="write an e-mail draft")
            except LostReplyError as error:
                lost = error
                self._google.pause()
                continue  # look first: our content means done, unchanged means put it again
            return replace(wanted, revision=found["message"]["id"])
        assert lost is not None
        raise lost


def _body(content: bytes) -> dict[str, Any]:
    return {"message": {"raw": base64.urlsafe_b64encode(content).decode()}}


def _draft(id: str, revision: str, content: bytes) -> Draft:
    message = read_message(content)
    key = str(message.get(KEY, "")).strip()  # a long header was folded
    to, subject = str(message.get("To", "")), str(message.get("Subject", ""))
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body else ""
    return Draft(id, revision, key, to, subject, text, digest_message(message), str(message.get(WRITTEN, "")).strip())
