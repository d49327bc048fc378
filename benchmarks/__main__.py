"""`make bench`: what a run costs in requests and round trips, what a command loads, how the sandbox grows."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner

from benchmarks.curves import print_curves
from benchmarks.many_invoices import print_many_invoices
from benchmarks.round_trips import Traffic, watched
from benchmarks.scan import print_scan
from offboard.commands import group
from offboard.commands.init import create_tracker
from offboard.commands.output import Invocation
from offboard.commands.rehearsal import start_home
from offboard.config import load_config
from offboard.demo.person import Person
from offboard.sandbox.accounts import OWNER

NAIVE = 37  # requests of a gspread script that does the same for 5 reports and 2 drafts, all in a row
REPORTS, DRAFTS = 5, 2
HEAVY = ("googleapiclient", "gspread", "google.auth", "rich", "babel", "jinja2", "requests")


def measure_run(home: Path) -> dict[str, Traffic]:
    """A fresh client with 5 files behind one folder and 2 e-mails: plan, run, run again."""
    with start_home(home) as sandbox:
        person = Person(sandbox.origin, OWNER)
        folder = person.make_folder("Reports")
        for number in range(REPORTS):
            person.upload(f"Report {number}.csv", b"a,b\r\n1,2\r\n" * (number + 1), "text/csv", folder)
        tracker = create_tracker(Invocation(load_config(home, {})), locale="en_GB", timezone="UTC", currency="EUR")
        today = datetime.now(UTC).date().isoformat()
        link = f"https://drive.google.com/drive/folders/{folder}"
        row = ["mia", "Mia's", "Mia", "mia@example.org", "", "", "", today, "TRUE", link, "", "", "testimonial"]
        person.type_rows(tracker.id, "Clients!A2", [row])
        person.type_rows(tracker.id, "Setup!B2", [["Ana Ruiz"]])
        found = {}
        for name, words in (
            ("plan", ["plan", "mia"]),
            ("run", ["run", "mia", "--yes", "--now", "call", "--now", "feedback"]),
            ("run again", ["run", "mia", "--yes", "--now", "call", "--now", "feedback"]),
            ("status", ["status"]),
        ):
            with watched() as traffic:
                result = CliRunner().invoke(group, [*words, "--home", str(home)])
            if result.exit_code:
                raise SystemExit(result.output)
            found[name] = traffic
        return found


def measure_imports(*words: str) -> str:
    """The heavy packages that a command line loads."""
    code = (
        "import sys, contextlib, io\nfrom offboard.commands import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    main({list(words)!r})\n"
        f"print(len(sys.modules), *[m for m in {HEAVY!r} if m in sys.modules])"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    """Print the counts, then the curves."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure_run(Path(folder) / "home")
    print(f"A fresh client with {REPORTS} reports and {DRAFTS} drafts")
    for name, traffic in found.items():
        counts = f"{traffic.requests:>3} requests, {traffic.writes:>3} POST/PUT, {traffic.round_trips:>2} round trips"
        print(f"  {name:<10} {counts}")
    run = found["run"]
    print(f"  target     {REPORTS + 2 * DRAFTS + 10:>3} requests,                8 round trips (R + 2D + 10)")
    times = NAIVE / run.round_trips
    print(f"  naive      {NAIVE:>3} requests,               {NAIVE} round trips: {times:.1f} times ours")
    print("Modules loaded (all, and the heavy ones by name)")
    for words in (("--help",), ("--version",), ("runn",)):
        print(f"  {' '.join(words):<10} {measure_imports(*words)}")
    with tempfile.TemporaryDirectory() as folder:
        print_many_invoices(Path(folder) / "home")
    print_scan()
    print_curves()


if __name__ == "__main__":
    main()
