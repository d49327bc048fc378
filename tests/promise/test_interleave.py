"""Runs of one client at once from several homes, their requests in every order: one of each thing, and no lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.discovery import Witness
from tests.promise.crowd import interleave, play
from tests.promise.setting import CROWDED, Setting


def test_the_gate_lets_runs_meet_and_the_fence_parts_them(settings: dict[str, Setting], tmp_path: Path) -> None:
    with settings["fresh"].open(tmp_path, homes=2) as rehearsal:
        homes = [rehearsal.home, rehearsal.home.with_name("home-1")]
        interleave(rehearsal, homes, 2, settings["fresh"])
        assert [asked for asked in rehearsal.sandbox.requests if asked["status"] == 400], "none was ever overtaken"


@pytest.mark.parametrize("name", CROWDED)
@pytest.mark.parametrize("seed", range(6))
def test_runs_in_any_order_of_their_requests_make_everything_once(
    seed: int, name: str, settings: dict[str, Setting], tmp_path: Path, witness: Witness
) -> None:
    assert not play(seed, settings[name], tmp_path, witness)
