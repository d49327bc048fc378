"""What Google saw of real runs, as the model's events: ids, nonces and words by the names that the model gives them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from typing import Any
from urllib.parse import parse_qsl

from offboard.sandbox.gateway import Request, Response, find_called
from offboard.tracker.tabs import SHEET_IDS
from tests.promise.model.google import DONE, MISSING, REFUSED, THERE
from tests.promise.model.state import (
    BEGUN,
    DRAFT,
    EMPTY,
    FOLDER,
    GONE,
    MADE,
    NEVER,
    NEWER,
    OURS,
    READS,
    RESERVED,
    SHARE,
    Append,
    Create,
    Event,
    Nonce,
    Permit,
    Put,
    Shell,
)
from tests.rehearsal import Rehearsal

LOOKS, READS_MARK, GETS = "looks at the tracker", "reads the mark", "gets the draft"
BEGINS, SAYS_SHARE, IS_KILLED, ENDS = "begins a run", "begins a run that may share again", "is killed", "ends"
KEYS = {"bloom/folder": FOLDER, "bloom/call/draft": DRAFT, "bloom/share/maya@bloom.example": SHARE}
LINES = {("folder", "Folder made"): FOLDER, ("share", "maya@bloom.example may"): SHARE, ("call", "Draft to"): DRAFT}
Json = dict[str, Any]
Outcome = tuple[object, ...]
Watcher = Callable[[Request, Response], None]


class Seen:
    """A witness of the sandbox that keeps, in their order, the events of the runs that it is told of."""

    def __init__(self, witness: Watcher) -> None:
        self._witness = witness
        self._names: dict[str, str] = {}  # of whoever bears this token
        self._runs: dict[str, int] = {}  # the number of each one's present run
        self._nonces: dict[str, Nonce] = {}
        self._ids: dict[str, str] = {}  # of folder and drafts, as the model calls them
        self._shells = 0
        self._words: list[str] = []  # digests of what our drafts said, oldest first
        self._begun = 0
        self.events: list[Event] = []

    def name(self, token: Json, name: str) -> None:
        """Whose requests bear this token, or one that it is refreshed to."""
        self._names[token["token"]] = self._names[token["refresh_token"]] = name

    def tell(self, name: str, does: str) -> None:
        """What Google does not see: that a run begins, ends or is killed."""
        if does in (BEGINS, SAYS_SHARE):
            self._begun += 1
            self._runs[name] = self._begun
        self.events.append(Event(name, does))

    def __call__(self, request: Request, response: Response) -> None:
        """One request, applied and answered; whether the answer arrives is not known here."""
        self._witness(request, response)
        if request.path == "/token" and response.status == 200:
            bearer = dict(parse_qsl(request.content.decode())).get("refresh_token", "")
            self._names[json.loads(response.content)["access_token"]] = self._names[bearer]
            return
        found = find_called(request)
        who = self._names.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if found and who and response.status in ANSWERS:
            method, path = found
            read = READ.get(method.id)
            self.events += read(self, who, path, request, response) if read else ()

    def call(self, id: str) -> str:
        """The model's name for a folder or a draft; empty for what the model does not speak of."""
        return self._ids.get(id, "")

    def _look(self, who: str, _: dict[str, str], request: Request, __: Response) -> Iterator[Event]:
        if "rowData" in request.query:
            yield Event(who, LOOKS)

    def _mark(self, who: str, _: dict[str, str], __: Request, ___: Response) -> Iterator[Event]:
        yield Event(who, READS_MARK)

    def _batch(self, who: str, _: dict[str, str], request: Request, response: Response) -> Iterator[Event]:
        asked = json.loads(request.content)["requests"]
        mark = next((one["createDeveloperMetadata"] for one in asked if "createDeveloperMetadata" in one), None)
        if mark is None:
            return
        told = mark["developerMetadata"]
        run = self._runs[who]
        known = sum(nonce[0] == run for nonce in self._nonces.values())
        nonce = self._nonces.setdefault(told["metadataValue"], (run, known))
        tabs = {one["appendCells"]["sheetId"]: one["appendCells"]["rows"] for one in asked if "appendCells" in one}
        rows = tuple(self._rows(nonce, _texts(tabs.get(SHEET_IDS["Ledger"], []))))
        made = {key: id for key, event, id in rows if event == MADE}
        lines = tuple(f"{key} {made.get(key, '?')}" for key in _lines(_texts(tabs.get(SHEET_IDS["Log"], []))))
        yield Event(who, "sends", Append(0, told["metadataId"], nonce, rows, lines), ANSWERS[response.status])

    def _rows(self, nonce: Nonce, rows: list[list[str]]) -> Iterator[tuple[str, str, str]]:
        for row in rows:
            key, event = KEYS.get(row[1], ""), row[3]
            if key == FOLDER and event == RESERVED:
                self._ids.setdefault(row[2], f"{nonce[0]}.{nonce[1]}")
            if key == SHARE:
                yield key, event, str(nonce[0]) if event == BEGUN else ""
            elif key:
                yield key, event, self.call(row[2])

    def _create(self, who: str, _: dict[str, str], request: Request, response: Response) -> Iterator[Event]:
        if request.headers.get("content-type", "").startswith("application/json"):
            id = self.call(json.loads(request.content).get("id", ""))
            if id:
                yield Event(who, "sends", Create(id, ""), THERE if response.status == 409 else DONE)

    def _shell(self, who: str, _: dict[str, str], request: Request, response: Response) -> Iterator[Event]:
        if _message(request)["X-Offboard-Key"].strip().endswith(":bloom/call/draft"):
            self._ids[json.loads(response.content)["id"]] = str(self._shells)
            yield Event(who, "sends", Shell(), str(self._shells))
            self._shells += 1

    def _get(self, who: str, path: dict[str, str], _: Request, __: Response) -> Iterator[Event]:
        if self.call(path["id"]):
            yield Event(who, GETS)

    def _put(self, who: str, path: dict[str, str], request: Request, response: Response) -> Iterator[Event]:
        if self.call(path["id"]):
            text = self.words(_message(request).get("X-Offboard-Written", ""))
            yield Event(who, "sends", Put(int(self.call(path["id"])), text), ANSWERS[response.status])

    def outcome(self, rehearsal: Rehearsal) -> Outcome:
        """What became of it all, in the model's words."""
        files = rehearsal.get("/drive/v3/files?fields=files(id,trashed,permissions(role))")["files"]
        folders = [file for file in files if self.call(file["id"])]
        readers = [one for file in folders for one in file["permissions"] if one["role"] == "reader"]
        listed = rehearsal.get("/gmail/v1/users/me/drafts").get("drafts", [])
        drafts = {self.call(one["id"]): self._says(rehearsal, one["id"]) for one in listed}
        ledger = [row for row in rehearsal.rows("Ledger") if row[1] in KEYS]
        rows = [(int(row[0]), *next(self._rows(self._nonces[row[4].split()[0]], [row]))) for row in ledger]
        log = sorted(_lines([list(map(str, row)) for row in rehearsal.rows("Log")]))
        folders_now = sorted((self.call(file["id"]), file["trashed"]) for file in folders)
        drafts_now = [drafts.get(str(id), GONE) for id in range(self._shells)]
        return folders_now, drafts_now, READS if readers else NEVER, sorted(rows), log

    def _says(self, rehearsal: Rehearsal, id: str) -> str:
        raw = rehearsal.get(f"/gmail/v1/users/me/drafts/{id}?format=raw")["message"]["raw"]
        digest = message_from_bytes(base64.urlsafe_b64decode(raw + "=="), policy=policy.default)["X-Offboard-Written"]
        return self.words(digest) if digest else EMPTY

    def words(self, digest: str) -> str:
        """Our words or our newer ones, by what they come to."""
        if digest not in self._words:
            self._words.append(digest)
        return (OURS, NEWER)[self._words.index(digest)]

    def _permit(self, who: str, path: dict[str, str], _: Request, response: Response) -> Iterator[Event]:
        if self.call(path["fileId"]):
            yield Event(who, "sends", Permit(), ANSWERS[response.status])


