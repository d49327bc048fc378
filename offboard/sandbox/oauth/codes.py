"""Authorization codes: what a person allowed, waiting to be fetched once by the app; and what is denied."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

from offboard.sandbox.call import Bearer
from offboard.sandbox.state import State, tables


class Denial(Exception):
    """A sign-in request that Google would refuse; JSON at the token address, a page at the consent address."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status


tables(
    """CREATE TABLE IF NOT EXISTS codes (
        code TEXT PRIMARY KEY, client TEXT NOT NULL, email TEXT NOT NULL, scopes TEXT NOT NULL,
        redirect_uri TEXT NOT NULL, challenge TEXT NOT NULL, method TEXT NOT NULL, offline INTEGER NOT NULL,
        expires REAL NOT NULL) WITHOUT ROWID;""",
    contents=(),
)

LIFETIME = 600  # seconds


@dataclass(frozen=True)
class Allowed:
    """What stands behind a code; `challenge` is empty without PKCE."""

    bearer: Bearer
    redirect_uri: str
    challenge: str
    method: str
    offline: bool


def issue_code(state: State, allowed: Allowed) -> str:
    """A fresh code for what a person allowed."""
    code = state.new_id(73, "4/0A")
    bearer = allowed.bearer
    row = (
        code,
        bearer.client,
        bearer.email,
        " ".join(sorted(bearer.scopes)),
        allowed.redirect_uri,
        allowed.challenge,
        allowed.method,
        allowed.offline,
        state.clock.timestamp() + LIFETIME,
    )
    state.db.execute("INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return code


def redeem_code(state: State, code: str, client: str, redirect_uri: str, verifier: str) -> Allowed:
    """What stands behind a code, for the app that asked, at the address it named, with its verifier; only once."""
    row = state.db.execute("SELECT * FROM codes WHERE code = ?", (code,)).fetchone()
    if row is None or row["client"] != client or row["expires"] <= state.clock.timestamp():
        raise Denial("invalid_grant", "Bad Request" if code.startswith("4/") else "Malformed auth code.")
    if row["redirect_uri"] != redirect_uri:
        raise Denial("redirect_uri_mismatch", "Bad Request")
    _verify(verifier, row["challenge"], row["method"])
    state.db.execute("DELETE FROM codes WHERE code = ?", (code,))
    bearer = Bearer(row["email"], row["client"], frozenset(row["scopes"].split()))
    return Allowed(bearer, row["redirect_uri"], row["challenge"], row["method"], bool(row["offline"]))


def _verify(verifier: str, challenge: str, method: str) -> None:
    if not challenge:
        return
    if not verifier:
        raise Denial("invalid_grant", "Missing code verifier.")
    proof = verifier
    if method == "S256":
        proof = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    if not hmac.compare_digest(proof.encode(), challenge.encode()):
        raise Denial("invalid_grant", "Invalid code verifier.")
