"""The one call of Drive's second version that is still made: an upload over a file, as gspread imports a CSV."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.call import Answer, Call
from offboard.sandbox.drive.access import get_writable, rank_of
from offboard.sandbox.drive.capabilities import can_copy, can_read_all
from offboard.sandbox.drive.contents import find_checksums
from offboard.sandbox.drive.grants import ROLES, list_grants
from offboard.sandbox.drive.imports import put_upload
from offboard.sandbox.drive.links import content_link, export_links, icon_link, view_link
from offboard.sandbox.drive.marks import get_marks
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.resource import EDITOR_SIZE
from offboard.sandbox.drive.store import File, get_file, root_id, touch
from offboard.sandbox.drive.users import render_user
from offboard.sandbox.refusal import Refusal

ROOT = "https://www.googleapis.com/drive/v2/files/"


@answers_drive("drive.v2.files.update")
def update(call: Call) -> Answer:
    """Put what was uploaded into a file; nothing else of the second version's update is here."""
    if call.media is None or call.body:
        raise Refusal(501, "The sandbox only takes uploads at drive.v2.files.update.", reason="notImplemented")
    found = get_writable(call, call.parameters["fileId"])
    put_upload(call.state, found, call.media)
    touch(call.state, found.id, call.bearer.email)
    return _render(call, get_file(call.state, found.id))


def _render(call: Call, found: File) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": "drive#file", "id": found.id, "title": found.name, "mimeType": found.mime}
    shown |= _rights(call, found) | _people(call, found) | _times(call, found)
    shown |= {
        "selfLink": ROOT + found.id,
        "alternateLink": view_link(found),
        "embedLink": view_link(found).replace("/edit", "/htmlembed").partition("?")[0],
        "iconLink": icon_link(found),
        "thumbnailLink": f"https://docs.google.com/feeds/vt?gd=true&id={found.id}&v=1&sz=s220",
        "etag": f'"{found.version}"',
        "version": str(found.version),
        "spaces": ["drive"],
        "appDataContents": False,
        "explicitlyTrashed": found.trashed == 1,
        "copyRequiresWriterPermission": found.details.get("copyRequiresWriterPermission", False),
        "writersCanShare": found.details.get("writersCanShare", True),
    }
    sums = None if found.native else find_checksums(call.state, found)
    if sums:
        size = str(found.size or 0)
        return shown | {
            "fileSize": size,
            "quotaBytesUsed": size,
            "md5Checksum": sums.md5,
            "headRevisionId": found.head or "",
            "webContentLink": content_link(found),
            "originalFilename": found.original_name or found.name,
        }
    return shown | {"exportLinks": export_links(found), "fileSize": EDITOR_SIZE, "quotaBytesUsed": EDITOR_SIZE}


def _rights(call: Call, found: File) -> dict[str, Any]:
    rank, link = rank_of(call, found), f"{ROOT}{found.id}/permissions/me"
    marks = get_marks(call.state, found.id, call.bearer.email)
    return {
        "userPermission": {
            "kind": "drive#permission",
            "id": "me",
            "type": "user",
            "role": ROLES[rank],
            "selfLink": link,
            "etag": f'"{found.version}"',
            "pendingOwner": False,
        },
        "editable": True,
        "copyable": can_copy(found, rank),
        "capabilities": {"canEdit": True, "canCopy": can_copy(found, rank)},
        "shared": len(list_grants(call.state, found.id)) > 1,
        "labels": {
            "starred": marks.starred,
            "hidden": False,
            "trashed": bool(found.trashed),
            "restricted": not can_read_all(found, 1),
            "viewed": marks.viewed is not None,
        },
    }


def _people(call: Call, found: File) -> dict[str, Any]:
    author = _user(call, found.modifier)
    shown: dict[str, Any] = {"lastModifyingUser": author, "lastModifyingUserName": author["displayName"]}
    if found.owner:
        owner = _user(call, found.owner)
        shown |= {"owners": [owner], "ownerNames": [owner["displayName"]]}
    if found.parent:
        link = ROOT + found.parent
        reference = {"kind": "drive#parentReference", "id": found.parent, "parentLink": link}
        reference["selfLink"] = f"{ROOT}{found.id}/parents/{found.parent}"
        shown["parents"] = [{**reference, "isRoot": found.parent == root_id(call.bearer.email)}]
    return shown


def _user(call: Call, email: str) -> dict[str, Any]:
    user = render_user(call, email)
    picture = {"url": "https://lh3.googleusercontent.com/a/default-user=s64"}
    return {name: value for name, value in user.items() if name != "me"} | {
        "isAuthenticatedUser": user["me"],
        "picture": picture,
    }


def _times(call: Call, found: File) -> dict[str, Any]:
    viewed = get_marks(call.state, found.id, call.bearer.email).viewed or found.modified
    return {
        "createdDate": found.created,
        "modifiedDate": found.modified,
        "modifiedByMeDate": found.modified,
        "lastViewedByMeDate": viewed,
        "markedViewedByMeDate": "1970-01-01T00:00:00.000Z",
    }
