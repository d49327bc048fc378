"""Rows that a person asked for, added to a tab that people edit: once, however often and from wherever it is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from offboard.engine.look import Place, find_tabs, make_world, raise_general_problems, raise_problems, read_tracker
from offboard.engine.record import TRIES
from offboard.engine.run import find_client
from offboard.engine.together import has_slept
from offboard.errors import OffboardError
from offboard.ledger import Entry, Event
from offboard.model import Client
from offboard.rows import Row
from offboard.tracker.append_rows import find_strewn, holds, rows_request
from offboard.tracker.fence import LogLine, append
from offboard.workspace.sheets import OvertakenError, Spreadsheet, Tab
from offboard.world import Wishes, World


@dataclass(frozen=True)
class Wanted:
    """Rows of one tab that a client should have and that are missing there, and what the Log says of them."""

    tab: str  # as the layout named it
    rows: tuple[Row, ...]
    step: str
    says: str


@dataclass(frozen=True)
class Added:
    """The tracker as it was found in the end, and what was added to it now."""

    world: World
    client: Client
    rows: tuple[Row, ...] = ()
    declined: bool = False


Find = Callable[[World, Client], Wanted]
Ask = Callable[[World, Client, Wanted], bool]


def add_rows(place: Place, text: str, wishes: Wishes, nonce: str, find: Find, ask: Ask) -> Added:
    """Add what `find` misses, after asking, in one fenced append; then look whether it stands where it belongs.

    A lost reply, a second runner or a kill adds nothing twice: the append belongs to one version of the ledger, and who
    comes too late looks again and finds the rows. A person who moves columns between our reading and our append cannot
    be fenced off: that is found afterwards and told with the rows' numbers, for what stands there is ours to name and
    theirs to move.
    """
    agreed: set[Row] = set()
    for attempt in range(TRIES):
        spreadsheet, world, client = _look(place, text, wishes)
        wanted = find(world, client)
        if not wanted.rows:
            return Added(world, client)
        if not set(wanted.rows) <= agreed:
            if not ask(world, client, wanted):
                return Added(world, client, declined=True)
            agreed |= set(wanted.rows)
            if has_slept(place, world):
                continue
        try:
            _append(place, world, client, _tab(spreadsheet, wanted), wanted, f"{nonce}-a{attempt}")
        except OvertakenError:
            continue
        return _verified(place, text, wishes, wanted)
    raise OffboardError(f"Others were at work for “{text}” all the time.", "Type the same command again.")


def _look(place: Place, text: str, wishes: Wishes) -> tuple[Spreadsheet, World, Client]:
    spreadsheet = read_tracker(place)
    world = make_world(place, spreadsheet, wishes)
    raise_general_problems(world)
    client = find_client(world, text)
    raise_problems(world, client)
    return spreadsheet, world, client


def _tab(spreadsheet: Spreadsheet, wanted: Wanted) -> Tab:
    tab = find_tabs(spreadsheet)[wanted.tab]
    assert tab is not None  # a missing tab is everybody's problem, and was raised
    return tab


def _append(place: Place, world: World, client: Client, tab: Tab, wanted: Wanted, nonce: str) -> None:
    said = Entry(f"{client.short}|rows|{wanted.tab}", wanted.says, Event.SAID)  # every version has a row in the ledger
    line = LogLine(client.short, wanted.step, "new", wanted.says)
    now = place.clock(world.reading.timezone)
    request = rows_request(tab, wanted.rows, world.reading)
    sheets = place.workspace.sheets
    append(sheets, world.tracker_id, world.ledger, nonce, now, [said], [line], world.sheet_ids, [request])


def _verified(place: Place, text: str, wishes: Wishes, wanted: Wanted) -> Added:
    """The world with the rows in it; what does not stand under its header is told."""
    spreadsheet = read_tracker(place)
    world = make_world(place, spreadsheet, wishes)
    there: Sequence[Row] = (*world.accounts, *world.metrics, *world.invoices)
    lost = [row for row in wanted.rows if not any(type(row) is type(one) and holds(one, row) for one in there)]
    if lost:
        _raise_lost(wanted.tab, find_strewn(_tab(spreadsheet, wanted), lost, world.reading))
    raise_general_problems(world)
    return Added(world, find_client(world, text), wanted.rows)


def _raise_lost(tab: str, rows: Sequence[str]) -> NoReturn:
    """Tell what became of rows that were added and cannot be read under their headers."""
    if not rows:
        raise OffboardError(
            f"The rows that were just added to the tab {tab} are not there any more.",
            "Did somebody delete them? Look at the tab, then type the same command again.",
        )
    raise OffboardError(
        f"The columns of the tab {tab} were moved at the moment in which rows were added to it, so that they stand "
        "under wrong headers. Nothing that was typed there was overwritten.",
        f"Look at {', '.join(rows)}: move what stands there, or delete it. Then type the same command again.",
    )
