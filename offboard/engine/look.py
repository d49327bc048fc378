"""Look: one read of the tracker, then side by side everything that it and the ledger point to. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import Protocol
from zoneinfo import ZoneInfo

from offboard.emails.templates import Templates
from offboard.engine.hold_call import look_at_call
from offboard.engine.mailbox import look_at_draft, look_for_shells
from offboard.engine.sources import DRIVE_LINK, find_sources
from offboard.errors import LedgerError, MissingError, NotReadyError, Problem, TrackerError
from offboard.ledger import Entry, Event, Ledger
from offboard.model import Account, Client, Invoice
from offboard.platforms import Platforms, shipped_platforms
from offboard.steps.documents import is_document_key
from offboard.steps.drafts import is_draft_key
from offboard.steps.folder import PARTS, folder_key
from offboard.steps.meet_link import event_key
from offboard.steps.own_folder import own_folder_key
from offboard.steps.series import list_waiting
from offboard.steps.share import split_share_key
from offboard.tracker.ledger_tab import MEND, read_ledger
from offboard.tracker.read import read_records
from offboard.tracker.tabs import LOG_HEADERS, SHEET_IDS
from offboard.workspace.drive import DriveFile
from offboard.workspace.sheets import Spreadsheet, Tab
from offboard.workspace.workspace import Workspace
from offboard.world import Present, Wishes, World

READ = {title: id for title, id in SHEET_IDS.items() if title != "Today"}
HEADS = ("Log",)  # it may be long, and nothing in it is needed but that it is there
SIDE_BY_SIDE = 8  # requests at once in one pool: well below every quota, and the connections hold more


class Clock(Protocol):
    """Tells the present moment in a time zone."""

    def __call__(self, zone: ZoneInfo) -> datetime:
        """Now, there."""


@dataclass(frozen=True)
class Place:
    """Where to look: the workspace, the tracker, the templates, the clock, and the home, which is never handed over."""

    workspace: Workspace
    tracker_id: str
    templates: Templates
    clock: Clock
    home: Path
    platforms: Platforms = field(default_factory=shipped_platforms)
    turn: RLock = field(default_factory=RLock, compare=False)  # side by side, who was overtaken goes on alone


def find_tabs(spreadsheet: Spreadsheet) -> dict[str, Tab | None]:
    """The tabs by the names that the layout gave them: by id first, so that a renamed one is found, else by title."""
    by_id = {tab.id: tab for tab in spreadsheet.tabs}
    by_title = {tab.title: tab for tab in spreadsheet.tabs}
    return {title: by_id.get(id, by_title.get(title)) for title, id in SHEET_IDS.items()}


def read_tracker(place: Place, tabs: Mapping[str, int] = READ, heads: Sequence[str] = HEADS) -> Spreadsheet:
    """The tracker as one consistent read sees it, of some tabs just the head; NotReadyError when there is none."""
    if not place.tracker_id:
        raise NotReadyError("There is no tracker yet.", "Make one, or connect yours: offboard setup")
    try:
        return place.workspace.sheets.read(place.tracker_id, tabs, heads)
    except MissingError as error:
        raise NotReadyError(
            "The tracker is not there, or this account may not open it.",
            "Is it in your Drive's bin? Is this the right account (offboard auth status)? Else: offboard init",
        ) from error


def read_memory(spreadsheet: Spreadsheet, tabs: Mapping[str, Tab | None]) -> Ledger:
    """The ledger; LedgerError where it, or the Log that is written together with it, is damaged."""
    ledger, log = read_ledger(spreadsheet, tabs["Ledger"]), tabs["Log"]
    if log is None:
        raise LedgerError("The tracker's tab “Log” is gone.", MEND)
    if log.rows and [cell.text for cell in log.rows[0]][: len(LOG_HEADERS)] != list(LOG_HEADERS):
        raise LedgerError("The columns of the tracker's tab “Log” were moved or renamed.", "Undo it: Edit › Undo.")
    return ledger


def look_at_tracker(place: Place, wishes: Wishes = Wishes()) -> World:  # noqa: B008  # frozen
    """The tracker alone: every row, every problem, and the ledger."""
    return make_world(place, read_tracker(place), wishes)


def make_world(place: Place, spreadsheet: Spreadsheet, wishes: Wishes) -> World:
    """The tracker's world, out of one reading of it."""
    tabs = find_tabs(spreadsheet)
    ledger = read_memory(spreadsheet, tabs)
    records = read_records(spreadsheet, tabs)
    now = place.clock(records.reading.timezone)
    return World(
        now=now,
        reading=records.reading,
        tracker_id=spreadsheet.id,
        tracker_url=spreadsheet.url,
        setup=records.setup,
        clients=records.clients,
        invoices=tuple(_as_of(invoice, now.date()) for invoice in records.invoices),
        accounts=tuple(_account_as_of(account, now.date()) for account in records.accounts),
        metrics=records.metrics,
        problems=records.problems,
        strays=records.strays,
        ledger=ledger,
        marks=spreadsheet.marks,
        sheet_ids={title: tab.id for title, tab in tabs.items() if tab},
        templates=place.templates,
        platforms=place.platforms,
        calendar=place.workspace.calendar is not None,
        wishes=wishes,
    )


