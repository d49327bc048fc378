"""Seeded Workspaces to run and break things in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from offboard.commands.rehearsal import STATE, write_home
from offboard.sandbox.server import Sandbox
from tests.discovery import Witness
from tests.rehearsal import Rehearsal, World, copy_home, make_template_home


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
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
def undisturbed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The world after a run that nothing disturbed."""
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    copy_home(template, home)
    with Sandbox(home / STATE) as sandbox:
        write_home(home, sandbox)
        rehearsal = Rehearsal(sandbox, home)
        rehearsal.come_to_rest()
        return rehearsal.world()
