"""Look and plan: one read of the tracker, what stands behind the ledger's entries, and what is due."""

from __future__ import annotations

from collections.abc import Iterator

from tests.promise.model.google import harmed
from tests.promise.model.rules import Damage, Rule
from tests.promise.model.state import (
    BEGUN,
    DRAFT,
    EMPTY,
    FOLDER,
    GONE,
    HERS,
    MADE,
    READS,
    RESERVED,
    SHARE,
    SWEEPING,
    SWEPT,
    Event,
    Row,
    Runner,
    State,
    World,
    find,
    is_whole,
    newest_mark,
)
from tests.promise.model.step import NAMES, Moves, end, move, told


def look(world: World, state: State, who: int) -> Moves:
    """The tracker in one read: rows and marks together; a damaged ledger or a copied one ends the run."""
    me = state.runners[who]
    book = state.books[me.book]
    if Rule.ONE_READ not in world.rules:
        yield Event(NAMES[who], "reads the ledger's rows"), move(state, who, at="marks", rows=book.rows)
        return
    yield Event(NAMES[who], "looks at the tracker"), _judge(world, state, who, book.rows)


def marks(world: World, state: State, who: int) -> Moves:
    """The marks, in a read of their own: the rows that were read may be older."""
    yield Event(NAMES[who], "reads the marks"), _judge(world, state, who, state.runners[who].rows)


def _judge(world: World, state: State, who: int, rows: tuple[Row, ...]) -> State:
    book = state.books[state.runners[who].book]
    newest = max([newest_mark(book), *(row.version for row in rows)])
    first = rows[0].id if rows and rows[0].key == "tracker" else ""
    ground = ""
    if not is_whole(rows, newest):
        ground = Damage.FROM_DAMAGE
        if Rule.CHAIN in world.rules:
            if is_whole(book.rows, newest_mark(book)):
                state = harmed(state, Damage.FALSE_ALARM)
            return end(state, who)
    if first != book.id:
        ground = Damage.FROM_COPY
        if Rule.COPY in world.rules:
            return end(state, who)
    numbers = tuple(version for version, _ in book.marks)
    known = {"rows": rows, "version": newest, "marks": numbers, "ground": str(ground), "facts": state.facts}
    return move(state, who, at="look behind", slept=False, **known)


def look_behind(world: World, state: State, who: int) -> Moves:
    """What stands behind the ledger's entries; from all of it the plan follows."""
    me = state.runners[who]
    if world.sweeps and me.plan == (SWEEPING,):
        yield from look_for_strays(world, state, who)
        return
    keys = (FOLDER, SHARE) if me.asked else (FOLDER, SHARE, DRAFT)
    plan = tuple(key for key in keys if key in world.wanted and _is_due(world, state, me, key))
    if SHARE in plan:
        state = move(state, who, base=find(me.rows, SHARE), there=state.access == READS)
    needs_shell = DRAFT in plan and is_anew(state, me, DRAFT)
    event = Event(NAMES[who], f"plans {' and '.join(plan) or 'nothing'}")
    if not needs_shell or me.shell >= 0:
        yield event, move(state, who, at="record", plan=plan)
        return
    strays = list(strays_in(state, me))
    for stray in strays:  # what an interrupted run left is used, unless it is said that it is swept
        yield event, move(state, who, at="record", plan=plan, shell=stray)
    if not strays:
        yield event, move(state, who, at="shell", plan=plan)


def _is_due(world: World, state: State, me: Runner, key: str) -> bool:
    """Whether a thing is to be made: what is made already, or taken back, or of unknown end, is left alone."""
    row = find(me.rows, key)
    if key == DRAFT and SHARE in world.wanted and not (told(me.rows, DRAFT) or _shared(world, state, me)):
        return False  # its link would lead nowhere
    if row is None:
        return True
    if row.event == MADE and Rule.TAKEN_BACK not in world.rules and is_anew(state, me, key):
        return True
    if key == FOLDER:
        return row.event == RESERVED
    if key == SHARE:
        unknown = row.event == BEGUN
        return unknown and (state.access == READS or me.asked or Rule.ASK_SHARE not in world.rules)
    text = state.drafts[int(row.id)]
    return text not in (GONE, SWEPT) if row.event == RESERVED else text not in (HERS, GONE, SWEPT, me.facts)


def _shared(world: World, state: State, me: Runner) -> bool:
    """Whether the client reads the folder once this run is through."""
    return told(me.rows, SHARE) or _is_due(world, state, me, SHARE)


def is_anew(state: State, me: Runner, key: str) -> bool:
    """Whether a thing has no identity yet, or, where nothing forbids it, has one that is no longer there."""
    row = find(me.rows, key)
    if row is None:
        return True
    if key == FOLDER:
        return row.event == MADE and dict(state.folders).get(row.id, True)
    return row.event == MADE and (state.drafts[int(row.id)] == GONE if key == DRAFT else state.access != READS)


def strays_in(state: State, me: Runner) -> Iterator[int]:
    named = {row.id for row in me.rows if row.key.startswith(DRAFT)}
    return (id for id, text in enumerate(state.drafts) if text == EMPTY and str(id) not in named)


def look_for_strays(world: World, state: State, who: int) -> Moves:
    """The sweeper's look: an empty draft that no row names."""
    strays = list(strays_in(state, state.runners[who]))
    if not strays:
        yield Event(NAMES[who], "sees no stray draft"), end(state, who)
    for stray in strays:
        at = "sweep" if Rule.SAY_SWEEP in world.rules else "delete"
        yield Event(NAMES[who], f"sees the stray draft {stray}"), move(state, who, at=at, shell=stray)
