"""Permissions as Drive shows them."""

from __future__ import annotations

import sqlite3
from typing import Any

from offboard.sandbox.accounts import find_account
from offboard.sandbox.drive.grants import BY_SEARCH, ROLES, list_sources
from offboard.sandbox.drive.store import File
from offboard.sandbox.state import State


def render_permission(state: State, found: File, row: sqlite3.Row) -> dict[str, Any]:
    """A row of `list_grants` as a Permission of this file."""
    role = ROLES[row["strength"]]
    shown: dict[str, Any] = {"kind": "drive#permission", "id": row["id"], "type": row["type"], "role": role}
    shown["permissionDetails"] = [_detail(found, *source) for source in list_sources(state, found.id, row["id"])]
    if row["type"] == "anyone":
        return shown | {"allowFileDiscovery": row["id"] == BY_SEARCH}
    account = find_account(state, row["email"])
    shown |= {
        "emailAddress": row["email"],
        "displayName": account.name if account else row["email"].partition("@")[0],
        "deleted": False,
    }
    if not found.drive:
        shown["pendingOwner"] = False
    if row["expires"]:
        shown["expirationTime"] = row["expires"]
    return shown


def _detail(found: File, source: str, strength: int) -> dict[str, Any]:
    member, inherited = bool(found.drive) and source == found.drive, source != found.id
    detail = {"permissionType": "member" if member else "file", "role": ROLES[strength], "inherited": inherited}
    return detail | ({"inheritedFrom": source} if found.drive and inherited else {})
