"""The model follows a real run: after each event it is in one of these states; when none is left, they differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.promise.model.explore import steps
from tests.promise.model.seen import BEGINS, ENDS, GETS, IS_KILLED, LOOKS, READS_MARK, SAYS_SHARE
from tests.promise.model.state import DRAFT, FOLDER, SAID, SHARE, TRACKER, Append, Event, Left, State, World, begin
from tests.promise.model.step import NAMES
from tests.promise.model.worlds import RETYPE

SAYINGS = {
    LOOKS: (LOOKS,),
    READS_MARK: ("reads its own mark", "reads another's mark", "finds no mark and gives up"),
    GETS: (GETS,),
    BEGINS: ("begins a run with the original",),
    SAYS_SHARE: ("begins a run that may share again",),
    IS_KILLED: (IS_KILLED,),
}
HEARD = {saying for sayings in SAYINGS.values() for saying in sayings}
READS_ONLY = (LOOKS, READS_MARK, GETS)  # these may be repeated, or meant for another part of the plan: nothing moves


def world_of(runs: int, kills: int = 0, losses: int = 0) -> World:
    """The world of a real run: all is wanted, and a run may have other things to write down as well."""
    left = Left(runs=runs, kills=kills, losses=losses, acts=1)
    return World((FOLDER, SHARE, DRAFT), left, (RETYPE,), asks=True, says=(False, True))


@dataclass
class Follower:
    """All states in which the model may be, given what was seen so far."""

    world: World
    states: frozenset[State] = frozenset()
    seen: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.states = self._silently(frozenset([begin(self.world)]))

    def take(self, event: Event) -> None:
        """The model does what was seen; AssertionError when nothing of all that it may do is that."""
        self.seen.append(event)
        if event.does == ENDS:
            left = frozenset(s for s in self.states if s.runners[NAMES.index(event.who)].at == "away")
        else:
            left = frozenset(
                after for state in self.states for told, after in steps(self.world, state) if _is(told, event)
            )
            if event.does in READS_ONLY:
                left |= self.states
        assert left, self._tell(event)
        self.states = self._silently(left)

    def _silently(self, states: frozenset[State]) -> frozenset[State]:
        """These, and all that they may come to without that anybody sees it."""
        found, edge = set(states), list(states)
        while edge:
            for event, after in steps(self.world, edge.pop()):
                if _is_silent(event) and after not in found:
                    found.add(after)
                    edge.append(after)
        return frozenset(found)

    def _tell(self, event: Event) -> str:
        before = "\n".join(map(str, self.seen))
        places = Counter(tuple(runner.at for runner in state.runners) for state in self.states)
        may = {str(told) for state in self.states for told, _ in steps(self.world, state) if not _is_silent(told)}
        return f"the model cannot do this: {event}\nseen:\n{before}\nit stood at {places}\nit could do:\n" + "\n".join(
            may
        )


def _is_silent(event: Event) -> bool:
    if event.write is not None:
        return event.does == "sends, and it stays on its way"
    return event.does not in HEARD


def _is(told: Event, seen: Event) -> bool:
    """Whether what the model may do is what was seen; a late write is nobody's any more."""
    if seen.write is None:
        return told.who == seen.who and told.does in SAYINGS[seen.does]
    if told.write is None or told.answer != seen.answer or told.who not in (seen.who, "Google"):
        return False
    return _plain(told.write) == _plain(seen.write)


def _plain(write: object) -> object:
    """A write without lines of state, in any order of its rows."""
    if isinstance(write, Append):
        rows = sorted(row for row in write.rows if row[0] != SAID)
        return write._replace(rows=tuple(rows), log=tuple(sorted(write.log)))
    return write


Outcome = tuple[object, ...]


def outcome(state: State) -> Outcome:
    """What is to be seen of the model's world in the end: folders, drafts, share, ledger, log."""
    book = state.books[0]
    rows = sorted((row.version, row.key, row.event, row.id) for row in book.rows if row.key not in (SAID, TRACKER))
    log = sorted(line.split()[0] for line in book.log)
    return sorted(state.folders), [*state.drafts], state.access, rows, log
