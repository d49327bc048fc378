"""Who may open a file of ours: shares, readers, and those who ask for access."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

from offboard.errors import MissingError
from offboard.workspace.drive import FILE, DriveFile, read_file
from offboard.workspace.google import Google, Repeat


@dataclass(frozen=True)
class Inspected:
    """A file with everybody who can open it besides its owner: addresses in lower case, or words for many."""

    file: DriveFile
    readers: frozenset[str] = frozenset()
    readers_can_download: bool = True


class Access:
    """What the program does with permissions: it adds readers, looks, and takes off whom it is told to."""

    def __init__(self, google: Google) -> None:
        self._google = google

    def share(self, folder: str, email: str, *, google_mail: bool, message: str = "") -> str:
        """Let an address read a folder: the permission's id; NoAccountError when Google would have to mail it."""
        extra: dict[str, Any] = {"emailMessage": message} if google_mail and message else {}
        request = self._google.permissions.create(
            fileId=folder,
            body={"type": "user", "role": "reader", "emailAddress": email},
            sendNotificationEmail=google_mail,
            supportsAllDrives=True,
            fields="id",
            **extra,
        )
        repeat = Repeat.UNAPPLIED if google_mail else Repeat.ALWAYS  # a repeat would mail again
        return str(self._google.call(request, repeat=repeat, what=f"share the folder with {email}")["id"])

    def unshare(self, folder: str, email: str) -> None:
        """Take an address off a folder, by its permission's id; one that is off already stays so."""
        id = next((id for reader, _, id in self._list_permissions(folder) if reader == email.lower()), "")
        if not id:
            return
        request = self._google.permissions.delete(fileId=folder, permissionId=id, supportsAllDrives=True)
        with contextlib.suppress(MissingError):  # an earlier try landed
            self._google.call(request, repeat=Repeat.ALWAYS, what=f"take the folder back from {email}")

    def list_readers(self, folder: str) -> dict[str, str]:
        """Everybody with access of their own to a folder: address in lower case -> role; "" -> by a link."""
        return {reader: role for reader, role, _ in self._list_permissions(folder)}

    def _list_permissions(self, folder: str) -> list[tuple[str, str, str]]:
        """Address in lower case, role and id of each."""
        found: list[tuple[str, str, str]] = []
        page: str | None = None
        while True:
            request = self._google.permissions.list(
                fileId=folder,
                pageSize=100,
                pageToken=page,
                supportsAllDrives=True,
                fields="nextPageToken,permissions(id,emailAddress,role)",
            )
            answer = self._call(request, "look who can open the folder")
            for permission in answer.get("permissions", []):
                reader = str(permission.get("emailAddress", "")).lower()
                found.append((reader, str(permission["role"]), str(permission["id"])))
            page = answer.get("nextPageToken")
            if not page:
                return found

    def inspect(self, id: str) -> Inspected | None:
        """The file of this id with who can open it, or None."""
        fields = f"{FILE},copyRequiresWriterPermission,permissions(type,role,emailAddress,domain)"
        request = self._google.files.get(fileId=id, supportsAllDrives=True, fields=fields)
        try:
            found = self._call(request, "look who can open a file")
        except MissingError:
            return None
        readers = frozenset(_reader(entry) for entry in found.get("permissions", []) if entry["role"] != "owner")
        return Inspected(read_file(found), readers, not found.get("copyRequiresWriterPermission", False))

    def list_requests(self, id: str) -> tuple[str, ...]:
        """The addresses for which somebody asked to be let in."""
        found: list[str] = []
        page: str | None = None
        while True:
            request = self._google.proposals.list(
                fileId=id, pageToken=page, fields="nextPageToken,accessProposals/recipientEmailAddress"
            )
            answer = self._call(request, "look who asked for access")
            found += [str(entry["recipientEmailAddress"]) for entry in answer.get("accessProposals", [])]
            page = answer.get("nextPageToken")
            if not page:
                return tuple(dict.fromkeys(found))

    def _call(self, request: Any, what: str) -> dict[str, Any]:
        found: dict[str, Any] = self._google.call(request, repeat=Repeat.ALWAYS, what=what)
        return found


def _reader(permission: dict[str, Any]) -> str:
    match permission["type"]:
        case "anyone":
            return "everybody who has the link"
        case "domain":
            return f"everybody at {permission.get('domain', 'a company')}"
        case _:
            return str(permission.get("emailAddress", "somebody")).lower()
