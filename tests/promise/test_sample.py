"""The machine's client has everything that a run can make: what it has not is not proven."""

from __future__ import annotations

from pathlib import Path

from offboard.engine.run import look
from offboard.plan import Change, make_plan
from offboard.steps import STEPS
from offboard.steps.unshare import UNSHARE
from tests.promise.runner import open_place
from tests.promise.setting import Setting


def test_every_kind_of_change_and_every_step_that_makes_one_is_tried(
    settings: dict[str, Setting], tmp_path: Path
) -> None:
    changes: list[Change] = []
    for name, setting in settings.items():
        with setting.open(tmp_path / name) as rehearsal:
            world, client = look(open_place(rehearsal.home), "bloom", setting.wishes)
            changes += make_plan(world, client, setting.steps).changes
    assert {type(change) for change in changes} == set(Change.__subclasses__())
    assert {change.step for change in changes} <= {step.name for step in (*STEPS, UNSHARE)}
