"""A round: a fresh copy of the demo's Workspace, hundreds of letters to it, and a look whether it is well."""

from __future__ import annotations

import faulthandler
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from offboard.commands.rehearsal import STATE
from offboard.sandbox.server import Sandbox
from offboard.sandbox.sheets.batch import KINDS
from tests.discovery import Witness
from tests.fuzz.batches import batch_letter
from tests.fuzz.bodies import Known
from tests.fuzz.chance import Chance
from tests.fuzz.control import control_letter
from tests.fuzz.conversation import Conversation, Reply
from tests.fuzz.desk import desk_letter
from tests.fuzz.judge import list_faults
from tests.fuzz.letter import Letter
from tests.fuzz.lines import line_letter
from tests.fuzz.methods import Writer, answered, name_of, unanswered
from tests.fuzz.sentences import sentence_letter
from tests.fuzz.signin import sign_in_letter
from tests.fuzz.workspace import Desk

LETTERS = 500  # in one round, the LAST of them to the sandbox itself
LAST = 12
LOOK = 50  # letters between two looks
MOST = 40  # ids that are remembered of one kind
OFTEN = {
    "drive.files.list": 4,
    "gmail.users.messages.list": 3,
    "gmail.users.drafts.create": 3,
    "gmail.users.messages.send": 2,
}
OFTEN |= {"sheets.spreadsheets.values.update": 4}
Write = Callable[[], Letter]


@dataclass
class Outcome:
    """What a round, or several, came to."""

    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take another round in."""
        self.counts += other.counts
        self.faults += other.faults
        self.slowest = sorted(self.slowest + other.slowest, reverse=True)[:5]


class Round:
    """One round, the same for the same seed and number."""

    def __init__(self, sandbox: Sandbox, witness: Witness, seed: int, number: int) -> None:
        self.name = f"--seed {seed} --round {number}"
        self.outcome = Outcome()
        self._witness = witness
        self._chance = Chance(f"{seed} {number}")
        self._port = sandbox.port
        self._conversation = Conversation(sandbox.port)
        self._desk = Desk(sandbox)
        self._known: Known = self._desk.known()
        self._writer = Writer(self._known, self._desk.token, self._chance)
        self._deck = self._shuffle()

    def play(self, letters: int = LETTERS) -> Outcome:
        """Send this many letters, and look after the Workspace in between."""
        for number in range(letters):
            if number == letters - LAST:
                self._look(whole=True)  # from here on it may be emptied, its clock moved, faults begun
            at_end = number >= letters - LAST
            letter = control_letter(self._known, self._chance) if at_end else self._chance.one(self._deck)()
            self._send(letter, number)
            if number % LOOK == LOOK - 1 and not at_end:
                self._look()
        self._conversation.close()
        return self.outcome

    def _shuffle(self) -> list[Write]:
        """What a letter may be; who stands there more often is asked more often."""
        write, chance = self._writer.letter, self._chance
        deck: list[Write] = []
        for method in answered():
            deck += [lambda method=method: write(method)] * (OFTEN.get(name_of(method), 1) * 4)  # type: ignore[misc]
        update = next(method for method in answered() if method.id == "sheets.spreadsheets.batchUpdate")
        for kind in sorted(KINDS):
            deck += [lambda kind=kind: write(update, kind)] * 3  # type: ignore[misc]
        deck += [lambda: write(chance.one(unanswered()))] * 60
        deck += [lambda: sign_in_letter(self._known, chance)] * 40
        deck += [lambda: sentence_letter(self._known, self._desk.token, chance)] * 160
        deck += [lambda: desk_letter(self._known, self._port, chance)] * 50
        anything = list(deck)
        deck += [lambda: batch_letter(self._desk.token, lambda: chance.one(anything)(), chance)] * 25
        deck += [lambda: line_letter(chance.one(anything)(), chance)] * 40
        return deck

    def _send(self, letter: Letter, number: int) -> None:
        faulthandler.dump_traceback_later(90, exit=True)  # a loop that lets no other thread run
        reply = self._conversation.say(letter)
        faulthandler.cancel_dump_traceback_later()
        found = list_faults(letter, reply) + self._witness.violations
        self._witness.violations.clear()
        if "seconds" in reply.why:
            faulthandler.dump_traceback(all_threads=True)
        self.outcome.faults += [
            f"{self.name}, letter {number}: {fault}\n{letter.encode().replace(self._desk.token.encode(), b'TOKEN')!r}"
            for fault in found[:3]
        ]
        self.outcome.counts[letter.route, reply.status] += 1
        self.outcome.slowest = sorted([*self.outcome.slowest, (reply.seconds, letter.route)], reverse=True)[:5]
        self._learn(letter, reply)

    def _learn(self, letter: Letter, reply: Reply) -> None:
        """Remember what was made, so that later letters are about it."""
        there = reply.headers.get("location", "")
        for name, values in (
            ("upload", [urlsplit(there)._replace(scheme="", netloc="").geturl()] if "upload_id=" in there else []),
            ("code", parse_qs(urlsplit(there).query).get("code", [])),
            ("consent", re.findall(r'name="token" value="([^"]+)"', reply.content.decode("latin-1"))),
            ("desk", re.findall(r'data-token="([^"]+)"', reply.content.decode("latin-1"))),
        ):
            self._remember(name, values)
        said = reply.json() if reply.status == 200 else None
        if isinstance(said, dict):
            self._remember("refresh", [said.get("refresh_token")])
            self._remember("pageToken", [said.get("nextPageToken")])
            for name in self._desk.id_of(letter.route):
                self._remember(name, [said.get("id"), said.get("spreadsheetId")])

    def _remember(self, name: str, values: list[object]) -> None:
        for value in values:
            if isinstance(value, str) and name:
                kept = self._known.setdefault(name, [])
                kept.append(value)
                if len(kept) > MOST:
                    del kept[MOST // 2]

    def _look(self, *, whole: bool = False) -> None:
        """All that is there must be readable; what is gone is forgotten."""
        for fault in [*self._desk.look(whole), *self._witness.violations]:
            self.outcome.faults.append(f"{self.name}: afterwards {fault}")
        self._witness.violations.clear()
        self._known |= self._desk.known()


def play_round(template: Path, seed: int, number: int, letters: int = LETTERS) -> Outcome:
    """Play one round on a fresh copy of this home."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(template, home)
        witness = Witness()
        with Sandbox(home / STATE, witness=witness) as sandbox:
            return Round(sandbox, witness, seed, number).play(letters)
