"""Whatever is asked of any method that is answered: the answer is one that Google could give, and never a 500."""

from __future__ import annotations

import json
import socket
import traceback
from contextlib import suppress
from typing import Any

import pytest

from offboard.sandbox.accounts import OWNER, seed_accounts
from offboard.sandbox.call import ANSWERED, Bearer
from offboard.sandbox.control import EVERYTHING, PERSON
from offboard.sandbox.documents import methods
from offboard.sandbox.gateway import Request, respond
from offboard.sandbox.oauth.tokens import issue_access_token
from offboard.sandbox.server import Sandbox
from offboard.sandbox.state import State
from tests.discovery import list_problems
from tests.sandbox.caller import Caller
from tests.sandbox.nonsense import Nonsense

ORIGIN = "http://127.0.0.1:1"
EVENT = '{"start": {"date": "2026-05-21"}, "end": {"date": "2026-05-22"}}'
EACH = 60  # requests to each method
ROUTES = {f"{method.id}{' upload' if method.upload else ''}": method for method in methods() if method.id in ANSWERED}


class Workspace:
    """A state with one thing of each kind in it."""

    def __init__(self) -> None:
        self.state = State()
        seed_accounts(self.state)
        self.token = issue_access_token(self.state, Bearer(OWNER, PERSON, EVERYTHING))
        self.known: dict[str, list[str]] = {"pageToken": [], "userId": ["me"]}

    def ask(self, http: str, path: str, body: str = "") -> Any:
        """One right request's answer as JSON."""
        request = Request(http, path, "", {"authorization": f"Bearer {self.token}"}, body.encode())
        answer = respond(self.state, ORIGIN, request)
        return json.loads(answer.content) if answer.status == 200 else {}


@pytest.fixture
def workspace() -> Workspace:
    """A folder, a file, a shared file, a spreadsheet, an event, a draft and a mail."""
    made = Workspace()
    ask, known = made.ask, made.known
    folder = ask("POST", "/drive/v3/files", '{"name": "f", "mimeType": "application/vnd.google-apps.folder"}')
    file = ask("POST", "/drive/v3/files", '{"name": "a.txt"}')
    book = ask("POST", "/v4/spreadsheets", "{}")
    event = ask("POST", "/calendar/v3/calendars/primary/events", EVENT)
    draft = ask("POST", "/gmail/v1/users/me/drafts", '{"message": {"raw": "VG86IGFAYi5kZQ0KDQpoaQ=="}}')
    shared = ask("POST", f"/drive/v3/files/{file.get('id')}/permissions", '{"type": "anyone", "role": "reader"}')
    files = [made["id"] for made in (folder, file) if made] + [book["spreadsheetId"]] * bool(book)
    known |= dict.fromkeys(("fileId", "folderId", "addParents", "removeParents"), files)
    known["spreadsheetId"] = files[-1:]
    known["permissionId"] = [shared[name] for name in ("id",) if name in shared]
    known["id"] = [draft["id"], draft["message"]["id"]]
    known["messageId"] = [draft["message"]["id"]]
    known["range"] = ["A1", "Sheet1", "Sheet1!A1:C3", "A:A", "1:2", "'Sheet1'!B2", "Nope!A1", "A0", "ZZZZ9", "A1:"]
    known["ranges"] = known["range"]
    known["sheetId"] = ["0", "1"]
    known["metadataId"] = ["1"]
    known["calendarId"] = ["primary", OWNER]
    known["eventId"] = [event["id"]] if event else []
    known["q"] = ["name = 'a.txt'", "trashed = false and 'root' in parents", "subject:x", "(", "not", "a OR"]
    known["corpora"] = ["user", "drive", "domain", "allDrives"]
    return made


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_nonsense_is_answered_as_google_could(workspace: Workspace, route: str) -> None:
    source = Nonsense(ROUTES[route], workspace.known, workspace.token, seed=1)
    wrong: list[str] = []
    for _ in range(EACH):
        request = source.request()
        try:
            problems = list_problems(request, respond(workspace.state, ORIGIN, request))
        except Exception:  # noqa: BLE001  # every kind of failure is one to see, with the request that made it
            problems = [traceback.format_exc(limit=-3)]
        wrong += [
            f"{request.http} {request.path}?{request.query}\n{request.content!r:.600}\n{problem}"
            for problem in problems
        ]
    assert not wrong, "\n\n".join([f"{len(wrong)} of {EACH} answers are wrong", *wrong[:3]])


LINES = [
    b"\r\n\r\nGET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /%zz/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET http://localhost/drive/v3/files HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /\xff\xfe?\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /drive/v3/about HTTP/1.1\r\n\r\n",
    b"BREW /drive/v3/about HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"HEAD /drive/v3/about HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n\xff\x00%zz",
    b"POST /batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: \xff\r\nContent-Length: 0\r\n\r\n",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST /token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
]


@pytest.mark.parametrize("sent", LINES, ids=lambda line: repr(line[:30]))
def test_broken_http_neither_breaks_nor_blocks_the_sandbox(sandbox: Sandbox, ana: Caller, sent: bytes) -> None:
    answer = b""
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=5) as connection, suppress(ConnectionError):
        connection.sendall(sent)
        answer = connection.recv(20)
    assert answer[:9] in (b"", b"HTTP/1.1 ")
    assert not answer or answer[9:10] == b"4", answer
    assert ana.call("GET", "/gmail/v1/users/me/profile").status_code == 200
