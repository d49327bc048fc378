"""The reports: everything behind the client's links, once, in the folder (article, step 3)."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from offboard.ledger import Entry, Event
from offboard.model import Client
from offboard.plan import Change, CopyReport, MakeFolder, Outcome, RefreshReport, Step, StepPlan, Turn
from offboard.steps.anew import make_anew
from offboard.steps.folder import find_folder_trouble, folder_key, never_made
from offboard.steps.inside import find_held, held_count, held_turns, inside_notes, is_open
from offboard.world import How, Present, Source, World

LONGEST_ID = 60  # characters; Drive's own ids have 33 or 44
FIRST = 5  # so many names are told; the rest is counted
HANDED_OVER = {
    How.COPY: "Copied",
    How.PDF: "Handed over as PDF",
    How.EXCEL: "Handed over as Excel",
    How.UPLOAD: "Uploaded",
}


def report_key(world: World, client: Client, source: Source) -> str:
    """The ledger key of the copy of one report; a long path becomes a digest, which Drive can keep too.

    A file on disk is known by what the tracker calls it, so that `~/reports` is the same on two computers; an older
    ledger knows it by its place on one of them.
    """
    known = _key_of(client, source.id)
    return known if not source.typed or world.ledger.find_newest(known) else _key_of(client, source.typed)


def _key_of(client: Client, id: str) -> str:
    name = id if len(id) <= LONGEST_ID else "#" + sha256(id.encode()).hexdigest()[:32]
    return f"{client.short}/reports/{name}"


def plan_reports(world: World, client: Client) -> StepPlan:
    """Copy what is new; say what changed since, what was taken out, and what cannot be handed over."""
    if not client.reports:
        return StepPlan("reports", Outcome.DONE, "nothing to copy: no links in “Reports”")
    if never_made(world, client):
        return StepPlan("reports", Outcome.SKIPPED, "with the folder, by you, in “Skip”")
    if world.ledger.find(folder_key(client)) is None and client.last_day is None:
        return StepPlan("reports", Outcome.LATER, "when the folder is made")
    if not world.looked:
        return StepPlan("reports", Outcome.LATER, f"to see them: offboard status {client.short}")
    if find_folder_trouble(world, client):
        return StepPlan("reports", Outcome.LATER, "when the folder is back")
    changes: list[Change] = []
    notes: list[str] = []
    for source in world.sources:
        if not source.cannot:
            changes.extend(_plan_source(world, client, source, notes))
    refused = [(source, why) for source in world.sources if (why := _why_not(world, client, source))]
    notes += _unlinked(world, client)
    turns = tuple(Turn(f"{source.name}: {why}", client.where("reports")) for source, why in refused)
    there = sum(world.lives(report_key(world, client, source)) for source in world.sources)
    held = find_held(world, client) if changes and is_open(world.ledger, client.short) else ()
    if held:
        notes += inside_notes(world, client)
        turns += held_turns(client, held, "run")
        why = f"not copied, for {client.contact} can open the folder: {held_count(held)}"
        return StepPlan("reports", Outcome.WAITING, why, turns=turns, notes=tuple(notes))
    if changes:
        does = _does(changes)
        return StepPlan("reports", Outcome.CHANGED, does=does, changes=_once(changes), turns=turns, notes=tuple(notes))
    checked = ", checked against the originals" if there else ""
    why = f"{there} of {len(world.sources)} in the folder{checked}"
    outcome = Outcome.WAITING if refused else Outcome.DONE
    return StepPlan("reports", outcome, why, turns=turns, notes=tuple(notes))


def _why_not(world: World, client: Client, source: Source) -> str:
    """Why a report cannot be handed over; what is in the folder already, from wherever, is no matter any more."""
    if source.how is How.UPLOAD and source.cannot and world.lives(report_key(world, client, source)):
        return ""
    return source.cannot or _refused(world, client, source)


def _unlinked(world: World, client: Client) -> Iterator[str]:
    """Copies whose originals are behind no link any more: once shared they are easily forgotten."""
    linked = {report_key(world, client, source) for source in world.sources}
    for entry in world.ledger.below(f"{client.short}/reports/"):
        present = world.present.get(entry.key)
        if entry.made and entry.key not in linked and present and present.there and not present.trashed:
            yield f"“{present.name}” is in the folder and behind no link any more; not theirs? Move it to the bin"


def _plan_source(world: World, client: Client, source: Source, notes: list[str]) -> list[Change]:
    key = report_key(world, client, source)
    entry = world.ledger.find(key)
    if _refused(world, client, source):
        return []
    if entry is None or not entry.made:
        parent = folder_key(client, "Reports", *source.folders)
        lost = _find_lost_folder(world, client, source)
        if lost:
            again = make_anew(client, "folder")
            notes.append(f"{source.name}: its folder “{lost}” is not there any more; put it back, or: {again}")
            return []
        says = f"{HANDED_OVER[source.how]}: {source.target_name}"
        folders = _plan_folders(world, client, source)
        copy = CopyReport(key=key, step="reports", says=says, source=source, parent_key=parent, after=(parent,))
        return [*folders, copy]
    if not world.lives(key):
        again = make_anew(client, "reports")
        notes.append(f"“{source.target_name}” was taken out of the folder; copy it again: {again}")
        return []
    if entry.more.get("stamp") == source.stamp:
        return []
    present = world.present.get(key)
    if present and _changed_by_hand(entry, present):
        notes.append(f"“{source.name}” changed, and so did its copy, by hand: the copy is left as it is")
        return []
    if not world.wishes.refresh:
        notes.append(
            f"“{source.name}” changed after it was copied; replace the copy: offboard run {client.short} --refresh"
        )
        return []
    return [RefreshReport(key=key, step="reports", says=f"Copy replaced: {source.target_name}", source=source)]


def _changed_by_hand(entry: Entry, present: Present) -> bool:
    """Whether a copy is neither as the ledger knows it nor as a run left it that was cut off before it could say so."""
    known = entry.more.get("md5") in (None, "", present.revision)
    return not known and bool(present.more.get("edited", True))


def _find_lost_folder(world: World, client: Client, source: Source) -> str:
    """The folder on the way to a report that was made and taken back; empty: all are there, or will be."""
    for depth in range(len(source.folders) + 1):
        key = folder_key(client, "Reports", *source.folders[:depth])
        entry = world.ledger.find(key)
        if entry and entry.made and not world.lives(key):
            return source.folders[depth - 1] if depth else "Reports"
    return ""


def _refused(world: World, client: Client, source: Source) -> str:
    """Why Google would not hand it over last time; empty once it changed, or a new try is wanted."""
    entry = world.ledger.find(report_key(world, client, source))
    if entry is None or entry.event is not Event.REFUSED or world.wishes.refresh:
        return ""
    return str(entry.more.get("why", "")) if entry.more.get("stamp") == source.stamp else ""


def _plan_folders(world: World, client: Client, source: Source) -> list[Change]:
    """The sub-folders on the way to a report, outermost first, those that are not made yet."""
    found: list[Change] = []
    for depth in range(1, len(source.folders) + 1):
        key = folder_key(client, "Reports", *source.folders[:depth])
        entry = world.ledger.find(key)
        if entry is None or not entry.made:
            parent = folder_key(client, "Reports", *source.folders[: depth - 1])
            name = source.folders[depth - 1]
            found.append(
                MakeFolder(
                    key=key,
                    step="reports",
                    says=f"Sub-folder made: {name}",
                    name=name,
                    parent_key=parent,
                    after=(parent,),
                )
            )
    return found


def _does(changes: list[Change]) -> tuple[str, ...]:
    """`copy 6 files, 14 MB: …` with the first names; what becomes another kind of file is named with its kind."""
    copies = [change.source for change in changes if isinstance(change, CopyReport)]
    again = [change.source.target_name for change in changes if isinstance(change, RefreshReport)]
    lines = []
    if copies:
        size = sum(source.size for source in copies)
        count = "1 file" if len(copies) == 1 else f"{len(copies)} files"
        lines.append(f"copy {count}, {format_size(size)}: {_names([source.name for source in copies])}")
        for how, kind in ((How.PDF, "PDF"), (How.EXCEL, "Excel")):
            turned = [source.name for source in copies if source.how is how]
            if turned:
                lines.append(f"as {kind}: {_names(turned)}")
    if again:
        lines.append(f"replace {_names(again)}")
    return tuple(lines)


def _names(names: list[str]) -> str:
    more = f", and {len(names) - FIRST} more" if len(names) > FIRST else ""
    return ", ".join(names[:FIRST]) + more


def format_size(size: int) -> str:
    """`14 MB`, `3.1 MB`, `12 kB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB" if size < 10_000_000 else f"{round(size / 1_000_000)} MB"


def _once(changes: list[Change]) -> tuple[Change, ...]:
    return tuple({change.key: change for change in changes}.values())


REPORTS = Step("reports", plan_reports)
