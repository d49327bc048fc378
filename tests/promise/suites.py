"""Everything that the promise is tried with: suites of scenarios, each of which tells what is amiss in the end."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from multiprocessing import current_process
from pathlib import Path

from tests.discovery import Witness
from tests.environment import keep_to_one_core
from tests.garbage import collect_garbage, wait_with_garbage
from tests.promise import amiss, crowd, stage
from tests.promise.days import (
    BERLIN,
    LAST_DAYS,
    MACHINES,
    MINUTES,
    SHEETS,
    Calendar,
    check_day,
    check_last_day,
    machine_in,
    minutes_from,
)
from tests.promise.edits import ACTS
from tests.promise.model.explore import explore
from tests.promise.model.worlds import LARGER, NEEDED, WORLDS, Case, without
from tests.promise.setting import CROWDED, Setting, at_home
from tests.promise.stage import Stage, open_stage
from tests.promise.walk import Walker, make_walk
from tests.rehearsal import Rehearsal, copy_home

INTERLEAVINGS, WALKS, FOLLOWED = 150, 500, 60  # interleavings: of each setting
Play = Callable[[Path], list[str]]


@dataclass(frozen=True)
class Trial:
    """One scenario: whose suite, which, and how it is played in a folder of its own."""

    suite: str
    name: str
    play: Play

    def run(self, folder: Path) -> tuple[list[str], float]:
        """What was amiss in the end, and the seconds that it took; the folder is made for it."""
        began = time.monotonic()
        folder.mkdir()
        try:
            damages = self.play(folder / "home")
        except Exception:  # noqa: BLE001  # whatever goes wrong in one scenario, the others are played
            damages = [traceback.format_exc()]
        collect_garbage()
        return damages, time.monotonic() - began


def begin_worker() -> None:
    """What each process of a pool does first."""
    keep_to_one_core(int(current_process().name.rpartition("-")[2]))
    wait_with_garbage()


def list_trials(demo: Path, settings: dict[str, Setting]) -> Iterator[Trial]:
    """All of them, the long ones first."""
    yield Trial("time: a run in every minute of a day", "", partial(_play_at, demo, partial(_whole_day)))
    for name in (*LARGER, *WORLDS):
        yield Trial("the model, to its end", name, partial(_explore, name))
    for case in NEEDED:
        yield Trial("the model without one rule", str(case.off), partial(_need, case))
    for seed in range(WALKS):
        yield Trial("people at work: walks", str(seed), partial(_play_at, demo, partial(_walk, seed)))
    for name, setting in settings.items():
        for one in amiss.every_amiss(name, setting.calls):
            suite = "an edit by hand at a call" if one.kind in ACTS else f"a call amiss, {one.then}"
            yield Trial(suite, str(one), partial(amiss.play, one, setting))
        for seed in range(INTERLEAVINGS if name in CROWDED else 0):
            yield Trial("two and three at once", f"{name} {seed}", partial(crowd.play, seed, setting))
    for seed in range(FOLLOWED):
        yield Trial("the model follows the engine", str(seed), partial(_follow, demo, seed))
    for machine in MACHINES:
        for zone in SHEETS:
            for day in LAST_DAYS:
                play = partial(_last_day, zone, day, machine)
                yield Trial("time: last days and zones", f"{zone} {day} {machine}", partial(_play_at, demo, play))


def _play_at(demo: Path, act: Callable[[Rehearsal], None], folder: Path) -> list[str]:
    copy_home(demo, folder)
    with at_home(folder) as rehearsal:
        act(rehearsal)
    return []


def _whole_day(rehearsal: Rehearsal) -> None:
    check_day(rehearsal, minutes_from(datetime(2026, 6, 1, tzinfo=BERLIN), MINUTES), days=1)


def _last_day(zone: str, day: date, machine: str, rehearsal: Rehearsal) -> None:
    with machine_in(machine):
        check_last_day(Calendar(rehearsal), zone, day)


def _walk(seed: int, rehearsal: Rehearsal) -> None:
    Walker(rehearsal).walk(make_walk(seed))


def _follow(demo: Path, seed: int, folder: Path) -> list[str]:
    """By turns a call amiss, a run cut off, and two side by side."""
    acts: tuple[Callable[[Stage], None], ...] = (
        lambda opened: stage.amiss(opened, "*", 1 + seed % stage.REQUESTS, amiss.KINDS[seed % 9]),
        lambda opened: stage.cut_off(opened, seed % stage.REQUESTS, loses_reply=seed % 2 == 0),
        lambda opened: stage.side_by_side(opened, seed),
    )
    with open_stage(demo, folder, Witness()) as opened:
        acts[seed % len(acts)](opened)
    return []


def _explore(name: str, _folder: Path) -> list[str]:
    found = explore((WORLDS | LARGER)[name])
    return [*found.ways, *([] if found.whole else ["not explored to its end"])]


def _need(case: Case, _folder: Path) -> list[str]:
    found = explore(without(WORLDS[case.world], case.off), case.damage)
    return [] if case.damage in found.ways else ["nothing goes wrong without it: it is not needed"]
