"""Requests and sequential round trips of a run: with one latency for all, the longest chain is counted."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests

LATENCY = 0.1  # seconds a request takes at least, so that those sent side by side overlap


@dataclass
class Traffic:
    """When each request began and ended, and how it was sent."""

    spans: list[tuple[float, float, str]] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """How many there were."""
        return len(self.spans)

    @property
    def writes(self) -> int:
        """How many could change something."""
        return sum(method != "GET" for *_, method in self.spans)

    @property
    def round_trips(self) -> int:
        """The longest chain of requests of which each began after the one before it had ended."""
        count, last_end = 0, 0.0
        for begin, end, _ in sorted(self.spans, key=lambda span: span[1]):
            if begin >= last_end:
                count, last_end = count + 1, end
        return count


@contextmanager
def watched() -> Iterator[Traffic]:
    """Watch every request that leaves this process, each slowed down to the same latency."""
    traffic, lock, send = Traffic(), threading.Lock(), requests.Session.send

    def slow_send(session: requests.Session, request: requests.PreparedRequest, **more: Any) -> requests.Response:
        begin = time.monotonic()
        answer = send(session, request, **more)
        time.sleep(max(0.0, LATENCY - (time.monotonic() - begin)))
        with lock:
            traffic.spans.append((begin, time.monotonic(), request.method or ""))
        return answer

    requests.Session.send = slow_send  # type: ignore[method-assign]
    try:
        yield traffic
    finally:
        requests.Session.send = send  # type: ignore[method-assign]
