"""The seconds that a run tells are the program's own: a person who thinks is not counted."""

from __future__ import annotations

import time

import click
import pytest

from offboard.commands.output import Invocation
from tests.rehearsal import Rehearsal


def test_a_person_who_thinks_is_not_counted(rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    thought = [0.0]
    real = time.monotonic

    def think(*_: object, **__: object) -> bool:
        thought[0] += 60
        return True

    monkeypatch.setattr(time, "monotonic", lambda: real() + thought[0])
    monkeypatch.setattr(click, "confirm", think)
    monkeypatch.setattr(Invocation, "can_ask", True)
    told = rehearsal.offboard("run", "bloom").output
    (line,) = [line for line in told.splitlines() if "It is all in the tracker" in line]
    assert int(line.split()[0]) < 60, line
    assert thought[0] >= 120
