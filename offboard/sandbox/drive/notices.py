"""The mails that Google itself sends when something is shared: kept, so that one can see that they went out."""

from __future__ import annotations

from offboard.sandbox.drive.store import File
from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS notices (
        id INTEGER PRIMARY KEY, sent TEXT NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL,
        file_id TEXT NOT NULL, subject TEXT NOT NULL, message TEXT NOT NULL);""",
    contents=("notices",),
)


def send_notice(state: State, found: File, *, sender: str, recipient: str, message: str, subject: str = "") -> None:
    """Google tells somebody by mail that a file was shared with them, or what else the subject says."""
    subject = subject or f'Item shared with you: "{found.name}"'
    row = (state.clock.text(), sender, recipient, found.id, subject, message)
    state.db.execute(
        "INSERT INTO notices (sent, sender, recipient, file_id, subject, message) VALUES (?, ?, ?, ?, ?, ?)", row
    )
