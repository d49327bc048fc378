"""What every test shares: a Workspace of its own, all of whose answers are held against Google's documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from offboard.sandbox.server import Sandbox
from tests.discovery import Witness


@pytest.fixture
def witness() -> Iterator[Witness]:
    """Sees every answer of this test's sandbox; the test fails when one is not what Google's documents promise."""
    seen = Witness()
    yield seen
    assert not seen.violations, "\n".join(["the sandbox answered what Google would not:", *seen.violations])


@pytest.fixture
def sandbox(witness: Witness) -> Iterator[Sandbox]:
    """A Workspace in memory on a free loopback port, started; gone after the test."""
    with Sandbox(witness=witness) as started:
        yield started
