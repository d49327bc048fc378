"""What an e-mail may speak of: the client's rows, and what is known of the folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel import Locale

from offboard.model import Account, Client, Invoice, Setup


@dataclass(frozen=True)
class Facts:
    """Everything that the words of an e-mail are made from."""

    client: Client
    setup: Setup
    invoices: tuple[Invoice, ...]  # of this client
    accounts: tuple[Account, ...]
    today: date
    locale: Locale  # the tracker's; the client's Language wins
    folder_link: str
    folder_parts: tuple[tuple[str, int], ...] = ()  # sub-folders with the number of files in each
    shared: bool = False
    folder_stays_until: date | None = None
    my_name_fallback: str = ""
