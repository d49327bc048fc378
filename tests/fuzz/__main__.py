"""`make fuzz`: malformed requests by the thousand, with counts by route and status, and each that went wrong."""

from __future__ import annotations

import argparse
import multiprocessing
import re
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.fuzz.round import LETTERS, Outcome, play_round
from tests.fuzz.workspace import make_template

LONGEST = 3000  # characters of a request that are printed


def main() -> int:
    """Play the rounds and print what came of them; 1 when anything went wrong."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("--requests", type=int, default=20_000, help=f"rounded up to rounds of {LETTERS}")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--round", type=int, help="play only this one again")
    asked.add_argument("--processes", type=int, default=2)
    words = asked.parse_args()
    rounds = [words.round] if words.round is not None else list(range(-(-words.requests // LETTERS)))
    begun, outcome = time.monotonic(), Outcome()
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "home"
        make_template(template)
        play = partial(play_round, template, words.seed)
        with ProcessPoolExecutor(words.processes, multiprocessing.get_context("spawn")) as pool:
            for played in pool.map(play, rounds):
                outcome.add(played)
    _show(outcome, time.monotonic() - begun)
    return 1 if outcome.faults else 0


def _show(outcome: Outcome, seconds: float) -> None:
    routes: dict[str, Counter[int]] = {}
    for (route, status), count in outcome.counts.items():
        routes.setdefault(route, Counter())[status] += count
    for route in sorted(routes):
        statuses = "  ".join(f"{status or 'closed'} ×{count}" for status, count in sorted(routes[route].items()))
        print(f"{route:<62} {statuses}")
    total = Counter[int]()
    for counted in routes.values():
        total += counted
    print(f"\n{total.total()} requests to {len(routes)} routes in {seconds:.0f} seconds:", dict(sorted(total.items())))
    print("slowest:", ", ".join(f"{route} {slow:.2f} s" for slow, route in outcome.slowest))
    alike: dict[str, list[str]] = {}
    for fault in outcome.faults:
        alike.setdefault(re.sub(r"[\d.]+", "", fault.partition(" -> ")[2].partition("\n")[0] or fault[:80]), []).append(
            fault
        )
    print(f"{len(outcome.faults)} went wrong, in {len(alike)} ways")
    for faults in alike.values():
        print(f"\n{len(faults)} times, first\n{faults[0][:LONGEST]}")


if __name__ == "__main__":
    sys.exit(main())
