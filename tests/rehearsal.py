"""A rehearsal: a seeded sandbox, a home signed in to it, the command line, and the whole world to compare."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes, policy
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import docx
from click.testing import CliRunner, Result

from offboard.commands import group
from offboard.commands.output import WorkingClock
from offboard.commands.rehearsal import STATE, seed, write_home
from offboard.commands.rehearsal import ZONE as SAMPLE_ZONE
from offboard.config import load_config
from offboard.demo.person import Person
from offboard.sandbox.accounts import OWNER
from offboard.sandbox.server import Sandbox
from tests.patient import Patient

ZONE = ZoneInfo(SAMPLE_ZONE)
FOLDER = "– Offboarding "  # in the name of a client's folder
MOST_RUNS = 4  # after these a run must have come to rest
STAMPS = re.compile(rb"/CreationDate \(.*?\)|/ID ?\[.*?\]", re.DOTALL)  # a PDF says when it was made
LINKED = re.compile(r"https://(drive\.google\.com.*|meet\.google\.com\S*)")
EXPORTED = (".pdf", ".xlsx", ".docx")
WRITTEN = ("xl/", "word/document.xml")  # the parts of an Office file that say something; links stand in others
PARTS = ("files", "drafts", "events", "ledger")  # of a world; the Log is another matter
ANEW = "brought up to date"  # what may be said again of the same e-mail
World = dict[str, Any]


def today() -> date:
    """The day in the sample tracker's time zone."""
    return datetime.now(ZONE).date()


