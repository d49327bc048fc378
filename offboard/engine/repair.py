"""Repair: a damaged ledger begins anew with what its rows, Drive and Gmail still tell; the rest is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from offboard.engine.look import SIDE_BY_SIDE, Place, find_tabs, read_tracker
from offboard.errors import MissingError
from offboard.ledger import Entry, Event, Ledger
from offboard.model import Client
from offboard.steps.drafts import draft_key
from offboard.steps.folder import folder_key
from offboard.steps.gone import gone_key
from offboard.steps.series import series_key
from offboard.steps.share import share_key
from offboard.tracker.fence import append
from offboard.tracker.ledger_tab import TRACKER, Salvage, salvage
from offboard.tracker.log_tabs import LEDGER_SHAPE, LOG_SHAPE, ledger_requests, log_requests
from offboard.tracker.read import Records, read_records
from offboard.tracker.tabs import SHEET_IDS
from offboard.workspace.drive import DriveFile
from offboard.workspace.gmail import Draft
from offboard.workspace.sheet_requests import SheetRequest, add_tab, empty_rows
from offboard.workspace.sheets import Spreadsheet, Tab

MAILS = ("call", "feedback")  # the steps that write an e-mail


@dataclass(frozen=True)
class Repair:
    """What is wrong with a tracker's memory, and how it would be mended."""

    spreadsheet: Spreadsheet
    records: Records
    damages: tuple[str, ...]
    does: tuple[str, ...]  # in words
    entries: tuple[Entry, ...]  # the new ledger
    newest: int  # the version to go on from
    before: tuple[SheetRequest, ...]  # what is laid out in the same batch
    sheet_ids: Mapping[str, int]


def plan_repair(place: Place) -> Repair | None:
    """How this tracker's ledger and log would be mended; None when nothing is wrong. LedgerError for a copy."""
    spreadsheet = read_tracker(place)
    tabs = find_tabs(spreadsheet)
    found = salvage(spreadsheet, tabs["Ledger"])
    damages = [*found.damages]
    if tabs["Log"] is None:
        damages.append("The tracker's tab “Log” is gone.")
    if not damages:
        return None
    records = read_records(spreadsheet, tabs)
    known = {entry.key: entry for entry in found.entries if entry.key != TRACKER}
    discovered = {entry.key: entry for entry in _discover(place, records, known)}
    asked = {e.key: e for e in _ask(place, records, known | discovered)} if found.lost else {}
    entries = (Entry(TRACKER, spreadsheet.id, Event.SAID), *(known | discovered | asked).values())
    return Repair(
        spreadsheet,
        records,
        tuple(damages),
        tuple(_tell(found, tabs, known, discovered, asked)),
        entries,
        found.newest,
        tuple(_lay_out(tabs)),
        SHEET_IDS | {title: tab.id for title, tab in tabs.items() if tab},
    )


def mend(place: Place, repair: Repair, nonce: str) -> None:
    """Write the new ledger, whole or not at all; OvertakenError when somebody wrote meanwhile."""
    now = place.clock(repair.records.reading.timezone)
    sheets, id = place.workspace.sheets, repair.spreadsheet.id
    before = Ledger((), repair.newest)
    append(sheets, id, before, nonce, now, repair.entries, (), repair.sheet_ids, repair.before)


def _lay_out(tabs: Mapping[str, Tab | None]) -> Iterator[SheetRequest]:
    if tabs["Log"] is None:
        yield add_tab(LOG_SHAPE)
        yield from log_requests()
    ledger = tabs["Ledger"]
    if ledger is None:
        yield add_tab(LEDGER_SHAPE)
        yield from ledger_requests()
    else:
        yield empty_rows(ledger.id, 1)


def _discover(place: Place, records: Records, known: Mapping[str, Entry]) -> Iterator[Entry]:
    """What lies in Drive and in Drafts with our key on it, and stands in no row."""
    ids = {entry.value for entry in known.values()}
    shorts = sorted({client.short for client in records.clients} | {key.split("/")[0] for key in known if "/" in key})
    drive, gmail = place.workspace.drive, place.workspace.gmail
    with ThreadPoolExecutor(SIDE_BY_SIDE, "repair") as pool:
        letters = pool.submit(gmail.list_ours)
        files = [f for listed in pool.map(lambda s: drive.list_marked(s, "look for our files"), shorts) for f in listed]
        drafts = letters.result()
    for file in sorted(files, key=lambda file: (not file.trashed, file.modified)):  # the newest that lives comes last
        if file.key and file.key not in known and file.id not in ids:
            yield _file_entry(file)
    for draft in drafts:
        tracker, _, key = draft.key.partition(":")
        if tracker == place.tracker_id and key not in known and not draft.shell:
            yield _draft_entry(key, draft)


def _file_entry(file: DriveFile) -> Entry:
    if file.folder:
        return Entry(file.key, file.id, Event.MADE, {"name": file.name})
    return Entry(file.key, file.id, Event.MADE, {"stamp": file.md5, "md5": file.md5, "size": str(file.size)})


def _draft_entry(key: str, draft: Draft) -> Entry:
    # which words were ours is not known any more: it counts as the person's
    return Entry(key, draft.id, Event.MADE, {"revision": "", "subject": draft.subject})


def _ask(place: Place, records: Records, known: Mapping[str, Entry]) -> Iterator[Entry]:
    """For every client that was begun: e-mails that may be sent, and shares that may have been taken back."""
    for client in records.clients:
        yield from _ask_for_reminders(records, client, known)
        if not any(key.startswith(f"{client.short}/") for key in known):
            continue
        for step in MAILS:
            key = draft_key(client, step)
            if key not in known:
                yield Entry(key, "", Event.LOST)
        yield from _ask_for_shares(place, client, known)


def _ask_for_reminders(records: Records, client: Client, known: Mapping[str, Entry]) -> Iterator[Entry]:
    """Where something is owed nobody knows whether a later reminder than the last known one was sent."""
    number = 1
    while series_key(client, "invoices", number) in known:
        number += 1
    last = known.get(series_key(client, "invoices", number - 1))
    waits = last is not None and gone_key(last.key) not in known  # as far as is known: then no later one was begun
    if not waits and any(invoice.client == client.short and invoice.open for invoice in records.invoices):
        yield Entry(series_key(client, "invoices", number), "", Event.LOST)


def _ask_for_shares(place: Place, client: Client, known: Mapping[str, Entry]) -> Iterator[Entry]:
    folder = known.get(folder_key(client))
    if folder is None:
        return
    try:
        readers = place.workspace.access.list_readers(folder.value)
    except MissingError:
        readers = {}
    for email in client.addresses:
        if share_key(client, email) not in known:
            reads = email.lower() in readers
            yield Entry(share_key(client, email), "" if reads else email, Event.MADE if reads else Event.BEGUN)


def _tell(
    found: Salvage,
    tabs: Mapping[str, Tab | None],
    known: Mapping[str, Entry],
    discovered: Mapping[str, Entry],
    asked: Mapping[str, Entry],
) -> Iterator[str]:
    if tabs["Log"] is None:
        yield "make the tab Log again, empty"
    if found.damages:
        yield f"write the ledger anew, with the {_count(len(known), 'thing')} that its rows still tell of"
    if discovered:
        names: Sequence[str] = sorted(discovered)
        yield f"and {_count(len(names), 'thing')} found in Drive and Gmail: {', '.join(names)}"
    unsure = sorted(entry.key for entry in asked.values() if not entry.made)
    if unsure:
        yield f"ask you before it makes what nobody knows of any more: {', '.join(unsure)}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
