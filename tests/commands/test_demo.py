"""`offboard demo`: the whole story, from the plan to the goodbye, on one screen after the other."""

from __future__ import annotations

import re
import subprocess
import sys


def test_the_demo_tells_the_whole_goodbye_and_ends_by_itself() -> None:
    command = [sys.executable, "-c", "from offboard.commands import main; main()", "demo"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    said = " ".join(done.stdout.split())
    assert done.returncode == 0, done.stderr
    for part in (
        "make “Bloom Bakery – Offboarding",
        "7 of 7 in the folder, checked against the originals",
        "Nothing to do: all is as it was.",
        "draft an e-mail to maya@bloom.example: “Wrapping up by",
        "She sent the notice, agreed on a call",
        "share let maya@bloom.example read the folder",
        "with a calendar file of the call",
        "She sends the goodbye, and pastes Maya's answer",
        "write “Case study – Bloom Bakery.docx” into your own folder",
        "officially offboarded",
        "NEW draft today: reminder 2 of 5, neutral",
    ):
        assert part in said
    assert re.findall(r"\((\d+) requests to Google, none of them to write\)", done.stdout)
    assert max(len(line) for line in done.stdout.splitlines() if "https://" not in line) <= 80
