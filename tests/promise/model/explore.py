"""Every interleaving of a world, breadth first: all states, and the shortest way to each damage, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.promise.model.google import apply
from tests.promise.model.person import acts
from tests.promise.model.rules import Damage, Trust
from tests.promise.model.runner import moves
from tests.promise.model.state import (
    NEVER,
    OUT,
    SWEEPING,
    Append,
    Create,
    Delete,
    Event,
    Forget,
    Permit,
    Put,
    Runner,
    Shell,
    State,
    World,
    Write,
    begin,
)
from tests.promise.model.step import NAMES

Steps = Iterator[tuple[Event, State]]


@dataclass(frozen=True)
class Explored:
    """How many states there are, whether these are all, and the shortest way to each damage."""

    states: int
    whole: bool
    ways: dict[Damage, tuple[Event, ...]]


def explore(world: World, until: Damage | None = None, most: int = 2_000_000) -> Explored:
    """All states that can be reached; with a damage to look for, only until it is found."""
    first = begin(world)
    came: dict[State, tuple[State, Event] | None] = {first: None}
    ways: dict[Damage, tuple[Event, ...]] = {}
    edge = [first]
    while edge and until not in ways:
        if len(came) > most:
            return Explored(len(came), whole=False, ways=ways)
        further = []
        for state in edge:
            for event, after in steps(world, state):
                if after not in came:
                    came[after] = (state, event)
                    further.append(after)
                    for damage in after.harm - ways.keys():
                        ways[damage] = _way(came, after)
        edge = further
    return Explored(len(came), whole=not edge, ways=ways)


def steps(world: World, state: State) -> Steps:
    """Everything that may happen next: a run begins, goes on or is killed, a late write lands, a person acts."""
    yield from _runs(world, state)
    for who in range(len(NAMES)):
        yield from moves(world, state, who)
    yield from _kills(state)
    for at, write in enumerate(state.flight):
        landing = state._replace(flight=state.flight[:at] + state.flight[at + 1 :])
        after, answer = apply(world, landing, write)
        yield Event("Google", "applies late", write, answer), after
    yield from acts(world, state)


def _runs(world: World, state: State) -> Steps:
    if not state.left.runs:
        return
    number = world.left.runs - state.left.runs + 1
    left = state.left._replace(runs=state.left.runs - 1)
    for who, runner in enumerate(state.runners):
        if runner.at != "away" or (who and number == 1):  # they are alike: A is who begins
            continue
        for at, book in enumerate(state.books):
            begun = Runner("look", number, 0, at)
            yield Event(NAMES[who], f"begins a run with the {book.id}"), _with(state, who, begun, left)
            if world.asks and not _is_shared_now(world, state):
                access = NEVER if state.access == OUT else state.access  # she wants it again
                wanted = state._replace(access=access)
                yield (
                    Event(NAMES[who], "begins a run that may share again"),
                    _with(wanted, who, begun._replace(asked=True), left),
                )
        if world.sweeps:
            begun = Runner("look", number, plan=(SWEEPING,))
            yield Event(NAMES[who], "begins to sweep"), _with(state, who, begun, left)


def _is_shared_now(world: World, state: State) -> bool:
    return Trust.QUIET_SHARE in world.trust and any(runner.begun for runner in state.runners)


def _kills(state: State) -> Steps:
    if state.left.kills:
        left = state.left._replace(kills=state.left.kills - 1)
        for who, runner in enumerate(state.runners):
            if runner.at != "away":
                yield Event(NAMES[who], "is killed"), _with(state, who, Runner(), left)


def _with(state: State, who: int, runner: Runner, left: object) -> State:
    runners = list(state.runners)
    runners[who] = runner
    return state._replace(runners=(runners[0], runners[1]), left=left)  # type: ignore[arg-type]


def _way(came: dict[State, tuple[State, Event] | None], state: State) -> tuple[Event, ...]:
    way = []
    while step := came[state]:
        state, event = step
        way.append(event)
    return tuple(reversed(way))


def tell(way: tuple[Event, ...]) -> str:
    """An interleaving in words, a line for each thing that happens."""
    return "\n".join(f"{number:>4}. {_say(event)}" for number, event in enumerate(way, 1))


def _say(event: Event) -> str:
    if event.write is None:
        return f"{event.who} {event.does}" + (f": {event.answer}" if event.answer else "")
    return f"{event.who} {event.does}: {_name(event.write)} – {event.answer}"


def _name(write: Write) -> str:
    match write:
        case Append():
            rows = ", ".join(" ".join(filter(None, row)) for row in write.rows)
            return f"append version {write.version} ({rows})"
        case Forget():
            return f"forget marks {', '.join(map(str, write.versions))}"
        case Create():
            return f"make folder {write.id}"
        case Shell():
            return "make an empty draft"
        case Put():
            return f"fill draft {write.draft} with {write.text}"
        case Delete():
            return f"delete draft {write.draft}"
        case Permit():
            return "let the client read the folder"
