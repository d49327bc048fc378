"""New files and copies, also under ids that Drive gave out in advance, usable once by whoever asked for them."""

from __future__ import annotations

import json
from typing import Any

from offboard.sandbox.call import Answer, Call, Media
from offboard.sandbox.drive.access import get_folder, get_readable, is_visible, may_add, rank_of
from offboard.sandbox.drive.capabilities import can_copy
from offboard.sandbox.drive.contents import get_content, share_content
from offboard.sandbox.drive.imports import guess_mime, make_content
from offboard.sandbox.drive.marks import copy_properties
from offboard.sandbox.drive.metadata import apply_metadata, check_metadata
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.resource import DEFAULT, asked_fields, render_file
from offboard.sandbox.drive.store import FOLDER, NATIVE, SHORTCUT, SPREADSHEET, File, add_file, find_file, get_file
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets import for_drive
from offboard.sandbox.state import tables

tables(
    """CREATE TABLE IF NOT EXISTS generated_ids (
        id TEXT PRIMARY KEY, email TEXT NOT NULL, client TEXT NOT NULL, type TEXT NOT NULL,
        used INTEGER NOT NULL) WITHOUT ROWID;""",
    contents=("generated_ids",),
)

SPACES = ("drive", "appDataFolder")
TYPES = ("files", "shortcuts")


@answers_drive("drive.files.generateIds")
def generate_ids(call: Call) -> Answer:
    """New ids with which files can be created or copied."""
    space, kind = call.parameters["space"], call.parameters["type"]
    for name, value, known in (("space", space, SPACES), ("type", kind, TYPES)):
        if value not in known:
            raise Refusal(400, "Invalid Value", reason="invalid", location=name)
    if kind == "shortcuts" and space != "drive":
        raise Refusal(400, "Invalid Value", reason="invalid", location="type")
    ids = [call.state.new_id(33) for _ in range(call.parameters["count"])]
    rows = [(made, call.bearer.email, call.bearer.client, f"{space} {kind}", 0) for made in ids]
    call.state.db.executemany("INSERT INTO generated_ids VALUES (?, ?, ?, ?, ?)", rows)
    return {"kind": "drive#generatedIds", "space": space, "ids": ids}


def use_id(call: Call, file_id: str, kind: str) -> None:
    """Take an id that the app brought for a new file or shortcut; refuse it when it is in use or was never given."""
    row = call.state.db.execute("SELECT * FROM generated_ids WHERE id = ?", (file_id,)).fetchone()
    if (row and row["used"]) or find_file(call.state, file_id):
        raise Refusal(409, "A file already exists with the provided ID.", reason="fileIdInUse")
    mine = (call.bearer.email, call.bearer.client, f"drive {kind}")
    if row is None or (row["email"], row["client"], row["type"]) != mine:
        raise Refusal(400, "The provided file ID is not usable.", reason="invalid", location="file.id")
    call.state.db.execute("UPDATE generated_ids SET used = 1 WHERE id = ?", (file_id,))


def refuse_native_id() -> Refusal:
    """A Doc, a Sheet or a Slides presentation gets its id from Google alone."""
    message = "Generated IDs are not supported for Docs Editors formats."
    return Refusal(403, message, reason="generatedIdNotSupported")


@answers_drive("drive.files.create", default_fields=DEFAULT)
def create(call: Call) -> Answer:
    """A new file, with what was uploaded in it."""
    told = check_metadata(call.body, new=True)
    name = told.get("name", "Untitled")
    mime = told.get("mimeType") or guess_mime(name, call.media)
    target = _target(call, told) if mime == SHORTCUT else None
    made = _add(call, told, name, mime, _parent(call, told, "root"))
    make_content(call.state, made, call.media)
    if target:
        details = {"shortcutDetails": {"targetId": target.id, "targetMimeType": target.mime}}
        call.state.db.execute("UPDATE files SET details = ? WHERE id = ?", (json.dumps(details), made.id))
    apply_metadata(call, made.id, told)
    return render_file(call, get_file(call.state, made.id), asked_fields(call))


@answers_drive("drive.files.copy", default_fields=DEFAULT)
def copy(call: Call) -> Answer:
    """A copy of a file, in the same folder where the person may put it there, else in My Drive."""
    source, told = get_readable(call, call.parameters["fileId"]), check_metadata(call.body, new=True)
    if not can_copy(source, rank_of(call, source)):
        raise Refusal(403, "This file cannot be copied by the user.", reason="cannotCopyFile")
    mime = told.get("mimeType", source.mime)
    if mime != source.mime and (source.native or not mime.startswith(NATIVE)):
        raise Refusal(400, "Bad Request", reason="badRequest")
    made = _add(
        call, told, told.get("name", f"Copy of {source.name}"), mime, _parent(call, told, _beside(call, source))
    )
    _copy_content(call, source, made)
    copy_properties(call.state, source.id, made.id, call.bearer.client)
    kept = {name: value for name, value in source.details.items() if name != "writersCanShare"}
    call.state.db.execute("UPDATE files SET details = ? WHERE id = ?", (json.dumps(kept), made.id))
    apply_metadata(call, made.id, told)
    return render_file(call, get_file(call.state, made.id), asked_fields(call))


def _add(call: Call, told: dict[str, Any], name: str, mime: str, parent: str) -> File:
    file_id = told.get("id")
    if file_id and mime.startswith(NATIVE) and mime not in (FOLDER, SHORTCUT):
        raise refuse_native_id()
    if file_id:
        use_id(call, file_id, "shortcuts" if mime == SHORTCUT else "files")
    owner, client = call.bearer.email, call.bearer.client
    return add_file(call.state, name=name, mime=mime, owner=owner, client=client, parent=parent, id=file_id)


def _parent(call: Call, told: dict[str, Any], otherwise: str) -> str:
    parents = told.get("parents") or [otherwise]
    if len(parents) > 1:
        raise Refusal(403, "Increasing the number of parents is not allowed", reason="cannotAddParent")
    return get_folder(call, parents[0]).id


def _beside(call: Call, source: File) -> str:
    folder = find_file(call.state, source.parent or "")
    return folder.id if folder and is_visible(call, folder) and may_add(call, folder) else "root"


def _target(call: Call, told: dict[str, Any]) -> File:
    target_id = told.get("shortcutDetails", {}).get("targetId")
    if not target_id or call.media:
        raise Refusal(400, "The shortcut target is invalid.", reason="shortcutTargetInvalid")
    target = get_readable(call, target_id)
    if target.mime == SHORTCUT:
        raise Refusal(400, "The shortcut target is invalid.", reason="shortcutTargetInvalid")
    return target


def _copy_content(call: Call, source: File, made: File) -> None:
    if made.mime != source.mime:
        make_content(call.state, made, Media(get_content(call.state, source), source.mime))
    elif source.mime == SPREADSHEET:
        for_drive.copy(call.state, source.id, made.id)
    elif source.blob:
        share_content(call.state, source, made.id)
