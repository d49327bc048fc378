"""One request as a room sees it, what a room may answer, and the registry of the methods that are answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from offboard.sandbox.documents import Method
from offboard.sandbox.state import State

ROOMS = ("drive", "sheets", "gmail", "calendar")


@dataclass(frozen=True)
class Media:
    """Bytes with their type: what was uploaded, or what is downloaded."""

    content: bytes
    mime: str
    ranged: bool = False  # a download that honours the Range header


@dataclass(frozen=True)
class Bearer:
    """Who asks, through which app, with which scopes."""

    email: str
    client: str
    scopes: frozenset[str]

    def granted(self, *names: str) -> bool:
        """Whether one of these scopes (`drive`, `drive.file`, or a whole address) was granted."""
        full = {name if "://" in name else f"https://www.googleapis.com/auth/{name}" for name in names}
        return bool(full & self.scopes)


@dataclass
class Call:
    """A request: parameters by name with their documented types, the JSON body, the media, the asking person."""

    method: Method
    parameters: dict[str, Any]
    body: dict[str, Any]
    media: Media | None
    bearer: Bearer
    state: State
    origin: str
    headers: dict[str, str] = field(default_factory=dict)


Answer = dict[str, Any] | Media | None  # JSON, bytes, or 204 without a body


@dataclass(frozen=True)
class Room:
    """How one method is answered."""

    answer: Callable[[Call], Answer]
    default_fields: str  # the mask when the request names none; empty: everything


ANSWERED: dict[str, Room] = {}


def open_rooms() -> None:
    """Import every file of every room: each registers what it answers."""
    for room in ROOMS:
        for file in walk_packages([str(Path(__file__).parent / room)], f"offboard.sandbox.{room}."):
            import_module(file.name)


def answers(
    method_id: str, *, default_fields: str = ""
) -> Callable[[Callable[[Call], Answer]], Callable[[Call], Answer]]:
    """Register a function as the answer to a method, named by its discovery id such as `drive.files.get`."""

    def register(function: Callable[[Call], Answer]) -> Callable[[Call], Answer]:
        ANSWERED[method_id] = Room(function, default_fields)
        return function

    return register
