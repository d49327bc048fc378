"""Reserve, record, make, log: each function is one place where a run may stand, with one request to send."""

from __future__ import annotations

from tests.promise.model.google import MISSING, apply, harmed
from tests.promise.model.look import strays_in
from tests.promise.model.record import append, ending_rows, made_rows, reserved_rows, start_again
from tests.promise.model.rules import Damage, Rule, Trust
from tests.promise.model.state import (
    DRAFT,
    EMPTY,
    FOLDER,
    GONE,
    HERS,
    SHARE,
    SWEPT,
    Append,
    Create,
    Delete,
    Event,
    Forget,
    Permit,
    Put,
    Shell,
    State,
    World,
    find,
)
from tests.promise.model.step import NAMES, Moves, draft_of, dropped, end, id_of, made, move, send, told

EARLY = ("look", "marks", "look behind", "shell", "find shell", "record", "record: mark", "begin")


def shell(world: World, state: State, who: int) -> Moves:
    """An empty draft; Gmail gives the id, and after a lost reply only a list can tell it."""

    def then(after: State, answer: str) -> State:
        return move(after, who, at="record", shell=int(answer))

    yield from send(world, state, who, Shell(), then, lambda after: move(after, who, at="find shell"))


def find_shell(_: World, state: State, who: int) -> Moves:
    """After a lost reply: any stray shell of this e-mail will do; without one the run ends."""
    strays = list(strays_in(state, state.runners[who]))
    for stray in strays:
        yield Event(NAMES[who], "finds an empty draft"), move(state, who, at="record", shell=stray)
    if not strays:
        yield Event(NAMES[who], "finds no empty draft and gives up"), end(state, who)


def record(world: World, state: State, who: int) -> Moves:
    """The reserved ids, in one fenced append, before they are used."""
    me = state.runners[who]
    if me.slept and Rule.LOOK_AGAIN in world.rules:
        yield Event(NAMES[who], "has slept and looks again"), start_again(world, state, who)
        return
    if reserved_rows(world, state, me)[0]:
        yield from append(world, state, who)
    else:
        yield Event(NAMES[who], "has nothing to reserve"), move(state, who, at="begin")


def start_making(world: World, state: State, who: int) -> Moves:
    """What was recorded is made now, unless the runner slept since its look."""
    if state.runners[who].slept and Rule.LOOK_AGAIN in world.rules:
        yield Event(NAMES[who], "has slept and looks again"), start_again(world, state, who)
    else:
        yield Event(NAMES[who], "begins to make"), move(state, who, at="make", slept=False)


def make(world: World, state: State, who: int) -> Moves:
    """The next thing of the plan: the folder, the share, the e-mail; then the log."""
    me = state.runners[who]
    if not me.plan:
        for says in world.says:
            yield Event(NAMES[who], "has made everything"), move(state, who, at="log", says=says)
        return
    key = me.plan[0]
    if key == FOLDER:
        row = find(me.rows, FOLDER)
        assert row is not None
        yield from send(world, state, who, Create(row.id, me.ground), lambda after, _: made(after, who, FOLDER))
    elif key == SHARE:
        at = "permit" if me.begun or Rule.SAY_SHARE not in world.rules else "say share"
        yield Event(NAMES[who], "comes to the share"), move(state, who, at=at)
    else:
        rule = Rule.UP_TO_DATE if told(me.rows, DRAFT) else Rule.GET_FIRST
        at = "get" if rule in world.rules else "put"
        yield Event(NAMES[who], "comes to the e-mail"), move(state, who, at=at)


def get(_: World, state: State, who: int) -> Moves:
    """The draft as it is now: to be filled, filled already, a person's, or gone."""
    text = state.drafts[draft_of(state.runners[who])]
    event = Event(NAMES[who], "gets the draft", None, text)
    if text in (GONE, SWEPT):
        yield event, dropped(state, who, DRAFT)
    elif text in (HERS, state.runners[who].facts):
        yield event, made(state, who, DRAFT)  # hers now, or ours already: nothing is left to write
    else:
        yield event, move(state, who, at="put")


