"""Where a scenario begins and what it must come to: a Workspace that lies on disk, copied anew for each scenario."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from offboard.commands.rehearsal import STATE, write_home
from offboard.sandbox.faults import Scenario
from offboard.sandbox.server import Witness
from offboard.world import Wishes
from tests.promise.gate import GatedSandbox
from tests.promise.runner import open_place, run_from
from tests.promise.sample import bring_news, furnish, hold_back
from tests.rehearsal import Rehearsal, World, copy_home

FRESH, NEWS = Wishes(), Wishes(refresh=True)


@dataclass(frozen=True)
class Setting:
    """A home before a run, what is wished of the run, how many calls it makes alone, and the world after it."""

    home: Path
    wishes: Wishes
    calls: int
    end: World

    @contextmanager
    def open(self, folder: Path, witness: Witness | None = None, homes: int = 1) -> Iterator[Rehearsal]:
        """A fresh copy of it below this folder, with as many homes signed in to one Workspace."""
        places = [folder / f"home-{number}" for number in range(homes)]
        for place in places:
            copy_home(self.home, place)
        with GatedSandbox(places[0] / STATE, witness=witness) as sandbox:
            for place in places:
                write_home(place, sandbox)
            yield Rehearsal(sandbox, places[0], ("--refresh",) if self.wishes.refresh else ())


def make_settings(demo: Path, folder: Path) -> dict[str, Setting]:
    """The machine's two beginnings: nothing was made yet; and all was made, and then there was news."""
    fresh, news = folder / "fresh", folder / "news"
    with _at(demo, fresh) as rehearsal:
        furnish(rehearsal, folder / "reports")
    with _at(demo, news) as rehearsal:
        furnish(rehearsal, folder / "more reports")
        hold_back(rehearsal)
        rehearsal.come_to_rest()
        bring_news(rehearsal, folder / "more reports")
    return {"fresh": _run_alone(fresh, FRESH), "news": _run_alone(news, NEWS)}


@contextmanager
def _at(template: Path, home: Path) -> Iterator[Rehearsal]:
    copy_home(template, home)
    with GatedSandbox(home / STATE) as sandbox:
        write_home(home, sandbox)
        yield Rehearsal(sandbox, home)


def _run_alone(home: Path, wishes: Wishes) -> Setting:
    began = Setting(home, wishes, 0, {})
    with began.open(home.with_name(f"{home.name}-alone")) as rehearsal:
        rehearsal.sandbox.faults.begin(Scenario())
        assert not run_from(open_place(rehearsal.home), wishes)
        calls = int(rehearsal.sandbox.faults.report()["requests"])
        rehearsal.sandbox.faults.end()
        rehearsal.come_to_rest()
        return Setting(home, wishes, calls, rehearsal.world())
