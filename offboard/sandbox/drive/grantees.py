"""Permissions as Drive shows them."""

from __future__ import annotations

import sqlite3
from typing import Any

from offboard.sandbox.accounts import find_account
from offboard.sandbox.drive.grants import BY_SEARCH, ROLES
from offboard.sandbox.drive.store import File
from offboard.sandbox.state import State


def render_permission(state: State, found: File, row: sqlite3.Row) -> dict[str, Any]:
    """A row of `list_grants` as a Permission of this file."""
    role, inherited = ROLES[row["strength"]], row["file_id"] != found.id
    shown: dict[str, Any] = {"kind": "drive#permission", "id": row["id"], "type": row["type"], "role": role}
    detail: dict[str, Any] = {
        "permissionType": "member" if found.drive and row["file_id"] == found.drive else "file",
        "role": role,
        "inherited": inherited,
    }
    if found.drive and inherited:
        detail["inheritedFrom"] = row["file_id"]
    shown["permissionDetails"] = [detail]
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
