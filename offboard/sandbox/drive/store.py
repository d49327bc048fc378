"""The files of everyone's Drive as rows: added, found, touched; where each one hangs in the tree."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sqlite3
from dataclasses import dataclass
from typing import Any

from offboard.sandbox.drive.grants import grant, refresh_access
from offboard.sandbox.drive.marks import mark_changed
from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS files (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL, words TEXT NOT NULL, mime TEXT NOT NULL,
        parent TEXT, drive TEXT NOT NULL, owner TEXT NOT NULL, created TEXT NOT NULL, modified TEXT NOT NULL,
        modifier TEXT NOT NULL, version INTEGER NOT NULL, trashed INTEGER NOT NULL, trashed_since TEXT,
        trashed_by TEXT, blob TEXT, head TEXT, size INTEGER, original_name TEXT, details TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS files_in_folder ON files (parent, modified, id);
    CREATE INDEX IF NOT EXISTS files_folded ON files (folded);
    CREATE INDEX IF NOT EXISTS files_modified ON files (modified, id);
    CREATE INDEX IF NOT EXISTS files_blob ON files (blob);
    CREATE INDEX IF NOT EXISTS files_trashed ON files (trashed, owner) WHERE trashed;
    CREATE TABLE IF NOT EXISTS app_files (
        client TEXT NOT NULL, email TEXT NOT NULL, file_id TEXT NOT NULL,
        PRIMARY KEY (client, email, file_id)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS app_files_file ON app_files (file_id);""",
    contents=("files", "app_files"),
)

NATIVE = "application/vnd.google-apps."
FOLDER = NATIVE + "folder"
SHORTCUT = NATIVE + "shortcut"
SPREADSHEET = NATIVE + "spreadsheet"
WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class File:
    """A file, folder or shortcut; `drive` is empty in somebody's My Drive, `owner` in a shared drive."""

    id: str
    name: str
    mime: str
    parent: str | None
    drive: str
    owner: str
    created: str
    modified: str
    modifier: str
    version: int
    trashed: int
    trashed_since: str | None
    trashed_by: str | None
    blob: str | None
    head: str | None
    size: int | None
    original_name: str | None
    details: dict[str, Any]

    @property
    def native(self) -> bool:
        """Whether it is of one of Google's own types: a folder, a shortcut, a Doc, a Sheet."""
        return self.mime.startswith(NATIVE)


COLUMNS = tuple(File.__dataclass_fields__)


def as_file(row: sqlite3.Row) -> File:
    """A row of `files` as a File."""
    values = {name: row[name] for name in COLUMNS}
    return File(**values | {"details": json.loads(row["details"])})


def find_file(state: State, file_id: str) -> File | None:
    """The file with this id, in the trash or not; None where there is none."""
    row = state.db.execute("SELECT * FROM files WHERE id = ?", (file_id,)).fetchone()
    return as_file(row) if row else None


def get_file(state: State, file_id: str) -> File:
    """The file with this id, which the caller knows to exist."""
    found = find_file(state, file_id)
    assert found is not None, file_id
    return found


def fold_words(text: str) -> str:
    """The words of a text, folded, each with a blank before and after it: what a search looks into."""
    return f" {' '.join(WORDS.findall(text.casefold()))} "


def root_id(email: str) -> str:
    """The id of somebody's My Drive, computed from the address."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(email.lower().encode()).digest()).decode()
    return f"0A{digest[:11]}Uk9PVA"


def get_root(state: State, email: str) -> str:
    """The id of somebody's My Drive, which exists from now on."""
    file_id = root_id(email)
    if find_file(state, file_id) is None:
        insert_file(state, file_id, name="My Drive", mime=FOLDER, owner=email, by=email)
        grant(state, file_id, email, "owner")
        refresh_access(state, file_id)
    return file_id


def add_file(
    state: State,
    *,
    name: str,
    mime: str,
    owner: str,
    client: str,
    parent: str | None = None,
    id: str | None = None,
) -> File:
    """A new file made by this person through this app, in this folder (default: the person's My Drive)."""
    folder = get_file(state, parent or get_root(state, owner))
    editor = mime.startswith(NATIVE) and mime not in (FOLDER, SHORTCUT)
    file_id = id or state.new_id(44 if editor else 33)
    belongs = "" if folder.drive else owner
    insert_file(state, file_id, name=name, mime=mime, owner=belongs, by=owner, parent=folder.id, drive=folder.drive)
    if belongs:
        grant(state, file_id, owner, "owner")
    refresh_access(state, file_id)
    if folder.trashed:
        state.db.execute("UPDATE files SET trashed = 2 WHERE id = ?", (file_id,))
    state.db.execute("INSERT INTO app_files VALUES (?, ?, ?)", (client, owner, file_id))
    mark_changed(state, file_id, owner)
    return get_file(state, file_id)


def insert_file(
    state: State, file_id: str, *, name: str, mime: str, owner: str, by: str, parent: str | None = None, drive: str = ""
) -> None:
    """The bare row: nobody has access to it yet."""
    now = state.clock.text()
    state.db.execute(
        "INSERT INTO files (id, name, folded, words, mime, parent, drive, owner, created, modified, modifier, version,"
        " trashed, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, '{}')",
        (file_id, name, name.casefold(), fold_words(name), mime, parent, drive, owner, now, now, by),
    )


def touch(state: State, file_id: str, by: str = "") -> None:
    """It was changed now, by this person where one is named: a new version, a new time."""
    state.db.execute(
        "UPDATE files SET modified = ?, version = version + 1, modifier = coalesce(nullif(?, ''), modifier)"
        " WHERE id = ?",
        (state.clock.text(), by, file_id),
    )
    if by:
        mark_changed(state, file_id, by)


def rename(state: State, file_id: str, name: str) -> None:
    """Give it another name; for a Google Sheet this is the spreadsheet's title too."""
    state.db.execute(
        "UPDATE files SET name = ?, folded = ?, words = ? WHERE id = ?",
        (name, name.casefold(), fold_words(name), file_id),
    )


def open_with(state: State, file_id: str, email: str, client: str) -> None:
    """The person opened this file with this app (as in Google's Picker): its scope drive.file covers it from now on."""
    state.db.execute("INSERT OR IGNORE INTO app_files VALUES (?, ?, ?)", (client, email, file_id))
