"""A run, one request at a time: look, reserve, record, make, log. Each function is one place where it may stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.promise.model.google import DONE, MISSING, REFUSED, apply, harmed
from tests.promise.model.rules import Damage, Rule, Trust
from tests.promise.model.state import (
    BEGUN,
    DRAFT,
    EMPTY,
    FOLDER,
    GONE,
    HERS,
    MADE,
    RESERVED,
    SAID,
    SHARE,
    SWEEPING,
    SWEPT,
    Append,
    Create,
    Delete,
    Event,
    Forget,
    Permit,
    Put,
    Row,
    Runner,
    Shell,
    State,
    World,
    Write,
    find,
    is_whole,
    newest_mark,
)

NAMES = ("A", "B")
Moves = Iterator[tuple[Event, State]]
Content = tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]  # an append's rows, and its lines for the log
Then = Callable[[State, str], State]


def moves(world: World, state: State, who: int) -> Moves:
    """Everything that this runner's next step may come to."""
    at = state.runners[who].at
    if at != "away":
        yield from PLACES[at](world, state, who)


def look(world: World, state: State, who: int) -> Moves:
    """The tracker in one read: rows and marks together; a damaged ledger or a copied one ends the run."""
    me = state.runners[who]
    book = state.books[me.book]
    if Rule.ONE_READ not in world.rules:
        yield Event(NAMES[who], "reads the ledger's rows"), _put(state, who, at="marks", rows=book.rows)
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
            return _end(state, who)
    if first != book.id:
        ground = Damage.FROM_COPY
        if Rule.COPY in world.rules:
            return _end(state, who)
    numbers = tuple(version for version, _ in book.marks)
    known = {"rows": rows, "version": newest, "marks": numbers, "ground": str(ground), "facts": state.facts}
    return _put(state, who, at="look behind", slept=False, **known)


def look_behind(world: World, state: State, who: int) -> Moves:
    """What stands behind the ledger's entries; from all of it the plan follows."""
    me = state.runners[who]
    if world.sweeps and me.plan == (SWEEPING,):
        yield from _look_for_strays(world, state, who)
        return
    plan = tuple(key for key in (FOLDER, SHARE, DRAFT) if key in world.wanted and _due(world, state, me, key))
    needs_shell = DRAFT in plan and _anew(state, me, DRAFT)
    event = Event(NAMES[who], f"plans {' and '.join(plan) or 'nothing'}")
    if not needs_shell or me.shell >= 0:
        yield event, _put(state, who, at="record", plan=plan)
        return
    strays = [] if world.sweeps else list(_strays(state, me))
    for stray in strays:  # where nobody sweeps, what an interrupted run left is used
        yield event, _put(state, who, at="record", plan=plan, shell=stray)
    if not strays:
        yield event, _put(state, who, at="shell", plan=plan)


def _due(world: World, state: State, me: Runner, key: str) -> bool:
    row = find(me.rows, key)
    if row is None:
        return True
    if row.event == MADE and Rule.TAKEN_BACK not in world.rules and _anew(state, me, key):
        return True
    if key == DRAFT:
        text = state.drafts[int(row.id)]
        return text not in (GONE, SWEPT) if row.event == RESERVED else text not in (HERS, GONE, SWEPT, me.facts)
    return row.event == (RESERVED if key == FOLDER else BEGUN) and (key == FOLDER or Rule.ASK_SHARE not in world.rules)


def _anew(state: State, me: Runner, key: str) -> bool:
    """Whether a thing has no identity yet, or, where nothing forbids it, has one that is no longer there."""
    row = find(me.rows, key)
    if row is None:
        return True
    if key == FOLDER:
        return row.event == MADE and dict(state.folders).get(row.id, True)
    return row.event == MADE and (state.drafts[int(row.id)] == GONE if key == DRAFT else state.access != "reads")


def _strays(state: State, me: Runner) -> Iterator[int]:
    named = {row.id for row in me.rows if row.key.startswith(DRAFT)}
    return (id for id, text in enumerate(state.drafts) if text == EMPTY and str(id) not in named)


def shell(world: World, state: State, who: int) -> Moves:
    """An empty draft; Gmail gives the id, and after a lost reply only a list can tell it."""

    def then(after: State, answer: str) -> State:
        return _put(after, who, at="record", shell=int(answer))

    yield from _send(world, state, who, Shell(), then, lambda after: _put(after, who, at="find shell"))


