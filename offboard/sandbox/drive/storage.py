"""The room that Google gives away: how much of it somebody uses, and the refusal once it is full."""

from __future__ import annotations

from offboard.sandbox.drive.store import get_file
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State, tables

STORAGE = 15 * 1024**3  # bytes

# counted as files come, change and go: a sum over all of them would make each upload slower than the one before
tables(
    """CREATE TABLE IF NOT EXISTS storage (owner TEXT PRIMARY KEY, used INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TRIGGER IF NOT EXISTS file_grows AFTER UPDATE OF size, owner ON files BEGIN
        INSERT INTO storage VALUES (old.owner, -coalesce(old.size, 0))
            ON CONFLICT DO UPDATE SET used = used + excluded.used;
        INSERT INTO storage VALUES (new.owner, coalesce(new.size, 0))
            ON CONFLICT DO UPDATE SET used = used + excluded.used;
    END;
    CREATE TRIGGER IF NOT EXISTS file_comes AFTER INSERT ON files WHEN new.size BEGIN
        INSERT INTO storage VALUES (new.owner, new.size) ON CONFLICT DO UPDATE SET used = used + excluded.used;
    END;
    CREATE TRIGGER IF NOT EXISTS file_goes AFTER DELETE ON files WHEN old.size BEGIN
        UPDATE storage SET used = used - old.size WHERE owner = old.owner;
    END;""",
    contents=(),
)


def count_used(state: State, owner: str) -> int:
    """The bytes of all files of an account, the bin's included."""
    row = state.db.execute("SELECT used FROM storage WHERE owner = ?", (owner,)).fetchone()
    return int(row["used"]) if row else 0


def count_trashed(state: State, owner: str) -> int:
    """The bytes of an account's files in the bin."""
    query = "SELECT coalesce(sum(size), 0) FROM files WHERE trashed AND owner = ?"
    return int(state.db.execute(query, (owner,)).fetchone()[0])


def check_room(state: State, file_id: str) -> None:
    """A file that does not fit into its owner's storage is refused; the bin counts too."""
    found = get_file(state, file_id)
    if found.owner and found.size and count_used(state, found.owner) > STORAGE:
        message = "The user's Drive storage quota has been exceeded."
        raise Refusal(403, message, reason="storageQuotaExceeded")
