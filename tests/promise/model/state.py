"""The state of the model: two spreadsheets at most, one folder, one e-mail, one share, two runners, one person."""

from __future__ import annotations

from typing import NamedTuple

from tests.promise.model.rules import EVERY_RULE, EVERY_TRUST, Damage, Rule, Trust

Nonce = tuple[int, int]  # of a run, and of its appends
FOLDER, SHARE, DRAFT, SAID, TRACKER = "folder", "share", "draft", "said", "tracker"
RESERVED, BEGUN, MADE, SWEEPING = "reserved", "begun", "made", "sweeping"
EMPTY, OURS, NEWER, HERS, GONE, SWEPT = "empty", "our words", "our newer words", "her words", "gone", "swept"
NEVER, READS, OUT = "never", "reads", "taken back"


class Row(NamedTuple):
    """A ledger row: the append that wrote it, and what it says of which thing."""

    version: int
    nonce: Nonce
    key: str
    event: str
    id: str


class Book(NamedTuple):
    """A spreadsheet: the ledger's rows and marks, the log's rows, and rows that a person cut."""

    id: str
    rows: tuple[Row, ...]
    marks: tuple[tuple[int, Nonce], ...]
    log: tuple[str, ...] = ()
    cut: tuple[Row, ...] = ()


class Append(NamedTuple):
    """The fenced append: this version's mark with its rows, whole or not at all."""

    book: int
    version: int
    nonce: Nonce
    rows: tuple[tuple[str, str, str], ...]
    log: tuple[str, ...]


class Forget(NamedTuple):
    """Marks are deleted."""

    book: int
    versions: tuple[int, ...]


class Create(NamedTuple):
    """Make the folder under an id that was given for it; `ground` is what is wrong with the ledger it comes from."""

    id: str
    ground: str


class Shell(NamedTuple):
    """Make an empty draft; Gmail gives the id."""


class Put(NamedTuple):
    """Replace what a draft says."""

    draft: int
    text: str


class Delete(NamedTuple):
    """Delete a draft."""

    draft: int


class Permit(NamedTuple):
    """Let the client read the folder."""


Write = Append | Forget | Create | Shell | Put | Delete | Permit


class Runner(NamedTuple):
    """A run: where it stands, what it knows of the ledger, and what it has in hand."""

    at: str = "away"
    run: int = 0
    appends: int = 0
    book: int = 0
    rows: tuple[Row, ...] = ()
    version: int = 0
    marks: tuple[int, ...] = ()
    ground: str = ""  # what the look would have found wrong with the ledger
    facts: str = OURS
    slept: bool = False
    shell: int = -1  # an empty draft that is not recorded
    plan: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    asked: bool = False  # she says that the share may be made although nobody knows whether it was
    base: Row | None = None  # what the ledger said of the share when it was planned
    there: bool = False  # the look saw that the client reads the folder already
    begun: bool = False  # that the share begins is written down
    says: bool = False  # a line of state is to be written at the end


class Left(NamedTuple):
    """What may still happen in a world; so much at most keeps it finite."""

    runs: int = 2
    kills: int = 0
    losses: int = 0  # replies that never come; the write was applied, or is on its way
    acts: int = 0


class State(NamedTuple):
    """Everything there is."""

    books: tuple[Book, ...]
    folders: tuple[tuple[str, bool], ...] = ()  # id, and whether it is in the bin
    drafts: tuple[str, ...] = ()  # what each says; its place is its id
    access: str = NEVER
    mails: int = 0
    facts: str = OURS  # what the e-mail should say
    runners: tuple[Runner, Runner] = (Runner(), Runner())
    flight: tuple[Write, ...] = ()  # nobody waits for these any more, and Google may still apply them
    left: Left = Left()
    harm: frozenset[Damage] = frozenset()


class World(NamedTuple):
    """What a walk through the model is about: which things are wanted, who does what, and which rules hold."""

    wanted: tuple[str, ...]
    left: Left
    acts: tuple[str, ...] = ()
    mails: bool = False  # the client has no Google account: Google mails an invitation with each share
    sweeps: bool = False
    asks: bool = False  # she may say the share again
    says: tuple[bool, ...] = (False,)  # whether a run has a line of state to write at its end
    kept: int = 0  # marks that are kept by who tidies; 0: nobody tidies
    rules: frozenset[Rule] = EVERY_RULE
    trust: frozenset[Trust] = EVERY_TRUST


class Event(NamedTuple):
    """One thing that happens: who does what, and what comes of it."""

    who: str  # `A`, `B`, `she`, `Google`
    does: str
    write: Write | None = None
    answer: str = ""


def begin(world: World) -> State:
    """A new tracker: its first row says whose ledger it is."""
    first = Row(1, (0, 0), TRACKER, SAID, "original")
    return State((Book("original", (first,), ((1, (0, 0)),)),), left=world.left)


def find(rows: tuple[Row, ...], key: str) -> Row | None:
    """What the ledger says of a key: its newest row."""
    return next((row for row in reversed(rows) if row.key == key), None)


def is_whole(rows: tuple[Row, ...], newest: int) -> bool:
    """Whether every version up to the newest is there, written once."""
    appends = {(row.version, row.nonce) for row in rows}
    return sorted(version for version, _ in appends) == list(range(1, newest + 1))


def newest_mark(book: Book) -> int:
    """The newest version that anybody took."""
    return max(version for version, _ in book.marks)
