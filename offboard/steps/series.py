"""A series of e-mails of one step: one draft at a time; the next begins only when the last one left Drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from offboard.ledger import Entry, Event, Ledger
from offboard.model import Client
from offboard.steps.drafts import is_draft_key
from offboard.steps.gone import find_gone_day, gone_key, parse_day
from offboard.world import Present, World


@dataclass(frozen=True)
class Letter:
    """One e-mail of a series: its ledger entry, how its draft was found now, and when it was found gone."""

    entry: Entry
    present: Present | None  # None: not looked at, or just reserved
    gone: date | None = None  # the first day on which it was not in Drafts any more

    @property
    def lost(self) -> bool:
        """Whether nobody knows what became of it: the ledger was damaged and mended."""
        return self.entry.event is Event.LOST

    @property
    def filled(self) -> bool:
        """Whether something stands in it: a run that was cut off may have filled it and not written that down."""
        now = self.present.revision if self.present else ""
        return self.entry.made or bool(now and now != self.entry.more.get("revision"))

    @property
    def emptied(self) -> bool:
        """Whether we took its words and its recipient out again."""
        return self.entry.made and self.entry.more.get("says") == {}

    @property
    def edited(self) -> bool:
        """Whether its words are the person's by now."""
        return self.entry.made and bool(self.present and self.present.more.get("edited"))

    @property
    def subject(self) -> str:
        """Its subject as we wrote it."""
        return str(self.entry.more.get("subject", ""))

    @property
    def written(self) -> date | None:
        """The day on which it was first written."""
        return parse_day(self.entry.more.get("written"))


def series_key(client: Client, step: str, number: int) -> str:
    """The ledger key of the n-th e-mail of a step."""
    return f"{client.short}/{step}/draft-{number}"


def list_letters(world: World, client: Client, step: str) -> tuple[Letter, ...]:
    """The e-mails of a series so far, in their order; what was put aside is none of them."""
    found: list[Letter] = []
    while entry := world.ledger.find(series_key(client, step, len(found) + 1)):
        present = world.present.get(entry.key)
        gone = find_gone_day(world.ledger, entry)
        if gone is None and present is not None and not present.there:
            gone = world.today
        found.append(Letter(entry, present, gone))
    return tuple(found)


def find_draft(letters: Sequence[Letter]) -> Letter | None:
    """The one that still is in Drafts, or is just being prepared."""
    last = letters[-1] if letters else None
    return last if last and not last.gone else None


def is_followed(ledger: Ledger, key: str) -> bool:
    """Whether a later e-mail of its series was begun."""
    before, dash, number = key.rpartition("-")
    return _in_series(key) and ledger.find(f"{before}{dash}{int(number) + 1}") is not None


def list_waiting(ledger: Ledger, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Those of these e-mails that may still be in Drafts: the only ones that need to be looked at."""
    return tuple(
        entry for entry in entries if entry.value and not (_in_series(entry.key) and find_gone_day(ledger, entry))
    )


def gone_entries(world: World, client: Client) -> tuple[Entry, ...]:
    """What is to be noted of e-mails that were found gone just now: others count from that day."""
    found = []
    for entry in world.ledger.below(f"{client.short}/"):
        present = world.present.get(entry.key)
        if is_draft_key(entry.key) and present and not present.there and find_gone_day(world.ledger, entry) is None:
            found.append(Entry(gone_key(entry.key), world.today.isoformat(), Event.SAID, {"draft": entry.value}))
    return tuple(found)


def revision_of(letter: Letter | None) -> str:
    """The message id that a draft must still have when it is written to; empty where it is still to be begun."""
    if letter is None:
        return ""
    if letter.entry.made and letter.present:
        return letter.present.revision
    return str(letter.entry.more.get("revision", ""))


def _in_series(key: str) -> bool:
    return is_draft_key(key) and key[-1].isdigit()
