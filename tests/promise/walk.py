"""A walk: commands one after the other, and between any two of their requests a person's acts; all of it by a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from threading import Lock

from click.testing import Result

from offboard.errors import Exit
from offboard.sandbox.faults import Instruction, Scenario
from tests.promise.acts import ACTS, WEIGHTS
from tests.promise.hand import Hand
from tests.promise.judge import Judge
from tests.promise.sheet_acts import tidy
from tests.rehearsal import MOST_RUNS, Rehearsal

COMMANDS = ("run bloom --yes", "run corvo --yes", "plan bloom", "status", "status bloom", "invoices bloom",
            "invoices corvo", "run bloom --yes", "verify bloom", "doctor", "run bloom --yes")  # fmt: skip
FIRST, LAST = 0, 29  # a command's first request has the number 1; an act at 0 comes before it, a late one after its end
LENGTH = 2  # commands, before it is run until there is nothing to do
ACTS_AT_FIRST, ACTS_LATER = 16, 14  # thirty in all; most is made by the first run


@dataclass(frozen=True)
class Act:
    """A person does this before or after the n-th request of a command; chance says to which row and word."""

    name: str
    place: int
    when: str
    chance: int


@dataclass(frozen=True)
class Move:
    """A command, and what a person does meanwhile."""

    command: str
    acts: tuple[Act, ...] = ()


Walk = tuple[Move, ...]


def make_walk(seed: int) -> Walk:
    """The walk of a seed."""
    chance = Random(seed)
    return tuple(_make_move(chance, index) for index in range(LENGTH))


def _make_move(chance: Random, index: int) -> Move:
    command = "run bloom --yes" if index == 0 else chance.choice(COMMANDS)
    reach = LAST if command.startswith("run") else LAST // 3
    names = chance.choices(tuple(ACTS), WEIGHTS, k=ACTS_LATER if index else ACTS_AT_FIRST)
    acts = [
        Act(name, chance.randint(FIRST, reach), chance.choice(("before", "after")), chance.randrange(10**6))
        for name in names
    ]
    return Move(command, tuple(sorted(acts, key=lambda act: (act.place, act.when == "after"))))


class Walker:
    """Walks a walk in one rehearsal and has everything judged after each command."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        self.hand = Hand(rehearsal)
        self.judge = Judge(self.hand)
        self._hands = Lock()  # requests side by side have acts side by side, and a person has but one pair
        self._begun = {"bloom"}  # clients for whom something was run
        self.performed: list[str] = []  # the acts that there was something to do for

    def walk(self, walk: Walk) -> None:
        """Every command with its acts, then whatever was done by mistake is undone, and all comes to rest."""
        try:
            for move in walk:
                self.step(move.command, move.acts)
            self.come_to_rest()
        except AssertionError as error:
            moves = "\n  ".join(map(str, walk))
            error.add_note(f"The walk:\n  {moves}\nDone so far: {', '.join(self.performed)}")
            raise

    def step(self, command: str, acts: Sequence[Act] = ()) -> Result:
        """One command with its acts, judged."""
        with self.acting(acts):
            result = self.rehearsal.offboard(*command.split())
        self.judge.judge(command, result)
        if command.startswith("run"):
            self._begun.add(command.split()[1])
        return result

    @contextmanager
    def acting(self, acts: Sequence[Act]) -> Iterator[None]:
        """The acts happen at their places between the requests of what is done within; late ones after its end."""
        left = list(acts)
        for act in [act for act in acts if act.place == FIRST]:
            self._perform(act)
            left.remove(act)
        self.rehearsal.sandbox.faults.begin(Scenario(tuple(self._instruction(act, left) for act in left)))
        yield
        self.rehearsal.sandbox.faults.end()
        for act in left:
            self._perform(act)

    def come_to_rest(self) -> None:
        """The person takes back what was a mistake; then running again ends in nothing to do, and in no new row."""
        self.take_back()
        for short in sorted(self._begun):
            for _ in range(MOST_RUNS):
                before = self.judge.written
                result = self.step(f"run {short} --yes")
                assert result.exit_code == Exit.OK, result.output
                if "Nothing to do" in result.output and self.judge.written == before:
                    break
            else:
                raise AssertionError(f"it never came to rest:\n{result.output}")
            self.judge.judge_undone(short)

    def take_back(self) -> None:
        """What was done by mistake is undone, and what stands there twice is deleted."""
        while self.hand.takes_back:
            self.hand.takes_back.pop()()
        tidy(self.hand)

    def _instruction(self, act: Act, left: list[Act]) -> Instruction:
        def perform() -> None:
            self._perform(act)
            left.remove(act)  # one that failed stays, and fails where the test sees it

        return Instruction("*", act.place, "edit", when=act.when, act=perform)

    def _perform(self, act: Act) -> None:
        with self._hands:
            self.hand.chance = Random(act.chance)
            if ACTS[act.name](self.hand):
                self.performed.append(act.name)
