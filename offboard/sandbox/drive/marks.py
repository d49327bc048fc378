"""What each person did with a file: starred it, saw it, changed it."""

from __future__ import annotations

from dataclasses import dataclass

from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS marks (
        file_id TEXT NOT NULL, email TEXT NOT NULL, starred INTEGER NOT NULL DEFAULT 0, viewed TEXT, changed TEXT,
        PRIMARY KEY (file_id, email)) WITHOUT ROWID;""",
    contents=("marks",),
)


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
