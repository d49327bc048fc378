"""The machine can see: pointed at an honest script in the usual style it finds damage, where it finds none of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.control import Bench, Mischief, Run, run_offboard, run_script

CASES = (
    (Mischief("applied-drop", 18), "too many"),
    (Mischief("sort", 30), "written at another client"),
    (Mischief("walk", seed=7), "a second folder"),
    (Mischief("at once", seed=1), "too many"),
)


@pytest.fixture(scope="module", params=[run_offboard, run_script])
def bench(
    request: pytest.FixtureRequest, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Run, Bench]:
    return request.param, Bench(template, tmp_path_factory.mktemp("control"), request.param)


@pytest.mark.parametrize(("mischief", "found"), CASES)
def test_the_same_mischief_damages_the_script_and_not_offboard(
    mischief: Mischief, found: str, bench: tuple[Run, Bench]
) -> None:
    run, played = bench
    damages = played.play(mischief)
    assert any(found in damage for damage in damages) if run is run_script else not damages, damages
