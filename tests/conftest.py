"""What every test shares: a Workspace of its own, all of whose answers are held against Google's documents."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from offboard.commands.rehearsal import STATE, write_home
from offboard.sandbox.server import Sandbox
from tests.discovery import Witness
from tests.environment import keep_little, keep_to_one_core
from tests.garbage import collect_garbage, wait_with_garbage
from tests.promise.setting import Setting, make_settings
from tests.rehearsal import Rehearsal, World, copy_home, make_template_home

settings.register_profile("any machine", deadline=None)  # how long an example takes is no promise
settings.load_profile("any machine")


keep_little()
if "PYTEST_XDIST_WORKER" in os.environ:  # gw0, gw1 …
    keep_to_one_core(int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw")))
wait_with_garbage()


@pytest.fixture(autouse=True)
def garbage() -> Iterator[None]:
    """Collected between the tests."""
    yield
    collect_garbage()


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


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's Workspace, seeded once; each test gets a copy."""
    home = tmp_path_factory.mktemp("template") / "home"
    make_template_home(home)
    return home


@pytest.fixture
def rehearsal(template: Path, tmp_path: Path, witness: Witness) -> Iterator[Rehearsal]:
    """The demo's Workspace, fresh, with a home signed in to it."""
    home = tmp_path / "home"
    copy_home(template, home)
    with Sandbox(home / STATE, witness=witness) as sandbox:
        write_home(home, sandbox)
        yield Rehearsal(sandbox, home)


@pytest.fixture(scope="session")
def rested_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """The demo's Workspace after a run that nothing disturbed, and all that is to be seen in it."""
    home = tmp_path_factory.mktemp("rested") / "home"
    copy_home(template, home)
    with Sandbox(home / STATE) as sandbox:
        write_home(home, sandbox)
        rehearsal = Rehearsal(sandbox, home)
        rehearsal.come_to_rest()
        return home, rehearsal.world()


@pytest.fixture(scope="session")
def undisturbed(rested_template: tuple[Path, World]) -> World:
    """The world after a run that nothing disturbed."""
    return rested_template[1]


@pytest.fixture
def rested(rested_template: tuple[Path, World], tmp_path: Path, witness: Witness) -> Iterator[Rehearsal]:
    """The demo's Workspace after its run has come to rest."""
    home = tmp_path / "home"
    copy_home(rested_template[0], home)
    with Sandbox(home / STATE, witness=witness) as sandbox:
        write_home(home, sandbox)
        yield Rehearsal(sandbox, home)


@pytest.fixture(scope="session")
def settings(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Setting]:
    """Where the promise's scenarios begin and what they must come to."""
    return make_settings(template, tmp_path_factory.mktemp("settings"))
