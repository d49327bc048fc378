"""Runs at the same time on several machines: one of each thing, and nobody is told a lie."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.rehearsal import Rehearsal, World


@pytest.mark.parametrize("runners", [2, 3])
def test_runs_at_once_make_everything_once(rehearsal: Rehearsal, undisturbed: World, runners: int) -> None:
    command = [sys.executable, "-c", "from offboard.commands import main; main()", "run", "bloom", "--yes", "--json"]
    running = [
        subprocess.Popen([*command, "--home", str(rehearsal.home)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(runners)
    ]
    for process in running:
        out, err = process.communicate(timeout=90)
        assert process.returncode in (0, 1), (out + err).decode()
        assert b"Something went wrong inside" not in out + err, (out + err).decode()
    rehearsal.come_to_rest()
    world = rehearsal.world()
    assert world["files"] == undisturbed["files"]
    shells = [draft for draft in world["drafts"] if draft[1].startswith("offboard:")]
    assert [draft for draft in world["drafts"] if draft not in shells] == undisturbed["drafts"]
    assert len(set(world["log"])) == len(world["log"]), "a log row twice"
