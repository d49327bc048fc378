"""Where a scenario begins and what it must come to: a Workspace that lies on disk, copied anew for each scenario."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from offboard.commands.rehearsal import STATE, write_home
from offboard.engine.look import Place
from offboard.plan import Step
from offboard.sandbox.faults import Scenario
from offboard.sandbox.server import Witness
from offboard.steps import STEPS
from offboard.steps.unshare import UNSHARE
from offboard.workspace.auth import CALENDAR
from offboard.world import Wishes
from tests.promise.edits import cells
from tests.promise.gate import GatedSandbox
from tests.promise.runner import open_place, run_from
from tests.promise.sample import agree_on_call, bring_news, furnish, hold_back
from tests.rehearsal import Rehearsal, World, copy_home

FRESH, NEWS = Wishes(), Wishes(refresh=True)
CROWDED = ("fresh", "news")  # of these it is tried what becomes of several at once


@dataclass(frozen=True)
class Setting:
    """A home before a run, what is wished of the run, how many calls it makes alone, and the world after it."""

    home: Path
    wishes: Wishes
    calls: int = 0
    end: World = field(default_factory=dict)
    typed: tuple[str, ...] = ()  # what stands in the tabs that people edit
    steps: tuple[Step, ...] = STEPS  # what the run is for
    extras: tuple[str, ...] = ()  # what else the person allows

    @contextmanager
    def open(self, folder: Path, witness: Witness | None = None, homes: int = 1) -> Iterator[Rehearsal]:
        """A fresh copy of it below this folder, with as many homes signed in to one Workspace."""
        places = [folder / f"home-{number}" for number in range(homes)]
        for place in places:
            copy_home(self.home, place)
        with GatedSandbox(places[0] / STATE, witness=witness) as sandbox:
            for place in places:
                write_home(place, sandbox, extras=self.extras)
            yield Rehearsal(sandbox, places[0], ("--refresh",) if self.wishes.refresh else ())

    def run(self, place: Place) -> str:
        """The run; what it ended with, nothing when it came to its end."""
        return run_from(place, self.wishes, self.steps)

    def come_to_rest(self, rehearsal: Rehearsal) -> None:
        """What was begun is gone on with in peace, until there is nothing to do."""
        if self.steps != STEPS:
            assert not self.run(open_place(rehearsal.home))
        rehearsal.come_to_rest()


def make_settings(demo: Path, folder: Path) -> dict[str, Setting]:
    """The machine's beginnings: nothing was made yet; all was made, and then there was news, a call, or an end."""
    fresh, news, call, end = (folder / name for name in ("fresh", "news", "call", "end"))
    with _at(demo, fresh) as rehearsal:
        furnish(rehearsal, folder / "reports")
    with _at(demo, news) as rehearsal:
        furnish(rehearsal, folder / "more reports")
        hold_back(rehearsal)
        rehearsal.come_to_rest()
        bring_news(rehearsal, folder / "more reports")
    with _at(demo, end) as rehearsal:
        rehearsal.come_to_rest()
    with _at(end, call) as rehearsal:
        agree_on_call(rehearsal)
    began = (
        Setting(fresh, FRESH),
        Setting(news, NEWS),
        Setting(call, FRESH, extras=(CALENDAR,)),
        Setting(end, FRESH, steps=(UNSHARE,)),
    )
    return {setting.home.name: _run_alone(setting) for setting in began}


@contextmanager
def _at(template: Path, home: Path) -> Iterator[Rehearsal]:
    copy_home(template, home)
    with at_home(home) as rehearsal:
        yield rehearsal


@contextmanager
def at_home(home: Path) -> Iterator[Rehearsal]:
    """The Workspace of this home itself, not a copy: what is done in it stays."""
    with GatedSandbox(home / STATE) as sandbox:
        write_home(home, sandbox)
        yield Rehearsal(sandbox, home)


def _run_alone(began: Setting) -> Setting:
    with began.open(began.home.with_name(f"{began.home.name}-alone")) as rehearsal:
        typed = tuple(cells(rehearsal))
        rehearsal.sandbox.faults.begin(Scenario())
        assert not began.run(open_place(rehearsal.home))
        calls = int(rehearsal.sandbox.faults.report()["requests"])
        rehearsal.sandbox.faults.end()
        began.come_to_rest(rehearsal)
        return replace(began, calls=calls, end=rehearsal.world(), typed=typed)
