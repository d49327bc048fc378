"""The reports at a path on this computer: one file, or everything below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from offboard.engine.checksum import md5_of
from offboard.world import How, Source

LITTER = {"thumbs.db", "desktop.ini"}  # what Windows leaves in folders; what macOS leaves begins with a dot
UNREADABLE = "can't be read on this computer; allow yourself to read it, or take it out"


def find_on_disk(typed: str, home: Path) -> list[Source]:
    """The file that the tracker names so, or each file below the folder by its way from there; else it says why not.

    Whoever may type into the tracker could name offboard's own home, or a hidden folder: these are never read.
    """
    path = Path(typed).expanduser()
    try:
        real = path.resolve()
        hidden = any(part.startswith(".") for part in real.parts)
        if hidden or real.is_relative_to(home.resolve()) or home.resolve().is_relative_to(real):
            return [_cannot(path, "is a hidden folder, or offboard's own: nothing in it is handed over")]
        found = list(_below(path)) if path.is_dir() else [_of_file(path)]
    except OSError:  # the folder around it is closed to us
        return [_cannot(path, UNREADABLE)]
    return [replace(one, typed=(Path(typed) / Path(one.id).relative_to(path)).as_posix()) for one in found]


def _below(root: Path) -> Iterator[Source]:
    closed: list[OSError] = []
    for folder, inner, names in os.walk(root, onerror=closed.append):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        way = Path(folder).relative_to(root).parts
        for name in inner:
            if (Path(folder) / name).is_symlink():  # it may lead round in a circle
                yield _cannot(Path(folder) / name, "leads to another folder; write that folder's own path", way)
        for name in sorted(names):
            if not name.startswith(".") and name.lower() not in LITTER:
                yield _of_file(Path(folder) / name, way)
    for error in closed:
        yield _cannot(Path(error.filename), UNREADABLE)


def _of_file(path: Path, folders: tuple[str, ...] = ()) -> Source:
    if not path.is_file():
        return _cannot(path, "is not on this computer", folders)
    try:
        return Source(str(path), path.name, How.UPLOAD, folders, path.stat().st_size, md5_of(path))
    except OSError:
        return _cannot(path, UNREADABLE, folders)


def _cannot(path: Path, why: str, folders: tuple[str, ...] = ()) -> Source:
    return Source(str(path), path.name, How.UPLOAD, folders, cannot=why)
