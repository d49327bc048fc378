"""The processes that read files: one that takes too long is ended, the file is named, and the next one is read."""

from __future__ import annotations

import contextlib
import io
import os
import select
import signal
import subprocess
import sys

import pytest
from openpyxl import Workbook

from offboard.engine.readers import readers
from offboard.scan.wanted import Wanted


def make_large() -> bytes:
    """A workbook for which no second is enough."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(60_000):
        sheet.append([f"Post {number}", f"Text {number}", number])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    with readers(Wanted(), 1, seconds=0.2) as ready:
        assert ready.look_into("large.xlsx", make_large()).unread == "reading it takes too long"
    with readers(Wanted(), 1) as ready:
        assert ready.look_into("a.txt", b"PIN: 4821").findings


def test_a_reader_that_dies_is_replaced() -> None:
    with readers(Wanted(), 1) as ready:
        assert ready.look_into("a.txt", b"PIN: 4821").findings
        os.kill(ready._all[0]._process.pid, signal.SIGKILL)
        assert ready.look_into("a.txt", b"PIN: 4821").unread == "reading it fails"
        assert ready.look_into("a.txt", b"PIN: 4821").findings


def test_a_reader_that_is_free_serves_the_next_look_unless_it_ended_meanwhile() -> None:
    pids = []
    for end_it in (False, True, False):
        with readers(Wanted(), 1) as ready:
            assert ready.look_into("a.txt", b"PIN: 4821").findings
            pids.append(ready._all[0]._process.pid)
        if end_it:
            os.kill(pids[-1], signal.SIGKILL)
            ready._all[0]._process.wait()
    assert pids[0] == pids[1] != pids[2]


def test_a_look_that_breaks_off_leaves_no_reader_behind() -> None:
    with pytest.raises(KeyboardInterrupt), readers(Wanted(), 100) as ready:
        raise KeyboardInterrupt
    assert not any(reader.alive for reader in ready._all)


def test_readers_end_with_the_program() -> None:
    code = """
from offboard.engine.readers import readers
from offboard.scan.wanted import Wanted
with readers(Wanted(), 1) as ready:
    ready.look_into("a.txt", b"PIN: 4821")
    print(ready._all[0]._process.pid)
"""
    pid = int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    with contextlib.suppress(ProcessLookupError):  # it may be gone already
        assert select.select([os.pidfd_open(pid)], [], [], 30)[0]
