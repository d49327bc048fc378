"""What the asking person may do with a file, each right by its name."""

from __future__ import annotations

from offboard.sandbox.drive.grants import RANKS
from offboard.sandbox.drive.store import FOLDER, File

COMMENTER, WRITER, FILE_ORGANIZER = RANKS["commenter"], RANKS["writer"], RANKS["fileOrganizer"]
ORGANIZER, OWNER = RANKS["organizer"], RANKS["owner"]


NEVER = (
    *("canAcceptOwnership", "canAddMyDriveParent", "canChangeSecurityUpdateEnabled", "canDisableInheritedPermissions"),
    *("canEnableInheritedPermissions", "canModifyLabels", "canReadLabels", "canRemoveContentRestriction"),
    "canStartApproval",
)


def is_root(found: File) -> bool:
    """Whether it is the top folder of a My Drive or of a shared drive."""
    return found.parent is None


def can_read_all(found: File, rank: int) -> bool:
    """Whether somebody of this rank may copy, download and print it."""
    return rank >= WRITER or (rank > 0 and not found.details.get("copyRequiresWriterPermission", False))


def can_copy(found: File, rank: int) -> bool:
    """Whether it can be copied: no folder can."""
    return found.mime != FOLDER and can_read_all(found, rank)


def can_share(found: File, rank: int) -> bool:
    """Whether somebody of this rank may change who has access."""
    if found.parent is None and not found.drive:
        return False
    if found.drive:
        return rank >= (ORGANIZER if is_root(found) else FILE_ORGANIZER if found.mime == FOLDER else WRITER)
    return rank == OWNER or (rank >= WRITER and bool(found.details.get("writersCanShare", True)))


def can_trash(found: File, rank: int) -> bool:
    """Whether somebody of this rank may move it to the trash: its owner, or who organizes the shared drive."""
    return not is_root(found) and rank >= (FILE_ORGANIZER if found.drive else OWNER)


def can_delete(found: File, rank: int) -> bool:
    """Whether somebody of this rank may delete it for good."""
    return not is_root(found) and rank >= (ORGANIZER if found.drive else OWNER)


def render_capabilities(found: File, rank: int, *, member: bool) -> dict[str, bool]:
    """Every right by its name in the File resource; `member` is whether the person sees the whole shared drive."""
    folder, edit, root, drive = found.mime == FOLDER, rank >= WRITER, is_root(found), bool(found.drive)
    content, own, organize = edit and not folder, rank == OWNER, rank >= FILE_ORGANIZER
    rights = dict.fromkeys(NEVER, False) | {
        "canAddChildren": folder and edit,
        "canChangeCopyRequiresWriterPermission": content,
        "canChangeItemDownloadRestriction": (own or rank == ORGANIZER) and not folder,
        "canChangeViewersCanCopyContent": content,
        "canComment": rank >= COMMENTER,
        "canCopy": can_copy(found, rank),
        "canDelete": can_delete(found, rank),
        "canDownload": can_read_all(found, rank),
        "canEdit": edit,
        "canListChildren": folder,
        "canModifyContent": edit,
        "canModifyContentRestriction": content,
        "canModifyEditorContentRestriction": content,
        "canModifyOwnerContentRestriction": own and not folder,
        "canMoveChildrenWithinDrive": folder and edit,
        "canMoveItemIntoTeamDrive": own and not root,
        "canMoveItemOutOfDrive": rank >= ORGANIZER and not root,
        "canMoveItemWithinDrive": (organize if drive else edit) and not root,
        "canReadRevisions": content,
        "canRemoveChildren": folder and edit and not drive,
        "canRemoveMyDriveParent": own and not root,
        "canRename": edit and not root,
        "canShare": can_share(found, rank),
        "canTrash": can_trash(found, rank),
        "canUntrash": can_trash(found, rank),
    }
    if drive:
        rights |= {
            "canAddFolderFromAnotherDrive": False,
            "canDeleteChildren": folder and rank >= ORGANIZER,
            "canMoveChildrenOutOfDrive": folder and rank >= ORGANIZER,
            "canMoveChildrenWithinDrive": folder and organize,
            "canReadDrive": member,
            "canReadTeamDrive": member,
            "canTrashChildren": folder and organize,
        }
    return rights
