"""The processes that read files: one that takes too long is ended, the file is named, and the next one is read."""

from __future__ import annotations

import io
import os
import signal

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


def test_no_reader_is_left_behind() -> None:
    with readers(Wanted(), 100) as ready:
        started = [reader._process for reader in ready._all]
    assert all(process.poll() is not None for process in started)
