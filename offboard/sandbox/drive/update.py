"""Changes to a file: its metadata, its content, its folder, the trash."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.call import Answer, Call
from offboard.sandbox.drive.access import get_writable, insufficient, rank_of
from offboard.sandbox.drive.capabilities import can_trash, is_root
from offboard.sandbox.drive.imports import guess_mime, put_upload
from offboard.sandbox.drive.metadata import CHANGING, apply_metadata, check_metadata
from offboard.sandbox.drive.move import move, trash, untrash
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.resource import DEFAULT, asked_fields, render_file
from offboard.sandbox.drive.store import NATIVE, File, get_file, touch
from offboard.sandbox.refusal import Refusal

OWN = frozenset({"starred", "viewedByMeTime", "kind"})  # what concerns only the asking person


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
