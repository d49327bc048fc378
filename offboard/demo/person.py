"""A person at work in Google's own pages, for the demo: uploads files and types into the tracker over HTTP."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from urllib3 import BaseHTTPResponse, PoolManager

TIMEOUT = 60  # seconds
FOLDER = "application/vnd.google-apps.folder"
DOC = "application/vnd.google-apps.document"
SHEET = "application/vnd.google-apps.spreadsheet"


class RefusedError(Exception):
    """Google would not have what the person did; its own words."""


class Person:
    """Somebody signed in to the sandbox with a browser: no app between, and nothing of the program's own code."""

    def __init__(self, origin: str, email: str) -> None:
        self._origin, self._email = origin, email
        self._pool = PoolManager(timeout=TIMEOUT, retries=False)
        self._token = ""
        self._sign_in()

    def _sign_in(self) -> None:
        self._token = self.ask("POST", "/sandbox/token", {"email": self._email})["access_token"]

    def make_folder(self, name: str, parent: str = "root") -> str:
        """A new folder's id."""
        body = {"name": name, "mimeType": FOLDER, "parents": [parent]}
        return str(self.ask("POST", "/drive/v3/files", body)["id"])

    def upload(self, name: str, content: bytes, mime: str, parent: str, convert_to: str = "") -> str:
        """A new file's id; `convert_to` makes it a Google Doc or Sheet."""
        body = {"name": name, "mimeType": convert_to or mime, "parents": [parent]}
        mark = "a-boundary-of-this-upload"
        parts = (
            f"--{mark}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{json.dumps(body)}\r\n"
            f"--{mark}\r\nContent-Type: {mime}\r\n\r\n"
        ).encode() + content
        data = parts + f"\r\n--{mark}--".encode()
        path, kind = "/upload/drive/v3/files?uploadType=multipart", f"multipart/related; boundary={mark}"
        return str(self.request("POST", path, data=data, mime=kind).json()["id"])

    def type_rows(self, spreadsheet: str, place: str, rows: Sequence[Sequence[str]]) -> None:
        """Type rows of cells, as text that the spreadsheet reads by its locale."""
        address = f"/v4/spreadsheets/{spreadsheet}/values/{quote(place, safe='')}"
        body = {"values": [list(row) for row in rows]}
        self.ask("PUT", f"{address}?valueInputOption=USER_ENTERED", body)

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
        self.ask("POST", f"/v4/spreadsheets/{spreadsheet}:batchUpdate", {"requests": [request]})

    def send_drafts(self) -> None:
        """Press Send on every draft that has a reader."""
        for listed in self.ask("GET", "/gmail/v1/users/me/drafts").get("drafts", []):
            address = f"/gmail/v1/users/me/drafts/{listed['id']}?format=metadata"
            headers = self.ask("GET", address)["message"]["payload"]["headers"]
            if any(header["name"] == "To" for header in headers):
                self.ask("POST", "/gmail/v1/users/me/drafts/send", {"id": listed["id"]})

    def ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """What Google answers to one request of its own pages; an empty answer is an empty one."""
        answer = self.request(method, path, body)
        found: dict[str, Any] = answer.json() if answer.data else {}
        return found

    def request(
        self, method: str, path: str, body: object = None, *, data: bytes | None = None, mime: str = ""
    ) -> BaseHTTPResponse:
        """The answer itself: `body` is sent as JSON, `data` as it is, of this kind.

        Raises: RefusedError.
        """
        answer = self._try(method, path, body, data, mime)
        if answer.status == HTTPStatus.UNAUTHORIZED:  # the hour is over, by the sandbox's clock
            self._sign_in()
            answer = self._try(method, path, body, data, mime)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            why = f"{method} {path}: {answer.status} {answer.data.decode('utf-8', 'replace')}"
            raise RefusedError(why)
        return answer

    def _try(self, method: str, path: str, body: object, data: bytes | None, mime: str) -> BaseHTTPResponse:
        headers = {"Authorization": f"Bearer {self._token}"} | ({"Content-Type": mime} if mime else {})
        return self._pool.request(method, self._origin + path, body=data, json=body, headers=headers)
