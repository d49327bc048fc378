"""What stands behind a client's report links now: Drive files and folders, or paths on this computer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path

from offboard.columns import Link, squeeze
from offboard.engine.disk import find_on_disk
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
GONE = "is not there, or not for your account; ask its owner to share it with you, or take the {} out"


def find_sources(drive: Drive, links: Iterable[Link], pool: Executor, home: Path) -> tuple[Source, ...]:
    """Every report behind the links, each once, in the order of the links; what cannot be reached says why."""
    looks = [pool.submit(_behind, drive, link, home) for link in links]
    found: dict[str, Source] = {}
    for look in looks:
        for source in look.result():
            found.setdefault(source.id, source)
    return tuple(found.values())


def _behind(drive: Drive, link: Link, home: Path) -> list[Source]:
    if not re.match(r"https?://", link.url):
        return find_on_disk(link.url, home)
    matched = DRIVE_LINK.match(link.url)
    if matched is None:
        return [_unreachable(link, "is no link to a Drive file or folder; take it out, or paste the file's Drive link")]
    walk = _Walk(drive)
    try:
        if matched["folders"]:
            return walk.below(matched["id"], ())
        return walk.of_file(drive.get_file(matched["id"], f"look at “{link.title or link.url}”"), None)
    except MissingError:
        return [_unreachable(link, GONE.format("link"))]


def _unreachable(link: Link, why: str) -> Source:
    return Source(link.url, link.title or link.url, How.COPY, cannot=why)


class _Walk:
    """One way through what a link names; each folder is opened once, so shortcuts that lead round in a circle end."""

    def __init__(self, drive: Drive) -> None:
        self._drive = drive
        self._opened: set[str] = set()

    def below(self, folder: str, path: tuple[str, ...]) -> list[Source]:
        """Every report in a folder and the folders inside it."""
        if folder in self._opened:
            return []
        self._opened.add(folder)
        files = self._drive.list_children(folder, "look through the reports")
        return [source for file in files for source in self.of_file(file, path)]

    def of_file(self, file: DriveFile, path: tuple[str, ...] | None) -> list[Source]:
        """What a file is, or holds; without a path it is what the link names, and its name is not repeated."""
        if file.mime == SHORTCUT:
            try:
                file = self._drive.get_file(file.target, f"follow the shortcut “{file.name}”")
            except MissingError:
                why = f"leads to what {GONE.format('shortcut')}"
                return [Source(file.id, file.name, How.COPY, path or (), cannot=why)]
        if file.mark and path is not None:
            return []  # our own hand-over folder may lie among the reports: it is not handed over into itself
        if file.folder and not file.trashed:
            return self.below(file.id, () if path is None else (*path, file.name))
        return [_of_report(file, path or ())]


def _of_report(file: DriveFile, path: tuple[str, ...]) -> Source:
    if file.trashed:
        why = "is in Drive's bin; put it back, or take the link out"
        return Source(file.id, file.name, How.COPY, path, cannot=why)
    how = How.COPY
    cannot = ""
    if file.mime.startswith(NATIVE):
        kind = file.mime.removeprefix(NATIVE)
        how = AS.get(kind, How.COPY)
        cannot = "" if kind in AS else f"is a Google {kind}: it cannot be handed over as a file; hand it over by hand"
    elif not (file.can_copy or file.can_download):
        cannot = f"belongs to {file.owner or 'somebody'}, who does not allow copies; ask for one, or take the link out"
    return Source(file.id, squeeze(file.name), how, path, file.size, file.md5, file.modified, cannot)
