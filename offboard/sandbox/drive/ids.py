"""Ids that Drive gave out in advance: usable once, by the person and the app that asked for them."""

from __future__ import annotations

from offboard.sandbox.call import Answer, Call
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.store import find_file
from offboard.sandbox.refusal import Refusal
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
