"""A run that nobody waits for and nobody is asked about: in this thread, or in a process that can be killed."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from offboard.commands.session import new_nonce, now
from offboard.config import load_config
from offboard.emails.templates import load_templates
from offboard.engine.look import Clock, Place
from offboard.engine.make import Watch
from offboard.engine.run import Agreement, run
from offboard.errors import OffboardError
from offboard.plan import Step
from offboard.steps import STEPS
from offboard.workspace.google import Patience
from offboard.workspace.workspace import open_workspace
from offboard.world import Wishes
from tests.patient import Patient

DEADLINE = 600.0  # seconds
FORKS = get_context("forkserver")  # a process without threads that has imported everything: a child is there at once
FORKS.set_forkserver_preload(["tests.promise.warm"])


def patience(reply: float | None = None) -> Patience:
    """Waits no second of real time; `reply`: seconds until an answer counts as lost, as `Patience` has it."""
    patient = Patient()
    return Patience(DEADLINE, clock=patient, sleep=patient.sleep, reply=reply)


def open_place(home: Path, waiting: Patience | None = None, clock: Clock = now) -> Place:
    """Where a run from this home looks and works."""
    config = load_config(home, {})
    workspace = open_workspace(config, waiting or patience())
    return Place(workspace, config.tracker.value, load_templates(home), clock, home)


def run_from(place: Place, wishes: Wishes = Wishes(), steps: Sequence[Step] = STEPS) -> str:  # noqa: B008  # frozen
    """One run for the sample's client; what it ended with, nothing when it came to its end."""
    try:
        run(place, "bloom", wishes, new_nonce(), lambda *_: Agreement(go=True), Watch(), steps)
    except OffboardError as error:
        return error.message
    return ""


def start_child(home: Path, wishes: Wishes, steps: Sequence[Step], reply: float | None) -> ForkServerProcess:
    """A run in a process of its own, ready to be started."""
    return FORKS.Process(target=_run_child, args=(home, wishes, steps, reply), daemon=True)


def _run_child(home: Path, wishes: Wishes, steps: Sequence[Step], reply: float | None) -> None:
    run_from(open_place(home, patience(reply)), wishes, steps)
