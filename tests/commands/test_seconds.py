"""The seconds that a run tells are the program's own: a person who thinks is not counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from offboard.commands.output import Invocation, WorkingClock
from offboard.config import load_config


@pytest.mark.parametrize("answer", ["y", "n", "what?\ny"])
def test_a_person_who_thinks_is_not_counted(tmp_path: Path, answer: str) -> None:
    times = iter([100.0, 101.0, 161.0, 163.0])  # begun, asked, answered a minute later, done
    clock = WorkingClock(lambda: next(times))
    invocation = Invocation(load_config(tmp_path, {}), clock=clock)
    began = clock()
    with CliRunner().isolation(input=f"{answer}\n"):
        assert invocation.confirm("Do this?") == (answer != "n")
    assert clock() - began == 3


def test_the_seconds_go_on_after_a_ctrl_c() -> None:
    times = iter([0.0, 60.0, 61.0])
    clock = WorkingClock(lambda: next(times))
    with pytest.raises(KeyboardInterrupt), clock.standing():
        raise KeyboardInterrupt
    assert clock() == 1
