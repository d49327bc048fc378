"""The people of the Workspace: who has a Google account, and who is only an address."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from offboard.sandbox.state import State, tables

tables(
    "CREATE TABLE IF NOT EXISTS accounts (email TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;",
    contents=(),
)

OWNER = "ana@sandbox.example"  # the freelancer whose desk this is
SEEDED = {
    OWNER: "Ana Ruiz",
    "maya@bloom.example": "Maya Brandt",
    "bloombakery.hh@gmail.com": "Bloom Bakery",
    "leo@corvo.example": "Leo Corvo",
    "kim@oldagency.example": "Kim Park",
}  # every other address belongs to a person without a Google account


@dataclass(frozen=True)
class Account:
    """A Google account of the sandbox."""

    email: str
    name: str

    @property
    def permission_id(self) -> str:
        """The id under which this account appears in permissions: the same everywhere."""
        return permission_id(self.email)


def permission_id(email: str) -> str:
    """Google gives an address one permission id; ours is computed from it (20 digits)."""
    low, high = zlib.crc32(email.lower().encode()), zlib.crc32(email.lower()[::-1].encode())
    return f"{(high << 32 | low) % 10**20:020d}"


def seed_accounts(state: State) -> None:
    """Add the accounts that every sandbox knows."""
    for email, name in SEEDED.items():
        add_account(state, email, name)


def add_account(state: State, email: str, name: str) -> Account:
    """Give an address a Google account; an existing one keeps its name."""
    state.db.execute("INSERT OR IGNORE INTO accounts VALUES (?, ?)", (email.lower(), name))
    account = find_account(state, email)
    assert account is not None
    return account


def find_account(state: State, email: str) -> Account | None:
    """The account of an address, forgiving of case; None for a person without one."""
    row = state.db.execute("SELECT email, name FROM accounts WHERE email = ?", (email.lower(),)).fetchone()
    return Account(row["email"], row["name"]) if row else None


def list_accounts(state: State) -> list[Account]:
    """Everybody who has an account, the owner of the desk first, then by name."""
    rows = state.db.execute("SELECT email, name FROM accounts ORDER BY email <> ?, name, email", (OWNER,))
    return [Account(row["email"], row["name"]) for row in rows]
