"""Everything a look saw, frozen: the planner's only input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

from babel import Locale

from offboard.columns import EPOCH, Reading
from offboard.emails.templates import Templates
from offboard.errors import Problem
from offboard.ledger import Entry, Ledger
from offboard.model import Account, Client, Invoice, Metric, Setup
from offboard.platforms import Platforms, shipped_platforms
from offboard.scan.inside import Inside


class How(StrEnum):
    """How a report gets into the folder."""

    COPY = "copy"  # Drive copies it
    PDF = "pdf"  # a Google Doc or Slides, handed over as it is now
    EXCEL = "excel"  # a Google Sheet, likewise
    UPLOAD = "upload"  # from this computer's disk


@dataclass(frozen=True)
class Source:
    """A report behind a link: what it is now, where it goes below Reports, and whether it can be handed over."""

    id: str  # Drive's id, or the path on disk
    name: str
    how: How
    folders: tuple[str, ...] = ()  # sub-folders, outermost first
    size: int = 0  # bytes; 0 where a Google document has none
    md5: str = ""
    changed: str = ""  # when its content last changed, as Drive says it
    cannot: str = ""  # why it cannot be handed over, in words; empty: it can
    typed: str = ""  # of a file on disk, how the tracker names it: the same on every computer, where `~` is another

    @property
    def target_name(self) -> str:
        """Its name in the client's folder."""
        ending = {How.PDF: ".pdf", How.EXCEL: ".xlsx"}.get(self.how, "")
        return self.name if self.name.lower().endswith(ending) else self.name + ending

    @property
    def stamp(self) -> str:
        """What changes when its content does."""
        return self.md5 or self.changed


@dataclass(frozen=True)
class Present:
    """How a thing that the ledger names was found now."""

    there: bool
    trashed: bool = False
    name: str = ""
    url: str = ""
    revision: str = ""  # a draft's message id, a file's md5
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Shell:
    """An empty draft of ours: which e-mail it was begun for, and since when it has been so."""

    key: str
    id: str
    revision: str
    since: datetime


@dataclass(frozen=True)
class Wishes:
    """What the person said on the command line."""

    only: frozenset[str] = frozenset()  # steps; empty: all
    now: frozenset[str] = frozenset()  # steps whose time has not come and that are wanted all the same
    refresh: bool = False  # replace copies whose originals changed
    new: bool = False  # a new offboarding although another client's traces look the same
    same: bool = False  # the same client although name and address are others than when it was begun
    unasked: bool = False  # nobody looks at the plan before it is done
    let_google_mail: bool = False  # Google may invite an address without an account
    anonymous: bool = False  # the case study also without whatever names the client
    again: frozenset[str] = frozenset()  # steps of which what was taken back is made anew
    withheld: frozenset[str] = frozenset()  # steps that the person just said no to
    allow: frozenset[str] = frozenset()  # findings in the files that may be shared all the same

    @property
    def named(self) -> bool:
        """Whether the person names what is to be done, whatever the client's state says."""
        return bool(self.only or self.now or self.again or self.refresh)


