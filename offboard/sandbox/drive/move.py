"""The tree of files: from one folder to another, to the trash and out of it, always with all that is below."""

from __future__ import annotations

from offboard.sandbox.call import Call
from offboard.sandbox.drive.access import get_folder, get_readable, insufficient, not_found, rank_of, resolve
from offboard.sandbox.drive.grants import RANKS, grant, refresh_access
from offboard.sandbox.drive.store import FOLDER, File, find_file, get_file, get_root
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State

BELOW = """WITH RECURSIVE below(id) AS (
    SELECT id FROM files WHERE parent = :id AND trashed {kept}
    UNION SELECT files.id FROM files JOIN below ON files.parent = below.id WHERE files.trashed {kept}) """


def put_into(state: State, file_id: str, folder: File) -> None:
    """Hang a file, and all below it, under another folder; who has access follows, and whether it is in the trash."""
    if _is_below(state, folder.id, file_id):
        raise Refusal(400, "Bad Request", reason="invalid", location="addParents")
    state.db.execute("UPDATE files SET parent = ?, version = version + 1 WHERE id = ?", (folder.id, file_id))
    refresh_access(state, file_id)
    trashed = get_file(state, file_id).trashed
    if bool(trashed) != bool(folder.trashed) and trashed != 1:
        _set_trashed(state, file_id, 2 if folder.trashed else 0)


def trash(state: State, found: File, email: str) -> None:
    """Move a file to the trash; what is below a folder goes with it."""
    _set_trashed(state, found.id, 1)
    state.db.execute(
        "UPDATE files SET trashed_since = ?, trashed_by = ?, version = version + 1 WHERE id = ?",
        (state.clock.text(), email, found.id),
    )


def untrash(state: State, found: File, email: str) -> None:
    """Take a file out of the trash with what went there along with it; out of a trashed folder, to My Drive."""
    _set_trashed(state, found.id, 0)
    state.db.execute(
        "UPDATE files SET trashed_since = NULL, trashed_by = NULL, version = version + 1 WHERE id = ?", (found.id,)
    )
    folder = find_file(state, found.parent or "")
    if folder and folder.trashed:
        put_into(state, found.id, get_file(state, found.drive or get_root(state, found.owner or email)))


def _set_trashed(state: State, file_id: str, trashed: int) -> None:
    state.db.execute("UPDATE files SET trashed = ? WHERE id = ?", (trashed, file_id))
    along = BELOW.format(kept="= 0") if trashed else BELOW.format(kept="= 2")
    change = "UPDATE files SET trashed = :trashed WHERE id IN (SELECT id FROM below)"
    state.db.execute(along + change, {"id": file_id, "trashed": 2 if trashed else 0})


def _is_below(state: State, file_id: str | None, top: str) -> bool:
    while file_id is not None:
        if file_id == top:
            return True
        file_id = get_file(state, file_id).parent
    return False


def move(call: Call, found: File) -> None:
    """Move a file as `addParents` and `removeParents` say."""
    added = [get_folder(call, name) for name in _names(call, "addParents")]
    removed = [resolve(call, name) for name in _names(call, "removeParents")]
    for folder_id in removed:
        if find_file(call.state, folder_id) is None:
            raise not_found(folder_id)
    added = [folder for folder in added if folder.id != found.parent]
    leaves = found.parent in removed
    if len(added) > 1 or (added and not leaves):
        raise Refusal(403, "Increasing the number of parents is not allowed", reason="cannotAddParent")
    if not added and not leaves:
        return
    if found.drive and not added:
        message = "A shared drive item must have exactly one parent."
        raise Refusal(403, message, reason="teamDrivesParentLimit")
    target = added[0] if added else get_file(call.state, get_root(call.state, found.owner or call.bearer.email))
    if target.drive != found.drive:
        _change_drive(call, found, target)
    elif found.drive and rank_of(call, found) < RANKS["fileOrganizer"]:
        raise insufficient()
    put_into(call.state, found.id, target)


def _names(call: Call, parameter: str) -> list[str]:
    return [name.strip() for name in (call.parameters.get(parameter) or "").split(",") if name.strip()]


def _change_drive(call: Call, found: File, target: File) -> None:
    """Between somebody's My Drive and a shared drive, where a file has no owner."""
    if found.mime == FOLDER:
        message = "Moving folders into or out of shared drives is not supported."
        raise Refusal(403, message, reason="teamDrivesFolderMoveInNotSupported")
    if rank_of(call, found) < (RANKS["organizer"] if found.drive else RANKS["owner"]):
        raise insufficient()
    get_readable(call, target.id)
    owner = "" if target.drive else call.bearer.email
    call.state.db.execute("UPDATE files SET drive = ?, owner = ? WHERE id = ?", (target.drive, owner, found.id))
    call.state.db.execute("DELETE FROM permissions WHERE file_id = ? AND role = 'owner'", (found.id,))
    if owner:
        grant(call.state, found.id, owner, "owner")