def _as_of(invoice: Invoice, today: date) -> Invoice:
    """A payment that is still to come has not come: the invoice is open until that day."""
    early = isinstance(invoice.paid, date) and invoice.paid > today
    return replace(invoice, paid=None) if early else invoice


def _account_as_of(account: Account, today: date) -> Account:
    """Nobody has left yet on a day that is still to come."""
    return replace(account, left_on=None) if account.left_on and account.left_on > today else account


def look_behind(place: Place, world: World, client: Client) -> World:
    """The same world with what stands behind this client's links and ledger entries, looked at side by side."""
    with ThreadPoolExecutor(SIDE_BY_SIDE, "look") as pool, ThreadPoolExecutor(SIDE_BY_SIDE, "reports") as deeper:
        links = client.reports if client.leaving else ()
        sources = pool.submit(find_sources, place.workspace.drive, links, deeper, place.home)
        parent = pool.submit(_look_at_parent, place, world)
        name = pool.submit(find_my_name, place, world)
        ours = f"{world.tracker_id}:{client.short}/"
        shells = pool.submit(look_for_shells, place.workspace.gmail, ours) if client.leaving else None
        present = _look_at_things(place, client, world.ledger, pool)
        found_parent, problem = parent.result()
        return replace(
            world,
            looked=True,
            sources=sources.result(),
            present=present,
            parent=found_parent,
            my_name=name.result(),
            charts=find_spec("matplotlib") is not None,
            shells=shells.result() if shells else (),
            problems=(*world.problems, *((problem,) if problem else ())),
        )


def find_my_name(place: Place, world: World) -> str:
    """The Google account's name, asked for only where Setup names none."""
    return "" if world.setup.your_name else place.workspace.drive.get_person()[0]


def _look_at_parent(place: Place, world: World) -> tuple[Present | None, Problem | None]:
    links = world.setup.folders_go_into
    if not links:
        return None, None
    where = world.setup.where("folders_go_into")
    matched = DRIVE_LINK.match(links[0].url)
    folder = None
    if matched:
        try:
            folder = place.workspace.drive.get_file(matched["id"], "look at the folder that Setup names")
        except MissingError:
            folder = None
    if folder is None or not folder.folder or folder.trashed:
        hint = "Paste the link of a Drive folder of yours, or empty the cell: then it is My Drive."
        return None, Problem(where, f"“{links[0].title or links[0].url}” is no folder that you can open.", hint)
    return Present(there=True, name=folder.name, url=folder.url, more={"id": folder.id}), None


