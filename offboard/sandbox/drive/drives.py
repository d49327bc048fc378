"""Shared drives: the one that stands here, for its members."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.call import Answer, Call
from offboard.sandbox.documents import schemas
from offboard.sandbox.drive.access import rank_of, refuse_admin
from offboard.sandbox.drive.capabilities import COMMENTER, FILE_ORGANIZER, ORGANIZER, WRITER
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.store import File, as_file, find_file
from offboard.sandbox.pages import make_token, read_token
from offboard.sandbox.refusal import Refusal

DEFAULT = "kind,id,name"


@answers_drive("drive.drives.list", default_fields=f"kind,nextPageToken,drives({DEFAULT})")
def list_drives(call: Call) -> Answer:
    """The shared drives of which the person is a member."""
    refuse_admin(call, "noListTeamDrivesAdministratorPrivilege")
    if call.parameters.get("q"):
        raise Refusal(501, "The sandbox does not search shared drives.", reason="notImplemented")
    token, size, binding = call.parameters.get("pageToken"), call.parameters["pageSize"], [call.bearer.email, "drives"]
    after = read_token(binding, token)[0] if token else ""
    rows = call.state.db.execute("SELECT * FROM files WHERE drive = id AND id > ? ORDER BY id", (after,)).fetchall()
    mine = [found for found in map(as_file, rows) if rank_of(call, found)]
    answer: dict[str, Any] = {
        "kind": "drive#driveList",
        "drives": [_render(call, found) for found in mine[:size]],
    }
    return answer | ({"nextPageToken": make_token(binding, [mine[size - 1].id])} if len(mine) > size else {})


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
            **dict.fromkeys(schemas("drive")["Drive"]["properties"]["capabilities"]["properties"], own),
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
