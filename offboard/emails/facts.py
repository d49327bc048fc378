"""What an e-mail may speak of: the client's rows, and what is known of the folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel import Locale

from offboard.emails.highlight import Highlight
from offboard.emails.reminder import Reminder
from offboard.model import Account, Client, Invoice, Setup


@dataclass(frozen=True)
class Ask:
    """Something that only the client can do: by when (None: at once), what, and why that day cannot move."""

    day: date | None
    text: str
    why: str = ""  # a sentence


@dataclass(frozen=True)
class Facts:
    """Everything that the words of an e-mail are made from."""

    client: Client
    setup: Setup
    invoices: tuple[Invoice, ...]  # of this client
    accounts: tuple[Account, ...]
    today: date
    locale: Locale  # the tracker's; a template in the client's language brings its own
    folder_link: str  # empty: there is no folder
    folder_parts: tuple[tuple[str, int], ...] = ()  # sub-folders with the number of files in each
    shared: bool = False  # the whole folder
    paid: bool = False  # everything; nothing listed is not nothing owed
    folder_stays_until: date | None = None
    my_name_fallback: str = ""
    needs_client: tuple[Account, ...] = ()  # those of the accounts that the client must still take over
    reports_link: str = ""  # where only the reports are shared until all is paid
    reports: tuple[str, ...] = ()  # the names of the files in Reports
    part_links: tuple[tuple[str, str], ...] = ()  # sub-folders with their addresses
    readers: tuple[tuple[str, date | None], ...] = ()  # who was let into the folder, and when, where that is known
    closed_on: date | None = None
    start_here: bool = False  # the page “Start here” is in the folder, or comes with this run
    last_working_day: date | None = None
    moved_from: date | None = None  # the last day that an earlier notice named
    asks: tuple[Ask, ...] = ()  # the earliest first
    reminder: Reminder | None = None
    highlights: tuple[Highlight, ...] = ()  # where they may be told
    meet_link: str = ""  # where the call takes place; empty: the two of them know
    attached: bool = False  # a calendar file comes with the e-mail

    @property
    def held(self) -> bool:
        """Whether the folder, or all of it but the reports, waits for money."""
        return not self.shared and not self.paid and self.client.share in ("when paid", "reports now, rest when paid")
