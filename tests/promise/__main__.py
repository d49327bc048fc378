"""`python -m tests.promise`: everything that `make test` takes a sample of, on every core; counts at the end."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.garbage import wait_with_garbage
from tests.promise.sample import cut_rows
from tests.promise.setting import at_home, make_settings
from tests.promise.suites import Trial, list_trials
from tests.rehearsal import make_template_home

WORKERS = (os.cpu_count() or 1) + 1  # one may be waiting for a reply that is late


@dataclass
class Count:
    """Scenarios of a suite, those that left damage, and the seconds that they took side by side."""

    scenarios: int = 0
    damaged: int = 0
    seconds: float = 0.0


def main() -> int:
    """Play every trial and tell; 1 where there was damage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="suites whose name has this in it")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each N-th scenario")
    wanted = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        make_template_home(demo)
        with at_home(demo) as rehearsal:
            cut_rows(rehearsal)
        trials = list_trials(demo, make_settings(demo, Path(folder)))
        chosen = [trial for trial in trials if wanted.only in trial.suite][:: wanted.every]
        counts = _play_all(chosen, Path(folder))
    for suite, count in counts.items():
        print(f"{count.scenarios:>6,} scenarios {count.damaged:>4} damaged {count.seconds:>6.0f} s  {suite}")
    total = sum(count.scenarios for count in counts.values())
    damaged = sum(count.damaged for count in counts.values())
    print(
        f"{total:>6,} scenarios {damaged:>4} damaged {time.monotonic() - began:>6.0f} s  in all, on {WORKERS} workers"
    )
    return min(damaged, 1)


def _play_all(trials: list[Trial], folder: Path) -> dict[str, Count]:
    counts: defaultdict[str, Count] = defaultdict(Count)
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), wait_with_garbage) as pool:
        playing = {pool.submit(trial.run, folder / f"{number}"): trial for number, trial in enumerate(trials)}
        for played in as_completed(playing):
            trial, (damages, seconds) = playing[played], played.result()
            count = counts[trial.suite]
            count.scenarios += 1
            count.damaged += bool(damages)
            count.seconds += seconds
            for damage in damages:
                print(f"{trial.suite}: {trial.name}: {damage}", file=sys.stderr)
    return counts


if __name__ == "__main__":
    sys.exit(main())
