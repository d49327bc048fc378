"""Documents that we write and bring up to date: in place, and only while they are as we left them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import md5
from typing import Any

from offboard.errors import EditedError, LostReplyError, TakenError
from offboard.workspace.drive import FILE, WRITTEN, DriveFile, Upload, body_of, media_of, read_file
from offboard.workspace.google import Google, Repeat

TRIES = 4  # of a change whose replies are lost


@dataclass(frozen=True)
class Draught:
    """A document's reserved id, its name, where it lies, our key, and the digest of what it says."""

    id: str
    name: str
    parent: str
    key: str
    digest: str
    mime: str


class Documents:
    """What the program does with documents of its own."""

    def __init__(self, google: Google) -> None:
        self._google = google

    def write(self, told: Draught, render: Callable[[], bytes], *, made: bool) -> DriveFile:
        """The document as it says now; EditedError once a person changed it, MissingError once it is gone.

        What we wrote last stands in the file itself, changed in the same request as its content: so an earlier try
        that landed, whichever run's it was, is known again, and anything else is a person's. One that lies in the bin
        comes back as it is, unchanged. `made`: it was written before, so it is not made now.
        """
        what = f"write “{told.name}”"
        if not made:
            try:
                return read_file(self._google.call(self._create(told, render()), repeat=Repeat.ALWAYS, what=what))
            except TakenError:
                pass
        lost: LostReplyError | None = None
        for _ in range(TRIES):
            found = self._find(told.id, what)
            if found.trashed:
                return found
            if not found.untouched:
                raise EditedError(f"“{found.name}” was changed by hand: it is yours now")
            if found.written.endswith(f" {told.digest}"):
                self._google.say_found(what)
                return found
            try:
                request = self._update(told, render())
                return read_file(self._google.call(request, repeat=Repeat.UNAPPLIED, what=what))
            except LostReplyError as error:
                lost = error
                self._google.pause()
        assert lost is not None
        raise lost

    def _find(self, id: str, what: str) -> DriveFile:
        request = self._google.files.get(fileId=id, supportsAllDrives=True, fields=FILE)
        return read_file(self._google.call(request, repeat=Repeat.ALWAYS, what=what))

    def _create(self, told: Draught, content: bytes) -> Any:
        body = body_of(told.id, told.name, told.parent, told.key)
        body["appProperties"] = {**body["appProperties"], **_written(told, content)}
        media = media_of(Upload(content, told.mime))
        return self._google.files.create(body=body, media_body=media, supportsAllDrives=True, fields=FILE)

    def _update(self, told: Draught, content: bytes) -> Any:
        body = {"appProperties": _written(told, content)}
        media = media_of(Upload(content, told.mime))
        return self._google.files.update(
            fileId=told.id, body=body, media_body=media, supportsAllDrives=True, fields=FILE
        )


def _written(told: Draught, content: bytes) -> dict[str, str]:
    return {WRITTEN: f"{md5(content, usedforsecurity=False).hexdigest()} {told.digest}"}
