"""`python -m tests.promise`: all that `make test` takes a sample of, on every core; `--only` some of its suites."""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TimeElapsedColumn

from tests.environment import keep_little
from tests.promise.sample import cut_rows
from tests.promise.setting import at_home, make_settings
from tests.promise.suites import Trial, begin_worker, list_trials
from tests.rehearsal import make_template_home

WORKERS = os.cpu_count() or 1
SEEN = Console(stderr=True)


@dataclass
class Count:
    """Scenarios of a suite still to be played and played, those that left damage, and the seconds of all of them."""

    suite: str
    left: int = 0
    scenarios: int = 0
    damaged: int = 0
    seconds: float = 0.0

    def add(self, other: Count) -> None:
        """This one's and the other's together."""
        self.scenarios += other.scenarios
        self.damaged += other.damaged
        self.seconds += other.seconds

    def __str__(self) -> str:
        return f"{self.scenarios:>6,} scenarios {self.damaged:>4} damaged {self.seconds:>6.0f} s  {self.suite}"


def main() -> int:
    """Play every trial and tell, each suite as soon as it is done; 1 where there was damage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="suites in whose name this is found, a regular expression")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each N-th scenario")
    wanted = parser.parse_args()
    keep_little()
    began, total = time.monotonic(), Count(f"in all, on {WORKERS} workers")
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        make_template_home(demo)
        with at_home(demo) as rehearsal:
            cut_rows(rehearsal)
        trials = list_trials(demo, make_settings(demo, Path(folder)))
        chosen = [trial for trial in trials if re.search(wanted.only, trial.suite)][:: wanted.every]
        for count in _play_all(chosen, Path(folder)):
            print(count, flush=True)
            total.add(count)
    total.seconds = time.monotonic() - began
    print(total)
    return min(total.damaged, 1)


def _play_all(trials: list[Trial], folder: Path) -> Iterator[Count]:
    """The suites, each as soon as its last trial is played."""
    counts = {trial.suite: Count(trial.suite) for trial in trials}
    for trial in trials:
        counts[trial.suite].left += 1
    with (
        Progress("{task.completed:,.0f} of {task.total:,.0f}", BarColumn(), TimeElapsedColumn(), console=SEEN) as seen,
        ProcessPoolExecutor(WORKERS, get_context("spawn"), begin_worker) as pool,
    ):
        task = seen.add_task("", total=len(trials))
        playing = {pool.submit(trial.run, folder / f"{number}"): trial for number, trial in enumerate(trials)}
        for played in as_completed(playing):
            trial, (damages, seconds) = playing[played], played.result()
            count = counts[trial.suite]
            count.left -= 1
            count.add(Count(trial.suite, 0, 1, bool(damages), seconds))
            seen.advance(task)
            for damage in damages:
                SEEN.print(f"{trial.suite}: {trial.name}: {damage}", markup=False, highlight=False)
            if not count.left:
                yield count


if __name__ == "__main__":
    sys.exit(main())
