"""Somebody's Drive as a tree: what they may open, and who else can."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.desk.files import find_preview
from offboard.sandbox.desk.visitor import Asked, Refused, Visitor
from offboard.sandbox.documents import Json
from offboard.sandbox.drive.store import FOLDER

FIELDS = (
    "id,name,mimeType,parents,modifiedTime,size,ownedByMe,driveId,trashed,webViewLink,"
    "owners(displayName,emailAddress),permissions(type,role,emailAddress,displayName),lastModifyingUser(displayName)"
)
ROLES = {
    "owner": "owns it",
    "organizer": "manages it",
    "fileOrganizer": "manages what is in it",
    "writer": "can edit",
    "commenter": "can comment",
    "reader": "can read",
}
KINDS = {
    FOLDER: "folder",
    "application/vnd.google-apps.document": "doc",
    "application/vnd.google-apps.spreadsheet": "sheet",
    "application/vnd.google-apps.shortcut": "shortcut",
    "application/pdf": "pdf",
    "text/csv": "sheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "sheet",
}
SECTIONS = ("My Drive", "Shared with me", "Shared drives", "Bin")


def show_drive(visitor: Visitor, asked: Asked) -> Json:
    """The sections of the tree, and the file that was chosen."""
    chosen, problem = asked.name("file", ""), ""
    files = list_files(visitor)
    words: Json = {"sections": _sections(files), "chosen": chosen, "file": None, "preview": None}
    words["inside"] = [_row(file) for file in files if chosen in file.get("parents", [])]
    if chosen:
        try:
            found = visitor.get("/drive/v3/files/{}", chosen, fields=FIELDS, supportsAllDrives="true")
            words |= {"file": _row(found), "preview": find_preview(visitor, found)}
        except Refused as refused:
            problem = str(refused)
    return words | {"file_problem": problem}


def list_files(visitor: Visitor, query: str = "") -> list[Json]:
    """Every file that the person may open, by name."""
    found: list[Json] = []
    page = ""
    while True:
        answer = visitor.get(
            "/drive/v3/files",
            q=query,
            orderBy="folder,name_natural",
            pageSize=1000,
            pageToken=page,
            fields=f"nextPageToken,files({FIELDS})",
            supportsAllDrives="true",
            includeItemsFromAllDrives="true",
        )
        found += answer["files"]
        page = answer.get("nextPageToken", "")
        if not page:
            return found


def _sections(files: list[Json]) -> list[Json]:
    there = {file["id"] for file in files}
    inside: dict[str, list[Json]] = {}
    tops: dict[str, list[Json]] = {name: [] for name in SECTIONS}
    for file in files:
        parent = next(iter(file.get("parents", [])), "")
        if parent in there:
            inside.setdefault(parent, []).append(file)
        else:
            tops[_section(file)].append(file)
    return [{"name": name, "rows": [_branch(file, inside) for file in tops[name]]} for name in SECTIONS if tops[name]]


def _section(file: Json) -> str:
    if file["trashed"]:
        return "Bin"
    if file.get("driveId"):
        return "Shared drives"
    return "My Drive" if file["ownedByMe"] else "Shared with me"


def _branch(file: Json, inside: dict[str, list[Json]]) -> Json:
    return _row(file) | {"inside": [_branch(child, inside) for child in inside.get(file["id"], [])]}


def _row(file: Json) -> Json:
    people = [{"name": _name(p), "email": p.get("emailAddress", ""), "may": ROLES[p["role"]]} for p in _people(file)]
    return {
        "id": file["id"],
        "name": file["name"],
        "mime": file["mimeType"],
        "kind": KINDS.get(file["mimeType"], "image" if file["mimeType"].startswith("image/") else "file"),
        "modified": file["modifiedTime"],
        "by": file.get("lastModifyingUser", {}).get("displayName", ""),
        "size": file.get("size"),
        "people": people,
        "told": "permissions" in file,
        "who": _who(file),
    }


def _people(file: Json) -> list[Json]:
    """Who has access, as far as the person is told; a reader is told only who owns it."""
    owners = [owner | {"role": "owner", "type": "user"} for owner in file.get("owners", [])]
    found: list[Json] = file.get("permissions") or owners
    return sorted(found, key=lambda p: (list(ROLES).index(p["role"]), _name(p)))


def _name(permission: dict[str, Any]) -> str:
    if permission["type"] == "anyone":
        return "Anyone with the link"
    return str(permission.get("displayName") or permission.get("emailAddress", "Somebody"))


def _who(file: Json) -> str:
    """In a few words: who beside the person."""
    if not file.get("ownedByMe"):
        return f"from {_name(file['owners'][0] | {'type': 'user'})}" if file.get("owners") else "shared drive"
    others = [_name(p) for p in _people(file) if p["role"] != "owner"]
    return ", ".join(others) if others else "only you"
