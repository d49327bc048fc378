"""Gone for good: files, and folders with all that is in them."""

from __future__ import annotations

from offboard.sandbox.call import Answer, Call
from offboard.sandbox.drive.access import get_writable, insufficient, rank_of
from offboard.sandbox.drive.capabilities import can_delete
from offboard.sandbox.drive.contents import drop_content
from offboard.sandbox.drive.move import put_into
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.store import SPREADSHEET, File, get_file, get_root
from offboard.sandbox.sheets.store import delete_book
from offboard.sandbox.state import State

TABLES = ("permissions", "access", "marks", "app_files", "file_properties", "texts", "proposals")


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
