"""A file changes its owner: at once within an organization, with consent between consumers, never across."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.accounts import find_account
from offboard.sandbox.call import Call
from offboard.sandbox.drive.access import insufficient, rank_of
from offboard.sandbox.drive.grants import RANKS, grant
from offboard.sandbox.drive.move import put_into
from offboard.sandbox.drive.roles import CONSUMERS, check_role
from offboard.sandbox.drive.store import File, get_file, get_root
from offboard.sandbox.refusal import Refusal


def transfer(call: Call, found: File, email: str) -> None:
    """Make somebody the owner; the owner until now becomes a writer."""
    check_role(found, "owner", "user")
    if not call.parameters.get("transferOwnership"):
        message = "The transferOwnership parameter must be enabled when the permission role is 'owner'."
        raise Refusal(403, message, reason="forbidden", location="transferOwnership")
    if call.parameters.get("sendNotificationEmail") is False:
        raise refuse_notice()
    if rank_of(call, found) < RANKS["owner"]:
        raise insufficient()
    _check_organizations(call, found.owner, email)
    grant(call.state, found.id, found.owner, "writer")
    grant(call.state, found.id, email, "owner", giver=call.bearer.email)
    call.state.db.execute("UPDATE files SET owner = ?, version = version + 1 WHERE id = ?", (email, found.id))
    if call.parameters.get("moveToNewOwnersRoot"):
        put_into(call.state, found.id, get_file(call.state, get_root(call.state, email)))


def check_pending(told: dict[str, Any]) -> None:
    """Nobody waits to become an owner here."""
    if told.get("pendingOwner"):
        raise Refusal(501, "The sandbox has no pending owners.", reason="notImplemented")


def refuse_notice() -> Refusal:
    """Google's one answer to `sendNotificationEmail` where there is nobody to mail, or where a mail must go out."""
    message = (
        "The sendNotificationEmail parameter is only applicable for permissions of type 'user' or 'group', "
        "and must not be disabled for ownership transfers."
    )
    return Refusal(403, message, reason="forbidden", location="sendNotificationEmail")


def _check_organizations(call: Call, before: str, after: str) -> None:
    old, new = before.rpartition("@")[2], after.rpartition("@")[2]
    if find_account(call.state, after) is None or (old != new and not {old, new} <= set(CONSUMERS)):
        told = (
            f"Sorry, cannot transfer ownership to {after}. Ownership can only be transferred to another user in the "
            "same organization as the current owner."
        )
        reason = "ownershipChangeAcrossDomainNotPermitted"
        raise Refusal(400, f'Bad Request. User message: "{told}"', reason=reason)
    if old in CONSUMERS:
        message = "Consent is required to transfer ownership of a file to another user."
        raise Refusal(403, message, reason="consentRequiredForOwnershipTransfer")
