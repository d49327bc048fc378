"""Access tokens: who holds one, for which app, with which scopes, until when."""

from __future__ import annotations

from offboard.sandbox.call import Bearer
from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS access_tokens (
        token TEXT PRIMARY KEY, email TEXT NOT NULL, client TEXT NOT NULL, scopes TEXT NOT NULL,
        expires REAL NOT NULL, refresh_token TEXT) WITHOUT ROWID;""",
    contents=(),
)

LIFETIME = 3599  # seconds, as Google's answers say


def issue_access_token(state: State, bearer: Bearer, refresh_token: str | None = None) -> str:
    """A fresh access token for this person, app and scopes; gone when its refresh token is revoked."""
    token, ends = state.new_id(160, "ya29."), state.clock.timestamp() + LIFETIME
    row = (token, bearer.email, bearer.client, " ".join(sorted(bearer.scopes)), ends, refresh_token)
    state.db.execute("INSERT INTO access_tokens VALUES (?, ?, ?, ?, ?, ?)", row)
    return token


def find_bearer(state: State, token: str) -> Bearer | None:
    """Who holds this token; None when it was never issued, was revoked, or has expired."""
    row = state.db.execute("SELECT * FROM access_tokens WHERE token = ?", (token,)).fetchone()
    if row is None or row["expires"] <= state.clock.timestamp():
        return None
    return Bearer(row["email"], row["client"], frozenset(row["scopes"].split()))