def _look_at_things(place: Place, client: Client, ledger: Ledger, pool: Executor) -> dict[str, Present]:
    """What the ledger's entries of this client look like now: files by one list and by id, drafts and readers."""
    entries = ledger.below(f"{client.short}/")
    ours = (folder_key(client), f"{client.short}/reports/", own_folder_key(client))
    files = [entry for entry in entries if entry.key.startswith(ours) or is_document_key(entry.key)]
    drafts = list_waiting(ledger, tuple(entry for entry in entries if is_draft_key(entry.key)))
    shares = [entry for entry in entries if entry.key.startswith(f"{client.short}/share/")]
    root = next((entry for entry in files if entry.key == folder_key(client)), None)
    letters = {entry.key: pool.submit(look_at_draft, place.workspace.gmail, entry) for entry in drafts}
    readers: dict[str, Future[dict[str, str]]] = {}
    ids = {entry.key: entry.value for entry in files}
    for part in {split_share_key(client, entry.key)[0] for entry in shares}:
        folder = ids.get(folder_key(client, *([part] if part else [])))
        if folder:
            readers[part] = pool.submit(_readers, place, folder)
    counts = pool.submit(_count_files, place, client, files) if root and root.made else None
    calendar, call = place.workspace.calendar, ledger.find(event_key(client))
    event = pool.submit(look_at_call, calendar, call) if calendar and call and call.made else None
    present = _look_at_files(place, client, files, pool) if files else {}
    present |= {event_key(client): event.result()} if event else {}
    present |= {key: letter.result() for key, letter in letters.items()}
    for entry in shares:
        part, email = split_share_key(client, entry.key)
        present[entry.key] = Present(there=part in readers and email.lower() in readers[part].result())
    for key, count in (counts.result() if counts else {}).items():
        if key in present:
            present[key] = replace(present[key], more={"files": count})
    if root and "" in readers and root.key in present:
        others = sorted(email for email, role in readers[""].result().items() if role != "owner")
        present[root.key] = replace(present[root.key], more={"readers": tuple(others)})
    return present


def _readers(place: Place, folder: str) -> dict[str, str]:
    try:
        return place.workspace.access.list_readers(folder)
    except MissingError:
        return {}


def _look_at_files(place: Place, client: Client, files: list[Entry], pool: Executor) -> dict[str, Present]:
    listed = {file.id: file for file in place.workspace.drive.list_marked(client.short, "look at the client's folder")}
    # a list may lag behind: what it does not show is asked for by id before it counts as gone
    missing = {
        entry.key: pool.submit(place.workspace.drive.find_file, entry.value)
        for entry in files
        if entry.value not in listed and entry.event is Event.MADE
    }
    found: dict[str, Present] = {}
    for entry in files:
        file = listed.get(entry.value) or (missing[entry.key].result() if entry.key in missing else None)
        if file or entry.key in missing:
            found[entry.key] = _present(file)
    return found


def _present(file: DriveFile | None) -> Present:
    if file is None:
        return Present(there=False)
    edited = {"edited": not file.untouched} if file.written else {}
    return Present(there=True, trashed=file.trashed, name=file.name, url=file.url, revision=file.md5, more=edited)


def _count_files(place: Place, client: Client, files: list[Entry]) -> dict[str, int]:
    """How many files lie in each sub-folder beside the reports, which the ledger counts wherever they lie."""
    parts = {entry.value: entry.key for entry in files if entry.key in {folder_key(client, part) for part in PARTS}}
    if not parts:
        return {}
    where = " or ".join(f"'{id}' in parents" for id in parts)
    try:
        inside = place.workspace.drive.list_files(f"({where}) and trashed = false", "look through the client's folder")
    except MissingError:
        return {}
    reports = {entry.value for entry in files if entry.key.startswith(f"{client.short}/reports/")}
    counts = Counter(parts[f.parent] for f in inside if f.parent in parts and not f.folder and f.id not in reports)
    return {key: counts[key] for key in parts.values()}


def raise_general_problems(world: World) -> None:
    """Refuse to go on where what cannot be read may be anybody's: then nobody can be told from another."""
    raise_all([problem for problem in world.problems if not problem.client])


def raise_problems(world: World, client: Client | None = None) -> None:
    """Refuse to go on with cells that cannot be read: those of this client and of everybody, all at once."""
    raise_all(world.problems_of(client) if client else world.problems)


def raise_all(problems: Sequence[Problem]) -> None:
    """Refuse to go on with these, all at once; nothing is wrong with none."""
    if problems:
        count = len(problems)
        what = "1 thing in the tracker can't be read" if count == 1 else f"{count} things in the tracker can't be read"
        raise TrackerError(f"{what}. Nothing was changed.", problems=problems)
