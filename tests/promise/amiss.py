"""One thing goes wrong at one call of a run, which goes on or is killed; then runs in peace must end in one world."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from threading import Event

from offboard.sandbox.faults import Instruction, Scenario
from offboard.sandbox.server import Witness
from tests.promise.edits import ACTS, cells, edit
from tests.promise.runner import open_place, patience, start_child
from tests.promise.setting import Setting
from tests.rehearsal import Rehearsal, find_differences

REFUSED = ("429", "403-rate", "500", "503", "401", "reset")  # nothing is applied
APPLIED = ("applied-drop", "applied-503", "truncated")  # it is, and the reply is lost
WAITING = ("stall", "applied-stall", "late")  # the reply does not come in time; late: what was asked happens afterwards
KINDS = (*REFUSED, *APPLIED, *WAITING)
DEATHS = ("reset", "applied-drop", "late")  # killed there: nothing of it, all of it, all of it after the death
REPLY = 0.2  # seconds until a reply counts as lost where one is kept back; else a slow machine would lose some as well
LAG = 20  # requests until a list shows what was written
GOES_ON, KILLED, KILLED_NEXT = "goes on", "killed there", "killed when it asks again"


@dataclass(frozen=True)
class Amiss:
    """What goes wrong, at which call, and what becomes of the process; lists may lag as well."""

    setting: str
    place: int
    kind: str
    then: str = GOES_ON
    lag: bool = False

    def __str__(self) -> str:
        return f"{self.setting}: {self.kind} at {self.place}, {self.then}{', lists lag' if self.lag else ''}"


def every_amiss(name: str, calls: int) -> Iterator[Amiss]:
    """Every call with every fault and every edit, at half of them with lists that lag; every death at every call."""
    for place in range(1, calls + 1):
        for turn, kind in enumerate(KINDS, place):
            yield Amiss(name, place, kind, lag=turn % 2 == 0)
        for turn, kind in enumerate(DEATHS, place):  # whoever dies there cannot tell one refusal from another
            yield Amiss(name, place, kind, KILLED, lag=turn % 2 == 0)
        if place < calls:
            yield Amiss(name, place, KINDS[place % len(KINDS)], KILLED_NEXT)
        for act in ACTS:
            yield Amiss(name, place, act)


def play(amiss: Amiss, setting: Setting, folder: Path, witness: Witness | None = None) -> list[str]:
    """How the world differs, in the end, from the one after a run that nothing disturbed."""
    with setting.open(folder, witness) as rehearsal:
        told = _instruction(amiss, rehearsal)
        if amiss.then == GOES_ON:
            rehearsal.sandbox.faults.begin(Scenario((told,), lag=LAG * amiss.lag))
            setting.run(open_place(rehearsal.home, patience(_reply(amiss))))
        else:
            _run_and_kill(amiss, setting, rehearsal, told)
        report = rehearsal.sandbox.faults.report()["faults"]
        # where lists lag a run may end before the share, which then is the next one's
        met = (0, 1) if amiss.lag else (1,)
        unused = [f"never met: {fault}" for fault in report if fault["used"] not in met or fault["refused"]]
        rehearsal.sandbox.faults.end()
        setting.come_to_rest(rehearsal)
        lost = [f"typed and lost: {cell}" for cell in Counter(setting.typed) - Counter(cells(rehearsal))]
        cut = amiss.lag or amiss.then != GOES_ON
        return unused + lost + find_differences(rehearsal.world(), setting.end, killed=cut)


def _instruction(amiss: Amiss, rehearsal: Rehearsal) -> Instruction:
    if amiss.kind in ACTS:
        return Instruction("*", amiss.place, "edit", requests=(edit(rehearsal, amiss.kind),))
    return Instruction("*", amiss.place, amiss.kind)


def _reply(amiss: Amiss) -> float | None:
    return REPLY if amiss.kind in WAITING else None


def _run_and_kill(amiss: Amiss, setting: Setting, rehearsal: Rehearsal, told: Instruction) -> None:
    """The run is a process of its own; the Workspace ends it with SIGKILL between a request and its reply."""
    child, started = start_child(rehearsal.home, setting.wishes, setting.steps, _reply(amiss)), Event()

    def kill() -> None:
        started.wait()
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        wait([child.sentinel])

    there = amiss.then == KILLED
    before = there and amiss.kind == "late"  # dead before what it asked for is done
    end = Instruction("*", amiss.place + (not there), "edit", when="before" if before else "after", act=kill)
    rehearsal.sandbox.faults.begin(Scenario((told, end), lag=LAG * amiss.lag))
    child.start()
    started.set()
    child.join()
    assert amiss.lag or child.exitcode == -signal.SIGKILL, f"it ended by itself: {child.exitcode}"