def find_shell(_: World, state: State, who: int) -> Moves:
    """After a lost reply: any stray shell of this e-mail will do; without one the run ends."""
    strays = list(_strays(state, state.runners[who]))
    for stray in strays:
        yield Event(NAMES[who], "finds an empty draft"), _put(state, who, at="record", shell=stray)
    if not strays:
        yield Event(NAMES[who], "finds no empty draft and gives up"), _end(state, who)


def record(world: World, state: State, who: int) -> Moves:
    """The reserved ids, in one fenced append, before they are used."""
    me = state.runners[who]
    if me.slept and Rule.LOOK_AGAIN in world.rules:
        yield Event(NAMES[who], "has slept and looks again"), _again(world, state, who)
        return
    if _reserved(world, state, me)[0]:
        yield from _append(world, state, who)
    else:
        yield Event(NAMES[who], "has nothing to reserve"), _put(state, who, at="begin")


def _reserved(_: World, state: State, me: Runner) -> Content:
    rows = []
    if FOLDER in me.plan and _anew(state, me, FOLDER):
        rows.append((FOLDER, RESERVED, f"{me.run}.{me.appends}"))
    if me.shell >= 0 and DRAFT in me.plan:
        rows.append((DRAFT, RESERVED, str(me.shell)))
    return tuple(rows), ()


def start_making(world: World, state: State, who: int) -> Moves:
    """What was recorded is made now, unless the runner slept since its look."""
    if state.runners[who].slept and Rule.LOOK_AGAIN in world.rules:
        yield Event(NAMES[who], "has slept and looks again"), _again(world, state, who)
    else:
        yield Event(NAMES[who], "begins to make"), _put(state, who, at="make", slept=False)


def make(world: World, state: State, who: int) -> Moves:
    """The next thing of the plan: the folder, the share, the e-mail; then the log."""
    me = state.runners[who]
    if not me.plan:
        yield Event(NAMES[who], "has made everything"), _put(state, who, at="log")
        return
    key = me.plan[0]
    if key == FOLDER:
        row = find(me.rows, FOLDER)
        assert row is not None
        yield from _send(world, state, who, Create(row.id, me.ground), lambda after, _: _made(after, who, FOLDER))
    elif key == SHARE:
        knows = me.begun or find(me.rows, SHARE)  # of another's beginning only where no rule forbids to go on
        at = "permit" if knows or Rule.SAY_SHARE not in world.rules else "say share"
        yield Event(NAMES[who], "comes to the share"), _put(state, who, at=at)
    else:
        at = "get" if Rule.GET_FIRST in world.rules else "put"
        yield Event(NAMES[who], "comes to the e-mail"), _put(state, who, at=at)


def get(_: World, state: State, who: int) -> Moves:
    """The draft as it is now: to be filled, filled already, a person's, or gone."""
    text = state.drafts[_draft(state.runners[who])]
    event = Event(NAMES[who], "gets the draft", None, text)
    if text in (GONE, SWEPT):
        yield event, _dropped(state, who, DRAFT)
    elif text in (HERS, state.runners[who].facts):
        yield event, _made(state, who, DRAFT)  # hers now, or ours already: nothing is left to write
    else:
        yield event, _put(state, who, at="put")


def put(world: World, state: State, who: int) -> Moves:
    """The whole text at once; after a lost reply the draft is looked at before anything is repeated."""
    me = state.runners[who]

    def then(after: State, answer: str) -> State:
        return _dropped(after, who, DRAFT) if answer == MISSING else _made(after, who, DRAFT)

    careful = Rule.GET_AFTER_LOST in world.rules
    back = "get" if careful else "put again"
    yield from _send(world, state, who, Put(_draft(me), me.facts), then, lambda after: _put(after, who, at=back))


def say_share(world: World, state: State, who: int) -> Moves:
    """That the share begins is written down, with all that was made; whoever begins it first makes it."""
    me = state.runners[who]
    if find(me.rows, SHARE):
        yield (
            Event(NAMES[who], "sees that another run shares"),
            _put(_dropped(state, who, SHARE, DRAFT), who, at="make"),
        )
    else:
        yield from _append(world, state, who)


