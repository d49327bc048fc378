"""Reserve: every thing that will be made gets its identity before it exists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from offboard.emails.message import format_shell
from offboard.engine.look import SIDE_BY_SIDE
from offboard.engine.sweep import sweeping_key
from offboard.errors import LostReplyError
from offboard.ledger import Entry, Event
from offboard.plan import CopyReport, HoldCall, MakeFolder, Plan, WriteDocument, WriteDraft
from offboard.workspace.calendar import make_event_id
from offboard.workspace.gmail import Gmail
from offboard.workspace.workspace import Workspace
from offboard.world import World


def mail_key(tracker_id: str, key: str) -> str:
    """What a draft's header calls it: the same client may stand in two trackers of one Gmail account."""
    return f"{tracker_id}:{key}"


def client_key(short: str) -> str:
    """The ledger key under which we remember whose short name it is."""
    return f"{short}|client"


def reserve(workspace: Workspace, world: World, plans: Sequence[Plan]) -> tuple[Entry, ...]:
    """Ids for all that has none yet: files from Drive, e-mails as empty shells; not recorded, so not used yet."""
    changes = [change for plan in plans for change in plan.changes]
    files = [
        change
        for change in changes
        if isinstance(change, MakeFolder | CopyReport | WriteDocument) and not world.ledger.find_id(change.key)
    ]
    drafts = [change for change in changes if isinstance(change, WriteDraft) and not change.revision]
    with ThreadPoolExecutor(SIDE_BY_SIDE, "reserve") as pool:
        ids = pool.submit(workspace.drive.generate_ids, len(files))
        shells = [(change, pool.submit(_shell, workspace.gmail, world, change.key)) for change in drafts]
        entries = [
            Entry(change.key, id, Event.RESERVED, {"name": change.name} if isinstance(change, MakeFolder) else {})
            for change, id in zip(files, ids.result(), strict=True)
        ]
        entries += [
            _event_entry(world, change)
            for change in changes
            if isinstance(change, HoldCall) and not world.ledger.find_id(change.key)
        ]
        for change, shell in shells:
            id, revision = shell.result()
            begun = {"written": world.today.isoformat()}  # whoever looks meanwhile knows that the day is taken
            more = {"revision": revision, "subject": change.mail.subject, **begun, **change.notes}
            entries.append(Entry(change.key, id, Event.RESERVED, more))
    return (*world.aside, *_newcomers(world, plans, {entry.key.partition("/")[0] for entry in entries}), *entries)


def _event_entry(world: World, change: HoldCall) -> Entry:
    """The event's id, computed from its key: whoever computes it comes to the same; made anew it is another."""
    again = sum(entry.key == change.key and entry.event is Event.ASIDE for entry in world.ledger.entries)
    return Entry(change.key, make_event_id(f"{mail_key(world.tracker_id, change.key)}/{again}"), Event.RESERVED)


def _newcomers(world: World, plans: Sequence[Plan], begun: Collection[str]) -> Iterator[Entry]:
    """Whose short name it is, for each client for whom something is begun and who is not remembered yet."""
    for client in (plan.client for plan in plans):
        key = client_key(client.short)
        if client.short in begun and world.ledger.find(key) is None:
            yield Entry(key, client.name, Event.SAID, {"email": client.email})


def _shell(gmail: Gmail, world: World, key: str) -> tuple[str, str]:
    """An empty draft for this e-mail: one that an interrupted run left behind, else a new one."""

    def is_free(id: str) -> bool:
        return id != world.ledger.find_id(key) and world.ledger.find(sweeping_key(id)) is None

    left = next((shell for shell in world.shells if shell.key == key and is_free(shell.id)), None)
    if left:
        return left.id, left.revision
    mine = mail_key(world.tracker_id, key)
    try:
        draft = gmail.make_shell(format_shell(mine))
    except LostReplyError:
        found = next((shell for shell in gmail.list_shells() if shell.key == mine and is_free(shell.id)), None)
        if found is None:
            raise
        draft = found
    return draft.id, draft.revision
