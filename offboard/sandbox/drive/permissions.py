"""Who has access to a file: shown, changed, taken back."""

from __future__ import annotations

import sqlite3
from typing import Any

from offboard.sandbox.accounts import find_account
from offboard.sandbox.call import Answer, Call
from offboard.sandbox.drive.access import get_readable, get_writable, insufficient, rank_of
from offboard.sandbox.drive.capabilities import can_share
from offboard.sandbox.drive.grants import BY_SEARCH, RANKS, ROLES, find_grant, list_grants, list_sources, refresh_access
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.roles import check_role, read_expiration
from offboard.sandbox.drive.store import File
from offboard.sandbox.pages import make_token, read_token
from offboard.sandbox.parameters import read_body
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State

DEFAULT = "kind,id,type,role,allowFileDiscovery,view,pendingOwner"
WRITABLE = {"role", "expirationTime", "pendingOwner", "kind"}


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


@answers_drive("drive.permissions.list", default_fields=f"kind,nextPageToken,permissions({DEFAULT})")
def list_permissions(call: Call) -> Answer:
    """Everyone with access, for those who may share the file."""
    found = _listed(call)
    rows = list_grants(call.state, found.id)
    token, size = call.parameters.get("pageToken"), call.parameters.get("pageSize")
    binding = [call.bearer.email, found.id]
    first = read_token(binding, token)[0] if token else 0
    last = first + min(size or (100 if found.drive else len(rows)), 100 if found.drive else len(rows) or 1)
    answer: dict[str, Any] = {
        "kind": "drive#permissionList",
        "permissions": [render_permission(call.state, found, row) for row in rows[first:last]],
    }
    return answer | ({"nextPageToken": make_token(binding, [last])} if last < len(rows) else {})


@answers_drive("drive.permissions.get", default_fields=DEFAULT)
def get_permission(call: Call) -> Answer:
    """One permission; everybody may look at the own."""
    found = get_readable(call, call.parameters["fileId"])
    row = _get_grant(call, found)
    if row["email"] != call.bearer.email and not can_share(found, rank_of(call, found)):
        raise insufficient()
    return render_permission(call.state, found, row)


@answers_drive("drive.permissions.update", default_fields=DEFAULT)
def update_permission(call: Call) -> Answer:
    """Another role, or another end of the permission."""
    told = read_body(call.body, "Permission")
    found = get_shareable(call)
    row = _get_grant(call, found)
    if told.keys() - WRITABLE:
        message = "The resource body includes fields which are not directly writable."
        raise Refusal(403, message, reason="fieldNotWritable")
    role = told.get("role", row["role"])
    if row["role"] == "owner" and role != "owner":
        raise insufficient()
    check_role(found, role, row["type"])
    check_owner(call, told if row["role"] != "owner" else {})
    _change(call, found, row, told | {"role": role})
    refresh_access(call.state, found.id)
    return render_permission(call.state, found, _get_grant(call, found))


@answers_drive("drive.permissions.delete")
def delete_permission(call: Call) -> Answer:
    """Take back a permission; everybody may give up the own."""
    found = get_readable(call, call.parameters["fileId"])
    row = _get_grant(call, found)
    if row["role"] == "owner":
        raise Refusal(403, "The owner of a file cannot be removed.", reason="cannotRemoveOwner")
    if row["email"] != call.bearer.email:
        found = get_shareable(call)
    if row["file_id"] != found.id:
        raise _inherited(found)
    call.state.db.execute("DELETE FROM permissions WHERE file_id = ? AND id = ?", (found.id, row["id"]))
    refresh_access(call.state, found.id)
    return None


def check_owner(call: Call, told: dict[str, Any]) -> None:
    """Nobody else becomes an owner here."""
    if told.get("role") == "owner" and not call.parameters.get("transferOwnership"):
        message = "The transferOwnership parameter must be enabled when the permission role is 'owner'."
        raise Refusal(403, message, reason="forbidden", location="transferOwnership")
    if told.get("role") == "owner" or told.get("pendingOwner"):
        raise Refusal(501, "The sandbox transfers no ownership.", reason="notImplemented")


def get_shareable(call: Call) -> File:
    """The file of this request, if this person through this app may change who has access to it."""
    found = get_writable(call, call.parameters["fileId"], "reader")
    if not can_share(found, rank_of(call, found)):
        raise insufficient()
    return found


def _listed(call: Call) -> File:
    found = get_readable(call, call.parameters["fileId"])
    allowed = rank_of(call, found) if found.drive else can_share(found, rank_of(call, found)) or found.parent is None
    if not allowed:
        raise insufficient()
    return found


def _get_grant(call: Call, found: File) -> sqlite3.Row:
    grantee = call.parameters["permissionId"]
    row = find_grant(call.state, found.id, grantee)
    if row is None:
        message = f"Permission not found: {grantee}."
        raise Refusal(404, message, reason="notFound", location="permissionId")
    return row


def _change(call: Call, found: File, row: sqlite3.Row, told: dict[str, Any]) -> None:
    """Write a changed role or end; an inherited permission can only be made more, by one on the file itself."""
    role = told["role"]
    if row["file_id"] != found.id and RANKS[role] < row["strength"]:
        raise _inherited(found)
    expires = None if call.parameters.get("removeExpiration") else row["expires"]
    if "expirationTime" in told:
        expires = read_expiration(call, found, told["expirationTime"], row["type"])
    call.state.db.execute(
        "INSERT OR REPLACE INTO permissions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (found.id, row["id"], row["type"], row["email"], role, RANKS[role], expires, row["given"], row["giver"]),
    )


def _inherited(found: File) -> Refusal:
    if found.drive:
        message = "Cannot update or delete an inherited permission on a shared drive item."
        return Refusal(403, message, reason="cannotModifyInheritedTeamDrivePermission")
    message = "Cannot update or delete an inherited permission."
    return Refusal(403, message, reason="cannotModifyInheritedPermission")