def _beginning(world: World, state: State, me: Runner) -> Content:
    rows, lines = _notes(world, state, me)
    return (*rows, (SHARE, BEGUN, str(me.run))), lines


def permit(world: World, state: State, who: int) -> Moves:
    """The share; an invitation by mail is not repeated, for Google would mail again."""

    def lost(after: State) -> State:
        return _dropped(after, who, SHARE, DRAFT) if world.mails else after

    yield from _send(world, state, who, Permit(), lambda after, _: _made(after, who, SHARE), lost)


def log(world: World, state: State, who: int) -> Moves:
    """What was made goes into ledger and log in one append; then old marks are deleted now and then."""
    if _ending(world, state, state.runners[who])[0]:
        yield from _append(world, state, who)
    else:
        yield Event(NAMES[who], "has nothing to log"), _put(state, who, at="tidy")


def _ending(world: World, state: State, me: Runner) -> Content:
    rows, lines = _notes(world, state, me)
    return (*rows, (SAID, SAID, str(me.run))) if world.chatters else rows, lines


def _notes(world: World, _: State, me: Runner) -> Content:
    """What was made and the ledger does not say yet, as rows and as lines of the log."""
    new = [key for key in me.made if Rule.EVENT_ONCE not in world.rules or not _told(me.rows, key)]
    return tuple((key, MADE, _id(me, key)) for key in new), tuple(f"{key} {_id(me, key)}" for key in new)


def _told(rows: tuple[Row, ...], key: str) -> bool:
    row = find(rows, key)
    return row is not None and row.event == MADE


def _id(me: Runner, key: str) -> str:
    row = find(me.rows, key)
    return row.id if row and key != SHARE else ""


def tidy(world: World, state: State, who: int) -> Moves:
    """All but the newest few of the marks that the look saw are deleted; then the run is over."""
    me = state.runners[who]
    kept = world.kept if Rule.KEEP_MARKS in world.rules else 1
    old = me.marks[:-kept] if world.kept else ()
    event = Event(NAMES[who], "is through")
    lost = any(f"{key} {_id(me, key)}" not in state.books[me.book].log for key in me.made)
    ended = _end(harmed(state, Damage.LOG_LOST) if lost else state, who)
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
            after = _put(after, other, slept=True)  # so many appends take longer than two minutes
    flight = tuple(w for w in after.flight if not (isinstance(w, Append) and w.version in old))
    yield event._replace(write=Forget(me.book, old), answer=answer), after._replace(flight=flight)


def _look_for_strays(world: World, state: State, who: int) -> Moves:
    """The sweeper's look: an empty draft that no row names."""
    strays = list(_strays(state, state.runners[who]))
    if not strays:
        yield Event(NAMES[who], "sees no stray draft"), _end(state, who)
    for stray in strays:
        at = "sweep" if Rule.SAY_SWEEP in world.rules else "delete"
        yield Event(NAMES[who], f"sees the stray draft {stray}"), _put(state, who, at=at, shell=stray)


def sweep(world: World, state: State, who: int) -> Moves:
    """That a shell is swept is said in a fenced row before it is done."""
    yield from _append(world, state, who)


def _swept(_: World, __: State, me: Runner) -> Content:
    return ((f"{DRAFT} stray", SWEEPING, str(me.shell)),), ()


def delete(world: World, state: State, who: int) -> Moves:
    """The stray shell goes, if in the same breath it is still empty."""
    me = state.runners[who]
    if state.drafts[me.shell] != EMPTY and Rule.SWEEP_EMPTY in world.rules:
        yield Event(NAMES[who], "leaves the draft alone: it is not empty"), _end(state, who)
        return
    write = Delete(me.shell)
    yield from _send(world, state, who, write, lambda after, _: _end(after, who))


def _append(world: World, state: State, who: int) -> Moves:
    """A fenced append; a refusal may be another's append or my own whose reply was lost."""
    me = state.runners[who]
    rows, lines = WRITES[me.at][0](world, state, me)
    write = Append(me.book, me.version + 1, (me.run, me.appends), rows, lines)

    def then(after: State, answer: str) -> State:
        landed = answer == DONE or Rule.READ_MARK not in world.rules
        return _landed(world, after, who, me.at) if landed else _put(after, who, at=f"{me.at}: mark")

    yield from _send(world, state, who, write, then)


