"""What the tests of Drive do again and again: make a file, look at it, read why something was refused."""

from __future__ import annotations

import json
from typing import Any

from tests.sandbox.caller import Caller

FILES = "/drive/v3/files"
UPLOAD = "/upload/drive/v3/files"
FOLDER = "application/vnd.google-apps.folder"
DOCUMENT = "application/vnd.google-apps.document"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
SHORTCUT = "application/vnd.google-apps.shortcut"
STUDIO = "0AStudioDriveUk9PVA"


def make(
    caller: Caller, name: str = "a.txt", *, content: bytes | None = None, mime: str = "text/plain", **body: Any
) -> str:
    """The id of a new file; with content an upload, `mime` then being the type of what is uploaded."""
    told = {"name": name, **body}
    if content is None:
        return str(caller.call("POST", FILES, json=told, supportsAllDrives="true").json()["id"])
    return str(upload(caller, told, content, mime).json()["id"])


def upload(caller: Caller, body: dict[str, Any], content: bytes, mime: str, **query: Any) -> Any:
    """The answer to a multipart upload of metadata and content."""
    head = b"--x\r\nContent-Type: application/json\r\n\r\n" + json.dumps(body).encode()
    data = head + f"\r\n--x\r\nContent-Type: {mime}\r\n\r\n".encode() + content + b"\r\n--x--\r\n"
    kind = {"Content-Type": "multipart/related; boundary=x"}
    query = {"uploadType": "multipart", "supportsAllDrives": "true"} | query
    return caller.call("POST", UPLOAD, data=data, headers=kind, **query)


def make_folder(caller: Caller, name: str = "Folder", **body: Any) -> str:
    """The id of a new folder."""
    return make(caller, name, mimeType=FOLDER, **body)


def look(caller: Caller, file_id: str, fields: str = "*") -> Any:
    """A file's metadata."""
    return caller.call("GET", f"{FILES}/{file_id}", fields=fields, supportsAllDrives="true").json()


def change(caller: Caller, file_id: str, body: dict[str, Any] | None = None, **query: Any) -> Any:
    """The answer to an update of a file."""
    return caller.call("PATCH", f"{FILES}/{file_id}", json=body or {}, **query)


def share(caller: Caller, file_id: str, email: str, role: str = "reader", **query: Any) -> Any:
    """The answer to sharing a file with somebody, without a mail unless asked for."""
    body = {"type": "user", "role": role, "emailAddress": email}
    query = {"sendNotificationEmail": "false", "supportsAllDrives": "true"} | query
    return caller.call("POST", f"{FILES}/{file_id}/permissions", json=body, **query)


def search(caller: Caller, q: str, **query: Any) -> list[str]:
    """The names of the files that a query finds, in the order of the list."""
    answer = caller.call("GET", FILES, q=q, fields="files(name)", **query)
    assert answer.status_code == 200, answer.text
    return [found["name"] for found in answer.json()["files"]]


def refused(answer: Any) -> tuple[int, str, str]:
    """Status, reason and message of a refusal."""
    error = answer.json()["error"]
    return answer.status_code, error["errors"][0]["reason"], error["message"]
