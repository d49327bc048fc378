"""The Workspace that the letters are about: the demo's with one more thing of each kind; a look through it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from offboard.commands.rehearsal import STATE
from offboard.sandbox.accounts import OWNER
from offboard.sandbox.control import person_token
from offboard.sandbox.documents import methods
from offboard.sandbox.server import Sandbox
from tests.fuzz.bodies import Known
from tests.rehearsal import make_template_home
from tests.sandbox.caller import Caller
from tests.sandbox.letters import body, letter

FILES = "/drive/v3/files"
MAIL = "/gmail/v1/users/me"
FOLDER = "application/vnd.google-apps.folder"
CELLS = [
    ["Name", "Due", "=1+1"],
    ["a", "1.5.2026", "=SUM(A1:B9)"],
    ["b", "€ 7", '=FILTER(A1:B9, A1:A9="a")'],
    ["", "5%"],
]

BOOK = "A furnished one"
AREA = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 3}
ROWS = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 3}
BAND = {"bandedRangeId": 1, "range": AREA, "rowProperties": {"firstBandColor": {"red": 1}}}
MARK = {"metadataId": 1, "metadataKey": "a", "visibility": "DOCUMENT", "location": {"sheetId": 0}}
MADE: list[dict[str, Any]] = [
    {"addNamedRange": {"namedRange": {"namedRangeId": "1", "name": "area", "range": AREA}}},
    {"addProtectedRange": {"protectedRange": {"protectedRangeId": 1, "range": AREA, "warningOnly": True}}},
    {"setBasicFilter": {"filter": {"range": AREA}}},
    {"addBanding": {"bandedRange": BAND}},
    {"updateDimensionProperties": {"range": ROWS, "properties": {"pixelSize": 30}, "fields": "pixelSize"}},
    {"createDeveloperMetadata": {"developerMetadata": MARK}},
]


def make_template(home: Path) -> None:
    """Seed the demo's Workspace and furnish it, once."""
    make_template_home(home)
    with Sandbox(home / STATE) as sandbox:
        desk = Desk(sandbox)
        desk.make_book()
        file = desk.ask("POST", FILES, json={"name": "a.txt"})
        desk.ask("POST", f"{FILES}/{file['id']}/permissions", json={"type": "anyone", "role": "reader"})
        desk.ask("POST", f"{MAIL}/drafts", json=body(letter(To="maya@bloom.example")))
        desk.ask("POST", f"{MAIL}/messages/send", json=body(letter(To="ana@sandbox.example"))["message"])
        dates = {"start": {"date": "2026-05-21"}, "end": {"date": "2026-05-22"}}
        desk.ask("POST", "/calendar/v3/calendars/primary/events", json=dates)


class Desk:
    """Ana at work in Google's own pages."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.token = person_token(sandbox, OWNER)
        self._caller = Caller(sandbox.origin, self.token)

    def ask(self, http: str, path: str, **more: Any) -> dict[str, Any]:
        """The answer to a right request."""
        answer = self._caller.call(http, path, **more)
        assert answer.status_code == 200, f"{http} {path} {answer.status_code} {answer.text}"
        found: dict[str, Any] = answer.json()
        return found

    def make_book(self) -> None:
        """A spreadsheet with formulas and one thing of each kind."""
        sheets = [{"properties": {"sheetId": number}} for number in range(3)]
        book = self.ask("POST", "/v4/spreadsheets", json={"sheets": sheets, "properties": {"title": BOOK}})[
            "spreadsheetId"
        ]
        place = f"/v4/spreadsheets/{book}/values/Sheet1!A1"
        self.ask("PUT", place, json={"values": CELLS}, valueInputOption="USER_ENTERED")
        self.ask("POST", f"/v4/spreadsheets/{book}:batchUpdate", json={"requests": MADE})

    def known(self) -> Known:
        """The ids of what is there, by the names of the parameters that take them."""
        files = self.ask(
            "GET",
            FILES,
            orderBy="name,createdTime",
            fields="files(id,name,mimeType)",
            pageSize=1000,
            q="trashed = false",
        )["files"]
        books = [file["id"] for file in files if file["mimeType"].endswith(".spreadsheet")]
        furnished = [file["id"] for file in files if file["name"] == BOOK]
        if not furnished:
            self.make_book()
            return self.known()
        drafts = self.ask("GET", f"{MAIL}/drafts").get("drafts", [])
        mails = [
            mail["id"] for mail in self.ask("GET", f"{MAIL}/messages", includeSpamTrash="true").get("messages", [])
        ]
        ids = [file["id"] for file in files]
        known = dict.fromkeys(("fileId", "folderId", "addParents", "removeParents", "parents", "uri"), ids)
        known |= {"spreadsheetId": books + furnished * 12, "destinationSpreadsheetId": books, "messageId": mails}
        known |= {"gmail.users.drafts.id": [draft["id"] for draft in drafts], "gmail.users.messages.id": mails}
        known |= {"id": [draft["id"] for draft in drafts] + mails, "userId": ["me"] * 9 + [OWNER]}
        known |= {
            "permissionId": ["anyoneWithLink", "00000000000000000000"],
            "sheetId": ["0", "0", "0", "0", "1", "2", "3"],
        }
        known |= {"metadataId": ["1", "2"], "namedRangeId": ["1", "area"], "calendarId": ["primary", OWNER]}
        return {name: list(values) for name, values in known.items() if values}

    def id_of(self, route: str) -> list[str]:
        """The names under which the ids that this route answers are known: with and without their resource."""
        resource = route.partition(" ")[0].rpartition(".")[0]
        found = next((method for method in methods() if method.id == f"{resource}.get"), None)
        name = next(reversed(found.path.groupindex), "") if found else ""
        return [name, f"{resource}.{name}"] if name.lower().endswith("id") else []

    def look(self, whole: bool) -> Iterator[str]:
        """Whatever of the Workspace cannot be read; the cells only when it is to be the whole."""
        files = self._read(FILES, fields="files(id,mimeType,ownedByMe,trashed)", pageSize="1000")
        yield from () if files else ["files.list is not answered"]
        for file in (files or {}).get("files", []):
            if file["mimeType"].endswith(".spreadsheet"):
                yield from self._look_at_book(file["id"], whole)
            elif self._read(f"{FILES}/{file['id']}", fields="*") is None:
                yield f"the file {file['id']} cannot be read"
        if self._read("/calendar/v3/calendars/primary/events") is None:
            yield "the events are not listed"
        for kind in ("drafts", "messages"):
            mails = self._read(f"{MAIL}/{kind}", maxResults="500")
            yield from () if mails is not None else [f"{kind} are not listed"]
            for mail in (mails or {}).get(kind, [])[-20:]:
                if self._read(f"{MAIL}/{kind}/{mail['id']}", format="full") is None:
                    yield f"one of the {kind} cannot be read"

    def _look_at_book(self, book: str, whole: bool) -> Iterator[str]:
        found = self._read(f"/v4/spreadsheets/{book}")
        sheets = [sheet["properties"] for sheet in (found or {}).get("sheets", [])]
        grids = [sheet["title"].replace("'", "''") for sheet in sheets if "gridProperties" in sheet]
        corners = [f"'{title}'!A1:L40" for title in grids[:20]]  # all cells of a tracker are ten megabytes
        if found is None or (
            whole and not self._read(f"/v4/spreadsheets/{book}", includeGridData="true", ranges=corners)
        ):
            yield f"the spreadsheet {book} cannot be read"

    def _read(self, path: str, **query: Any) -> dict[str, Any] | None:
        answer = self._caller.call("GET", path, **query)
        return answer.json() if answer.status_code == 200 else None