def put(world: World, state: State, who: int) -> Moves:
    """The whole text at once; after a lost reply the draft is looked at before anything is repeated."""
    me = state.runners[who]

    def then(after: State, answer: str) -> State:
        return dropped(after, who, DRAFT) if answer == MISSING else made(after, who, DRAFT)

    careful = Rule.GET_AFTER_LOST in world.rules
    back = "get" if careful else "put again"
    yield from send(world, state, who, Put(draft_of(me), me.facts), then, lambda after: move(after, who, at=back))


def say_share(world: World, state: State, who: int) -> Moves:
    """That the share begins is written down, with all that was made; whoever begins it first makes it."""
    me = state.runners[who]
    if find(me.rows, SHARE) == me.base:
        yield from append(world, state, who)
        return
    event = Event(NAMES[who], "sees that another run shares")
    left = dropped(state, who, SHARE, DRAFT)
    more = bool(made_rows(world, state, me)[0])
    for says in {says or more for says in world.says}:
        yield event, move(left, who, at="say made", says=says) if says else left


def say_made(world: World, state: State, who: int) -> Moves:
    """What was made is written down, though the share is another's."""
    if ending_rows(world, state, state.runners[who])[0]:
        yield from append(world, state, who)
    else:
        yield Event(NAMES[who], "has nothing to log"), move(state, who, at="make")


def permit(world: World, state: State, who: int) -> Moves:
    """The share; an invitation by mail is not repeated, for Google would mail again."""
    if state.runners[who].there:
        yield Event(NAMES[who], "need not share: the client reads it already"), made(state, who, SHARE)
        return

    def lost(after: State) -> State:
        return dropped(after, who, SHARE, DRAFT) if world.mails else after

    yield from send(world, state, who, Permit(), lambda after, _: made(after, who, SHARE), lost)


def log(world: World, state: State, who: int) -> Moves:
    """What was made goes into ledger and log in one append; then old marks are deleted now and then."""
    if ending_rows(world, state, state.runners[who])[0]:
        yield from append(world, state, who)
    else:
        yield Event(NAMES[who], "has nothing to log"), move(state, who, at="tidy")


def tidy(world: World, state: State, who: int) -> Moves:
    """All but the newest few of the marks that the look saw are deleted; then the run is over."""
    me = state.runners[who]
    kept = world.kept if Rule.KEEP_MARKS in world.rules else 1
    old = me.marks[:-kept] if world.kept else ()
    event = Event(NAMES[who], "is through")
    lost = any(f"{key} {id_of(me, key)}" not in state.books[me.book].log for key in me.made)
    ended = end(harmed(state, Damage.LOG_LOST) if lost else state, who)
    if not old:
        yield event, ended
        return
    after, answer = apply(world, ended, Forget(me.book, old))
    if Rule.KEEP_MARKS not in world.rules:
        yield event._replace(write=Forget(me.book, old), answer=answer), after
        return
    yield event, ended
    for other, runner in enumerate(after.runners):
        if runner.at != "away" and runner.book == me.book and runner.version + 1 in old:
            if runner.at not in EARLY and Trust.QUIET_LOG in world.trust:
                return
            after = move(after, other, slept=True)  # so many appends take longer than two minutes
    flight = tuple(w for w in after.flight if not (isinstance(w, Append) and w.version in old))
    yield event._replace(write=Forget(me.book, old), answer=answer), after._replace(flight=flight)


def sweep(world: World, state: State, who: int) -> Moves:
    """That a shell is swept is said in a fenced row before it is done."""
    yield from append(world, state, who)


def delete(world: World, state: State, who: int) -> Moves:
    """The stray shell goes, if in the same breath it is still empty."""
    me = state.runners[who]
    if state.drafts[me.shell] != EMPTY and Rule.SWEEP_EMPTY in world.rules:
        yield Event(NAMES[who], "leaves the draft alone: it is not empty"), end(state, who)
        return
    write = Delete(me.shell)
    yield from send(world, state, who, write, lambda after, _: end(after, who))
