"""Two hundred files of a megabyte each, looked into before they are shared: `offboard plan` from end to end."""

from __future__ import annotations

import csv
import io
import random
import tempfile
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner
from docx import Document
from fpdf import FPDF
from openpyxl import Workbook

from offboard.commands import group
from offboard.commands.init import create_tracker
from offboard.commands.output import Invocation
from offboard.commands.rehearsal import start_home
from offboard.config import load_config
from offboard.demo.person import Person
from offboard.sandbox.accounts import OWNER

SIZE = 1_000_000  # bytes of each file
MIX = {"pdf": 60, "xlsx": 40, "docx": 30, "csv": 30, "txt": 20, "html": 20}
MOST = 60  # seconds, of which the pretend Google, on the same processors, takes its part
WORDS = ("the", "reel", "about", "sourdough", "reached", "more", "people", "than", "the", "story", "and", "clicks")


def make_files(chance: random.Random) -> dict[str, bytes]:
    """One file a kind, of about a megabyte: office files with pictures in them, tables with numbers only."""
    sentence = [" ".join(chance.choices(WORDS, k=14)) + "." for _ in range(400)]
    noise = chance.randbytes(SIZE * 8 // 10)
    rows = [
        [f"2026-05-{n % 30 + 1:02}", chance.randrange(10**17), sentence[n % 400][:40], chance.randrange(10**5)]
        for n in range(13_500)
    ]
    return {
        "pdf": _pdf(sentence) + b"\n%" + noise,
        "xlsx": _xlsx(chance, 24_000),
        "docx": _docx(sentence, noise),
        "csv": _csv(rows),
        "txt": "\n".join(sentence * 28).encode()[:SIZE],
        "html": ("<html><body>" + "".join(f"<p>{line}</p>\n" for line in sentence * 25)).encode()[:SIZE],
    }


def _pdf(sentence: list[str]) -> bytes:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=10)
    for page in range(12):
        pdf.add_page()
        pdf.multi_cell(0, 5, "\n".join(sentence[page * 30 : page * 30 + 30]))
    return bytes(pdf.output())


def _xlsx(chance: random.Random, count: int) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Posts")
    for number in range(count):
        sheet.append([f"Post {number}", *(chance.randrange(10**6) for _ in range(6))])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _docx(sentence: list[str], noise: bytes) -> bytes:
    document = Document()
    for line in sentence:
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("word/media/image1.jpeg", noise)
    return content.getvalue()


def _csv(rows: list[list[object]]) -> bytes:
    content = io.StringIO()
    csv.writer(content).writerows(rows)
    return content.getvalue().encode()


def measure_scan(home: Path) -> tuple[int, int, float]:
    """How many files, how many bytes, and how many seconds `plan` took to look into them."""
    files = make_files(random.Random(1))
    sent = 0
    with start_home(home) as sandbox:
        person = Person(sandbox.origin, OWNER)
        folder = person.make_folder("Reports")
        for kind, count in MIX.items():
            for number in range(count):
                content = files[kind] + b"\n" * number  # no two alike: each must be read
                person.upload(f"Report {number}.{kind}", content, "application/octet-stream", folder)
                sent += len(content)
        tracker = create_tracker(Invocation(load_config(home, {})), locale="en_GB", timezone="UTC", currency="EUR")
        link = f"https://drive.google.com/drive/folders/{folder}"
        today = datetime.now(UTC).date().isoformat()
        row = ["mia", "Mia's", "Mia", "mia@example.org", "", "", "", today, "TRUE", link, "now"]
        person.type_rows(tracker.id, "Clients!A2", [row])
        began = time.monotonic()
        result = CliRunner().invoke(group, ["plan", "mia", "--home", str(home)])
        seconds = time.monotonic() - began
        if result.exit_code or "let mia@example.org read" not in " ".join(result.output.split()):
            raise SystemExit(result.output)
    return sum(MIX.values()), sent, seconds


def print_scan() -> None:
    """Print how long two hundred files take."""
    with tempfile.TemporaryDirectory() as folder:
        count, size, seconds = measure_scan(Path(folder) / "home")
    print(f"Looked into before a share: {count} files, {size // 1_000_000} MB, in {seconds:.0f} s (at most {MOST})")


if __name__ == "__main__":
    print_scan()
