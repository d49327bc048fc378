"""Google Drive: files by id, copies and uploads under reserved ids, and who may read a folder."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from googleapiclient.http import MediaFileUpload, MediaIoBaseUpload

from offboard.errors import MissingError, OffboardError, RefusedError, TakenError
from offboard.workspace.google import Google, Repeat

FOLDER = "application/vnd.google-apps.folder"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
SHORTCUT = "application/vnd.google-apps.shortcut"
NATIVE = "application/vnd.google-apps."
MARK = "offboard"  # the private property by which we know our own files: whose they are
KEY = "offboard-key"  # and what they are
WRITTEN = "offboard-written"  # and the md5 that we last gave it; of a document the digest of what it says as well
LONGEST_PROPERTY = 124  # bytes of name and value together: Drive's limit
FILE = (
    "id,name,mimeType,size,md5Checksum,modifiedTime,trashed,webViewLink,parents,appProperties,shortcutDetails,"
    "owners/emailAddress,capabilities(canCopy,canDownload)"
)
LARGE = 5 * 1024 * 1024  # bytes; above it an upload goes in chunks and shows how far it is
CHUNK = 2 * 1024 * 1024


@dataclass(frozen=True)
class DriveFile:
    """A file or folder as Drive describes it."""

    id: str
    name: str
    mime: str = ""
    size: int = 0
    md5: str = ""
    modified: str = ""
    trashed: bool = False
    url: str = ""
    parent: str = ""
    mark: str = ""  # whose it is, where the file is ours
    key: str = ""  # and what it is: its ledger key
    written: str = ""  # md5 of what we wrote into it last, of a document the digest too, kept in the file itself
    owner: str = ""
    can_copy: bool = True
    can_download: bool = True
    target: str = ""  # where a shortcut leads

    @property
    def folder(self) -> bool:
        """Whether it is a folder."""
        return self.mime == FOLDER

    @property
    def untouched(self) -> bool:
        """Whether what we wrote into it is still in it, whichever run did: nobody changed it since."""
        return bool(self.written) and self.written.partition(" ")[0] == self.md5


@dataclass(frozen=True)
class Upload:
    """What goes up: bytes, or a file on disk."""

    content: bytes | Path
    mime: str = "application/octet-stream"


class Drive:
    """What the program does with Drive; every write names the id beforehand, so it can be repeated."""

    def __init__(self, google: Google) -> None:
        self._google = google

    def get_person(self) -> tuple[str, str]:
        """Name and address of whoever is signed in."""
        found = self._call(self._google.about.get(fields="user(displayName,emailAddress)"), "look who is signed in")
        return str(found["user"].get("displayName", "")), str(found["user"]["emailAddress"])

    def get_file(self, id: str, what: str = "look at a file") -> DriveFile:
        """The file of this id; MissingError when it is not there or may not be seen."""
        return read_file(self._call(self._google.files.get(fileId=id, supportsAllDrives=True, fields=FILE), what))

    def find_file(self, id: str) -> DriveFile | None:
        """The file of this id, or None."""
        try:
            return self.get_file(id)
        except MissingError:
            return None

    def list_files(self, query: str, what: str) -> list[DriveFile]:
        """Every file that the query finds."""
        found: list[DriveFile] = []
        page: str | None = None
        while True:
            request = self._google.files.list(
                q=query,
                pageSize=1000,
                pageToken=page,
                orderBy="folder,name_natural",
                supportsAllDrives=True,
                includeItemsFromAllDrives=True,
                fields=f"nextPageToken,files({FILE})",
            )
            answer = self._call(request, what)
            found.extend(read_file(entry) for entry in answer.get("files", []))
            page = answer.get("nextPageToken")
            if not page:
                return found

    def list_children(self, folder: str, what: str) -> list[DriveFile]:
        """What lies directly in a folder; MissingError when the folder cannot be seen."""
        return self.list_files(f"'{_escaped(folder)}' in parents and trashed = false", what)

    def list_marked(self, prefix: str, what: str) -> list[DriveFile]:
        """Our own files of one client, by their private property; a list may lag behind, so absence proves nothing."""
        return self.list_files(f"appProperties has {{ key='{MARK}' and value='{_escaped(prefix)}' }}", what)

    def generate_ids(self, count: int) -> list[str]:
        """Fresh ids for files and folders that will be made."""
        ids: list[str] = []
        while len(ids) < count:
            request = self._google.files.generateIds(count=min(count - len(ids), 1000), space="drive", fields="ids")
            ids += self._call(request, "reserve names for what will be made")["ids"]
        return ids

    def make_folders(self, folders: Sequence[tuple[str, str, str, str]]) -> dict[str, DriveFile | OffboardError]:
        """Folders (id, name, parent id, mark) that need nothing of each other, in one request together."""
        requests = [
            (
                id,
                self._google.files.create(
                    body=body_of(id, name, parent, mark, FOLDER), supportsAllDrives=True, fields=FILE
                ),
            )
            for id, name, parent, mark in folders
        ]
        what = f"make the folder “{folders[0][1]}”"
        if len(requests) == 1:
            id, request = requests[0]
            return {id: self._made_or_error(id, what, lambda: self._call(request, what))}
        answers = self._google.batch(requests, what)
        return {id: self._made_or_error(id, what, partial(_raised, answer)) for id, answer in answers.items()}

    def _made_or_error(self, id: str, what: str, make: Callable[[], dict[str, Any]]) -> DriveFile | OffboardError:
        try:
            return self._made(id, what, make)
        except OffboardError as error:
            return error

    def _made(self, id: str, what: str, make: Callable[[], dict[str, Any]]) -> DriveFile:
        """What was made under a reserved id, now or by an earlier try that landed."""
        try:
            return read_file(make())
        except TakenError:
            found = self.get_file(id)
            self._google.say_found(what)
            return found

    def make_spreadsheet(self, name: str, mark: str) -> str:
        """A new empty Google Sheet, marked as ours at its birth; sent once: Google takes no reserved id for it."""
        body = {"name": name, "mimeType": SPREADSHEET, "appProperties": _marks(mark)}
        request = self._google.files.create(body=body, fields="id")
        return str(self._google.call(request, repeat=Repeat.UNAPPLIED, what="make the tracker")["id"])

    def copy_file(self, source: str, id: str, name: str, parent: str, mark: str, what: str) -> DriveFile:
        """A copy of a file under the reserved id; what Drive will not copy for us is brought over by hand."""
        body = body_of(id, name, parent, mark)
        request = self._google.files.copy(fileId=source, body=body, supportsAllDrives=True, fields=FILE)
        try:
            return self._made(id, what, lambda: self._call(request, what))
        except MissingError:  # the app may read the original and yet not copy it: carry it over
            pass
        except RefusedError as refused:
            if refused.reason in ("storageQuotaExceeded", "sharingRateLimitExceeded"):
                raise
        return self.upload(Upload(self.download(source, what)), id, name, parent, mark, what)

    def download(self, id: str, what: str) -> bytes:
        """A file's bytes."""
        return self._bytes(self._google.files.get_media(fileId=id, supportsAllDrives=True), what)

    def export(self, id: str, mime: str, what: str) -> bytes:
        """A Google document as a file of this kind; at most 10 MB (Drive's limit)."""
        return self._bytes(self._google.files.export_media(fileId=id, mimeType=mime), what)

    def upload(
        self,
        content: Upload,
        id: str,
        name: str,
        parent: str,
        mark: str,
        what: str,
        on_bytes: Callable[[int], None] | None = None,
    ) -> DriveFile:
        """A new file under the reserved id; `on_bytes` hears how many bytes have gone up."""
        request = self._google.files.create(
            body=body_of(id, name, parent, mark), media_body=media_of(content), supportsAllDrives=True, fields=FILE
        )
        return self._made(id, what, lambda: self._sent(request, what, on_bytes))

    def replace(
        self, content: Upload, md5: str, id: str, what: str, on_bytes: Callable[[int], None] | None = None
    ) -> DriveFile:
        """New content, which has this md5, for a file of ours; the file says itself that it came from us."""
        request = self._google.files.update(
            fileId=id,
            body={"appProperties": {WRITTEN: md5}},
            media_body=media_of(content),
            supportsAllDrives=True,
            fields=FILE,
        )
        return read_file(self._sent(request, what, on_bytes))

    def _sent(self, request: Any, what: str, on_bytes: Callable[[int], None] | None) -> dict[str, Any]:
        if request.resumable is None:
            return self._call(request, what)
        send = partial(request.next_chunk, self._google.http)
        while True:
            progress, answer = self._google.call(send, repeat=Repeat.ALWAYS, what=what)
            if answer is not None:
                found: dict[str, Any] = answer
                return found
            if progress and on_bytes:
                on_bytes(progress.resumable_progress)

    def _call(self, request: Any, what: str) -> dict[str, Any]:
        found: dict[str, Any] = self._google.call(request, repeat=Repeat.ALWAYS, what=what)
        return found

    def _bytes(self, request: Any, what: str) -> bytes:
        content: bytes = self._google.call(request, repeat=Repeat.ALWAYS, what=what)
        return content


