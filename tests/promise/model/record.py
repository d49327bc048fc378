"""The fenced append: what is written where, what a refusal means, and how a run goes on from either."""

from __future__ import annotations

from collections.abc import Callable

from tests.promise.model.google import DONE
from tests.promise.model.look import is_anew
from tests.promise.model.rules import Rule
from tests.promise.model.state import (
    BEGUN,
    DRAFT,
    FOLDER,
    MADE,
    RESERVED,
    SAID,
    SHARE,
    SWEEPING,
    Append,
    Event,
    Row,
    Runner,
    State,
    World,
    is_whole,
    newest_mark,
)
from tests.promise.model.step import NAMES, Moves, end, id_of, move, send, told

Content = tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]  # an append's rows, and its lines for the log


def append(world: World, state: State, who: int) -> Moves:
    """A fenced append; a refusal may be another's append or my own whose reply was lost."""
    me = state.runners[who]
    rows, lines = WRITES[me.at][0](world, state, me)
    write = Append(me.book, me.version + 1, (me.run, me.appends), rows, lines)

    def then(after: State, answer: str) -> State:
        landed = answer == DONE or Rule.READ_MARK not in world.rules
        return _landed(world, after, who, me.at) if landed else move(after, who, at=f"{me.at}: mark")

    yield from send(world, state, who, write, then)


def _landed(world: World, state: State, who: int, at: str) -> State:
    """The run goes on from what it wrote, whatever others did since."""
    me = state.runners[who]
    content, to = WRITES[at]
    rows = tuple(Row(me.version + 1, (me.run, me.appends), *row) for row in content(world, state, me)[0])
    shell = me.shell if to == "delete" else -1
    known = {"rows": (*me.rows, *rows), "version": me.version + 1, "appends": me.appends + 1}
    return move(state, who, at=to, shell=shell, begun=to == "permit", says=False, **known)


def mark(world: World, state: State, who: int) -> Moves:
    """The mark of the refused append: mine, another's, or gone."""
    me = state.runners[who]
    at = me.at.removesuffix(": mark")
    found = dict(state.books[me.book].marks).get(me.version + 1)
    if found is None:
        yield Event(NAMES[who], "finds no mark and gives up"), end(state, who)
    elif found == (me.run, me.appends) and Rule.KEEP_NONCE in world.rules:
        yield Event(NAMES[who], "reads its own mark"), _landed(world, state, who, at)
    else:
        event = Event(NAMES[who], "reads another's mark")
        yield event, _overtaken(world, state, who, at)


def _overtaken(world: World, state: State, who: int, at: str) -> State:
    if at == "sweep":
        return end(state, who)
    state = move(state, who, appends=state.runners[who].appends + 1)
    if at == "record":
        return start_again(world, state, who)
    return move(state, who, at=f"{at}: look")


def look_and_append(world: World, state: State, who: int) -> Moves:
    """Overtaken while writing down: read the ledger again, and append what it does not say yet."""
    me = state.runners[who]
    book = state.books[me.book]
    newest = max(newest_mark(book), *(row.version for row in book.rows))
    event = Event(NAMES[who], "looks at the tracker")
    if Rule.CHAIN in world.rules and not is_whole(book.rows, newest):
        yield event, end(state, who)
        return
    at = me.at.removesuffix(": look")
    known = {"rows": book.rows, "version": newest}
    yield event, move(state, who, at=at, **known)
    if me.says and False in world.says:
        yield event, move(state, who, at=at, says=False, **known)  # the other said it


def start_again(world: World, state: State, who: int) -> State:
    """Look and plan again; what was reserved and not recorded is left alone."""
    me = state.runners[who]
    shell = -1 if Rule.DROP_SHELL in world.rules else me.shell
    return move(state, who, at="look", plan=(), made=(), shell=shell)


def reserved_rows(_: World, state: State, me: Runner) -> Content:
    rows = []
    if FOLDER in me.plan and is_anew(state, me, FOLDER):
        rows.append((FOLDER, RESERVED, f"{me.run}.{me.appends}"))
    if me.shell >= 0 and DRAFT in me.plan:
        rows.append((DRAFT, RESERVED, str(me.shell)))
    return tuple(rows), ()


def beginning_rows(world: World, state: State, me: Runner) -> Content:
    rows, lines = made_rows(world, state, me)
    return (*rows, (SHARE, BEGUN, str(me.run))), lines


def ending_rows(world: World, state: State, me: Runner) -> Content:
    rows, lines = made_rows(world, state, me)
    return (*rows, (SAID, SAID, str(me.run))) if me.says else rows, lines


def sweeping_rows(_: World, __: State, me: Runner) -> Content:
    return ((f"{DRAFT} stray", SWEEPING, str(me.shell)),), ()


def made_rows(world: World, _: State, me: Runner) -> Content:
    """What was made and the ledger does not say yet, as rows and as lines of the log."""
    new = [key for key in me.made if Rule.EVENT_ONCE not in world.rules or not told(me.rows, key)]
    return tuple((key, MADE, id_of(me, key)) for key in new), tuple(f"{key} {id_of(me, key)}" for key in new)


WRITES: dict[str, tuple[Callable[[World, State, Runner], Content], str]] = {
    "record": (reserved_rows, "begin"),
    "say share": (beginning_rows, "permit"),
    "say made": (ending_rows, "make"),
    "log": (ending_rows, "tidy"),
    "sweep": (sweeping_rows, "delete"),
}  # what is appended there, and where it goes on
