"""Which roles a permission may have on which file, and how long."""

from __future__ import annotations

from collections.abc import Iterator
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
    if found.id == found.drive and kind == "anyone":
        message = "A shared drive cannot be shared with anyone or with a domain."
        raise Refusal(403, message, reason="cannotShareTeamDriveTopFolderWithAnyoneOrDomains")
    if kind == "anyone" and role not in EVERYBODY:
        message = f"The role {role} is not applicable to this item."
        raise Refusal(403, message, reason="invalidSharingRequest", location="permission.role")
    for refused, reason, message in _limits(found, role):
        if refused:
            raise Refusal(403, message, reason=reason, location="permission.role")


def _limits(found: File, role: str) -> Iterator[tuple[bool, str, str]]:
    """Whether this role is out of place on this file, by Google's reasons."""
    if role == "organizer":
        message = "The organizer role is only allowed on shared drives."
        yield not found.drive, "organizerOnNonTeamDriveNotSupported", message
        yield found.id != found.drive, "organizerOnNonTeamDriveItemNotSupported", message
    elif role == "fileOrganizer":
        message = "FileOrganizer role is only allowed on folders."
        yield not found.drive, "fileOrganizerOnNonTeamDriveNotSupported", message
        yield found.mime != FOLDER, "fileOrganizerOnFoldersInSharedDriveOnly", message
    elif role == "owner":
        message = "Items in shared drives have no owner."
        yield bool(found.drive), "ownerOnTeamDriveItemNotSupported", message


def read_expiration(call: Call, found: File, text: str, kind: str) -> str:
    """The end of a permission: within a year from now, for a person, and not from a consumer's account."""
    moment, now = parse_time(text), call.state.clock.now()
    if moment is None:
        raise Refusal(400, "Invalid Value", reason="invalid", location="permission.expirationTime")
    until = datetime.fromisoformat(moment)
    consumer = (found.owner or call.bearer.email).rpartition("@")[2] in CONSUMERS
    if kind == "anyone":
        raise _no_end("cannotSetExpirationOnAnyoneOrDomain", "set on permissions of type 'anyone' or 'domain'.")
    if found.id == found.drive:
        raise _no_end("expirationDateNotAllowedForSharedDriveMembers", "set for members of shared drives.")
    if until <= now:
        raise _no_end("expirationDatesMustBeInTheFuture", "in the past.")
    if consumer or until > now + timedelta(days=366):
        raise _no_end("cannotSetExpiration", "set on this item.")
    return moment


def _no_end(reason: str, why: str) -> Refusal:
    message = f"Expiration dates cannot be {why}"
    return Refusal(403, message, reason=reason, location="permission.expirationTime")
