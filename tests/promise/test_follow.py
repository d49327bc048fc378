"""The engine is held against the model: whatever real runs do, the model can do, and both end in the same world."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.discovery import Witness
from tests.promise.model.follow import Follower, world_of
from tests.promise.model.seen import GETS, LOOKS
from tests.promise.model.state import Event
from tests.promise.stage import Stage, amiss, cut_off, open_stage, side_by_side

WRITES = (
    ("sheets.spreadsheets.batchUpdate", 1), ("sheets.spreadsheets.batchUpdate", 2), ("gmail.users.drafts.create", 1),
    ("drive.files.create", 1), ("drive.permissions.create", 1), ("gmail.users.drafts.update", 1),
)  # fmt: skip
CUT = (8, 20, 22)  # with the shells, at the share, behind it


@pytest.fixture
def stage(template: Path, tmp_path: Path, witness: Witness) -> Iterator[Stage]:
    """A fresh Workspace, and two homes that are signed in to it, each for itself."""
    with open_stage(template, tmp_path, witness) as opened:
        yield opened


def test_the_model_follows_a_run_that_nothing_disturbs(stage: Stage) -> None:
    stage.come_to_rest()
    stage.follow()


def test_the_model_refuses_what_the_design_forbids(stage: Stage) -> None:
    """A real run with one write left out, done twice or before its time, or without a look, is no run of the model."""
    stage.run_alone("A")
    seen = stage.seen.events
    assert _can_follow(seen)
    for at in [at for at, event in enumerate(seen) if event.write is not None]:
        for wrong in (seen[:at] + seen[at + 1 :], seen[: at + 1] + seen[at:], _swapped(seen, at)):
            assert not _can_follow(wrong), seen[at]
    for look in (LOOKS, GETS):
        assert not _can_follow([event for event in seen if event.does != look])


def _swapped(events: list[Event], at: int) -> list[Event]:
    return [*events[:at], events[at + 1], events[at], *events[at + 2 :]]


def _can_follow(events: list[Event]) -> bool:
    follower = Follower(world_of(runs=1))
    try:
        for event in events:
            follower.take(event)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize(("method", "call"), WRITES)
def test_the_model_follows_a_run_whose_reply_is_lost(method: str, call: int, stage: Stage) -> None:
    amiss(stage, method, call, "applied-drop")


@pytest.mark.parametrize("left", CUT)
def test_the_model_follows_a_run_that_is_cut_off(left: int, stage: Stage) -> None:
    cut_off(stage, left, loses_reply=True)


@pytest.mark.parametrize("seed", range(3))
def test_the_model_follows_two_runs_side_by_side(seed: int, stage: Stage) -> None:
    side_by_side(stage, seed)
