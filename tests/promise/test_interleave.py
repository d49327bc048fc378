"""Runs of one client at once from several homes, their requests in every order: one of each thing, and no lie."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from offboard.commands.rehearsal import STATE, write_home
from offboard.commands.session import new_nonce, now
from offboard.config import load_config
from offboard.emails.templates import load_templates
from offboard.engine.look import Place
from offboard.engine.make import Watch
from offboard.engine.run import Agreement, run
from offboard.errors import OffboardError
from offboard.workspace.google import Patience
from offboard.workspace.workspace import open_workspace
from offboard.world import Wishes
from tests.discovery import Witness
from tests.promise.gate import Gate, GatedSandbox
from tests.rehearsal import Rehearsal, World, copy_home

SAMPLE, EVERY = range(12), range(12, 300)
REQUESTS = 29  # a run alone makes so many; it may be cut off before any


class Patient:
    """Time that passes only while somebody waits."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.passed += seconds


@pytest.fixture
def crowd(template: Path, tmp_path: Path, witness: Witness) -> Iterator[tuple[Rehearsal, list[Path]]]:
    """A Workspace with a gate, and three homes signed in to it, each for itself."""
    homes = [tmp_path / name for name in ("home", "second", "third")]
    for home in homes:
        copy_home(template, home)
    with GatedSandbox(homes[0] / STATE, witness=witness) as sandbox:
        for home in homes:
            write_home(home, sandbox)
        yield Rehearsal(sandbox, homes[0]), homes


def interleave(crowd: tuple[Rehearsal, list[Path]], seed: int) -> list[str]:
    """Two or three runs side by side as the seed has it, one of them cut off perhaps; what each ended with."""
    rehearsal, homes = crowd
    chance = Random(seed)
    sandbox = rehearsal.sandbox
    assert isinstance(sandbox, GatedSandbox)
    some = homes[: chance.choice((2, 2, 3))]
    runners = {json.loads((home / "token.json").read_text())["token"]: home for home in some}
    sandbox.gate = gate = Gate(runners, seed)
    if seed % 2:
        sandbox.victim = chance.choice(list(runners))
        sandbox.left, sandbox.loses_reply = chance.randrange(REQUESTS), chance.random() < 0.5
    with ThreadPoolExecutor(len(runners)) as pool:
        running = [pool.submit(_run, home, gate, token) for token, home in runners.items()]
    sandbox.gate = None
    return [runner.result() for runner in running]


def _run(home: Path, gate: Gate, token: str) -> str:
    config, patient = load_config(home, {}), Patient()
    workspace = open_workspace(config, Patience(600, clock=patient, sleep=patient.sleep))
    place = Place(workspace, config.tracker.value, load_templates(home), now, home)
    try:
        run(place, "bloom", Wishes(), new_nonce(), lambda *_: Agreement(go=True), Watch())
    except OffboardError as error:
        return error.message
    finally:
        gate.end(token)
    return ""


def check(crowd: tuple[Rehearsal, list[Path]], undisturbed: World, seed: int) -> None:
    """However they ran side by side, once one runs alone the world is as if there had never been another."""
    ends = interleave(crowd, seed)
    rehearsal, _ = crowd
    if not rehearsal.sandbox.victim:
        assert not [end for end in ends if end and "type the same command again" not in end.lower()], ends
    rehearsal.come_to_rest()
    world = rehearsal.world()
    assert world["files"] == undisturbed["files"]
    assert [draft for draft in world["drafts"] if draft[0]] == undisturbed["drafts"]
    assert world["ledger"] == undisturbed["ledger"]
    assert len(set(world["log"])) == len(world["log"]), "a log row twice"
    assert set(undisturbed["log"]) <= set(world["log"])


def test_the_gate_lets_runs_meet_and_the_fence_parts_them(crowd: tuple[Rehearsal, list[Path]]) -> None:
    interleave(crowd, seed=2)
    refused = [asked for asked in crowd[0].sandbox.requests if asked["status"] == 400]
    assert refused, "no run was ever overtaken by another"


@pytest.mark.parametrize("seed", SAMPLE)
def test_runs_in_any_order_of_their_requests_make_everything_once(
    seed: int, crowd: tuple[Rehearsal, list[Path]], undisturbed: World
) -> None:
    check(crowd, undisturbed, seed)


@pytest.mark.every
@pytest.mark.parametrize("seed", EVERY)
def test_runs_in_every_order_of_their_requests_make_everything_once(
    seed: int, crowd: tuple[Rehearsal, list[Path]], undisturbed: World
) -> None:
    check(crowd, undisturbed, seed)
