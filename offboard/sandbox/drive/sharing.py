"""A file is shared: with a person, with somebody who has no Google account, with everybody who has the link."""

from __future__ import annotations

import re
from typing import Any

from offboard.sandbox.accounts import find_account, permission_id
from offboard.sandbox.call import Answer, Call
from offboard.sandbox.drive.grants import BY_LINK, BY_SEARCH, RANKS, find_grant, grant, grant_anyone, refresh_access
from offboard.sandbox.drive.permissions import DEFAULT, check_owner, get_shareable, render_permission
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.roles import check_role, read_expiration
from offboard.sandbox.drive.store import File
from offboard.sandbox.parameters import read_body
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS notices (
        id INTEGER PRIMARY KEY, sent TEXT NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL,
        file_id TEXT NOT NULL, subject TEXT NOT NULL, message TEXT NOT NULL);""",
    contents=("notices",),
)
TYPES = ("user", "group", "domain", "anyone")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def send_notice(state: State, found: File, *, sender: str, recipient: str, message: str, subject: str = "") -> None:
    """Google tells somebody by mail that a file was shared with them, or what else the subject says."""
    subject = subject or f'Item shared with you: "{found.name}"'
    row = (state.clock.text(), sender, recipient, found.id, subject, message)
    state.db.execute(
        "INSERT INTO notices (sent, sender, recipient, file_id, subject, message) VALUES (?, ?, ?, ?, ?, ?)", row
    )


@answers_drive("drive.permissions.create", default_fields=DEFAULT)
def create_permission(call: Call) -> Answer:
    """Give somebody a role; whoever has one already keeps it, or gets the higher one."""
    told = read_body(call.body, "Permission")
    found = get_shareable(call)
    _check_body(told)
    check_role(found, told["role"], told["type"])
    check_owner(call, told)
    _check_notice(call, told)
    expires = read_expiration(call, found, told["expirationTime"], told["type"]) if "expirationTime" in told else None
    if told["type"] == "anyone":
        grantee = _share_with_anyone(call, found, told)
    else:
        grantee = _share_with_person(call, found, told["emailAddress"].lower(), told["role"], expires)
    refresh_access(call.state, found.id)
    row = find_grant(call.state, found.id, grantee)
    assert row is not None
    return render_permission(call.state, found, row)


def _check_body(told: dict[str, Any]) -> None:
    for name in ("type", "role"):
        if name not in told:
            message = f"The permission {name} field is required."
            raise Refusal(400, message, reason="required", location=f"permission.{name}", location_type="other")
    if told["type"] not in TYPES:
        raise Refusal(400, "The specified type is invalid.", reason="invalid", location="permission.type")
    if told.get("view"):
        raise Refusal(501, "The sandbox has no views.", reason="notImplemented")
    if told["type"] == "domain":
        raise Refusal(501, "The sandbox has no organizations to share with.", reason="notImplemented")
    if (told["type"] == "anyone") == bool(told.get("emailAddress")) or (
        told.get("emailAddress") and not ADDRESS.fullmatch(told["emailAddress"])
    ):
        message = "The specified emailAddress is invalid or not applicable for the given permission type."
        where = "permission.emailAddress"
        raise Refusal(400, message, reason="invalid", location=where, location_type="other")


def _check_notice(call: Call, told: dict[str, Any]) -> None:
    """A message goes out only in a notice, and a notice only to people: for others it cannot even be declined."""
    notify = call.parameters.get("sendNotificationEmail")
    if told["type"] == "anyone" and notify is not None:
        message = (
            "The sendNotificationEmail parameter is only applicable for permissions of type 'user' or 'group', "
            "and must not be disabled for ownership transfers."
        )
        raise Refusal(403, message, reason="forbidden", location="sendNotificationEmail")
    if call.parameters.get("emailMessage") and (notify is False or told["type"] == "anyone"):
        message = "The emailMessage parameter is only applicable when a notification email is sent."
        raise Refusal(400, message, reason="invalidParameter", location="emailMessage")


def _share_with_anyone(call: Call, found: File, told: dict[str, Any]) -> str:
    discoverable = bool(told.get("allowFileDiscovery", False))
    before = find_grant(call.state, found.id, BY_SEARCH if discoverable else BY_LINK)
    if before and before["strength"] >= RANKS[told["role"]]:
        return str(before["id"])
    return grant_anyone(call.state, found.id, told["role"], call.bearer.email, discoverable)


def _share_with_person(call: Call, found: File, email: str, role: str, expires: str | None) -> str:
    notify = call.parameters.get("sendNotificationEmail", True)
    if find_account(call.state, email) is None:
        _check_outsider(found, email, notify=notify)
    before = find_grant(call.state, found.id, permission_id(email))
    if before is None or before["strength"] < RANKS[role]:
        grant(call.state, found.id, email, role, giver=call.bearer.email, expires=expires)
    if notify:  # also when nothing changed: a repeated call is a second mail
        message = call.parameters.get("emailMessage") or ""
        send_notice(call.state, found, sender=call.bearer.email, recipient=email, message=message)
    return permission_id(email)


def _check_outsider(found: File, email: str, *, notify: bool) -> None:
    """Somebody without a Google account can only be invited by mail, and never into a whole shared drive."""
    if found.id == found.drive:
        message = "Cannot share a shared drive with non Google accounts."
        raise Refusal(403, message, reason="cannotShareTeamDriveWithNonGoogleAccounts")
    if not notify:
        message = (
            f'Bad Request. User message: "You are trying to invite {email}. Since there is no Google account '
            'associated with this email address, you must check the "Notify people" box to invite this recipient."'
        )
        raise Refusal(400, message, reason="invalidSharingRequest")
