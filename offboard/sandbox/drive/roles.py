"""Which roles a permission may have on which file, and how long."""

from __future__ import annotations

from datetime import datetime, timedelta

from offboard.sandbox.call import Call
from offboard.sandbox.drive.grants import RANKS
from offboard.sandbox.drive.store import FOLDER, File
from offboard.sandbox.drive.times import parse_time
from offboard.sandbox.refusal import Refusal

EVERYBODY = ("reader", "commenter", "writer")
CONSUMERS = ("gmail.com", "googlemail.com")  # their accounts cannot give permissions that end by themselves


def check_role(found: File, role: str, kind: str) -> None:
    """Refuse a role that Drive does not have, or not for this file or this kind of grantee."""
    if role not in RANKS:
        raise Refusal(400, "The specified role is invalid.", reason="invalid", location="permission.role")
    drive_only = role in ("organizer", "fileOrganizer")
    if (
        (kind == "anyone" and role not in EVERYBODY)
        or (drive_only and not found.drive)
        or (role == "organizer" and found.id != found.drive)
        or (role == "fileOrganizer" and found.mime != FOLDER)
        or (role == "owner" and found.drive)
    ):
        message = f"The role {role} is not applicable to this item."
        raise Refusal(403, message, reason="invalidSharingRequest", location="permission.role")


def read_expiration(call: Call, found: File, text: str, kind: str) -> str:
    """The end of a permission: within a year from now, for a person, and not from a consumer's account."""
    moment, now = parse_time(text), call.state.clock.now()
    consumer = (found.owner or call.bearer.email).rpartition("@")[2] in CONSUMERS
    if moment is None:
        raise Refusal(400, "Invalid Value", reason="invalid", location="permission.expirationTime")
    until = datetime.fromisoformat(moment)
    if consumer or kind == "anyone" or not now < until <= now + timedelta(days=366):
        message = "Expiration dates cannot be set on this item."
        raise Refusal(403, message, reason="cannotSetExpiration", location="permission.expirationTime")
    return moment
