"""The machine's client has everything that a run can make: what it has not is not proven."""

from __future__ import annotations

from pathlib import Path

from offboard.engine.run import plan
from offboard.plan import Change, HoldCall, Unshare
from offboard.steps import STEPS
from tests.promise.runner import open_place
from tests.promise.setting import Setting

ELSEWHERE = {HoldCall, Unshare}  # their own tests try faults at every request: engine/test_call.py, test_unshare.py


def test_every_kind_of_change_and_every_step_that_makes_one_is_tried(
    settings: dict[str, Setting], tmp_path: Path
) -> None:
    changes: list[Change] = []
    for name, setting in settings.items():
        with setting.open(tmp_path / name) as rehearsal:
            changes += plan(open_place(rehearsal.home), "bloom", setting.wishes)[1].changes
    assert {type(change) for change in changes} == set(Change.__subclasses__()) - ELSEWHERE
    assert {change.step for change in changes} <= {step.name for step in STEPS}
