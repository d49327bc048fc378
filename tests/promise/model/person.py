"""What a person does beside the runs: with the draft, the folder, the share, the ledger's rows, the tracker."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.promise.model.rules import Trust
from tests.promise.model.state import (
    EMPTY,
    GONE,
    HERS,
    NEWER,
    OURS,
    OUT,
    READS,
    Event,
    Permit,
    Put,
    State,
    World,
)


def acts(world: World, state: State) -> Iterator[tuple[Event, State]]:
    """Everything that she may do now."""
    if state.left.acts:
        left = state.left._replace(acts=state.left.acts - 1)
        for name in world.acts:
            for after in ACTS[name](world, state):
                yield Event("she", name), after._replace(left=left)


def _edit(world: World, state: State) -> Iterator[State]:
    for id, text in enumerate(state.drafts):
        if text in (EMPTY, OURS, NEWER) and not _is_written(world, state, id):
            yield _with_draft(state, id, HERS)


def _send(world: World, state: State) -> Iterator[State]:
    for id, text in enumerate(state.drafts):
        if text in (OURS, NEWER, HERS) and not _is_written(world, state, id):
            yield _with_draft(state, id, GONE)


def _bin(_: World, state: State) -> Iterator[State]:
    for at, (id, binned) in enumerate(state.folders):
        if not binned:
            yield state._replace(folders=(*state.folders[:at], (id, True), *state.folders[at + 1 :]))


def _take_back(world: World, state: State) -> Iterator[State]:
    coming = Trust.QUIET_WRITE in world.trust and any(isinstance(write, Permit) for write in state.flight)
    repeats = Trust.QUIET_REPEAT in world.trust and any(runner.at == "permit" for runner in state.runners)
    asked = Trust.QUIET_SHARE in world.trust and any(runner.asked for runner in state.runners)
    if state.access == READS and not coming and not repeats and not asked:
        yield state._replace(access=OUT)


def _retype(_: World, state: State) -> Iterator[State]:
    if state.facts == OURS:
        yield state._replace(facts=NEWER)


def _cut(_: World, state: State) -> Iterator[State]:
    book = state.books[0]
    newest = max((row.version for row in book.rows), default=1)
    if newest > 1 and not book.cut:
        cut = tuple(row for row in book.rows if row.version == newest)
        rows = tuple(row for row in book.rows if row.version != newest)
        yield state._replace(books=(book._replace(rows=rows, cut=cut), *state.books[1:]))


def _restore(_: World, state: State) -> Iterator[State]:
    book = state.books[0]
    if book.cut:
        rows = tuple(sorted(book.rows + book.cut, key=lambda row: row.version))
        yield state._replace(books=(book._replace(rows=rows, cut=()), *state.books[1:]))


def _copy(_: World, state: State) -> Iterator[State]:
    if len(state.books) == 1:
        yield state._replace(books=(*state.books, state.books[0]._replace(id="copy", cut=())))


def _is_written(world: World, state: State, draft: int) -> bool:
    """Whether a write to this draft is on its way, or about to leave in the same breath as the look at it."""
    if Trust.QUIET_WRITE not in world.trust:
        return False
    flying = any(isinstance(write, Put) and write.draft == draft for write in state.flight)
    return flying or any(runner.at == "put" for runner in state.runners)


def _with_draft(state: State, id: int, text: str) -> State:
    return state._replace(drafts=(*state.drafts[:id], text, *state.drafts[id + 1 :]))


ACTS: dict[str, Callable[[World, State], Iterator[State]]] = {
    "edits the draft": _edit,
    "sends the draft": _send,
    "puts the folder into the bin": _bin,
    "takes the share back": _take_back,
    "types another date": _retype,
    "deletes the ledger's newest rows": _cut,
    "puts the ledger's rows back": _restore,
    "copies the tracker": _copy,
}
