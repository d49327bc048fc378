"""What every step of a run is made of: it moves on, ends, or sends a write whose reply may never come."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.promise.model.google import REFUSED, apply
from tests.promise.model.state import DRAFT, MADE, SHARE, Event, Row, Runner, State, World, Write, find

NAMES = ("A", "B")
Moves = Iterator[tuple[Event, State]]
Then = Callable[[State, str], State]


def send(
    world: World, state: State, who: int, write: Write, then: Then, lost: Callable[[State], State] | None = None
) -> Moves:
    """A write: answered; applied with its reply lost; or still on its way, perhaps for ever."""
    after, answer = apply(world, state, write)
    yield Event(NAMES[who], "sends", write, answer), then(after, answer)
    if not state.left.losses:
        return
    left = state.left._replace(losses=state.left.losses - 1)
    unheard = lost or (lambda after: after)
    yield Event(NAMES[who], "sends, and the reply is lost", write, answer), unheard(after._replace(left=left))
    if answer != REFUSED:
        flying = state._replace(left=left, flight=(*state.flight, write))
        yield Event(NAMES[who], "sends, and it stays on its way", write, "nothing"), unheard(flying)


def move(state: State, who: int, **changes: object) -> State:
    runners = list(state.runners)
    runners[who] = runners[who]._replace(**changes)  # type: ignore[arg-type]  # fields by name
    return state._replace(runners=(runners[0], runners[1]))


def end(state: State, who: int) -> State:
    runners = list(state.runners)
    runners[who] = Runner()
    return state._replace(runners=(runners[0], runners[1]))


def made(state: State, who: int, key: str) -> State:
    me = state.runners[who]
    return move(state, who, at="make", plan=me.plan[1:], made=(*me.made, key), base=None, there=False)


def dropped(state: State, who: int, *keys: str) -> State:
    me = state.runners[who]
    return move(state, who, at="make", plan=tuple(key for key in me.plan if key not in keys))


def told(rows: tuple[Row, ...], key: str) -> bool:
    row = find(rows, key)
    return row is not None and row.event == MADE


def id_of(me: Runner, key: str) -> str:
    row = find(me.rows, key)
    return row.id if row and key != SHARE else ""


def draft_of(me: Runner) -> int:
    row = find(me.rows, DRAFT)
    assert row is not None
    return int(row.id)
