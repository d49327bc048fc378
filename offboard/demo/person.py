"""A person at work in Google's own pages, for the demo: uploads files and types into the tracker over HTTP."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import requests

TIMEOUT = 60  # seconds
FOLDER = "application/vnd.google-apps.folder"
DOC = "application/vnd.google-apps.document"
SHEET = "application/vnd.google-apps.spreadsheet"
UNAUTHORIZED = 401


class Person:
    """Somebody signed in to the sandbox with a browser: no app between, and nothing of the program's own code."""

    def __init__(self, origin: str, email: str) -> None:
        self._origin, self._email = origin, email
        self._session = requests.Session()
        self._session.trust_env = False  # this computer alone: no proxy stands between
        self._sign_in()

    def _sign_in(self) -> None:
        token = self._send("POST", "/sandbox/token", json={"email": self._email})["access_token"]
        self._session.headers["Authorization"] = f"Bearer {token}"

    def make_folder(self, name: str, parent: str = "root") -> str:
        """A new folder's id."""
        body = {"name": name, "mimeType": FOLDER, "parents": [parent]}
        return str(self._send("POST", "/drive/v3/files", json=body)["id"])

    def upload(self, name: str, content: bytes, mime: str, parent: str, convert_to: str = "") -> str:
        """A new file's id; `convert_to` makes it a Google Doc or Sheet."""
        body = {"name": name, "mimeType": convert_to or mime, "parents": [parent]}
        mark = "a-boundary-of-this-upload"
        parts = (
            f"--{mark}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{json.dumps(body)}\r\n"
            f"--{mark}\r\nContent-Type: {mime}\r\n\r\n"
        ).encode() + content
        data = parts + f"\r\n--{mark}--".encode()
        headers = {"Content-Type": f"multipart/related; boundary={mark}"}
        found = self._send("POST", "/upload/drive/v3/files?uploadType=multipart", data=data, headers=headers)
        return str(found["id"])

    def type_rows(self, spreadsheet: str, place: str, rows: Sequence[Sequence[str]]) -> None:
        """Type rows of cells, as text that the spreadsheet reads by its locale."""
        address = f"/v4/spreadsheets/{spreadsheet}/values/{quote(place, safe='')}"
        body = {"values": [list(row) for row in rows]}
        self._send("PUT", f"{address}?valueInputOption=USER_ENTERED", json=body)

    def insert_chip(self, spreadsheet: str, sheet: int, row: int, column: int, file: str) -> None:
        """Type @ into a cell and choose a file: a smart chip. Row and column count from 0."""
        chip = {"startIndex": 0, "chip": {"richLinkProperties": {"uri": file}}}
        cell = {"userEnteredValue": {"stringValue": "@"}, "chipRuns": [chip]}
        request = {
            "updateCells": {
                "rows": [{"values": [cell]}],
                "fields": "userEnteredValue,chipRuns",
                "start": {"sheetId": sheet, "rowIndex": row, "columnIndex": column},
            }
        }
        self._send("POST", f"/v4/spreadsheets/{spreadsheet}:batchUpdate", json={"requests": [request]})

    def send_drafts(self) -> None:
        """Press Send on every draft that has a reader."""
        for listed in self._send("GET", "/gmail/v1/users/me/drafts").get("drafts", []):
            address = f"/gmail/v1/users/me/drafts/{listed['id']}?format=metadata"
            headers = self._send("GET", address)["message"]["payload"]["headers"]
            if any(header["name"] == "To" for header in headers):
                self._send("POST", "/gmail/v1/users/me/drafts/send", json={"id": listed["id"]})

    def _send(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        found: dict[str, Any] = self._ask(method, path, **more).json()
        return found

    def _ask(self, method: str, path: str, **more: Any) -> requests.Response:
        answer = self._session.request(method, self._origin + path, timeout=TIMEOUT, **more)
        if answer.status_code == UNAUTHORIZED:  # the hour is over, by the sandbox's clock
            self._sign_in()
            answer = self._session.request(method, self._origin + path, timeout=TIMEOUT, **more)
        answer.raise_for_status()
        return answer
