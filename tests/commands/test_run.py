"""`offboard run` at a terminal: what it asks, and what an answer means."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from subprocess import PIPE, STDOUT

import pytest

from tests.rehearsal import Rehearsal

INVITED = "maya@bloom.example:reader"


def run_at_terminal(rehearsal: Rehearsal, typed: bytes) -> str:
    """What `run bloom` says to somebody who types this."""
    terminal, stdin = pty.openpty()
    command = [sys.executable, "-c", "from offboard.commands import main; main()", "run", "bloom"]
    run = subprocess.Popen([*command, "--home", str(rehearsal.home)], stdin=stdin, stdout=PIPE, stderr=STDOUT)
    os.write(terminal, typed)
    said = run.communicate(timeout=60)[0].decode()
    os.close(terminal)
    assert run.returncode == 0, said
    return said


def test_a_no_to_sharing_says_what_waits_for_it_and_just_that_waits(rehearsal: Rehearsal) -> None:
    said = " ".join(run_at_terminal(rehearsal, b"y\nn\n").split())
    assert "Nothing is sent; the share is asked for once more." in said
    assert "Not shared. Waiting for it: call, feedback. When you are ready: offboard run bloom" in said
    assert not any(INVITED in readers for *_, readers in rehearsal.world()["files"])
    assert not any(subject for _, subject, _ in rehearsal.world()["drafts"])
    assert any("/Reports/" in path for path, *_ in rehearsal.world()["files"])
    run_at_terminal(rehearsal, b"y\ny\n")
    assert any(INVITED in readers for *_, readers in rehearsal.world()["files"])


def test_a_no_makes_nothing(rehearsal: Rehearsal) -> None:
    said: list[str] = []
    seen = rehearsal.requests_of(lambda: said.append(run_at_terminal(rehearsal, b"n\n")))
    assert "Nothing was made." in said[0]
    assert {request["method"] for request in seen} == {"GET"}


@pytest.mark.parametrize(
    ("share", "says"),
    [
        ("now", "let maya@bloom.example read the folder with 7 files in it; empty: Content, Brand assets, Accounts"),
        ("reports now, rest when paid", "the rest when all is paid with 7 files in it"),
    ],
)
def test_before_sharing_it_is_said_what_will_be_found(rehearsal: Rehearsal, share: str, says: str) -> None:
    rehearsal.type("Clients!K2", [share])
    rehearsal.type("Invoices!F2", [""])
    assert says in " ".join(rehearsal.offboard("plan", "bloom").stdout.split())
