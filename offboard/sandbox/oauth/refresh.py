"""Refresh tokens: a sign-in that lasts, until it is revoked or, for an app in testing, seven days are over."""

from __future__ import annotations

from collections.abc import Iterable

from offboard.sandbox.call import Bearer
from offboard.sandbox.oauth.clients import Client, get_client
from offboard.sandbox.oauth.tokens import issue_access_token
from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS refresh_tokens (
        token TEXT PRIMARY KEY, email TEXT NOT NULL, client TEXT NOT NULL, scopes TEXT NOT NULL,
        expires REAL) WITHOUT ROWID;""",
    contents=(),
)
TESTING_LIFETIME = 7 * 24 * 3600  # seconds that a sign-in to an app in testing lasts


def issue_refresh_token(state: State, bearer: Bearer, client: Client) -> str:
    """A fresh refresh token; it never expires by itself once the app is published."""
    token = state.new_id(103, "1//03")
    expires = state.clock.timestamp() + TESTING_LIFETIME if client.testing else None
    row = (token, bearer.email, bearer.client, " ".join(sorted(bearer.scopes)), expires)
    state.db.execute("INSERT INTO refresh_tokens VALUES (?, ?, ?, ?, ?)", row)
    return token


def find_sign_in(state: State, refresh_token: str) -> Bearer | None:
    """Whose sign-in this refresh token is; None when it was never issued, was revoked, or is over."""
    row = state.db.execute("SELECT * FROM refresh_tokens WHERE token = ?", (refresh_token,)).fetchone()
    if row is None or (row["expires"] is not None and row["expires"] <= state.clock.timestamp()):
        return None
    return Bearer(row["email"], row["client"], frozenset(row["scopes"].split()))


def revoke(state: State, token: str) -> bool:
    """End the sign-in of a refresh or an access token, with every token made from it; False when nobody knows it."""
    row = state.db.execute("SELECT refresh_token FROM access_tokens WHERE token = ?", (token,)).fetchone()
    refresh_token = row["refresh_token"] if row else token
    gone = state.db.execute("DELETE FROM refresh_tokens WHERE token = ?", (refresh_token,)).rowcount
    taken = state.db.execute("DELETE FROM access_tokens WHERE token = ? OR refresh_token = ?", (token, refresh_token))
    return bool(gone or taken.rowcount)


def sign_in(state: State, email: str, client_id: str, scopes: Iterable[str]) -> tuple[str, str]:
    """The access token and the refresh token of a person who allowed an app all of these scopes."""
    client = get_client(state, client_id)
    bearer = Bearer(email, client.client_id, frozenset(scopes))
    with state.transaction():
        refresh_token = issue_refresh_token(state, bearer, client)
        return issue_access_token(state, bearer, refresh_token), refresh_token
