"""The engine is held against the model: whatever real runs do, the model can do, and both end in the same world."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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
from offboard.sandbox.faults import Instruction, Scenario
from offboard.workspace.google import Patience
from offboard.workspace.workspace import open_workspace
from offboard.world import Wishes
from tests.discovery import Witness
from tests.promise.gate import Gate, GatedSandbox
from tests.promise.model.follow import Follower, outcome, world_of
from tests.promise.model.seen import BEGINS, ENDS, GETS, IS_KILLED, LOOKS, SAYS_SHARE, Seen
from tests.promise.model.state import Event
from tests.promise.model.step import NAMES
from tests.promise.test_faults import KINDS, PLACES
from tests.promise.test_interleave import REQUESTS, Patient
from tests.rehearsal import MOST_RUNS, Rehearsal, copy_home

WRITES = (
    ("sheets.spreadsheets.batchUpdate", 1), ("sheets.spreadsheets.batchUpdate", 2), ("gmail.users.drafts.create", 1),
    ("drive.files.create", 1), ("drive.permissions.create", 1), ("gmail.users.drafts.update", 1),
)  # fmt: skip
SAMPLE, EVERY = range(3), range(3, 120)
CUT = (8, 20, 22)  # with the shells, at the share, behind it


@dataclass
class Stage:
    """A Workspace with a gate and two homes, A's and B's; what they ask of it is seen."""

    sandbox: GatedSandbox
    homes: dict[str, Path]
    tokens: dict[str, str]
    seen: Seen

    def run(self, name: str, wishes: Wishes = Wishes()) -> bool:  # noqa: B008  # frozen
        """One run from a home, through or not."""
        home, patient = self.homes[name], Patient()
        workspace = open_workspace(load_config(home, {}), Patience(600, clock=patient, sleep=patient.sleep))
        place = Place(workspace, load_config(home, {}).tracker.value, load_templates(home), now, home)
        try:
            run(place, "bloom", wishes, new_nonce(), lambda *_: Agreement(go=True), Watch())
        except OffboardError:
            return False
        finally:
            if self.sandbox.gate:
                self.sandbox.gate.end(self.tokens[name])
        return True

    def run_alone(self, name: str, wishes: Wishes = Wishes()) -> None:  # noqa: B008  # frozen
        """A run of which both its beginning and its end are told."""
        self.seen.tell(name, SAYS_SHARE if wishes.only else BEGINS)
        self.run(name, wishes)
        self.seen.tell(name, ENDS)

    def come_to_rest(self) -> None:
        """Runs until all is made; a share whose end is not known is said again."""
        for _ in range(MOST_RUNS):
            before = len(self.rehearsal.rows("Ledger"))
            self.run_alone("A")
            if len(self.rehearsal.rows("Ledger")) == before:
                if "begun" not in self.rehearsal.ledger().values():
                    return
                self.run_alone("A", Wishes(only=frozenset({"share"})))
        raise AssertionError("it never came to rest")

    @property
    def rehearsal(self) -> Rehearsal:
        """A's home, to look at what became of it."""
        return Rehearsal(self.sandbox, self.homes["A"])

    def follow(self, kills: int = 0, losses: int = 0) -> None:
        """The model does all that was seen, and ends where the real world did."""
        runs = sum(event.does in (BEGINS, SAYS_SHARE) for event in self.seen.events)
        follower = Follower(world_of(runs, kills, losses))
        for event in self.seen.events:
            follower.take(event)
        ends = [outcome(state) for state in follower.states]
        assert self.seen.outcome(self.rehearsal) in ends, ends


@pytest.fixture
def stage(template: Path, tmp_path: Path, witness: Witness) -> Iterator[Stage]:
    """A fresh Workspace, and two homes that are signed in to it, each for itself."""
    homes = {name: tmp_path / name for name in NAMES}
    for home in homes.values():
        copy_home(template, home)
    seen = Seen(witness)
    sandbox = GatedSandbox(homes["A"] / STATE, witness=seen)
    with sandbox:
        tokens = {}
        for name, home in homes.items():
            write_home(home, sandbox)
            token = json.loads((home / "token.json").read_text())
            tokens[name] = token["token"]
            seen.name(token, name)
        yield Stage(sandbox, homes, tokens, seen)


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


def amiss(stage: Stage, method: str, call: int, kind: str) -> None:
    """A run with one fault, then runs without, followed."""
    stage.sandbox.faults.begin(Scenario((Instruction(method, call, kind),)))
    stage.run_alone("A")
    stage.sandbox.faults.end()
    stage.come_to_rest()
    stage.follow(losses=1)


@pytest.mark.parametrize(("method", "call"), WRITES)
def test_the_model_follows_a_run_whose_reply_is_lost(method: str, call: int, stage: Stage) -> None:
    amiss(stage, method, call, "applied-drop")


@pytest.mark.every
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", PLACES)
def test_the_model_follows_a_run_with_any_fault_at_any_request(kind: str, place: int, stage: Stage) -> None:
    amiss(stage, "*", place, kind)


def cut_off(stage: Stage, left: int, *, loses_reply: bool) -> None:
    """A run that reaches Google no more after so many requests, then runs alone, followed."""
    sandbox = stage.sandbox
    sandbox.victim, sandbox.left, sandbox.loses_reply = stage.tokens["A"], left, loses_reply
    sandbox.gate = Gate([stage.tokens["A"]], left)
    stage.seen.tell("A", BEGINS)
    through = stage.run("A")
    sandbox.gate, sandbox.victim = None, ""
    stage.seen.tell("A", ENDS if through else IS_KILLED)
    stage.come_to_rest()
    stage.follow(kills=1, losses=1)


@pytest.mark.parametrize("left", CUT)
def test_the_model_follows_a_run_that_is_cut_off(left: int, stage: Stage) -> None:
    cut_off(stage, left, loses_reply=True)


@pytest.mark.every
@pytest.mark.parametrize("left", range(REQUESTS))
@pytest.mark.parametrize("loses_reply", [True, False])
def test_the_model_follows_a_run_that_is_cut_off_anywhere(left: int, loses_reply: bool, stage: Stage) -> None:
    cut_off(stage, left, loses_reply=loses_reply)


def side_by_side(stage: Stage, seed: int) -> None:
    """Two runs, their requests in a seed's order, every second time one cut off; then runs alone, all followed."""
    chance, sandbox = Random(seed), stage.sandbox
    victim = chance.choice(NAMES) if seed % 2 else ""
    sandbox.victim = stage.tokens.get(victim, "none")
    sandbox.left, sandbox.loses_reply = chance.randrange(REQUESTS), chance.random() < 0.5
    for name in NAMES:
        stage.seen.tell(name, BEGINS)
    sandbox.gate = Gate(stage.tokens.values(), seed)
    with ThreadPoolExecutor(len(NAMES)) as pool:
        through = dict(zip(NAMES, pool.map(stage.run, NAMES), strict=True))
    sandbox.gate = None
    for name in NAMES:
        stage.seen.tell(name, IS_KILLED if name == victim and not through[name] else ENDS)
    stage.come_to_rest()
    cut = int(bool(victim))
    stage.follow(kills=cut, losses=cut)


@pytest.mark.parametrize("seed", SAMPLE)
def test_the_model_follows_two_runs_side_by_side(seed: int, stage: Stage) -> None:
    side_by_side(stage, seed)


@pytest.mark.every
@pytest.mark.parametrize("seed", EVERY)
def test_the_model_follows_two_runs_in_any_order(seed: int, stage: Stage) -> None:
    side_by_side(stage, seed)
