"""Permissions as they are given on a file, and the access that follows from them and from the folders above."""

from __future__ import annotations

import sqlite3

from offboard.sandbox.accounts import permission_id
from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS permissions (
        file_id TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, email TEXT NOT NULL, role TEXT NOT NULL,
        rank INTEGER NOT NULL, expires TEXT, given TEXT NOT NULL, giver TEXT NOT NULL,
        PRIMARY KEY (file_id, id)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS permissions_expire ON permissions (expires) WHERE expires IS NOT NULL;
    CREATE TABLE IF NOT EXISTS access (
        file_id TEXT NOT NULL, permission_id TEXT NOT NULL, rank INTEGER NOT NULL,
        PRIMARY KEY (file_id, permission_id)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS access_person ON access (permission_id, file_id);""",
    contents=("permissions", "access"),
)

RANKS = {"reader": 1, "commenter": 2, "writer": 3, "fileOrganizer": 4, "organizer": 5, "owner": 6}
ROLES = {rank: role for role, rank in RANKS.items()}
BY_LINK, BY_SEARCH = "anyoneWithLink", "anyone"  # the ids of the two permissions of everybody

# pairs each file at and below the start with itself and every folder over it
ABOVE = """WITH RECURSIVE
    below(id) AS (VALUES (:start) UNION SELECT files.id FROM files JOIN below ON files.parent = below.id),
    above(id, over) AS (SELECT id, id FROM below UNION
        SELECT above.id, files.parent FROM above JOIN files ON files.id = above.over WHERE files.parent IS NOT NULL) """
# a file and every folder over it
OVER = """WITH RECURSIVE above(over) AS (VALUES (:file) UNION SELECT files.parent FROM above
    JOIN files ON files.id = above.over WHERE files.parent IS NOT NULL) """
# the owner of a folder is a writer of what others put into it
RANK = "CASE WHEN p.role = 'owner' AND p.file_id != {file} THEN 3 ELSE p.rank END"


def grant(state: State, file_id: str, email: str, role: str, giver: str = "", expires: str | None = None) -> str:
    """Give a person this role on a file, in place of an earlier one; answers the permission's id."""
    grantee = permission_id(email)
    row = (file_id, grantee, "user", email, role, RANKS[role], expires, state.clock.text(), giver or email)
    state.db.execute("INSERT OR REPLACE INTO permissions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return grantee


def grant_anyone(state: State, file_id: str, role: str, giver: str, discoverable: bool) -> str:
    """Give everybody this role on a file, by its link or by searching; answers the permission's id."""
    grantee = BY_SEARCH if discoverable else BY_LINK
    row = (file_id, grantee, "anyone", "", role, RANKS[role], None, state.clock.text(), giver)
    state.db.execute("INSERT OR REPLACE INTO permissions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return grantee


def refresh_access(state: State, file_id: str) -> None:
    """Work out again who may do what with a file and all below it, after a change of permissions or place."""
    start = {"start": file_id}
    state.db.execute(f"{ABOVE} DELETE FROM access WHERE file_id IN (SELECT id FROM below)", start)
    state.db.execute(
        f"{ABOVE} INSERT INTO access SELECT above.id, p.id, max({RANK.format(file='above.id')})"
        " FROM above JOIN permissions p ON p.file_id = above.over GROUP BY above.id, p.id",
        start,
    )


def get_rank(state: State, file_id: str, email: str) -> int:
    """What this person may do with a file, as a number of RANKS; 0 for nothing."""
    row = state.db.execute(
        "SELECT max(rank) AS rank FROM access WHERE file_id = ? AND permission_id IN (?, ?, ?)",
        (file_id, permission_id(email), BY_LINK, BY_SEARCH),
    ).fetchone()
    return int(row["rank"] or 0)


def list_grants(state: State, file_id: str) -> list[sqlite3.Row]:
    """Every permission that counts for a file, given on it or on a folder above, the strongest of each grantee.

    Each row says in `strength` what it is worth here and in `file_id` where it was given.
    """
    return state.db.execute(
        f"{OVER} SELECT p.*, max({RANK.format(file=':file')} * 2 + (p.file_id = :file)) / 2 AS strength"
        " FROM above JOIN permissions p ON p.file_id = above.over GROUP BY p.id ORDER BY p.given, p.id",
        {"file": file_id},
    ).fetchall()


def list_sources(state: State, file_id: str, grantee: str) -> list[tuple[str, int]]:
    """Where this grantee was given something that counts for a file, and what it is worth, the strongest first."""
    rows = state.db.execute(
        f"{OVER} SELECT p.file_id, {RANK.format(file=':file')} AS strength FROM above"
        " JOIN permissions p ON p.file_id = above.over WHERE p.id = :grantee"
        " ORDER BY strength DESC, p.file_id != :file",
        {"file": file_id, "grantee": grantee},
    )
    return [(row["file_id"], row["strength"]) for row in rows]


def find_grant(state: State, file_id: str, grantee: str) -> sqlite3.Row | None:
    """The permission with this id that counts for a file, inherited or not."""
    return next((row for row in list_grants(state, file_id) if row["id"] == grantee), None)


def drop_expired(state: State) -> None:
    """Take back the permissions whose time is over."""
    due = state.db.execute(
        "DELETE FROM permissions WHERE expires IS NOT NULL AND expires <= ? RETURNING file_id", (state.clock.text(),)
    ).fetchall()
    for row in due:
        refresh_access(state, row["file_id"])
