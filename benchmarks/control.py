"""`python -m benchmarks.control`: the same mischief for offboard and for an honest script; who leaves damage?"""

from __future__ import annotations

import argparse
import contextlib
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.amiss import compare, find_damage, find_result
from benchmarks.naive import Script
from offboard.commands.rehearsal import write_home
from offboard.sandbox.faults import Instruction, Scenario
from tests.promise.amiss import APPLIED, REFUSED
from tests.promise.edits import ACTS, cells, edit
from tests.promise.gate import Gate, GatedSandbox
from tests.promise.runner import open_place, run_from
from tests.promise.setting import at_home
from tests.promise.walk import Walker, make_walk
from tests.rehearsal import Rehearsal, copy_home, make_template_home

AGAIN = 3  # runs without mischief after the one with it
UNFINISHED = "not finished"  # no damage, but told: it cannot go on with what the person did
Run = Callable[[Path], bool]


def run_offboard(home: Path) -> bool:
    """Whether it came to its end: what `offboard run bloom --yes` does, without the waiting."""
    return not run_from(open_place(home))


def run_script(home: Path) -> bool:
    """Whether the script came to its end; it may end with a trace instead, and somebody starts it again."""
    with contextlib.suppress(Exception):
        Script(home).run("bloom")
        return True
    return False


@dataclass
class Mischief:
    """One thing that goes wrong: during the first run, or two runs at once, or a walk, by its seed."""

    kind: str
    place: int = 0
    seed: int = 0


@dataclass
class Tally:
    """How many scenarios there were, and in how many of them what was found amiss afterwards."""

    scenarios: int = 0
    damaged: int = 0
    kinds: Counter[str] = field(default_factory=Counter)

    def count(self, damages: set[str]) -> None:
        """One more scenario."""
        self.scenarios += 1
        self.damaged += bool(damages - {UNFINISHED})
        self.kinds.update(damages)


class Bench:
    """Plays mischief to one program, each time in a fresh Workspace, and compares with what it does undisturbed."""

    def __init__(self, template: Path, scratch: Path, run: Run) -> None:
        self._template, self._scratch, self._run = template, scratch, run
        self._count = 0
        with self._workspace() as rehearsal:
            self._run(rehearsal.home)
            self.requests = len(rehearsal.sandbox.requests)
            self._undisturbed = find_result(rehearsal)

    def play(self, mischief: Mischief) -> set[str]:
        """What is amiss once the program has run with this mischief and then, in peace, again."""
        if mischief.kind == "walk":
            return self._walk(mischief.seed)
        with self._workspace() as rehearsal:
            typed = cells(rehearsal)
            if mischief.kind == "at once":
                self._run_two(rehearsal, mischief.seed)
            else:
                rehearsal.sandbox.faults.begin(Scenario((_instruction(rehearsal, mischief),)))
                self._run(rehearsal.home)
                rehearsal.sandbox.faults.end()
            unfinished = self._run_again(rehearsal.home)
            found = set(compare(rehearsal, self._undisturbed, typed))
            # what is missing because it cannot go on is no damage
            return unfinished | {damage for damage in found if not (unfinished and damage.endswith("missing"))}

    def _walk(self, seed: int) -> set[str]:
        """What is amiss after runs between whose requests a person worked in Google's own pages."""
        with self._workspace() as rehearsal:
            walker = Walker(rehearsal)
            for move in make_walk(seed):
                with walker.acting(move.acts):
                    self._run(rehearsal.home)
            walker.take_back()
            unfinished = self._run_again(rehearsal.home)
            return unfinished | set(find_damage(walker.hand))

    def _run_again(self, home: Path) -> set[str]:
        ends = [self._run(home) for _ in range(AGAIN)]
        return set() if ends[-1] else {UNFINISHED}

    @contextlib.contextmanager
    def _workspace(self) -> Iterator[Rehearsal]:
        self._count += 1
        home = self._scratch / f"{self._run.__name__}-{self._count}"
        copy_home(self._template, home)
        with at_home(home) as rehearsal:
            yield rehearsal

    def _run_two(self, rehearsal: Rehearsal, seed: int) -> None:
        second = rehearsal.home.with_name(f"{rehearsal.home.name}-second")
        copy_home(self._template, second)
        sandbox = rehearsal.sandbox
        assert isinstance(sandbox, GatedSandbox)
        write_home(second, sandbox)
        runners = {json.loads((home / "token.json").read_text())["token"]: home for home in (rehearsal.home, second)}
        sandbox.gate = gate = Gate(runners, seed)

        def run_one(token: str) -> None:
            self._run(runners[token])
            gate.end(token)

        with ThreadPoolExecutor(len(runners)) as pool:
            list(pool.map(run_one, runners))
        sandbox.gate = None


def _instruction(rehearsal: Rehearsal, mischief: Mischief) -> Instruction:
    if mischief.kind in ACTS:
        return Instruction("*", mischief.place, "edit", requests=(edit(rehearsal, mischief.kind),))
    return Instruction("*", mischief.place, mischief.kind)


def mischiefs(requests: int, step: int) -> Iterator[tuple[str, Mischief]]:
    """Every fault and every edit at each step-th request, by turns; runs at once and walks, as many as requests."""
    for group, kinds in (("faults", (*REFUSED, *APPLIED)), ("edits", tuple(ACTS))):
        for offset, kind in enumerate(kinds):
            for place in range(1 + offset % step, requests + 1, step):
                yield group, Mischief(kind, place)
    for kind in ("at once", "walk"):
        for seed in range(0, requests, step):
            yield kind, Mischief(kind, seed=seed)


def main() -> None:
    """Print the counts of both, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=6, help="every so many requests one place; 1 is all")
    step = parser.parse_args().step
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template"
        make_template_home(template)
        for name, program in (("offboard", run_offboard), ("the script", run_script)):
            bench = Bench(template, Path(folder), program)
            tallies: defaultdict[str, Tally] = defaultdict(Tally)
            for group, mischief in mischiefs(bench.requests, step):
                tallies[group].count(bench.play(mischief))
            _print(name, bench.requests, tallies)


def _print(name: str, requests: int, tallies: dict[str, Tally]) -> None:
    print(f"{name}: {requests} requests a run")
    for group, tally in tallies.items():
        kinds = ", ".join(f"{kind} {count}" for kind, count in tally.kinds.most_common())
        print(f"  {group:<8} {tally.damaged:>4} of {tally.scenarios:>4} damaged{': ' if kinds else ''}{kinds}")


if __name__ == "__main__":
    main()
