"""A stage: real runs, of which everything that they ask of Google is seen, so that the model can be asked to follow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from offboard.commands.rehearsal import STATE, write_home
from offboard.sandbox.faults import Instruction, Scenario
from offboard.sandbox.server import Witness
from offboard.world import Wishes
from tests.promise.gate import Gate, GatedSandbox
from tests.promise.model.follow import Follower, outcome, world_of
from tests.promise.model.seen import BEGINS, ENDS, IS_KILLED, SAYS_SHARE, Seen
from tests.promise.model.step import NAMES
from tests.promise.runner import open_place, run_from
from tests.rehearsal import MOST_RUNS, Rehearsal, copy_home

REQUESTS = 29  # a run of the demo's client alone makes so many; it may be cut off before any


@dataclass
class Stage:
    """A Workspace with a gate and two homes, A's and B's; what they ask of it is seen."""

    sandbox: GatedSandbox
    homes: dict[str, Path]
    tokens: dict[str, str]
    seen: Seen

    def run(self, name: str, wishes: Wishes = Wishes()) -> bool:  # noqa: B008  # frozen
        """One run from a home, through or not."""
        try:
            return not run_from(open_place(self.homes[name]), wishes)
        finally:
            if self.sandbox.gate:
                self.sandbox.gate.end(self.tokens[name])

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


@contextmanager
def open_stage(template: Path, folder: Path, witness: Witness) -> Iterator[Stage]:
    """A fresh Workspace, and two homes that are signed in to it, each for itself."""
    homes = {name: folder / name for name in NAMES}
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


def amiss(stage: Stage, method: str, call: int, kind: str) -> None:
    """A run with one fault, then runs without, followed."""
    stage.sandbox.faults.begin(Scenario((Instruction(method, call, kind),)))
    stage.run_alone("A")
    stage.sandbox.faults.end()
    stage.come_to_rest()
    stage.follow(losses=1)


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