def _texts(rows: list[Json]) -> list[list[str]]:
    """The cells of appended rows, as text."""
    cells = [[cell.get("userEnteredValue", {}) for cell in row["values"]] for row in rows]
    return [[str(next(iter(cell.values()), "")) for cell in row] for row in cells]


def _lines(rows: list[list[str]]) -> Iterator[str]:
    """The things that lines of the log call made."""
    for row in rows:
        for (step, begins), key in LINES.items():
            if row[2] == step and row[3] == "new" and row[4].startswith(begins):
                yield key


def _message(request: Request) -> Any:
    raw = json.loads(request.content)["message"]["raw"]
    return message_from_bytes(base64.urlsafe_b64decode(raw + "=="), policy=policy.default)


ANSWERS = {200: DONE, 400: REFUSED, 404: MISSING, 409: THERE}
READ: dict[str, Callable[[Seen, str, dict[str, str], Request, Response], Iterator[Event]]] = {
    "sheets.spreadsheets.get": Seen._look,
    "sheets.spreadsheets.developerMetadata.get": Seen._mark,
    "sheets.spreadsheets.batchUpdate": Seen._batch,
    "drive.files.create": Seen._create,
    "drive.permissions.create": Seen._permit,
    "gmail.users.drafts.create": Seen._shell,
    "gmail.users.drafts.get": Seen._get,
    "gmail.users.drafts.update": Seen._put,
}
