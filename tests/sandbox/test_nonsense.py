"""Whatever is asked: the answer is one that Google could give, never a 500, and the Workspace stays readable.

This is a small sample; `make fuzz` asks for twenty thousand.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import pytest

from offboard.sandbox.server import Sandbox
from tests.fuzz.lines import LINES
from tests.fuzz.methods import answered, name_of
from tests.fuzz.round import Outcome, play_round
from tests.fuzz.workspace import make_template
from tests.sandbox.caller import Caller

SEED = 1


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's Workspace with one more thing of each kind."""
    home = tmp_path_factory.mktemp("furnished") / "home"
    make_template(home)
    return home


@pytest.fixture(scope="module")
def played(furnished: Path) -> Outcome:
    """What three rounds came to."""
    outcome = Outcome()
    for number in range(3):
        outcome.add(play_round(furnished, SEED, number))
    return outcome


def test_nonsense_is_answered_as_google_could(played: Outcome) -> None:
    said = [f"{len(played.faults)} answers are wrong", *(fault[:3000] for fault in played.faults[:3])]
    assert not played.faults, "\n\n".join(said)


def test_every_method_that_is_answered_is_asked(played: Outcome) -> None:
    assert {name_of(method) for method in answered()} <= set(routes(played))


def test_the_same_seed_asks_the_same_again(furnished: Path) -> None:
    first, again, other = (play_round(furnished, seed, 0, letters=40) for seed in (SEED, SEED, SEED + 1))
    assert routes(first) == routes(again) != routes(other)


def routes(played: Outcome) -> dict[str, int]:
    """How often each route was asked."""
    found: dict[str, int] = {}
    for (route, _), count in played.counts.items():
        found[route] = found.get(route, 0) + count
    return found


@pytest.mark.parametrize("sent", [line for line in LINES if line], ids=lambda line: repr(line[:60]))
def test_broken_http_neither_breaks_nor_blocks_the_sandbox(sandbox: Sandbox, ana: Caller, sent: bytes) -> None:
    answer = b""
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=5) as connection, suppress(OSError):
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(20)
    assert answer[:9] in (b"", b"HTTP/1.1 ")
    assert not answer or answer[9:10] == b"4", answer
    assert ana.call("GET", "/gmail/v1/users/me/profile").status_code == 200
