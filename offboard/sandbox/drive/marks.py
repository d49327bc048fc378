"""What people and apps put on a file: stars, when it was seen and changed, public and private properties."""

from __future__ import annotations

from dataclasses import dataclass

from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS marks (
        file_id TEXT NOT NULL, email TEXT NOT NULL, starred INTEGER NOT NULL DEFAULT 0, viewed TEXT, changed TEXT,
        PRIMARY KEY (file_id, email)) WITHOUT ROWID;""",
    contents=("marks",),
)
tables(
    """CREATE TABLE IF NOT EXISTS file_properties (
        file_id TEXT NOT NULL, client TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
        PRIMARY KEY (file_id, client, key)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS file_properties_key ON file_properties (key, value);""",
    contents=("file_properties",),
)
PUBLIC = ""  # the client of a property that every app sees
LONGEST = 124  # bytes of key and value together
MOST = 30  # of one kind on one file


@dataclass(frozen=True)
class Marks:
    """One person's marks on one file."""

    starred: bool = False
    viewed: str | None = None
    changed: str | None = None


def get_marks(state: State, file_id: str, email: str) -> Marks:
    """This person's marks on this file; nothing is marked where there are none."""
    row = state.db.execute("SELECT * FROM marks WHERE file_id = ? AND email = ?", (file_id, email)).fetchone()
    return Marks(bool(row["starred"]), row["viewed"], row["changed"]) if row else Marks()


def mark(state: State, file_id: str, email: str, **marks: str | bool) -> None:
    """Write down what the person did with the file: whether it is `starred`, when it was `viewed` and `changed`."""
    names, changes = ", ".join(marks), ", ".join(f"{name} = excluded.{name}" for name in marks)
    state.db.execute(
        f"INSERT INTO marks (file_id, email, {names}) VALUES (?, ?{', ?' * len(marks)})"
        f" ON CONFLICT DO UPDATE SET {changes}",
        (file_id, email, *marks.values()),
    )


def mark_changed(state: State, file_id: str, email: str, at: str = "") -> None:
    """The person changed the file, and so has seen it: now, or at this time."""
    moment = at or state.clock.text()
    mark(state, file_id, email, viewed=moment, changed=moment)


def get_properties(state: State, file_id: str, client: str) -> dict[str, str]:
    """The properties of a file that this app put there, or the public ones."""
    query = "SELECT key, value FROM file_properties WHERE file_id = ? AND client = ? ORDER BY key"
    return {row["key"]: row["value"] for row in state.db.execute(query, (file_id, client))}


def put_properties(state: State, file_id: str, client: str, changes: dict[str, str | None]) -> None:
    """Set these properties and leave the others; None takes one away."""
    for key, value in changes.items():
        if value is None:
            keys = (file_id, client, key)
            state.db.execute("DELETE FROM file_properties WHERE file_id = ? AND client = ? AND key = ?", keys)
            continue
        if len(key.encode()) + len(value.encode()) > LONGEST:
            raise Refusal(403, "The length of the property exceeds the limit.", reason="propertyLengthLimitExceeded")
        state.db.execute("INSERT OR REPLACE INTO file_properties VALUES (?, ?, ?, ?)", (file_id, client, key, value))
    if len(get_properties(state, file_id, client)) > MOST:
        raise Refusal(403, "The number of properties exceeds the limit.", reason="propertyCountLimitExceeded")


def copy_properties(state: State, source_id: str, target_id: str, client: str) -> None:
    """Give a copy the public properties of its source and this app's own."""
    state.db.execute(
        "INSERT INTO file_properties SELECT ?, client, key, value FROM file_properties"
        " WHERE file_id = ? AND client IN (?, ?)",
        (target_id, source_id, PUBLIC, client),
    )
