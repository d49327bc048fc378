"""The signed-in person's Google Workspace: spreadsheets, files and drafts over one connection."""

from __future__ import annotations

from dataclasses import dataclass

from offboard.config import Config
from offboard.workspace.access import Access
from offboard.workspace.auth import CALENDAR, load_credentials
from offboard.workspace.calendar import Calendar
from offboard.workspace.documents import Documents
from offboard.workspace.drive import Drive
from offboard.workspace.gmail import Gmail
from offboard.workspace.google import Google, Patience
from offboard.workspace.sheets import Sheets


@dataclass(frozen=True)
class Workspace:
    """What the engine works with."""

    sheets: Sheets
    drive: Drive
    documents: Documents
    access: Access
    gmail: Gmail
    calendar: Calendar | None = None  # only where the person allowed it


def open_workspace(config: Config, patience: Patience) -> Workspace:
    """Connect as the person whose token lies in the home; SignedOutError when there is none."""
    credentials = load_credentials(config)
    google = Google(credentials, config.origin.value, patience=patience)
    calendar = Calendar(google) if CALENDAR in credentials.scopes else None
    return Workspace(Sheets(google), Drive(google), Documents(google), Access(google), Gmail(google), calendar)
