"""Who may see and do what: the person's role and the app's scopes together, and Google's refusals."""

from __future__ import annotations

from offboard.sandbox.call import Bearer, Call
from offboard.sandbox.drive.grants import RANKS, get_rank
from offboard.sandbox.drive.store import FOLDER, File, find_file, get_root, root_id
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State

METADATA = ("drive", "drive.readonly", "drive.metadata", "drive.metadata.readonly")
CONTENT = ("drive", "drive.readonly")
SHEETS = (*CONTENT, "spreadsheets", "spreadsheets.readonly")


def get_readable(call: Call, file_id: str) -> File:
    """The file, if this person through this app may see it; else Google's 404, which does not tell why."""
    refuse_admin(call, "insufficientAdministratorPrivileges")
    found = find_file(call.state, resolve(call, file_id))
    if found is None or not is_visible(call, found):
        raise not_found(file_id)
    return found


def get_writable(call: Call, file_id: str, role: str = "writer") -> File:
    """The file, if this person has at least this role and let the app write to it."""
    found = get_readable(call, file_id)
    if not may_write(call, found):
        raise _not_authorized(call.bearer.client, found.id)
    if rank_of(call, found) < RANKS[role]:
        raise insufficient()
    return found


def get_downloadable(call: Call, file_id: str) -> File:
    """The file, if this person may see it and the app was granted what is in it, not only its metadata."""
    found = get_readable(call, file_id)
    if not call.bearer.granted(*CONTENT) and not is_opened(call.state, call.bearer, found.id):
        message = "Insufficient Permission: Request had insufficient authentication scopes."
        raise Refusal(403, message, reason="insufficientPermissions")
    return found


def get_folder(call: Call, folder_id: str) -> File:
    """The folder into which this person through this app may put something."""
    found = find_file(call.state, resolve(call, folder_id))
    if found is None or hidden_drive(call, found) or not rank_of(call, found):
        raise not_found(folder_id)
    if found.mime != FOLDER:
        raise Refusal(403, "The specified parent is not a folder.", reason="parentNotAFolder")
    if not may_add(call, found):
        message = "Insufficient permissions for the specified parent."
        raise Refusal(403, message, reason="insufficientParentPermissions")
    return found


def may_add(call: Call, folder: File) -> bool:
    """Whether something may be put into this folder; everybody's app may put things into the person's My Drive."""
    own = folder.id == root_id(call.bearer.email)
    return rank_of(call, folder) >= RANKS["writer"] and (own or may_write(call, folder))


def resolve(call: Call, file_id: str) -> str:
    """The id that is meant; `root` is the asking person's My Drive."""
    return get_root(call.state, call.bearer.email) if file_id == "root" else file_id


def is_visible(call: Call, found: File) -> bool:
    """Whether this person through this app may see the file at all."""
    if hidden_drive(call, found):
        return False
    names = SHEETS if call.method.api == "sheets" else METADATA
    return rank_of(call, found) > 0 and (call.bearer.granted(*names) or is_opened(call.state, call.bearer, found.id))


def hidden_drive(call: Call, found: File) -> bool:
    """Whether the file is in a shared drive and the app does not say that it knows about these."""
    return bool(found.drive) and call.method.api == "drive" and not all_drives(call)


def all_drives(call: Call) -> bool:
    """Whether the app says that it knows about shared drives."""
    return any(call.parameters.get(name) for name in ("supportsAllDrives", "supportsTeamDrives")) or (
        "supportsAllDrives" not in call.method.parameters
    )


def may_write(call: Call, found: File) -> bool:
    """Whether the app was granted the right to write to this file."""
    names = {"drive"}
    if call.method.api == "sheets":
        names.add("spreadsheets")
    elif call.method.id == "drive.files.update" and call.media is None:
        names.add("drive.metadata")
    if call.bearer.granted(*names):
        return True
    return call.bearer.granted("drive.file") and is_opened(call.state, call.bearer, found.id)


def is_opened(state: State, bearer: Bearer, file_id: str) -> bool:
    """Whether this person made or opened the file with this app: what the scope drive.file is about."""
    query = "SELECT 1 FROM app_files WHERE client = ? AND email = ? AND file_id = ?"
    return state.db.execute(query, (bearer.client, bearer.email, file_id)).fetchone() is not None


def rank_of(call: Call, found: File) -> int:
    """The asking person's rank on a file, after RANKS."""
    return get_rank(call.state, found.id, call.bearer.email)


def refuse_admin(call: Call, reason: str) -> None:
    """Refuse whoever asks as an administrator of a domain: nobody is one here."""
    if call.parameters.get("useDomainAdminAccess"):
        raise Refusal(403, "The user does not have the administrator privilege for this.", reason=reason)


def not_found(file_id: str) -> Refusal:
    """There is no such file, or nobody tells this person that there is."""
    return Refusal(404, f"File not found: {file_id}.", reason="notFound", location="fileId")


def insufficient() -> Refusal:
    """The person sees the file but may not do this with it."""
    message = "The user does not have sufficient permissions for this file."
    return Refusal(403, message, reason="insufficientFilePermissions")


def _not_authorized(client: str, file_id: str) -> Refusal:
    message = f"The user has not granted the app {client.partition('-')[0]} write access to the file {file_id}."
    return Refusal(403, message, reason="appNotAuthorizedToFile", location="Authorization", location_type="header")
