"""A row as Drive's File resource, as far as the request asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from offboard.sandbox.accounts import find_account, permission_id
from offboard.sandbox.call import Call
from offboard.sandbox.drive.access import is_opened, rank_of
from offboard.sandbox.drive.capabilities import can_share, render_capabilities
from offboard.sandbox.drive.contents import find_checksums
from offboard.sandbox.drive.formats import EXPORTS
from offboard.sandbox.drive.grants import get_rank, list_grants
from offboard.sandbox.drive.links import content_link, export_links, icon_link, view_link
from offboard.sandbox.drive.marks import PUBLIC, get_marks, get_properties
from offboard.sandbox.drive.permissions import render_permission
from offboard.sandbox.drive.store import File
from offboard.sandbox.fields import Mask, parse_mask

DEFAULT = "kind,id,name,mimeType,resourceKey,driveId,teamDriveId"
DEFAULT_NAMES = frozenset(DEFAULT.split(","))
EDITOR_SIZE = "1024"  # what Google counts for a new document of its own
Part = tuple[frozenset[str], Callable[[Call, File], dict[str, Any]]]


def asked_fields(call: Call, *path: str) -> frozenset[str] | None:
    """The names of the File fields that the request wants, below this path in its mask; None for all of them."""
    text = call.parameters.get("fields")
    if not text:
        return DEFAULT_NAMES
    mask: Mask = parse_mask(text)
    for name in path:
        if mask and name not in mask and "*" not in mask:
            return frozenset()
        mask = mask.get(name, mask.get("*", {}))
    return None if not mask or "*" in mask else frozenset(mask)


def render_file(call: Call, found: File, asked: frozenset[str] | None = None) -> dict[str, Any]:
    """The File resource; what nobody asked for is left out where it costs something to find."""
    shown = _row(found)
    for names, render in PARTS:
        if asked is None or asked & names:
            shown |= render(call, found)
    return shown


def _row(found: File) -> dict[str, Any]:
    details = found.details
    shown: dict[str, Any] = {
        "kind": "drive#file",
        "id": found.id,
        "name": "Drive" if found.drive == found.id else found.name,
        "mimeType": found.mime,
        "trashed": bool(found.trashed),
        "explicitlyTrashed": found.trashed == 1,
        "spaces": ["drive"],
        "version": str(found.version),
        "createdTime": found.created,
        "modifiedTime": found.modified,
        "webViewLink": view_link(found),
        "iconLink": icon_link(found),
        "hasThumbnail": False,
        "thumbnailVersion": "0",
        "copyRequiresWriterPermission": details.get("copyRequiresWriterPermission", False),
        "viewersCanCopyContent": not details.get("copyRequiresWriterPermission", False),
        "linkShareMetadata": {"securityUpdateEligible": False, "securityUpdateEnabled": True},
        "quotaBytesUsed": "0" if found.native else str(found.size or 0),
    }
    shown |= {name: details[name] for name in ("description", "folderColorRgb", "shortcutDetails") if name in details}
    if found.parent:
        shown["parents"] = [found.parent]
    if found.drive:
        shown |= {"driveId": found.drive, "teamDriveId": found.drive}
        if found.trashed_since:
            shown["trashedTime"] = found.trashed_since
    else:
        shown["writersCanShare"] = details.get("writersCanShare", True)
    if found.mime in EXPORTS:
        shown |= {"size": EDITOR_SIZE, "quotaBytesUsed": EDITOR_SIZE, "exportLinks": export_links(found)}
    return shown | (_blob(found) if not found.native else {})


def _blob(found: File) -> dict[str, Any]:
    stem, dot, extension = found.name.rpartition(".")
    shown = {
        "size": str(found.size or 0),
        "originalFilename": found.original_name or found.name,
        "fileExtension": extension if dot else "",
        "fullFileExtension": f"tar.{extension}" if stem.endswith(".tar") else extension if dot else "",
        "webContentLink": content_link(found),
    }
    return shown | ({"headRevisionId": found.head} if found.head else {})


def render_user(call: Call, email: str) -> dict[str, Any]:
    """A person as owner, author or sharer of a file."""
    account = find_account(call.state, email)
    return {
        "kind": "drive#user",
        "displayName": account.name if account else email.partition("@")[0],
        "me": email == call.bearer.email,
        "permissionId": permission_id(email),
        "emailAddress": email,
    }


def _checksums(call: Call, found: File) -> dict[str, Any]:
    sums = None if found.native else find_checksums(call.state, found)
    return {"md5Checksum": sums.md5, "sha1Checksum": sums.sha1, "sha256Checksum": sums.sha256} if sums else {}


def _people(call: Call, found: File) -> dict[str, Any]:
    shown: dict[str, Any] = {"lastModifyingUser": render_user(call, found.modifier)}
    if not found.drive:
        shown |= {"owners": [render_user(call, found.owner)], "ownedByMe": found.owner == call.bearer.email}
    elif found.trashed_by:
        shown["trashingUser"] = render_user(call, found.trashed_by)
    return shown


def _marks(call: Call, found: File) -> dict[str, Any]:
    marks = get_marks(call.state, found.id, call.bearer.email)
    shown: dict[str, Any] = {
        "starred": marks.starred,
        "viewedByMe": marks.viewed is not None,
        "modifiedByMe": marks.changed is not None,
    }
    shown |= {"viewedByMeTime": marks.viewed} if marks.viewed else {}
    return shown | ({"modifiedByMeTime": marks.changed} if marks.changed else {})


def _sharing(call: Call, found: File) -> dict[str, Any]:
    grants = list_grants(call.state, found.id)
    ids = [row["id"] for row in grants]
    if found.drive:
        direct = found.id != found.drive and any(row["file_id"] == found.id for row in grants)
        return {"permissionIds": ids, "hasAugmentedPermissions": direct}
    shown: dict[str, Any] = {"shared": len(grants) > 1}
    if can_share(found, rank_of(call, found)):
        shown["permissions"] = [render_permission(call.state, found, row) for row in grants]
        shown["permissionIds"] = ids
    mine = [row for row in grants if row["id"] == permission_id(call.bearer.email)]
    if mine and found.owner != call.bearer.email and mine[0]["file_id"] == found.id:
        shown |= {"sharedWithMeTime": mine[0]["given"], "sharingUser": render_user(call, mine[0]["giver"])}
    return shown


def _properties(call: Call, found: File) -> dict[str, Any]:
    public = get_properties(call.state, found.id, PUBLIC)
    private = get_properties(call.state, found.id, call.bearer.client)
    return ({"properties": public} if public else {}) | ({"appProperties": private} if private else {})


def _app(call: Call, found: File) -> dict[str, Any]:
    return {"isAppAuthorized": is_opened(call.state, call.bearer, found.id)}


def _capabilities(call: Call, found: File) -> dict[str, Any]:
    member = bool(found.drive) and get_rank(call.state, found.drive, call.bearer.email) > 0
    return {"capabilities": render_capabilities(found, rank_of(call, found), member=member)}


PARTS: tuple[Part, ...] = (
    (frozenset({"md5Checksum", "sha1Checksum", "sha256Checksum"}), _checksums),
    (frozenset({"lastModifyingUser", "owners", "ownedByMe", "trashingUser"}), _people),
    (frozenset({"starred", "viewedByMe", "viewedByMeTime", "modifiedByMe", "modifiedByMeTime"}), _marks),
    (
        frozenset(
            {"permissionIds", "permissions", "shared", "sharedWithMeTime", "sharingUser", "hasAugmentedPermissions"}
        ),
        _sharing,
    ),
    (frozenset({"properties", "appProperties"}), _properties),
    (frozenset({"isAppAuthorized"}), _app),
    (frozenset({"capabilities"}), _capabilities),
)