@dataclass
class Rehearsal:
    """One freelancer with one sandbox."""

    sandbox: Sandbox
    home: Path
    options: tuple[str, ...] = ()  # that every run is typed with

    @cached_property
    def person(self) -> Person:
        """The freelancer in Google's own pages."""
        return Person(self.sandbox.origin, OWNER)

    @property
    def tracker(self) -> str:
        """The tracker's id."""
        return load_config(self.home, {}).tracker.value

    def offboard(self, *words: str, typed: str | None = None) -> Result:
        """Type a command."""
        patient = Patient()
        typed_in = [*words, "--home", str(self.home)]
        clock = WorkingClock(patient, patient.sleep)
        return CliRunner().invoke(group, typed_in, input=typed, catch_exceptions=False, obj=clock)

    def answer(self, *words: str) -> dict[str, Any]:
        """A command's JSON answer."""
        result = self.offboard(*words, "--json")
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    def requests_of(self, act: Callable[[], object]) -> list[dict[str, Any]]:
        """The requests that Google saw while something was done."""
        before = len(self.sandbox.requests)
        act()
        return list(self.sandbox.requests[before:])

    def get(self, path: str) -> dict[str, Any]:
        """What Google answers the freelancer."""
        return self.person.ask("GET", path)

    def rewrite(self, id: str, content: bytes, mime: str = "") -> None:
        """Put another content into a file."""
        self.person.request("PATCH", f"/upload/drive/v3/files/{id}?uploadType=media", data=content, mime=mime)

    def download(self, id: str) -> bytes:
        """What stands in a file."""
        return self.person.request("GET", f"/drive/v3/files/{id}?alt=media").data

    def type(self, place: str, *rows: list[str]) -> None:
        """Type rows into the tracker."""
        self.person.type_rows(self.tracker, place, rows)

    def rows(self, tab: str) -> list[list[Any]]:
        """A tab's rows below its header."""
        path = f"/v4/spreadsheets/{self.tracker}/values/{tab}?valueRenderOption=UNFORMATTED_VALUE"
        return list(self.get(path).get("values", []))[1:]

    def ledger(self) -> dict[str, str]:
        """The newest kind of each key in the ledger."""
        return {row[1]: row[3] for row in self.rows("Ledger")}

    def world(self) -> World:
        """Everything a client or the freelancer could see of the result: ids, times and runs left out."""
        return {
            "files": self._files(),
            "drafts": self._drafts(),
            "events": self._events(),
            "log": self._log(),
            "ledger": sorted(self.ledger().items()),
        }

    def _files(self) -> list[tuple[str, ...]]:
        fields = "files(id,name,mimeType,md5Checksum,trashed,parents,permissions(emailAddress,role))"
        files = {file["id"]: file for file in self.get(f"/drive/v3/files?pageSize=1000&fields={fields}")["files"]}

        def path(file: dict[str, Any]) -> str:
            parent = files.get(next(iter(file.get("parents", [])), ""))
            return f"{path(parent)}/{file['name']}" if parent else str(file["name"])

        paths = {id: path(file) for id, file in files.items()}
        # what lies elsewhere too is compared by its md5; what is written anew each time by what stands in it
        elsewhere = {file.get("md5Checksum") for id, file in files.items() if FOLDER not in paths[id]}
        found = []
        for id, file in files.items():
            readers = ",".join(sorted(f"{p['emailAddress']}:{p['role']}" for p in file.get("permissions", [])))
            md5 = str(file.get("md5Checksum", ""))
            content = self._text(file) if file["name"].endswith(EXPORTED) and md5 not in elsewhere else md5
            found.append((paths[id], file["mimeType"], content, str(file["trashed"]), readers))
        return sorted(found)

    def _text(self, file: dict[str, Any]) -> str:
        """What stands in a file that is written anew each time: some of its bytes tell the time, or its links."""
        content = self.download(file["id"])
        if file["name"].endswith(".pdf"):
            return str(STAMPS.sub(b"", content))
        with ZipFile(BytesIO(content)) as book:
            return str([book.read(part) for part in sorted(book.namelist()) if part.startswith(WRITTEN)])

    def words(self, id: str) -> list[str]:
        """What a page of ours says, a line a paragraph."""
        return [found.text for found in docx.Document(BytesIO(self.download(id))).paragraphs]

    def _drafts(self) -> list[tuple[str, str, str]]:
        listed = self.get("/gmail/v1/users/me/drafts").get("drafts", [])
        return sorted(self.draft(entry["id"]) for entry in listed)

    def _events(self) -> list[tuple[str, ...]]:
        listed = self.get("/calendar/v3/calendars/primary/events?showDeleted=true").get("items", [])
        return sorted(
            (event.get("summary", ""), event["start"]["dateTime"], event["status"], str(event.get("attendees", [])))
            for event in listed
        )

    def draft(self, id: str) -> tuple[str, str, str]:
        """To, subject and text of a draft, its folder link and the call's left out."""
        raw = self.get(f"/gmail/v1/users/me/drafts/{id}?format=raw")["message"]["raw"]
        message = message_from_bytes(base64.urlsafe_b64decode(raw + "=="), policy=policy.default)
        body = message.get_body(("plain",))
        text = body.get_content() if body else ""
        lines = [LINKED.sub("", line) for line in text.splitlines()]
        return str(message["To"] or ""), str(message["Subject"] or ""), "\n".join(lines).strip()

    def _log(self) -> list[tuple[str, ...]]:
        return sorted(tuple(map(str, row[1:5])) for row in self.rows("Log"))

    def come_to_rest(self, *words: str) -> Result:
        """Run again, without faults, until there is nothing to do; a share that was begun is said again."""
        for _ in range(MOST_RUNS):
            result = self.offboard("run", "bloom", "--yes", *self.options, *words)
            if "Nothing to do" not in result.output:
                continue
            if "begun" not in self.ledger().values():
                return result
            self.offboard("share", "bloom", "--yes")
        raise AssertionError(f"it never came to rest:\n{result.output}")


def find_differences(world: World, end: World, *, killed: bool = False) -> list[str]:
    """How a world differs from the one that it must be.

    After a kill the Log may say more, though nothing twice: that the share's end is not known, and so does an e-mail.
    """
    found = []
    for part in PARTS:
        found += [f"too much in {part}: {thing}" for thing in Counter(world[part]) - Counter(end[part])]
        found += [f"missing in {part}: {thing}" for thing in Counter(end[part]) - Counter(world[part])]
    more = Counter(world["log"]) - Counter(end["log"])
    told = {line for line in more if killed and (ANEW in line[3] or (line not in end["log"] and line[2] != "new"))}
    found += [f"said too often: {line}" for line in more if line not in told or more[line] > 1]
    found += [f"never said: {line}" for line in Counter(end["log"]) - Counter(world["log"])]
    return found


def make_template_home(home: Path) -> None:
    """Seed a sandbox once; tests copy its state."""
    home.mkdir(parents=True)
    with Sandbox(home / STATE) as sandbox:
        write_home(home, sandbox)
        seed(sandbox.origin, home)


def copy_home(template: Path, home: Path) -> None:
    """A fresh copy of a seeded home."""
    shutil.copytree(template, home)
