"""The ledger as data: what was reserved, made and said, replayed from its rows in the order of their versions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any


class Event(StrEnum):
    """What a ledger row says of its key."""

    RESERVED = "reserved"  # this id will be used for it; nothing may exist yet
    BEGUN = "begun"  # an act that must not be repeated unattended is about to happen (a share)
    ASIDE = "aside"  # a person took it back and wants it anew: the key stands for nothing until it is reserved
    LOST = "lost"  # the ledger was damaged: nobody knows whether it was made; a person must say
    REFUSED = "refused"  # Google certainly did not do it; not tried again unasked
    MADE = "made"  # it exists, or existed: made by us, checked
    TAKEN = "taken"  # made, and taken back by us on the person's word: not made again unasked
    SAID = "said"  # a line of state: what Today shows and what Log was told last


@dataclass(frozen=True)
class Entry:
    """One ledger row. A thing's key is `bloom/folder`, its value an id; a line of state has the key `bloom|next`."""

    key: str
    value: str
    event: Event
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def made(self) -> bool:
        """Whether it was made."""
        return self.event is Event.MADE

    def more_text(self) -> str:
        """The details as they stand in the sheet."""
        return json.dumps(dict(self.more), ensure_ascii=False, sort_keys=True) if self.more else ""


@dataclass(frozen=True)
class Ledger:
    """All entries, oldest first, and the version of the newest."""

    entries: tuple[Entry, ...] = ()
    version: int = 0

    @cached_property
    def _newest(self) -> dict[str, Entry]:
        return {entry.key: entry for entry in self.entries}

    def find(self, key: str) -> Entry | None:
        """What a key stands for now: its newest entry, or None."""
        entry = self._newest.get(key)
        return None if entry and entry.event is Event.ASIDE else entry

    def writes(self, key: str) -> bool:
        """Whether an e-mail with words in it was written under this key, and not emptied since."""
        entry = self.find(key)
        return entry is not None and entry.made and entry.more.get("says") != {}

    def find_newest(self, key: str) -> Entry | None:
        """The newest entry of a key, also one that says that it stands for nothing now."""
        return self._newest.get(key)

    def find_id(self, key: str) -> str:
        """The id reserved or made for a key; empty where there is none."""
        entry = self.find(key)
        return entry.value if entry else ""

    @cached_property
    def _keys_of(self) -> dict[str, list[str]]:
        """The keys of each client's things, in the order in which they first appeared."""
        found: dict[str, list[str]] = {}
        for key in self._newest:
            found.setdefault(key.partition("/")[0], []).append(key)
        return found

    def below(self, prefix: str) -> tuple[Entry, ...]:
        """What all keys that begin so, with a client's name first, stand for now; in the order of their appearance."""
        keys = self._keys_of.get(prefix.partition("/")[0], [])
        return tuple(entry for key in keys if key.startswith(prefix) and (entry := self.find(key)))

    def followed_by(self, entries: Iterable[Entry], version: int) -> Ledger:
        """This ledger after an append."""
        return Ledger((*self.entries, *entries), version)
