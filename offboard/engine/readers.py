"""Readers: processes that look into files side by side; one that takes too long or breaks is ended and replaced."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import astuple
from functools import cache

from offboard.scan.finding import Looked, from_plain
from offboard.scan.wanted import Wanted

SECONDS = 20.0  # for one file; a report of a hundred pages takes two
MOST = 4  # readers; each is one processor's work
FILES_EACH = 8  # that many files are worth another reader


class Reader:
    """One process, begun at once and ended by `end`, or with the program."""

    def __init__(self) -> None:
        self._wanted = Wanted()
        self._begin()

    @property
    def alive(self) -> bool:
        """Whether its process is there."""
        return self._process.poll() is None

    def want(self, wanted: Wanted) -> None:
        """Look for this from now on."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._say_terms()

    def _begin(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "offboard.scan"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's complaints may hold words of the file
            start_new_session=True,  # Ctrl-C is the run's to hear
        )
        self._say_terms()

    def _say_terms(self) -> None:
        self._say({"terms": [astuple(term) for term in self._wanted.terms]})

    def look_into(self, name: str, content: bytes, seconds: float) -> Looked:
        """What the file holds; where reading it takes too long or breaks the process, why it was not read."""
        late = threading.Event()
        timer = threading.Timer(seconds, self._stop, [late])
        timer.start()
        try:
            self._say({"name": name, "size": len(content)}, content)
            assert self._process.stdout is not None
            return from_plain(json.loads(self._process.stdout.readline()))
        except (OSError, ValueError, TypeError):
            self.end()
            self._begin()
            return Looked(unread="reading it takes too long" if late.is_set() else "reading it fails")
        finally:
            timer.cancel()

    def _say(self, job: dict[str, object], content: bytes = b"") -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job).encode() + b"\n" + content)
        self._process.stdin.flush()

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def end(self) -> None:
        """The process is gone after this."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                try:
                    stream.close()
                except OSError:  # what was still to be said to it
                    continue


@cache
def _waiting() -> queue.SimpleQueue[Reader]:
    """Readers that have begun and have nothing to do: the next look needs no new ones."""
    return queue.SimpleQueue()


def _take(wanted: Wanted) -> Reader:
    try:
        reader = _waiting().get_nowait()
    except queue.Empty:
        reader = Reader()
    if not reader.alive:  # it ended while it waited
        reader = Reader()
    reader.want(wanted)
    return reader


class Readers:
    """Readers for many files; each file goes to whichever is free."""

    def __init__(self, wanted: Wanted, files: int, seconds: float = SECONDS) -> None:
        count = max(1, min(MOST, os.cpu_count() or 1, files // FILES_EACH))
        self._all = [_take(wanted) for _ in range(count)]
        self._free: queue.LifoQueue[Reader] = queue.LifoQueue()
        self._seconds = seconds
        for reader in self._all:
            self._free.put(reader)

    def look_into(self, name: str, content: bytes) -> Looked:
        """What the file holds, once a reader is free."""
        reader = self._free.get()
        try:
            return reader.look_into(name, content, self._seconds)
        finally:
            self._free.put(reader)

    def end(self) -> None:
        """All processes are gone after this."""
        for reader in self._all:
            reader.end()

    def let_go(self) -> None:
        """All processes wait for the next look after this; they end with the program, as nobody talks to them then."""
        for reader in self._all:
            _waiting().put(reader)


@contextmanager
def readers(wanted: Wanted, files: int, seconds: float = SECONDS) -> Iterator[Readers]:
    """Readers as long as they are needed."""
    with ExitStack() as broken_off:
        opened = Readers(wanted, files, seconds)
        broken_off.callback(opened.end)  # one may be in the midst of a file
        yield opened
        broken_off.pop_all()
    opened.let_go()
