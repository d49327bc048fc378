"""Lists and searches that lag behind: they see the Workspace as it was some requests ago."""

from __future__ import annotations

from collections import deque

from offboard.sandbox.state import State

LAGGING = ("drive.files.list", "gmail.users.drafts.list", "gmail.users.messages.list")


class Lag:
    """The Workspace after each of the last requests."""

    def __init__(self, state: State, requests: int) -> None:
        self._state = state
        self._past = deque([state.copy()], maxlen=requests + 1)
        self._changes = state.db.total_changes

    def remember(self) -> None:
        """Keep the Workspace as it is after one more request."""
        changes = self._state.db.total_changes
        self._past.append(self._past[-1] if changes == self._changes else self._state.copy())
        self._changes = changes

    def past(self) -> State:
        """The Workspace of back then; who is signed in is known as of now."""
        past = self._past[0]
        tokens = self._state.db.execute("SELECT * FROM access_tokens").fetchall()
        past.db.executemany("INSERT OR REPLACE INTO access_tokens VALUES (?, ?, ?, ?, ?, ?)", map(tuple, tokens))
        return past
