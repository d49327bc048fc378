"""What stands behind a client's report links now: Drive files and folders, or paths on this computer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path

from offboard.columns import Link
from offboard.errors import MissingError
from offboard.workspace.drive import NATIVE, SHORTCUT, Drive, DriveFile
from offboard.world import How, Source

DRIVE_LINK = re.compile(
    r"https?://(?:drive|docs)\.google\.com/(?:.*/)?(?:(?P<folders>folders)/|d/|.*[?&]id=)(?P<id>[\w-]{10,})"
)
AS = {
    "document": How.PDF,
    "presentation": How.PDF,
    "drawing": How.PDF,
    "spreadsheet": How.EXCEL,
}
DEEPEST = 10  # folders within folders; deeper is a loop of shortcuts or a mistake


def find_sources(drive: Drive, links: Iterable[Link], pool: Executor) -> tuple[Source, ...]:
    """Every report behind the links, each once, in the order of the links; what cannot be reached says why."""
    looks = [pool.submit(_behind, drive, link) for link in links]
    found: dict[str, Source] = {}
    for look in looks:
        for source in look.result():
            found.setdefault(source.id, source)
    return tuple(found.values())


def _behind(drive: Drive, link: Link) -> list[Source]:
    if not re.match(r"https?://", link.url):
        return _on_disk(Path(link.url).expanduser())
    matched = DRIVE_LINK.match(link.url)
    if matched is None:
        return [_unreachable(link, "is no link to a Drive file or folder; take it out, or paste the file's Drive link")]
    try:
        if matched["folders"]:
            return _in_folder(drive, matched["id"], ())
        file = drive.get_file(matched["id"], f"look at “{link.title or link.url}”")
        return _of_file(drive, file, ())
    except MissingError:
        why = "is not there, or not for your account; ask its owner to share it with you, or take the link out"
        return [_unreachable(link, why)]


def _unreachable(link: Link, why: str) -> Source:
    return Source(link.url, link.title or link.url, How.COPY, cannot=why)


def _in_folder(drive: Drive, folder: str, path: tuple[str, ...]) -> list[Source]:
    if len(path) > DEEPEST:
        return []
    return [
        source
        for file in drive.list_children(folder, "look through the reports")
        for source in _of_file(drive, file, path)
    ]


def _of_file(drive: Drive, file: DriveFile, path: tuple[str, ...]) -> list[Source]:
    if file.mime == SHORTCUT:
        file = drive.get_file(file.target, f"follow the shortcut “{file.name}”")
    if file.folder:
        # the folder that a link names is not repeated below Reports; folders inside it are
        return _in_folder(drive, file.id, (*path, file.name) if path or file.parent else path)
    if file.trashed:
        return [
            Source(file.id, file.name, How.COPY, path, cannot="is in Drive's bin; put it back, or take the link out")
        ]
    how = How.COPY
    cannot = ""
    if file.mime.startswith(NATIVE):
        kind = file.mime.removeprefix(NATIVE)
        how = AS.get(kind, How.COPY)
        cannot = "" if kind in AS else f"is a Google {kind}: it cannot be handed over as a file; hand it over by hand"
    elif not (file.can_copy or file.can_download):
        cannot = f"belongs to {file.owner or 'somebody'}, who does not allow copies; ask for one, or take the link out"
    return [Source(file.id, file.name, how, path, file.size, file.md5, file.modified, cannot)]


def _on_disk(path: Path, folders: tuple[str, ...] = ()) -> list[Source]:
    if path.is_dir():
        inner = sorted(entry for entry in path.iterdir() if not entry.name.startswith("."))
        return [
            source
            for entry in inner
            for source in _on_disk(
                entry, (*folders, path.name) if folders else ((path.name,) if entry.is_dir() else ())
            )
        ]
    if not path.is_file():
        return [Source(str(path), path.name, How.UPLOAD, folders, cannot="is not on this computer")]
    with path.open("rb") as content:
        md5 = hashlib.file_digest(content, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    return [Source(str(path), path.name, How.UPLOAD, folders, path.stat().st_size, md5)]
