"""The events as rows: each belongs to its organizer's calendar and is seen in the calendars of its guests, too."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS events (
        number INTEGER PRIMARY KEY AUTOINCREMENT, organizer TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL,
        updated INTEGER NOT NULL, content TEXT NOT NULL, UNIQUE (organizer, id));
    CREATE TABLE IF NOT EXISTS guests (
        event INTEGER NOT NULL, email TEXT NOT NULL, PRIMARY KEY (event, email)) WITHOUT ROWID;""",
    contents=("events", "guests"),
)

SEEN = "(organizer = :email OR number IN (SELECT event FROM guests WHERE email = :email))"


@dataclass(frozen=True)
class Event:
    """An event; `content` is what people say about it, times in milliseconds; a deleted one stays, cancelled."""

    number: int
    organizer: str
    id: str
    created: int
    updated: int
    content: dict[str, Any]

    @property
    def etag(self) -> str:
        """Changes with every change."""
        return f'"{self.updated * 2000}"'

    @property
    def cancelled(self) -> bool:
        """Whether it was deleted."""
        return bool(self.content["status"] == "cancelled")


def find_event(state: State, email: str, event_id: str) -> Event | None:
    """The event of this id in this person's calendar, deleted or not."""
    row = state.db.execute(
        f"SELECT * FROM events WHERE {SEEN} AND id = :id ORDER BY organizer != :email", {"email": email, "id": event_id}
    ).fetchone()
    return _as_event(row) if row else None


def list_events(state: State, email: str) -> list[Event]:
    """Every event in this person's calendar, deleted ones too, in the order in which they were made."""
    rows = state.db.execute(f"SELECT * FROM events WHERE {SEEN} ORDER BY number", {"email": email})
    return [_as_event(row) for row in rows]


def add_event(state: State, organizer: str, event_id: str, content: dict[str, Any]) -> Event:
    """A new event in the organizer's calendar."""
    now = int(state.clock.timestamp() * 1000)
    cursor = state.db.execute(
        "INSERT INTO events (organizer, id, created, updated, content) VALUES (?, ?, ?, ?, ?)",
        (organizer, event_id, now, now, json.dumps(content)),
    )
    made = Event(cursor.lastrowid or 0, organizer, event_id, now, now, content)
    _invite(state, made)
    return made


def put_event(state: State, event: Event, content: dict[str, Any]) -> Event:
    """The event with another content, changed now: later than ever before."""
    now = max(int(state.clock.timestamp() * 1000), event.updated + 1)
    state.db.execute(
        "UPDATE events SET content = ?, updated = ? WHERE number = ?", (json.dumps(content), now, event.number)
    )
    changed = replace(event, content=content, updated=now)
    _invite(state, changed)
    return changed


def _invite(state: State, event: Event) -> None:
    state.db.execute("DELETE FROM guests WHERE event = ?", (event.number,))
    guests = {guest["email"] for guest in event.content.get("attendees", ())} - {event.organizer}
    state.db.executemany("INSERT INTO guests VALUES (?, ?)", [(event.number, email) for email in guests])


def _as_event(row: sqlite3.Row) -> Event:
    return Event(**{**dict(row), "content": json.loads(row["content"])})
