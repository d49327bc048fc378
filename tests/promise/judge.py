"""What must hold after every command, whatever a person did meanwhile."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from click.testing import Result

from offboard.errors import Exit
from offboard.sandbox.accounts import OWNER
from offboard.steps.documents import is_document_key
from offboard.steps.drafts import is_draft_key
from tests.promise.hand import ADDRESSES, BY_HAND, Hand

QUIET = ("plan", "status", "verify", "doctor")  # commands that make nothing
LINK = re.compile(r"https://drive\.google\.com/drive/folders/([\w-]+)")
ANEW = ("brought up to date", "Copy replaced", "Reminder emptied")  # what may be said again of the same thing


def _is_rewritten(key: str) -> bool:
    """Whether it is one thing whose contents follow the tracker: an e-mail, or a page of ours."""
    return is_draft_key(key) or is_document_key(key)


class Judge:
    """Remembers everything that was ever seen, so that a second one is noticed although the first is gone."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._files: dict[str, dict[str, Any]] = {}  # by id, as first seen
        self._letters: dict[str, tuple[str, str]] = {}  # filled drafts: the key in their header, and their reader
        self._log: dict[tuple[str, ...], None] = {}
        self.written: tuple[list[tuple[str, ...]], ...] = ()  # Log and Ledger after the last command
        self._ledger: list[tuple[str, ...]] = hand.written("Ledger")

    def judge(self, command: str, result: Result) -> None:
        """Everything that one command must have left as it should be."""
        words = command.split()
        assert result.exit_code in set(Exit), result.output
        assert "Something went wrong inside" not in result.output, result.output
        assert "Traceback" not in result.output, result.output
        self._judge_cells()
        before, ledger = self._ledger, self._hand.written("Ledger")
        self._ledger = ledger
        assert ledger[: len(before)] == before, "rows of the ledger changed"
        if words[0] in QUIET:
            assert ledger == before, f"{command} wrote {ledger[len(before) :]}"
        self._judge_ledger(ledger)
        self._judge_files(ledger)
        self._judge_letters(ledger)
        self._judge_log(words)

    def _judge_cells(self) -> None:
        book = self._hand.book
        assert book.read(book.tracker) == book.read(book.twin), "a cell that a person typed is another"

    def _judge_ledger(self, ledger: list[tuple[str, ...]]) -> None:
        made = Counter(row[1] for row in ledger if row[3] == "made" and not _is_rewritten(row[1]))
        assert not [key for key, count in made.items() if count > 1], f"made twice: {made}"
        ids: defaultdict[str, set[str]] = defaultdict(set)
        for row in ledger:
            if row[3] in ("reserved", "made") and "/" in row[1] and "/share/" not in row[1]:
                ids[row[1]].add(row[2])
        filled = {key: set(ids[key]) & set(self._letters) for key in ids if is_draft_key(key)}
        assert not [key for key, found in filled.items() if len(found) > 1], f"two e-mails for one: {filled}"

    def _judge_files(self, ledger: list[tuple[str, ...]]) -> None:
        keys = {row[2]: row[1] for row in ledger if row[3] in ("reserved", "made")}
        for file in self._hand.made():
            self._files.setdefault(file["id"], file)
            assert file["id"] in keys, f"{file['name']} stands in no row of the ledger"
            short = keys[file["id"]].partition("/")[0]
            readers = {one["emailAddress"].lower() for one in file.get("permissions", [])} - {OWNER}
            assert readers <= set(ADDRESSES[short]), f"{readers} can read what is {short}'s"
            again = {reader for reader in readers if (file["id"], reader) in self._hand.let_out}
            assert not again, f"{again} can read again what the person closed to them"
        twice = Counter(keys[id] for id in self._files)
        assert set(twice.values()) <= {1}, f"two files for one: {twice}"
        for file in self._files.values():
            parent = next(iter(file.get("parents", [])), "")
            if parent in keys:
                assert keys[parent].split("/")[0] == keys[file["id"]].split("/")[0], f"{file['name']} lies at another's"

    def _judge_letters(self, ledger: list[tuple[str, ...]]) -> None:
        folders = {row[2]: row[1].split("/")[0] for row in ledger if "/folder" in row[1] and row[3] != "said"}
        for id in self._hand.drafts():
            letter = self._hand.letter(id)
            key = str(letter["X-Offboard-Key"]).partition(":")[2]
            short = key.partition("/")[0]
            self._letters[id] = (key, str(letter["To"]))
            assert id not in self._hand.discarded, f"{key} is back"
            assert str(letter["To"]) in ADDRESSES[short], f"{key} goes to {letter['To']}"
            text = letter.get_body(("plain",)).get_content()
            assert (BY_HAND in text) == (id in self._hand.edited), f"{key} lost what the person wrote"
            linked = LINK.findall(text)
            assert {folders.get(link) for link in linked} <= {short}, f"{key} links to another's folder"
        twice = Counter(key for key, _ in self._letters.values())
        assert set(twice.values()) <= {1}, f"two drafts for one e-mail: {twice}"

    def _judge_log(self, words: list[str]) -> None:
        now = self._hand.written("Log")
        fresh = [row for row in now if row not in self._log]
        self.written = (now, self._ledger)
        self._log |= dict.fromkeys(fresh)
        assert not (words[0] in QUIET and fresh), f"{words} wrote into the Log: {fresh}"
        strange = [row for row in fresh if row[1] != words[1]]
        assert not strange, f"{words} wrote of another client: {strange}"
        events = Counter(row[1:5] for row in self._log if row[3] == "new" and not any(word in row[4] for word in ANEW))
        assert set(events.values()) <= {1}, f"told twice: {events.most_common(2)}"

    def judge_undone(self, short: str) -> None:
        """What the person undid is said."""
        told = " ".join(self._hand.rehearsal.offboard("plan", short).output.split())
        keys = {row[2]: row[1] for row in self._ledger if row[3] in ("reserved", "made")}
        if keys.keys() & {id for id in self._hand.binned if keys[id] == f"{short}/folder"}:
            assert "in Drive's bin" in told, told
        for id in self._hand.discarded:
            step = keys.get(id, "//").split("/")
            if step[0] == short and "you noted it" not in told and "skipped" not in told:
                assert "no longer in Drafts" in told, f"{keys[id]}: {told}"
