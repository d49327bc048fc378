"""Access proposals: somebody asked for access to a file, and whoever may share it says yes or no."""

from __future__ import annotations

import sqlite3
from typing import Any

from offboard.sandbox.accounts import find_account
from offboard.sandbox.call import Answer, Call
from offboard.sandbox.drive.access import get_readable, insufficient, not_found, rank_of
from offboard.sandbox.drive.capabilities import can_share
from offboard.sandbox.drive.grants import RANKS, get_rank, grant, refresh_access
from offboard.sandbox.drive.permissions import get_shareable
from offboard.sandbox.drive.ready import answers_drive, make_ready
from offboard.sandbox.drive.sharing import send_notice
from offboard.sandbox.drive.store import File, find_file
from offboard.sandbox.pages import make_token, read_token
from offboard.sandbox.parameters import read_body
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State, tables

tables(
    """CREATE TABLE IF NOT EXISTS proposals (
        id TEXT PRIMARY KEY, file_id TEXT NOT NULL, email TEXT NOT NULL, role TEXT NOT NULL, message TEXT NOT NULL,
        created TEXT NOT NULL, UNIQUE (file_id, email)) WITHOUT ROWID;""",
    contents=("proposals",),
)

ROLES = ("reader", "commenter", "writer")
MOST = 100  # proposals in one page


def ask_for_access(state: State, email: str, file_id: str, role: str, message: str) -> str:
    """What the page does that somebody without access sees: the id of the new proposal, in place of an earlier one."""
    make_ready(state, email)
    found, account = find_file(state, file_id), find_account(state, email)
    if found is None:
        raise not_found(file_id)
    if account is None or role not in ROLES or get_rank(state, file_id, account.email) >= RANKS[role]:
        raise Refusal(400, "Whoever asks has an account, and asks for more than they have.", reason="invalid")
    proposal = state.new_id(40, "")
    row = (proposal, file_id, account.email, role, message, state.clock.text())
    state.db.execute("INSERT OR REPLACE INTO proposals VALUES (?, ?, ?, ?, ?, ?)", row)
    subject = f'Share request for "{found.name}"'
    if found.owner:
        send_notice(state, found, sender=account.email, recipient=found.owner, message=message, subject=subject)
    return proposal


@answers_drive("drive.accessproposals.list")
def list_proposals(call: Call) -> Answer:
    """Who asks for access to a file and has none yet, for those who may give it."""
    found = _get_approved(call)
    rows = call.state.db.execute("SELECT * FROM proposals WHERE file_id = ? ORDER BY created, id", (found.id,))
    pending = [row for row in rows if _is_pending(call.state, row)]
    binding, token = [call.bearer.email, found.id, "proposals"], call.parameters.get("pageToken")
    first = read_token(binding, token)[0] if token else 0
    last = first + min(max(call.parameters.get("pageSize", MOST), 1), MOST)
    answer: dict[str, Any] = {"accessProposals": [_render(row) for row in pending[first:last]]}
    return answer | ({"nextPageToken": make_token(binding, [last])} if last < len(pending) else {})


@answers_drive("drive.accessproposals.get")
def get_proposal(call: Call) -> Answer:
    """What somebody asks for."""
    return _render(_get(call, _get_approved(call)))


@answers_drive("drive.accessproposals.resolve")
def resolve_proposal(call: Call) -> Answer:
    """Give the role that the approver names, or none; either way nobody asks any more."""
    told = read_body(call.body, "ResolveAccessProposalRequest")
    found = get_shareable(call)
    row = _get(call, found)
    if told.get("action") not in ("ACCEPT", "DENY"):
        raise _invalid("action")
    if told["action"] == "ACCEPT":
        _accept(call, found, row["email"], told.get("role", []))
    call.state.db.execute("DELETE FROM proposals WHERE id = ?", (row["id"],))
    if told.get("sendNotification"):
        subject = "" if told["action"] == "ACCEPT" else f'Request for access declined: "{found.name}"'
        sender, recipient = call.bearer.email, row["email"]
        send_notice(call.state, found, sender=sender, recipient=recipient, message="", subject=subject)
    return None


def _accept(call: Call, found: File, email: str, roles: list[str]) -> None:
    if not roles or not set(roles) <= set(ROLES):
        raise _invalid("role")
    role = max(roles, key=RANKS.__getitem__)
    if get_rank(call.state, found.id, email) < RANKS[role]:
        grant(call.state, found.id, email, role, giver=call.bearer.email)
        refresh_access(call.state, found.id)


def _get_approved(call: Call) -> File:
    """The file of this request, if this person may share it; a shared drive itself is none."""
    found = get_readable(call, call.parameters["fileId"])
    if found.id == found.drive:
        raise not_found(found.id)
    if not can_share(found, rank_of(call, found)):
        raise insufficient()
    return found


def _get(call: Call, found: File) -> sqlite3.Row:
    proposal = call.parameters["proposalId"]
    row: sqlite3.Row | None = call.state.db.execute(
        "SELECT * FROM proposals WHERE id = ? AND file_id = ?", (proposal, found.id)
    ).fetchone()
    if row is None or not _is_pending(call.state, row):
        raise Refusal(404, f"Access proposal not found: {proposal}.", reason="notFound", location="proposalId")
    return row


def _is_pending(state: State, row: sqlite3.Row) -> bool:
    return get_rank(state, row["file_id"], row["email"]) < RANKS[row["role"]]


def _render(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "fileId": row["file_id"],
        "proposalId": row["id"],
        "requesterEmailAddress": row["email"],
        "recipientEmailAddress": row["email"],
        "rolesAndViews": [{"role": row["role"]}],
        "requestMessage": row["message"],
        "createTime": row["created"],
    }


def _invalid(name: str) -> Refusal:
    return Refusal(400, "Invalid Value", reason="invalid", location=name)
