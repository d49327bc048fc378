"""The mailbox: how the drafts that the ledger names are now, and which of our shells stand there unused."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

from offboard.errors import MissingError
from offboard.ledger import Entry
from offboard.workspace.gmail import Gmail
from offboard.world import Present, Shell

FEW = 3  # drafts: so many are asked for one by one, more are found in the list of all


def look_at_draft(gmail: Gmail, entry: Entry) -> Present:
    """A draft now, and whether a person edited it: saved again without a change it still says what we wrote."""
    revision = gmail.find_revision(entry.value)
    if revision is None:
        return Present(there=False)
    if revision == entry.more.get("revision") or not entry.made:
        return Present(there=True, revision=revision)
    try:
        return Present(there=True, revision=revision, more={"edited": not gmail.get_draft(entry.value).ours})
    except MissingError:
        return Present(there=False)


def look_at_drafts(gmail: Gmail, entries: Sequence[Entry], pool: Executor) -> dict[str, Present]:
    """Many drafts by one list; looked at one by one is what the list shows otherwise than we left it, or not at all."""
    listed = gmail.list_revisions({entry.value for entry in entries}) if len(entries) > FEW else {}
    as_left = {entry.key for entry in entries if entry.value in listed and listed[entry.value] == _left(entry)}
    looking = {e.key: pool.submit(look_at_draft, gmail, e) for e in entries if e.key not in as_left}
    found = {entry.key: Present(there=True, revision=_left(entry)) for entry in entries if entry.key in as_left}
    return found | {key: look.result() for key, look in looking.items()}


def look_for_shells(gmail: Gmail, prefix: str) -> tuple[Shell, ...]:
    """Our empty shells whose key begins so (`<tracker>:bloom/`)."""
    shells = [draft for draft in gmail.list_shells() if draft.key.startswith(prefix)]
    return tuple(Shell(draft.key.partition(":")[2], draft.id, draft.revision, draft.saved) for draft in shells)


def _left(entry: Entry) -> str:
    return str(entry.more.get("revision", ""))