def _raised(answer: dict[str, Any] | OffboardError) -> dict[str, Any]:
    if isinstance(answer, OffboardError):
        raise answer
    return answer


def body_of(id: str, name: str, parent: str, mark: str, mime: str = "") -> dict[str, Any]:
    """What a new file of ours is called, where it lies, and by which private properties we know it again."""
    body: dict[str, Any] = {"id": id, "name": name, "appProperties": _marks(mark)}
    if parent:
        body["parents"] = [parent]
    if mime:
        body["mimeType"] = mime
    return body


def _marks(key: str) -> Mapping[str, str]:
    marks = {MARK: key.partition("/")[0]}
    fits = len((KEY + key).encode()) <= LONGEST_PROPERTY
    return marks | {KEY: key} if fits else marks


def media_of(content: Upload) -> MediaFileUpload | MediaIoBaseUpload:
    """What goes up, as Google's client takes it: in one piece, or in chunks where it is large."""
    if isinstance(content.content, Path):
        large = content.content.stat().st_size > LARGE
        return MediaFileUpload(str(content.content), mimetype=content.mime, chunksize=CHUNK, resumable=large)
    large = len(content.content) > LARGE
    return MediaIoBaseUpload(io.BytesIO(content.content), content.mime, chunksize=CHUNK, resumable=large)


def read_file(found: dict[str, Any]) -> DriveFile:
    """A file as the API describes it, in our words."""
    able = found.get("capabilities", {})
    return DriveFile(
        id=found["id"],
        name=found.get("name", ""),
        mime=found.get("mimeType", ""),
        size=int(found.get("size", 0)),
        md5=found.get("md5Checksum", ""),
        modified=found.get("modifiedTime", ""),
        trashed=found.get("trashed", False),
        url=found.get("webViewLink", ""),
        parent=next(iter(found.get("parents", [])), ""),
        mark=found.get("appProperties", {}).get(MARK, ""),
        key=found.get("appProperties", {}).get(KEY, ""),
        written=found.get("appProperties", {}).get(WRITTEN, ""),
        owner=next((owner.get("emailAddress", "") for owner in found.get("owners", [])), ""),
        can_copy=able.get("canCopy", True),
        can_download=able.get("canDownload", True),
        target=found.get("shortcutDetails", {}).get("targetId", ""),
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
