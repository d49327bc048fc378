"""The mailboxes: one for each account, each mail a row with its bytes as they would go over the wire."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from offboard.sandbox.call import Call
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS mail (
        number INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
        thread_id TEXT NOT NULL, draft_id TEXT UNIQUE, labels TEXT NOT NULL, internal_date INTEGER NOT NULL,
        history_id INTEGER NOT NULL, raw BLOB NOT NULL);
    CREATE INDEX IF NOT EXISTS mail_owner ON mail (owner, number);
    CREATE TABLE IF NOT EXISTS mailboxes (owner TEXT PRIMARY KEY, history_id INTEGER NOT NULL) WITHOUT ROWID;""",
    contents=("mail", "mailboxes"),
)


@dataclass(frozen=True)
class Mail:
    """A mail in one mailbox; `number` grows with every mail, `draft_id` is only a draft's."""

    number: int
    owner: str
    id: str
    thread_id: str
    draft_id: str | None
    labels: tuple[str, ...]
    internal_date: int
    history_id: int
    raw: bytes


def get_owner(call: Call) -> str:
    """Whose mailbox is meant: the asking person's own, whatever name it is called by."""
    user = call.parameters["userId"]
    if user != "me" and user.lower() != call.bearer.email:
        raise Refusal(403, f"Delegation denied for {call.bearer.email}", reason="forbidden")
    return call.bearer.email


def not_found() -> Refusal:
    """What Gmail says of a draft, a mail, a thread or an attachment that is not there."""
    return Refusal(404, "Requested entity was not found.", reason="notFound")


def add_mail(
    state: State,
    owner: str,
    raw: bytes,
    labels: Iterable[str],
    *,
    thread_id: str | None = None,
    draft_id: str | None = None,
) -> Mail:
    """Put a mail into a mailbox; without a thread it begins its own."""
    now = int(state.clock.timestamp() * 1000)
    mail_id = f"{now << 20 | secrets.randbits(20):016x}"
    row = (owner, mail_id, thread_id or mail_id, draft_id, " ".join(labels), now, _advance(state, owner), raw)
    state.db.execute("INSERT INTO mail VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return get_mail(state, owner, mail_id)


def get_mail(state: State, owner: str, mail_id: str) -> Mail:
    """The mail of this id in this mailbox."""
    return _get(state, "SELECT * FROM mail WHERE owner = ? AND id = ?", owner, mail_id)


def get_draft(state: State, owner: str, draft_id: str) -> Mail:
    """The draft of this id in this mailbox, whichever message it holds by now."""
    return _get(state, "SELECT * FROM mail WHERE owner = ? AND draft_id = ?", owner, draft_id)


def list_mail(state: State, owner: str) -> list[Mail]:
    """Every mail of a mailbox, the newest first."""
    return _list(state, "SELECT * FROM mail WHERE owner = ? ORDER BY number DESC", owner)


def has_thread(state: State, owner: str, thread_id: str) -> bool:
    """Whether this mailbox has a thread of this id."""
    query = "SELECT 1 FROM mail WHERE owner = ? AND thread_id = ?"
    return state.db.execute(query, (owner, thread_id)).fetchone() is not None


def remove_mail(state: State, mail: Mail) -> None:
    """Delete a mail for good; its id is never used again."""
    state.db.execute("DELETE FROM mail WHERE number = ?", (mail.number,))
    _advance(state, mail.owner)


def history_id(state: State, owner: str) -> int:
    """The number of the mailbox's last change."""
    row = state.db.execute("SELECT history_id FROM mailboxes WHERE owner = ?", (owner,)).fetchone()
    return int(row["history_id"]) if row else _advance(state, owner)


def _advance(state: State, owner: str) -> int:
    row = state.db.execute(
        """INSERT INTO mailboxes VALUES (?, 1000)
        ON CONFLICT (owner) DO UPDATE SET history_id = history_id + 1 RETURNING history_id""",
        (owner,),
    ).fetchone()
    return int(row["history_id"])


def _get(state: State, query: str, *values: str) -> Mail:
    found = _list(state, query, *values)
    if not found:
        raise not_found()
    return found[0]


def _list(state: State, query: str, *values: str) -> list[Mail]:
    rows = state.db.execute(query, values).fetchall()
    return [Mail(**{**dict(row), "labels": tuple(row["labels"].split())}) for row in rows]
