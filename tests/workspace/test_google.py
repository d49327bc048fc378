"""One call to Google: repeated only where that is safe, as long as patience lasts, and never asleep in a test."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from google.oauth2.credentials import Credentials

from offboard.errors import LostReplyError, OffboardError, RefusedError, UnreachableError
from offboard.workspace.google import Google, Patience, Repeat

OK = (200, {}, b'{"ids": ["1"]}')
BUSY = (503, {}, b"{}")
RATE = (429, {"Retry-After": "7"}, b'{"error": {"errors": [{"reason": "rateLimitExceeded"}]}}')
NO = (400, {}, b'{"error": {"message": "no", "errors": [{"reason": "invalid"}]}}')
CUT = (200, {"Content-Length": "900"}, b'{"ids"')
DROP = (0, {}, b"")
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Server:
    """Answers what it was told to, one after the other, and counts."""

    answers: list[Answer] = field(default_factory=list)
    seen: int = 0
    origin: str = ""


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.seen += 1
            status, headers, body = state.answers.pop(0) if state.answers else OK
            if not status:
                self.connection.close()
                return
            self.send_response(status)
            for name, value in (
                {"Content-Length": str(len(body)), "Content-Type": "application/json"} | headers
            ).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    running = HTTPServer(("127.0.0.1", 0), Handler)
    state.origin = f"http://127.0.0.1:{running.server_port}"
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield state
    running.shutdown()
    running.server_close()


@dataclass
class Time:
    """A clock that only sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def call(server: Server, repeat: Repeat, time: Time, seconds: float = 600) -> dict[str, object]:
    patience = Patience(seconds, clock=lambda: time.now, sleep=time.sleep, chance=lambda: 1.0)
    google = Google(Credentials(token="t"), server.origin, patience=patience)
    found: dict[str, object] = google.call(
        google.drive.files().generateIds(count=1), repeat=repeat, what="reserve a name"
    )
    return found


@pytest.mark.parametrize(
    ("answers", "requests", "slept"),
    [
        ([], 1, []),
        ([BUSY], 2, [1.0]),
        ([BUSY, BUSY, DROP], 4, [1.0, 2.0, 4.0]),
        ([RATE], 2, [7.0]),
        ([CUT], 2, [1.0]),
        ([DROP], 2, [1.0]),
    ],
)
def test_a_repeatable_call_is_repeated_until_it_works(
    server: Server, answers: list[Answer], requests: int, slept: list[float]
) -> None:
    server.answers, time = list(answers), Time()
    assert call(server, Repeat.ALWAYS, time) == json.loads(OK[2])
    assert (server.seen, time.slept) == (requests, slept)


@pytest.mark.parametrize("answer", [BUSY, CUT, DROP])
def test_a_call_that_may_have_been_applied_is_not_sent_again(server: Server, answer: Answer) -> None:
    server.answers, time = [answer], Time()
    with pytest.raises(LostReplyError):
        call(server, Repeat.UNAPPLIED, time)
    assert (server.seen, time.slept) == (1, [])


def test_a_call_that_certainly_was_not_applied_is_sent_again(server: Server) -> None:
    server.answers, time = [RATE, RATE], Time()
    call(server, Repeat.UNAPPLIED, time)
    assert (server.seen, time.slept) == (3, [7.0, 7.0])


def test_a_refusal_is_final(server: Server) -> None:
    server.answers, time = [NO], Time()
    with pytest.raises(RefusedError):
        call(server, Repeat.ALWAYS, time)
    assert (server.seen, time.slept) == (1, [])


def test_patience_ends_after_a_few_tries_and_at_the_deadline(server: Server) -> None:
    server.answers, time = [BUSY] * 50, Time()
    with pytest.raises(UnreachableError):
        call(server, Repeat.ALWAYS, time)
    assert (server.seen, time.slept) == (8, [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 32.0])
    server.answers, server.seen, time = [RATE] * 50, 0, Time()
    with pytest.raises(UnreachableError):
        call(server, Repeat.ALWAYS, time, seconds=10)
    assert (server.seen, time.slept) == (2, [7.0])


def test_nobody_is_there(server: Server) -> None:
    server.origin = "http://127.0.0.1:9"
    with pytest.raises(OffboardError, match="is not running"):
        call(server, Repeat.ALWAYS, Time())
