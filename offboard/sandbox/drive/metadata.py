"""What a request says about a file: which of it may be said, and how it is written to the row."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from offboard.sandbox.call import Call
from offboard.sandbox.documents import schemas
from offboard.sandbox.drive.contents import index_words
from offboard.sandbox.drive.marks import PUBLIC, mark, mark_changed, put_properties
from offboard.sandbox.drive.store import get_file, rename
from offboard.sandbox.drive.times import parse_time
from offboard.sandbox.parameters import read_body
from offboard.sandbox.refusal import Refusal

ONLY_NEW = frozenset({"id", "createdTime", "shortcutDetails", "parents"})  # what an update cannot change
SET_BY_GOOGLE = {"linkShareMetadata", "labelInfo", "modifiedByMeTime", "sharedWithMeTime", "trashedTime"}
ABSENT = {"clientEncryptionDetails", "contentRestrictions", "downloadRestrictions", "inheritedPermissionsDisabled"}
DETAILS = ("description", "folderColorRgb", "copyRequiresWriterPermission", "writersCanShare")
CHANGING = frozenset({"name", "properties", "appProperties", "contentHints", "originalFilename", *DETAILS})


@cache
def _output_only() -> frozenset[str]:
    fields = schemas("drive")["File"]["properties"]
    told = {name for name, field in fields.items() if "Output only." in field.get("description", "")[:30]}
    return frozenset(told - {"kind"} | SET_BY_GOOGLE)


def check_metadata(body: dict[str, Any], *, new: bool) -> dict[str, Any]:
    """What the body says, refused where it names what only Google sets, or what is set once."""
    told = read_body(body, "File")
    if not new and "parents" in told:
        message = (
            "The parents field is not directly writable in update requests. "
            "Use the addParents and removeParents parameters instead."
        )
        raise Refusal(403, message, reason="fieldNotWritable")
    if told.keys() & (_output_only() if new else _output_only() | ONLY_NEW):
        message = "The resource body includes fields which are not directly writable."
        raise Refusal(403, message, reason="fieldNotWritable")
    if told.keys() & ABSENT:
        raise Refusal(501, f"The sandbox has no {min(told.keys() & ABSENT)}.", reason="notImplemented")
    return told


def apply_metadata(call: Call, file_id: str, told: dict[str, Any]) -> None:
    """Write what was said about a file to its row; the time of change is the caller's affair."""
    state, email = call.state, call.bearer.email
    if "name" in told:
        rename(state, file_id, told["name"])
    details = get_file(state, file_id).details | _details(told)
    columns = {"details": json.dumps(details, ensure_ascii=False)}
    columns |= {"original_name": told["originalFilename"]} if "originalFilename" in told else {}
    columns |= {"created": _time(told, "createdTime")} if "createdTime" in told else {}
    columns |= {"modified": _time(told, "modifiedTime")} if "modifiedTime" in told else {}
    places = ", ".join(f"{name} = ?" for name in columns)
    state.db.execute(f"UPDATE files SET {places} WHERE id = ?", (*columns.values(), file_id))
    put_properties(state, file_id, PUBLIC, told.get("properties", {}))
    put_properties(state, file_id, call.bearer.client, told.get("appProperties", {}))
    if "modifiedTime" in told:
        mark_changed(state, file_id, email, columns["modified"])
    if "viewedByMeTime" in told:
        mark(state, file_id, email, viewed=_time(told, "viewedByMeTime"))
    if "starred" in told:
        mark(state, file_id, email, starred=told["starred"])
    if told.keys() & {"description", "contentHints"}:
        index_words(state, file_id)


def _details(told: dict[str, Any]) -> dict[str, Any]:
    details = {name: told[name] for name in DETAILS if name in told}
    if "viewersCanCopyContent" in told:
        details["copyRequiresWriterPermission"] = not told["viewersCanCopyContent"]
    if "indexableText" in told.get("contentHints", {}):
        details["indexableText"] = told["contentHints"]["indexableText"]
    return details


def _time(told: dict[str, Any], name: str) -> str:
    moment = parse_time(told[name])
    if moment is None:
        raise Refusal(400, f'Invalid value for: Invalid format: "{told[name]}"', reason="invalid", location=name)
    return moment
