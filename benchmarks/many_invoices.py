"""What `offboard invoices` costs where 1,000 clients have 20,000 invoices: requests, seconds, memory."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from offboard.commands.init import create_tracker
from offboard.commands.output import Invocation
from offboard.commands.rehearsal import start_home
from offboard.config import load_config
from offboard.demo.person import Person
from offboard.sandbox.accounts import OWNER
from offboard.tracker.tabs import SHEET_IDS

CLIENTS, INVOICES, DUE = 1_000, 20_000, 20  # a reminder is due at so many of the clients
AT_ONCE = 2_000  # rows typed in one request

MEASURED = """
import atexit, resource, sys
from offboard.commands import main
used = lambda: resource.getrusage(resource.RUSAGE_SELF)
atexit.register(lambda: print(f"{used().ru_utime:.1f}", used().ru_maxrss // 1024, file=sys.stderr))
main()
"""


def print_many_invoices(home: Path) -> None:
    """A morning on which some reminders are due, then one on which none is."""
    with start_home(home) as sandbox:
        person = Person(sandbox.origin, OWNER)
        tracker = create_tracker(Invocation(load_config(home, {})), locale="en_GB", timezone="UTC", currency="EUR")
        _fill(person, tracker.id)
        print(f"{INVOICES:,} invoices of {CLIENTS:,} clients: offboard invoices")
        for name in (f"{DUE} are due", "none is due"):
            before, began = len(sandbox.requests), time.monotonic()
            done = subprocess.run(
                [sys.executable, "-c", MEASURED, "invoices", "--quiet", "--home", str(home)],
                capture_output=True,
                text=True,
                check=False,
            )
            took, asked = time.monotonic() - began, sandbox.requests[before:]
            sheet = [request["method"] for request in asked if request["path"].startswith("/v4/")]
            reads, writes = sheet.count("GET"), len(sheet) - sheet.count("GET")
            work, memory = done.stderr.split()[-2:]
            counts = f"{len(asked):>3} requests, {reads} read and {writes} writes of the sheet"
            print(f"  {name:<12} {counts}; {took:.1f} s, {work} of them its own work; {memory} MB at most")


def _fill(person: Person, tracker: str) -> None:
    today = datetime.now(UTC).date()
    issued, late = (today - timedelta(days=40)).isoformat(), (today - timedelta(days=10)).isoformat()
    later = (today + timedelta(days=20)).isoformat()
    clients = [[f"c{n}", f"Client {n}", "Maya", f"c{n}@client.example"] for n in range(CLIENTS)]
    for tab, rows in (("Clients", CLIENTS), ("Invoices", INVOICES)):
        longer = {"appendDimension": {"sheetId": SHEET_IDS[tab], "dimension": "ROWS", "length": rows}}
        person.ask("POST", f"/v4/spreadsheets/{tracker}:batchUpdate", {"requests": [longer]})
    person.type_rows(tracker, "Setup!B2", [["Ana Ruiz"], ["Ana Ruiz Social"], [""], ["IBAN DE89 3704 0044 0532 0130"]])
    person.type_rows(tracker, "Clients!A2", clients)
    each = INVOICES // CLIENTS
    bills = []
    for n in range(INVOICES):
        client, is_last = n // each, n % each == each - 1
        due = late if client < DUE else later
        bills.append([f"c{client}", f"INV-{n}", issued, due if is_last else late, "€850.00", "" if is_last else "yes"])
    for start in range(0, INVOICES, AT_ONCE):
        person.type_rows(tracker, f"Invoices!A{start + 2}", bills[start : start + AT_ONCE])
