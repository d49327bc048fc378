"""Google over a scripted line, with a patience whose sleeps are only written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from google.oauth2.credentials import Credentials

from offboard.sandbox.server import Sandbox
from offboard.workspace.google import Google, Patience
from tests.workspace.line import Line


@dataclass
class Time:
    """A clock that only sleeping moves on."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)
    said: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)

    def patience(self, seconds: float = 600) -> Patience:
        """A patience that lives in this time."""
        return Patience(seconds, lambda: self.now, self.sleep, lambda: 0.0, self.said.append)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def open_line() -> Iterator[Callable[..., Line]]:
    """A line with these answers: `open_line(DROP, answer(200))`."""
    lines: list[Line] = []

    def opened(*script: bytes) -> Line:
        lines.append(Line(*script))
        return lines[-1]

    yield opened
    for line in lines:
        line.close()


def google_over(line: Line, time: Time, seconds: float = 600) -> Google:
    """Google at the other end of a line, for somebody whose token is good."""
    return Google(Credentials("token"), line.origin, patience=time.patience(seconds))  # type: ignore[no-untyped-call]


def end_access_tokens(sandbox: Sandbox) -> None:
    """Every access token ends now; the sign-ins themselves go on."""
    with sandbox.state.transaction():
        sandbox.state.db.execute("DELETE FROM access_tokens")