@dataclass(frozen=True)
class World:
    """The tracker, the ledger and what was found behind them, at one moment."""

    now: datetime  # in the tracker's time zone
    reading: Reading
    tracker_id: str = ""
    tracker_url: str = ""
    setup: Setup = field(default_factory=Setup)
    clients: tuple[Client, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    accounts: tuple[Account, ...] = ()
    metrics: tuple[Metric, ...] = ()
    problems: tuple[Problem, ...] = ()
    strays: tuple[Problem, ...] = ()  # rows in Invoices that may be anybody's: their client is not known
    ledger: Ledger = field(default_factory=Ledger)
    sheet_ids: Mapping[str, int] = field(default_factory=dict)
    marks: Mapping[int, str] = field(default_factory=dict)  # the ledger's versions in the metadata: who took each
    sources: tuple[Source, ...] = ()  # behind the Reports cell of the client that is looked at
    present: Mapping[str, Present] = field(default_factory=dict)  # by ledger key
    inside: Inside | None = None  # what the files that are about to be shared hold; None: nothing is, or not yet
    aside: tuple[Entry, ...] = ()  # what this run puts aside, because the person wants it anew
    shells: tuple[Shell, ...] = ()  # empty drafts of ours, recorded or not
    looked: bool = False  # behind the links and entries of a client; else the tracker alone is known
    parent: Present | None = None  # the folder that Setup names, None: My Drive
    templates: Templates = field(default_factory=lambda: Templates({}))
    platforms: Platforms = field(default_factory=shipped_platforms)  # and the person's own on top
    calendar: bool = False  # whether the person allows calls in their Google calendar
    charts: bool = True  # whether this computer can draw them: an extra that not everybody has
    my_name: str = ""  # the Google account's, where Setup names none
    wishes: Wishes = field(default_factory=Wishes)

    @property
    def today(self) -> date:
        """The day in the tracker's time zone."""
        return self.now.date()

    @property
    def locale(self) -> Locale:
        """The tracker's locale."""
        return self.reading.locale

    @cached_property
    def planned(self) -> dict[Any, Any]:
        """What each step answered about this very world: steps ask for each other, and planning is pure."""
        return {}

    @cached_property
    def _invoices_by_client(self) -> dict[str, list[Invoice]]:
        found: dict[str, list[Invoice]] = {}
        for invoice in self.invoices:
            found.setdefault(invoice.client, []).append(invoice)
        return found

    def invoices_of(self, client: Client) -> tuple[Invoice, ...]:
        """The client's invoices, in the order of the tab."""
        return tuple(self._invoices_by_client.get(client.short, ()))

    @cached_property
    def vanished(self) -> dict[str, Entry]:
        """Clients that were begun and whose short names are no longer in the tracker: what is remembered of each."""
        listed = {client.short for client in self.clients}
        remembered = (entry for entry in self.ledger.entries if entry.key.endswith("|client"))
        named = {entry.key.removesuffix("|client"): entry for entry in remembered}
        return {short: entry for short, entry in named.items() if short not in listed}

    def accounts_of(self, client: Client) -> tuple[Account, ...]:
        """The client's accounts, in the order of the tab."""
        return tuple(account for account in self.accounts if account.client == client.short)

    def metrics_of(self, client: Client) -> tuple[Metric, ...]:
        """The numbers of the client's platforms, in the order of the tab."""
        return tuple(metric for metric in self.metrics if metric.client == client.short)

    def problems_of(self, client: Client) -> tuple[Problem, ...]:
        """What cannot be read and concerns this client: its own cells, and what concerns everybody."""
        return tuple(problem for problem in self.problems if problem.client in ("", client.short))

    def eve_of_call(self, client: Client) -> date | None:
        """The last working day before the call; None without one."""
        return self.setup.days_off.last_working_day(client.call.date() - timedelta(days=1)) if client.call else None

    def last_working_day(self, client: Client) -> date | None:
        """The client's last day, or the last day before it that is not one of the person's days off."""
        return self.setup.days_off.last_working_day(client.last_day) if client.last_day else None

    def made_for(self, client: Client) -> tuple[Entry, ...]:
        """What was ever made for this client, in its order."""
        return tuple(entry for entry in self.ledger.below(f"{client.short}/") if entry.made)

    def closed_on(self, client: Client) -> date | None:
        """The day on which the client was officially offboarded; None before that."""
        serial = self.ledger.find_id(f"{client.short}|closed")
        return EPOCH.date() + timedelta(days=int(serial)) if serial else None

    def lives(self, key: str) -> bool:
        """Whether the ledger calls it made and it is still there."""
        entry = self.ledger.find(key)
        present = self.present.get(key)
        return bool(entry and entry.made and (present is None or (present.there and not present.trashed)))
