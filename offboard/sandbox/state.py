"""The Workspace's state: one SQLite file, one transaction a request, every room's tables beside each other."""

from __future__ import annotations

import secrets
import sqlite3
import string
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from offboard.sandbox.clock import Clock

ALPHABET = string.ascii_letters + string.digits + "-_"

TABLES: list[str] = []  # each room adds its own tables when it is imported
RESETS: list[str] = []  # and the names of those that hold the Workspace's contents, emptied by a reset


def tables(script: str, *, contents: tuple[str, ...]) -> None:
    """Declare a room's tables (CREATE TABLE IF NOT EXISTS …) and which of them a reset empties."""
    TABLES.append(script)
    RESETS.extend(contents)


class State:
    """The database and the clock; rooms read and write rows, and keep nothing that a rollback would not undo."""

    def __init__(self, path: Path | None = None, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.meet = True  # the organization lets its people make Meet rooms
        self.db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = OFF")
        self._one_at_a_time = threading.RLock()  # a person's token is made beside the thread that answers requests
        self.on_rollback: list[Callable[[], None]] = []  # called after a rollback or a reset: drop what is cached
        for script in TABLES:
            self.db.executescript(script)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of a request's writes, or none."""
        with self._one_at_a_time:
            self.db.execute("BEGIN")
            try:
                yield
            except BaseException:
                self.db.execute("ROLLBACK")
                self._forget()
                raise
            self.db.execute("COMMIT")

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is written within, as if it never had been."""
        self.db.execute("SAVEPOINT undone")
        try:
            yield
        finally:
            self.db.execute("ROLLBACK TO undone")
            self.db.execute("RELEASE undone")
            self._forget()

    def new_id(self, length: int = 33, prefix: str = "1") -> str:
        """A fresh id as Drive makes them: letters, digits, `-` and `_`."""
        return prefix + "".join(secrets.choice(ALPHABET) for _ in range(length - len(prefix)))

    def reset(self) -> None:
        """Empty the Workspace: files, sheets and mail go; accounts and sign-ins stay."""
        with self.transaction():
            for table in RESETS:
                self.db.execute(f"DELETE FROM {table}")
        self._forget()

    def copy(self) -> State:
        """The Workspace as it is now; what happens afterwards is not seen in the copy, but the clock is the same."""
        copied = State(clock=self.clock)
        copied.meet = self.meet
        with self._one_at_a_time:
            self.db.backup(copied.db)
        return copied

    def _forget(self) -> None:
        for forget in self.on_rollback:
            forget()

    def close(self) -> None:
        """Release the file."""
        self.db.close()
