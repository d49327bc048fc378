"""Shared drives: the one that stands here, for its members."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.call import Answer, Call
from offboard.sandbox.drive.access import rank_of, refuse_admin
from offboard.sandbox.drive.capabilities import COMMENTER, FILE_ORGANIZER, ORGANIZER, WRITER
from offboard.sandbox.drive.query import OF_DRIVES, BadQuery, Both, Node, Not, parse_query
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.store import File, as_file, find_file, fold_words
from offboard.sandbox.pages import make_token, read_token
from offboard.sandbox.refusal import Refusal

DEFAULT = "kind,id,name"
OWN = (  # what only those may do who organize the whole drive
    "canChangeCopyRequiresWriterPermissionRestriction",
    "canChangeDomainUsersOnlyRestriction",
    "canChangeDownloadRestriction",
    "canChangeDriveBackground",
    "canChangeDriveMembersOnlyRestriction",
    "canChangeSharingFoldersRequiresOrganizerPermissionRestriction",
    "canDeleteChildren",
    "canDeleteDrive",
    "canManageMembers",
    "canRenameDrive",
    "canResetDriveRestrictions",
)


@answers_drive("drive.drives.list", default_fields=f"kind,nextPageToken,drives({DEFAULT})")
def list_drives(call: Call) -> Answer:
    """The shared drives of which the person is a member and that meet the query."""
    refuse_admin(call, "noListTeamDrivesAdministratorPrivilege")
    query, token, size = call.parameters.get("q") or "", call.parameters.get("pageToken"), call.parameters["pageSize"]
    binding = [call.bearer.email, "drives", query]
    after = read_token(binding, token)[0] if token else ""
    rows = call.state.db.execute("SELECT * FROM files WHERE drive = id AND id > ? ORDER BY id", (after,)).fetchall()
    try:
        wanted = parse_query(query, OF_DRIVES)
    except BadQuery:
        raise Refusal(400, "Invalid Value", reason="invalid", location="q") from None
    mine = [found for found in map(as_file, rows) if rank_of(call, found) and _meets(found, wanted)]
    answer: dict[str, Any] = {
        "kind": "drive#driveList",
        "drives": [_render(call, found) for found in mine[:size]],
    }
    return answer | ({"nextPageToken": make_token(binding, [mine[size - 1].id])} if len(mine) > size else {})


def _meets(found: File, wanted: Node | None) -> bool:
    if isinstance(wanted, Not):
        return not _meets(found, wanted.inner)
    if isinstance(wanted, Both):
        return (all if wanted.word == "and" else any)(_meets(found, part) for part in (wanted.left, wanted.right))
    if wanted is None:
        return True
    if wanted.name == "hidden":
        return (wanted.value is False) == (wanted.operator == "=")
    value = str(wanted.value)
    if wanted.operator == "contains":  # a word's beginning
        return fold_words(value)[:-1] in fold_words(found.name)
    return (found.name.casefold() == value.casefold()) == (wanted.operator == "=")


@answers_drive("drive.drives.get", default_fields=DEFAULT)
def get_drive(call: Call) -> Answer:
    """One shared drive of which the person is a member."""
    refuse_admin(call, "insufficientAdministratorPrivileges")
    found = find_file(call.state, call.parameters["driveId"])
    if found is None or found.drive != found.id or not rank_of(call, found):
        message = f"Shared drive not found: {call.parameters['driveId']}"
        raise Refusal(404, message, reason="notFound", location="driveId")
    return _render(call, found)


def _render(call: Call, found: File) -> dict[str, Any]:
    rank = rank_of(call, found)
    edit, organize, own = rank >= WRITER, rank >= FILE_ORGANIZER, rank >= ORGANIZER
    return {
        "kind": "drive#drive",
        "id": found.id,
        "name": found.name,
        "createdTime": found.created,
        "hidden": False,
        "backgroundImageLink": "https://ssl.gstatic.com/team_drive_themes/generic_background.jpg",
        "colorRgb": "#5e97f6",
        "capabilities": {
            **dict.fromkeys(OWN, own),
            "canAddChildren": edit,
            "canComment": rank >= COMMENTER,
            "canCopy": True,
            "canDownload": True,
            "canEdit": edit,
            "canListChildren": True,
            "canReadRevisions": edit,
            "canRename": edit,
            "canShare": edit,
            "canTrashChildren": organize,
        },
        "restrictions": {
            "adminManagedRestrictions": False,
            "copyRequiresWriterPermission": False,
            "domainUsersOnly": False,
            "driveMembersOnly": False,
            "sharingFoldersRequiresOrganizerPermission": False,
        },
    }
