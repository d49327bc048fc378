"""What the tests of faults do again and again: send a write, tell how it ended, look whether it was applied."""

from __future__ import annotations

import base64
from abc import ABC, abstractmethod
from typing import Any

import requests

from tests.sandbox.caller import Caller

CUT, TORN, SILENT = "cut", "torn", "silent"
PATIENCE = 0.25  # seconds until a client of these tests gives up
Ended = int | str


class Write(ABC):
    """One write of one API, and a look at whether it is there."""

    method: str

    def __init__(self, caller: Caller) -> None:
        self.caller = caller

    @abstractmethod
    def request(self) -> tuple[str, str, Any]:
        """HTTP method, address and body."""

    @abstractmethod
    def count(self) -> int:
        """How many of these things there are."""

    def send(self, patience: float = PATIENCE) -> requests.Response:
        http, path, body = self.request()
        return self.caller.request(http, self.caller.origin + path, json=body, timeout=patience)

    def end(self) -> Ended:
        """The status of the answer, or how it was lost."""
        try:
            return self.send().status_code
        except requests.Timeout:
            return SILENT
        except requests.exceptions.ChunkedEncodingError:
            return CUT
        except requests.ConnectionError:
            return TORN

    def waits_for(self, number: int) -> bool:
        """Whether there come to be so many, looked at a few hundred times."""
        return any(self.count() == number for _ in range(300))


class DriveWrite(Write):
    method = "drive.files.create"

    def request(self) -> tuple[str, str, Any]:
        return "POST", "/drive/v3/files", {"name": "a fault's"}

    def count(self) -> int:
        query = {"q": "name = 'a fault\\'s'", "fields": "files(id)"}
        return len(self.caller.call("GET", "/drive/v3/files", **query).json()["files"])


class SheetsWrite(Write):
    method = "sheets.spreadsheets.values.append"

    def __init__(self, caller: Caller) -> None:
        super().__init__(caller)
        self.path = (
            f"/v4/spreadsheets/{caller.call('POST', '/v4/spreadsheets', json={}).json()['spreadsheetId']}/values"
        )

    def request(self) -> tuple[str, str, Any]:
        return "POST", f"{self.path}/A1:append?valueInputOption=RAW", {"values": [["a fault's"]]}

    def count(self) -> int:
        return len(self.caller.call("GET", f"{self.path}/A1:A9").json().get("values", []))


class GmailWrite(Write):
    method = "gmail.users.drafts.create"

    def request(self) -> tuple[str, str, Any]:
        raw = base64.urlsafe_b64encode(b"Subject: a fault's\r\n\r\nHello").decode()
        return "POST", "/gmail/v1/users/me/drafts", {"message": {"raw": raw}}

    def count(self) -> int:
        return len(self.caller.call("GET", "/gmail/v1/users/me/drafts").json().get("drafts", []))


WRITES = (DriveWrite, SheetsWrite, GmailWrite)


def play(caller: Caller, *faults: Any, **more: Any) -> requests.Response:
    """Let the sandbox misbehave."""
    answer: requests.Response = caller.call("POST", "/sandbox/faults", json={"faults": list(faults), **more})
    return answer


def used(caller: Caller) -> list[list[int]]:
    """At which requests each instruction was used."""
    return [fault["at"] for fault in caller.call("GET", "/sandbox/faults").json()["faults"]]
