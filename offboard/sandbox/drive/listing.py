"""Lists of files: searched, sorted, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from offboard.sandbox.accounts import permission_id
from offboard.sandbox.call import Answer, Call
from offboard.sandbox.drive.access import METADATA, all_drives, hidden_drive, is_visible, not_found, rank_of, resolve
from offboard.sandbox.drive.grants import BY_LINK, BY_SEARCH
from offboard.sandbox.drive.order import Order, person_values, read_order, teach_natural
from offboard.sandbox.drive.query import BadQuery, Query
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.resource import DEFAULT, asked_fields, render_file
from offboard.sandbox.drive.store import as_file, find_file, root_id
from offboard.sandbox.pages import make_token, read_token
from offboard.sandbox.refusal import Refusal

CORPORA = ("user", "domain", "drive", "allDrives")
BINDING = ("q", "orderBy", "corpora", "driveId", "spaces", "includeItemsFromAllDrives", "includeTeamDriveItems")


@dataclass(frozen=True)
class Condition:
    """A part of a WHERE clause with its values."""

    sql: str
    values: dict[str, Any]


@answers_drive("drive.files.list", default_fields=f"kind,incompleteSearch,nextPageToken,files({DEFAULT})")
def list_files(call: Call) -> Answer:
    """The files that this person through this app may see and that meet the query."""
    _check_spaces(call)
    order = read_order(call.parameters.get("orderBy"))
    wanted, folders = _search(call)
    conditions = [_corpus(call), _visible(call, folders), wanted]
    binding = [call.bearer.email, *(call.parameters.get(name) for name in BINDING)]
    token = call.parameters.get("pageToken")
    if token:
        conditions.append(Condition(*order.after(read_token(binding, token))))
    size = call.parameters["pageSize"]
    rows = _select(call, conditions, order, size + 1)
    asked = asked_fields(call, "files")
    answer: dict[str, Any] = {
        "kind": "drive#fileList",
        "incompleteSearch": False,
        "files": [render_file(call, as_file(row), asked) for row in rows[:size]],
    }
    if len(rows) > size:
        last = rows[size - 1]
        answer["nextPageToken"] = make_token(binding, [last[f"sort{n}"] for n in range(len(order.columns))])
    return answer


def _select(call: Call, conditions: list[Condition], order: Order, limit: int) -> list[Any]:
    teach_natural(call.state)
    sorts = ", ".join(f"{column} AS sort{n}" for n, column in enumerate(order.columns))
    values = person_values(call.bearer.email) | {"limit": limit}
    for condition in conditions:
        values |= condition.values
    where = " AND ".join(condition.sql for condition in conditions if condition.sql)
    return call.state.db.execute(
        f"SELECT files.*, {sorts} FROM files LEFT JOIN marks m ON m.file_id = files.id AND m.email = :email"
        f" WHERE files.parent IS NOT NULL AND {where} ORDER BY {order.sql} LIMIT :limit",
        values,
    ).fetchall()


def _search(call: Call) -> tuple[Condition, list[str]]:
    """What `q` asks for, and the folders that it names."""
    where = Query(call.bearer.email, call.bearer.client, lambda name: resolve(call, name))
    try:
        where.read(call.parameters.get("q") or "")
    except BadQuery:
        raise Refusal(400, "Invalid Value", reason="invalid", location="q") from None
    if where.full_text and call.parameters.get("orderBy"):
        message = (
            "Sorting is not supported for queries with fullText terms. "
            "Results are always in descending relevance order."
        )
        raise Refusal(403, message, reason="badRequest", location="orderBy")
    for folder_id in where.folders:
        folder = find_file(call.state, folder_id)
        if folder_id != root_id(call.bearer.email) and (folder is None or not is_visible(call, folder)):
            raise not_found("")  # Google does not say which
    return Condition(where.sql, where.values), where.folders


def _corpus(call: Call) -> Condition:
    corpora, drive = call.parameters.get("corpora", "user"), call.parameters.get("driveId", "")
    everything = any(call.parameters.get(name) for name in ("includeItemsFromAllDrives", "includeTeamDriveItems"))
    if corpora not in CORPORA:
        raise Refusal(400, "Invalid Value", reason="invalid", location="corpora")
    if bool(drive) != (corpora == "drive"):
        message = "The driveId parameter must be specified if and only if corpora is set to drive."
        raise Refusal(400, message, reason="invalid", location="driveId")
    if (everything and not all_drives(call)) or (corpora in ("drive", "allDrives") and not everything):
        message = "The supportsAllDrives and includeItemsFromAllDrives parameters must both be set to true."
        raise Refusal(403, message, reason="teamDrivesParameterRequired", location="includeItemsFromAllDrives")
    if corpora == "domain":
        return Condition("0", {})  # no organization shares anything with all its people here
    if not drive:
        return Condition("" if everything else "files.drive = ''", {})
    top = find_file(call.state, drive)
    if top is None or top.drive != top.id or hidden_drive(call, top) or not rank_of(call, top):
        raise Refusal(404, f"Shared drive not found: {drive}", reason="notFound", location="driveId")
    return Condition("files.drive = :drive", {"drive": drive})


def _visible(call: Call, folders: list[str]) -> Condition:
    """What the person has access to, and the app; what is open to everybody only in a folder that is named."""
    ids = [permission_id(call.bearer.email), *((BY_LINK, BY_SEARCH) if folders else ())]
    values: dict[str, Any] = {f"id{n}": name for n, name in enumerate(ids)}
    places = ", ".join(f":{name}" for name in values)
    sql = f"EXISTS (SELECT 1 FROM access a WHERE a.file_id = files.id AND a.permission_id IN ({places}))"
    if not call.bearer.granted(*METADATA):
        sql += (
            " AND EXISTS (SELECT 1 FROM app_files o WHERE o.client = :client AND o.email = :email"
            " AND o.file_id = files.id)"
        )
        values["client"] = call.bearer.client
    return Condition(sql, values)


def _check_spaces(call: Call) -> None:
    spaces = {space.strip() for space in call.parameters["spaces"].split(",")}
    if not spaces <= {"drive", "appDataFolder", "photos"}:
        raise Refusal(400, "Invalid Value", reason="invalid", location="spaces")
    if spaces == {"drive"}:
        return
    if not call.bearer.granted("drive.appdata"):
        message = "The granted scopes do not give access to all of the requested spaces."
        raise Refusal(403, message, reason="insufficientScopes", location="spaces")
    raise Refusal(501, "The sandbox has no space but drive.", reason="notImplemented")
