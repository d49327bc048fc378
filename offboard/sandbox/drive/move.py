"""From one folder to another: every file is in exactly one."""

from __future__ import annotations

from offboard.sandbox.call import Call
from offboard.sandbox.drive.access import get_folder, get_readable, insufficient, not_found, rank_of, resolve
from offboard.sandbox.drive.grants import RANKS, grant
from offboard.sandbox.drive.store import FOLDER, File, find_file, get_file, get_root
from offboard.sandbox.drive.tree import put_into
from offboard.sandbox.refusal import Refusal


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
