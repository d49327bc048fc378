"""kill -9 at any request, then run again: one folder, each file once, each draft once, each log row once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from offboard.commands.interrupt import ENDING, LEFT
from offboard.commands.rehearsal import STATE, write_home
from offboard.sandbox.gateway import Request, Response
from offboard.sandbox.server import Sandbox
from tests.rehearsal import Rehearsal, World, copy_home, find_differences


class Killer:
    """Ends a process once Google has applied its n-th request, before the reply leaves."""

    def __init__(self, place: int, number: signal.Signals = signal.SIGKILL) -> None:
        self.place = place
        self.number = number
        self.code: int | None = None
        self.seen = 0
        self.process: subprocess.Popen[bytes] | None = None

    def __call__(self, _request: Request, _response: Response) -> None:
        if self.process is None:
            return
        self.seen += 1
        if self.seen == self.place:
            os.kill(self.process.pid, self.number)
            if self.number is signal.SIGKILL:
                self.process.wait()


@pytest.fixture
def killer(request: pytest.FixtureRequest) -> Killer:
    return Killer(*request.param) if isinstance(request.param, tuple) else Killer(request.param)


@pytest.fixture
def killed(template: Path, tmp_path: Path, killer: Killer) -> Iterator[Rehearsal]:
    """A Workspace in which a run was killed at the killer's place."""
    home = tmp_path / "home"
    copy_home(template, home)
    with Sandbox(home / STATE, witness=killer) as sandbox:
        write_home(home, sandbox)
        command = [sys.executable, "-c", "from offboard.commands import main; main()", "run", "bloom", "--yes"]
        process = subprocess.Popen(
            [*command, "--home", str(home)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        killer.process = process
        killer.code = process.wait(60)
        killer.process = None
        yield Rehearsal(sandbox, home)


@pytest.mark.parametrize("killer", [8, 15, 22], indirect=True)
def test_a_run_killed_anywhere_goes_on_and_makes_everything_once(
    killed: Rehearsal, killer: Killer, undisturbed: World
) -> None:
    """The whole command in an interpreter of its own; every place has its turn in `test_faults.py`."""
    assert killer.code == -signal.SIGKILL
    killed.come_to_rest()
    assert not find_differences(killed.world(), undisturbed, killed=True)


@pytest.mark.parametrize("killer", [(place, signal.SIGINT) for place in (1, 4, 9, 15, 22, 25)], indirect=True)
def test_ctrl_c_anywhere_leaves_with_130_and_the_next_run_goes_on(
    killed: Rehearsal, killer: Killer, undisturbed: World
) -> None:
    assert killer.code == 130
    killed.come_to_rest()
    assert killed.world()["files"] == undisturbed["files"]
    assert [draft for draft in killed.world()["drafts"] if draft[0]] == undisturbed["drafts"]
    assert len(set(killed.world()["log"])) == len(killed.world()["log"])


class Twice:
    """Presses Ctrl-C once Google has applied the n-th request, and again when told how; the reply never leaves."""

    def __init__(self, place: int) -> None:
        self.place = place
        self.seen = 0
        self.said: list[str] = []
        self.process: subprocess.Popen[str] | None = None

    def __call__(self, _request: Request, _response: Response) -> None:
        self.seen += 1
        if self.process is None or self.seen != self.place or self.process.stderr is None:
            return
        self.process.send_signal(signal.SIGINT)
        for line in self.process.stderr:
            self.said.append(line)
            if line == ENDING.lstrip():
                self.process.send_signal(signal.SIGINT)
                break
        self.process.wait(20)


@pytest.mark.parametrize("place", [9, 15])
def test_a_second_ctrl_c_waits_for_no_reply_and_the_next_run_goes_on(
    template: Path, tmp_path: Path, undisturbed: World, place: int
) -> None:
    home = tmp_path / "home"
    copy_home(template, home)
    twice = Twice(place)
    with Sandbox(home / STATE, witness=twice) as sandbox:
        write_home(home, sandbox)
        twice.seen = 0
        command = [sys.executable, "-c", "from offboard.commands import main; main()", "run", "bloom", "--yes"]
        twice.process = subprocess.Popen(
            [*command, "--home", str(home)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        assert twice.process.wait(60) == 130
        assert twice.process.stderr is not None
        assert twice.process.stderr.read() == LEFT
        assert ENDING.lstrip() in twice.said, "it was to leave while a reply was still awaited"
        twice.process = None
        rehearsal = Rehearsal(sandbox, home)
        rehearsal.come_to_rest()
        assert rehearsal.world()["files"] == undisturbed["files"]