def _landed(world: World, state: State, who: int, at: str) -> State:
    """The run goes on from what it wrote, whatever others did since."""
    me = state.runners[who]
    content, to = WRITES[at]
    rows = tuple(Row(me.version + 1, (me.run, me.appends), *row) for row in content(world, state, me)[0])
    shell = me.shell if to == "delete" else -1
    known = {"rows": (*me.rows, *rows), "version": me.version + 1, "appends": me.appends + 1}
    return _put(state, who, at=to, shell=shell, begun=to == "permit", **known)


def mark(world: World, state: State, who: int) -> Moves:
    """The mark of the refused append: mine, another's, or gone."""
    me = state.runners[who]
    at = me.at.removesuffix(": mark")
    found = dict(state.books[me.book].marks).get(me.version + 1)
    if found is None:
        yield Event(NAMES[who], "finds no mark and gives up"), _end(state, who)
    elif found == (me.run, me.appends) and Rule.KEEP_NONCE in world.rules:
        yield Event(NAMES[who], "reads its own mark"), _landed(world, state, who, at)
    else:
        event = Event(NAMES[who], "reads another's mark")
        yield event, _overtaken(world, state, who, at)


def _overtaken(world: World, state: State, who: int, at: str) -> State:
    if at == "sweep":
        return _end(state, who)
    if at == "record":
        return _again(world, state, who)
    return _put(state, who, at=f"{at}: look")


def look_and_write(world: World, state: State, who: int) -> Moves:
    """Overtaken while writing down: read the ledger again, and append what it does not say yet."""
    me = state.runners[who]
    book = state.books[me.book]
    newest = max(newest_mark(book), *(row.version for row in book.rows))
    event = Event(NAMES[who], "looks at the tracker")
    if Rule.CHAIN in world.rules and not is_whole(book.rows, newest):
        yield event, _end(state, who)
        return
    at = me.at.removesuffix(": look")
    known = {"rows": book.rows, "version": newest, "appends": me.appends + 1}
    yield event, _put(state, who, at=at, **known)


def _again(world: World, state: State, who: int) -> State:
    """Look and plan again; what was reserved and not recorded is left alone."""
    me = state.runners[who]
    shell = -1 if Rule.DROP_SHELL in world.rules else me.shell
    return _put(state, who, at="look", plan=(), made=(), shell=shell, appends=me.appends + 1)


def _send(
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


def _made(state: State, who: int, key: str) -> State:
    me = state.runners[who]
    return _put(state, who, at="make", plan=me.plan[1:], made=(*me.made, key))


def _dropped(state: State, who: int, *keys: str) -> State:
    me = state.runners[who]
    return _put(state, who, at="make", plan=tuple(key for key in me.plan if key not in keys))


def _end(state: State, who: int) -> State:
    runners = list(state.runners)
    runners[who] = Runner()
    return state._replace(runners=(runners[0], runners[1]))


def _put(state: State, who: int, **changes: object) -> State:
    runners = list(state.runners)
    runners[who] = runners[who]._replace(**changes)  # type: ignore[arg-type]  # fields by name
    return state._replace(runners=(runners[0], runners[1]))


def _draft(me: Runner) -> int:
    row = find(me.rows, DRAFT)
    assert row is not None
    return int(row.id)


EARLY = ("look", "marks", "look behind", "shell", "find shell", "record", "record: mark", "begin")
WRITES: dict[str, tuple[Callable[[World, State, Runner], Content], str]] = {
    "record": (_reserved, "begin"),
    "say share": (_beginning, "permit"),
    "log": (_ending, "tidy"),
    "sweep": (_swept, "delete"),
}  # what is appended there, and where it goes on
PLACES: dict[str, Callable[[World, State, int], Moves]] = {
    "look": look, "marks": marks, "look behind": look_behind, "shell": shell, "find shell": find_shell,
    "record": record, "begin": start_making, "make": make, "get": get, "put": put, "put again": put, "say share": say_share,
    "permit": permit, "log": log, "tidy": tidy, "sweep": sweep, "delete": delete,
    **{f"{place}: mark": mark for place in WRITES}, **{f"{place}: look": look_and_write for place in ("say share", "log")},
}  # fmt: skip
