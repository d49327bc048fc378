"""The apps that Google knows: desktop apps with a secret and a redirect to the own machine; and what is denied them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS clients (
        client_id TEXT PRIMARY KEY, client_secret TEXT NOT NULL, name TEXT NOT NULL,
        testing INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;""",
    contents=(),
)

CLIENT_ID = "offboard-sandbox.apps.googleusercontent.com"
CLIENT_SECRET = "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box"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Denial(Exception):
    """A sign-in request that Google would refuse; JSON at the token address, a page at the consent address."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status


@dataclass(frozen=True)
class Client:
    """A desktop app; while it is `testing`, its sign-ins last seven days."""

    client_id: str
    client_secret: str
    name: str
    testing: bool


def seed_clients(state: State) -> None:
    """Add the one app that every sandbox knows."""
    state.db.execute("INSERT OR IGNORE INTO clients VALUES (?, ?, 'offboard', 0)", (CLIENT_ID, CLIENT_SECRET))


def find_client(state: State, client_id: str) -> Client | None:
    """The app of this id; None when Google never heard of it."""
    row = state.db.execute("SELECT * FROM clients WHERE client_id = ?", (client_id,)).fetchone()
    return Client(row["client_id"], row["client_secret"], row["name"], bool(row["testing"])) if row else None


def get_client(state: State, client_id: str) -> Client:
    """The app of this id; LookupError when Google never heard of it."""
    client = find_client(state, client_id)
    if client is None:
        raise LookupError(client_id)
    return client


def set_testing(state: State, client_id: str, testing: bool) -> None:
    """Put an app into testing, or publish it; sign-ins made before keep the term they were given."""
    state.db.execute("UPDATE clients SET testing = ? WHERE client_id = ?", (testing, client_id))


def is_loopback(redirect_uri: str) -> bool:
    """Whether a desktop app may be answered at this address: this machine, any port, any path."""
    try:
        address = urlsplit(redirect_uri)
        return (
            redirect_uri.isascii()
            and redirect_uri.isprintable()
            and address.scheme == "http"
            and address.hostname in LOOPBACK
            and address.username is None
            and not address.fragment
            and address.port != 0
        )
    except ValueError:
        return False


def format_credentials(client: Client, origin: str) -> dict[str, Any]:
    """The `credentials.json` of an app, as Google's console offers it for download."""
    return {
        "installed": {
            "client_id": client.client_id,
            "project_id": "offboard-sandbox",
            "auth_uri": f"{origin}/o/oauth2/v2/auth",
            "token_uri": f"{origin}/token",
            "client_secret": client.client_secret,
            "redirect_uris": ["http://localhost"],
        }
    }
