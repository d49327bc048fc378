"""The client of the machine: it has everything that a run can make, and later news of everything that can change.

A step or a change that is new joins the machine by one line here; `test_sample.py` names what is still missing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from offboard.tracker.log_tabs import ROWS as LOG_ROWS
from offboard.tracker.records import ROWS
from offboard.tracker.tabs import SHEET_IDS, letter_of
from tests.rehearsal import Rehearsal

SLIDES = "application/vnd.google-apps.presentation"
ROWS_KEPT = 60
LEFT_OUT = ("Followers.csv", "Reach.png", "Numbers.xlsx")  # one file of its bytes stands for all


def furnish(rehearsal: Rehearsal, disk: Path) -> None:
    """Six reports, one of each kind: a file, a Doc, a Sheet, Slides, one on this computer, one in a sub-folder."""
    reports = find(rehearsal, "Bloom reports")
    for name in LEFT_OUT:
        rehearsal.person.ask("PATCH", f"/drive/v3/files/{find(rehearsal, name, reports)}", {"trashed": True})
    rehearsal.person.ask("POST", "/drive/v3/files", {"name": "Strategy", "mimeType": SLIDES, "parents": [reports]})
    disk.mkdir(exist_ok=True)
    (disk / "Contacts.txt").write_text("Maya\n")
    write(rehearsal, "Clients", "reports", f"https://drive.google.com/drive/folders/{reports}\n{disk}")


def hold_back(rehearsal: Rehearsal) -> None:
    """Not all is paid, so the folder is not shared yet; the call is tomorrow, but the reminder goes first today."""
    write(rehearsal, "Clients", "share", "when paid")
    write(rehearsal, "Clients", "call", f"{datetime.now() + timedelta(days=1):%Y-%m-%d} 15:00")  # noqa: DTZ005
    write(rehearsal, "Invoices", "paid", "", row=3)


def bring_news(rehearsal: Rehearsal, disk: Path) -> None:
    """Reports are new and changed, the rest is paid, the folder may be shared, the call fell through."""
    person, reports = rehearsal.person, find(rehearsal, "Bloom reports")
    june = person.make_folder("June", reports)
    person.upload("June report.txt", b"Reach 19,000", "text/plain", june)
    rehearsal.rewrite(find(rehearsal, "May report.pdf", reports), b"%PDF-1.4 corrected", "application/pdf")
    rehearsal.rewrite(find(rehearsal, "May review", reports), b"<h1>May review, corrected</h1>", "text/html")
    (disk / "Contacts.txt").write_text("Maya, Finn\n")
    (disk / "Passwords moved.txt").write_text("All yours.\n")
    write(rehearsal, "Invoices", "paid", "yes", row=3)
    write(rehearsal, "Clients", "share", "now")
    write(rehearsal, "Clients", "call", "")


def agree_on_call(rehearsal: Rehearsal) -> None:
    """A call next week, which goes into the calendar that the person allows."""
    write(rehearsal, "Clients", "call", f"{datetime.now() + timedelta(days=7):%Y-%m-%d} 15:00")  # noqa: DTZ005


def cut_rows(rehearsal: Rehearsal) -> None:
    """The person deleted most of the rows that wait empty: there is less to read in each of thousands of scenarios."""
    lines = [
        {"sheetId": SHEET_IDS[tab], "dimension": "ROWS", "startIndex": ROWS_KEPT, "endIndex": rows}
        for tab, rows in (ROWS | {"Log": LOG_ROWS}).items()
    ]
    body = {"requests": [{"deleteDimension": {"range": one}} for one in lines]}
    rehearsal.person.ask("POST", f"/v4/spreadsheets/{rehearsal.tracker}:batchUpdate", body)


def find(rehearsal: Rehearsal, name: str, parent: str = "root") -> str:
    """The id of the file of this name in a folder of the person's."""
    query = quote(f"name = '{name}' and '{parent}' in parents and trashed = false")
    return str(rehearsal.get(f"/drive/v3/files?q={query}&fields=files(id)")["files"][0]["id"])


def write(rehearsal: Rehearsal, tab: str, field: str, text: str, row: int = 2) -> None:
    """Type into a cell of the client's row."""
    rehearsal.type(f"{tab}!{letter_of(tab, field)}{row}", [text])
