"""Changes to a file: its metadata, its content, its folder, the trash; and its end for good."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.call import Answer, Call
from offboard.sandbox.drive.access import get_writable, insufficient, rank_of
from offboard.sandbox.drive.capabilities import can_delete, can_trash, is_root
from offboard.sandbox.drive.contents import drop_content
from offboard.sandbox.drive.imports import guess_mime, put_upload
from offboard.sandbox.drive.metadata import CHANGING, apply_metadata, check_metadata
from offboard.sandbox.drive.move import move, put_into, trash, untrash
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.resource import DEFAULT, asked_fields, render_file
from offboard.sandbox.drive.store import NATIVE, SPREADSHEET, File, get_file, get_root, touch
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.store import delete_book
from offboard.sandbox.state import State

OWN = frozenset({"starred", "viewedByMeTime", "kind"})  # what concerns only the asking person
TABLES = ("permissions", "access", "marks", "app_files", "file_properties", "texts", "proposals")


@answers_drive("drive.files.update", default_fields=DEFAULT)
def update(call: Call) -> Answer:
    """Change what the body says, put in what was uploaded, move it where the parameters say."""
    told, moving = check_metadata(call.body, new=False), _moving(call)
    own = bool(told) and told.keys() <= OWN and not call.media and not moving
    found = get_writable(call, call.parameters["fileId"], "reader" if own else "writer")
    if is_root(found) and (call.media or moving or told.keys() & (CHANGING | {"trashed"})):
        raise insufficient()
    if call.media:
        _replace(call, found, told)
    elif told.get("mimeType", found.mime) != found.mime:
        message = "The resource body includes fields which are not directly writable."
        raise Refusal(403, message, reason="fieldNotWritable")
    if moving:
        move(call, found)
    _trash(call, found, told)
    if call.media or told.keys() & CHANGING:
        touch(call.state, found.id, call.bearer.email)
    apply_metadata(call, found.id, told)
    return render_file(call, get_file(call.state, found.id), asked_fields(call))


def _moving(call: Call) -> bool:
    return bool(call.parameters.get("addParents") or call.parameters.get("removeParents"))


def _replace(call: Call, found: File, told: dict[str, Any]) -> None:
    assert call.media is not None
    wanted = told.get("mimeType", "")
    if wanted and wanted != found.mime and (found.native or wanted.startswith(NATIVE)):
        raise Refusal(400, "Bad Request", reason="badRequest")  # a file is converted only while it is made
    if not found.native:
        mime = wanted or guess_mime(told.get("name", found.name), call.media)
        call.state.db.execute("UPDATE files SET mime = ? WHERE id = ?", (mime, found.id))
    put_upload(call.state, get_file(call.state, found.id), call.media)


def _trash(call: Call, found: File, told: dict[str, Any]) -> None:
    if "trashed" not in told or told["trashed"] == bool(found.trashed):
        return
    if not can_trash(found, rank_of(call, found)):
        raise insufficient()
    (trash if told["trashed"] else untrash)(call.state, found, call.bearer.email)


@answers_drive("drive.files.delete")
def delete(call: Call) -> Answer:
    """Delete a file for good, without the trash; from a folder, all that has the same owner goes too."""
    found = get_writable(call, call.parameters["fileId"], "reader")
    if not can_delete(found, rank_of(call, found)):
        raise insufficient()
    erase(call.state, found)
    return None


def erase(state: State, found: File) -> None:
    """Delete a file and all below it; what belongs to somebody else moves to that person's My Drive."""
    children = state.db.execute("SELECT id FROM files WHERE parent = ?", (found.id,)).fetchall()
    for row in children:
        child = get_file(state, row["id"])
        if child.owner == found.owner:
            erase(state, child)
        else:
            put_into(state, child.id, get_file(state, get_root(state, child.owner)))
    state.db.execute("DELETE FROM files WHERE id = ?", (found.id,))
    for table in TABLES:
        state.db.execute(f"DELETE FROM {table} WHERE file_id = ?", (found.id,))
    if found.blob:
        drop_content(state, found.blob)
    if found.mime == SPREADSHEET:
        delete_book(state, found.id)
