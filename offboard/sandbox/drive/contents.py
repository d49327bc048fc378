"""What is in the files: bytes kept once however often they are copied, their checksums, and the words in them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from offboard.sandbox.drive.prose import unpack_blocks
from offboard.sandbox.drive.storage import check_room
from offboard.sandbox.drive.store import File, fold_words, get_file
from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS blobs (
        sha256 TEXT PRIMARY KEY, sha1 TEXT NOT NULL, md5 TEXT NOT NULL, content BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS texts (file_id TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;""",
    contents=("blobs", "texts"),
)

INDEXED = 1024 * 1024  # bytes of a text that a search looks into


@dataclass(frozen=True)
class Checksums:
    """The checksums of a content."""

    md5: str
    sha1: str
    sha256: str


def put_content(state: State, file_id: str, content: bytes, original_name: str | None = None) -> None:
    """Make this the content of a file: a new head revision."""
    before = get_file(state, file_id).blob
    sha256 = hashlib.sha256(content).hexdigest()
    sums = (sha256, hashlib.sha1(content).hexdigest(), hashlib.md5(content).hexdigest())
    state.db.execute("INSERT OR IGNORE INTO blobs VALUES (?, ?, ?, ?)", (*sums, content))
    state.db.execute(
        "UPDATE files SET blob = ?, size = ?, head = ?, original_name = coalesce(?, original_name) WHERE id = ?",
        (sha256, len(content), state.new_id(51, "0B"), original_name, file_id),
    )
    check_room(state, file_id)
    if before and before != sha256:
        drop_content(state, before)
    index_words(state, file_id)


def share_content(state: State, source: File, target_id: str) -> None:
    """Make the content of one file that of another, without copying the bytes."""
    state.db.execute(
        "UPDATE files SET blob = ?, size = ?, head = ?, original_name = ? WHERE id = ?",
        (source.blob, source.size, state.new_id(51, "0B"), source.original_name, target_id),
    )
    check_room(state, target_id)
    index_words(state, target_id)


def get_content(state: State, found: File) -> bytes:
    """The bytes of a file; nothing for one that has none."""
    row = state.db.execute("SELECT content FROM blobs WHERE sha256 = ?", (found.blob,)).fetchone()
    return bytes(row["content"]) if row else b""


def find_checksums(state: State, found: File) -> Checksums | None:
    """The checksums of a file's content; None for a file without."""
    row = state.db.execute("SELECT md5, sha1, sha256 FROM blobs WHERE sha256 = ?", (found.blob,)).fetchone()
    return Checksums(row["md5"], row["sha1"], row["sha256"]) if row else None


def drop_content(state: State, sha256: str) -> None:
    """Forget a content that no file has any more."""
    state.db.execute(
        "DELETE FROM blobs WHERE sha256 = ? AND NOT EXISTS (SELECT 1 FROM files WHERE blob = blobs.sha256)", (sha256,)
    )


def index_words(state: State, file_id: str) -> None:
    """Let `fullText` find what is in the file, in its description, and what the app said is in it."""
    found = get_file(state, file_id)
    said = f"{found.details.get('description', '')} {found.details.get('indexableText', '')}"
    content = ""
    if found.native:
        content = "\n".join(block.text for block in unpack_blocks(get_content(state, found)))
    elif found.mime.startswith("text/"):
        content = get_content(state, found)[:INDEXED].decode("utf-8", "replace")
    words = fold_words(f"{said} {content}")
    if words.strip():
        state.db.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (file_id, words))
    else:
        state.db.execute("DELETE FROM texts WHERE file_id = ?", (file_id,))
