"""A run as a state machine: at each place, everything that its next step may come to."""

from __future__ import annotations

from collections.abc import Callable

from tests.promise.model.look import look, look_behind, marks
from tests.promise.model.make import (
    delete,
    find_shell,
    get,
    log,
    make,
    permit,
    put,
    record,
    say_made,
    say_share,
    shell,
    start_making,
    sweep,
    tidy,
)  # fmt: skip
from tests.promise.model.record import WRITES, look_and_append, mark
from tests.promise.model.state import State, World
from tests.promise.model.step import Moves

PLACES: dict[str, Callable[[World, State, int], Moves]] = {
    "look": look, "marks": marks, "look behind": look_behind, "shell": shell, "find shell": find_shell,
    "record": record, "begin": start_making, "make": make, "get": get, "put": put, "put again": put,
    "say share": say_share, "permit": permit, "say made": say_made, "log": log, "tidy": tidy,
    "sweep": sweep, "delete": delete,
    **{f"{place}: mark": mark for place in WRITES},
    **{f"{place}: look": look_and_append for place in ("say share", "say made", "log")},
}  # fmt: skip


def moves(world: World, state: State, who: int) -> Moves:
    """Everything that this runner's next step may come to."""
    at = state.runners[who].at
    if at != "away":
        yield from PLACES[at](world, state, who)
