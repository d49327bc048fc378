"""Look inside: before somebody is let in, every file that they will be able to open, once for each content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from offboard.engine.content import EXCEL, PDF
from offboard.engine.look import SIDE_BY_SIDE, Place
from offboard.engine.make import Watch
from offboard.engine.readers import readers
from offboard.engine.sources import AS
from offboard.errors import MissingError, OffboardError, RefusedError, UsageError
from offboard.ledger import Ledger
from offboard.model import Client
from offboard.plan import Change, CopyReport, MakeFolder, Outcome, RefreshReport, Result, Share
from offboard.scan.finding import Finding, Kind, Looked
from offboard.scan.inside import Found, Inside
from offboard.scan.look import look_at_name, name_to_show
from offboard.scan.memory import Memory, recall, stamp_of
from offboard.scan.others import wanted_for
from offboard.scan.read import why_unreadable
from offboard.scan.wanted import Wanted
from offboard.steps.folder import folder_key
from offboard.steps.inside import allow_key, is_open, memory_key
from offboard.workspace.drive import NATIVE, SHORTCUT, Drive, DriveFile
from offboard.world import How, Source, World

AT_ONCE = 40  # folders that one list asks for
GRAVEST = (Kind.PRIVATE_KEY, Kind.KEY, Kind.PASSWORD, Kind.CLIENT, Kind.INTERNAL)  # told first
WHAT = "look through what will be shared"


@dataclass(frozen=True)
class Item:
    """A file that the client will be able to open: its name, what names its content, and how to get that."""

    name: str
    content: str = ""  # empty: there is but the name
    get: Callable[[], bytes] = bytes
    unread: str = ""


def look_inside(place: Place, world: World, client: Client, changes: Sequence[Change], watch: Watch) -> World:
    """The world with what lies in the shared folder, and in what these changes will bring, looked into.

    Nothing is looked into, and nothing is asked of Google, where nobody is to be let in, or is in already.
    """
    shares = [change for change in changes if isinstance(change, Share)]
    brought = [change for change in changes if isinstance(change, CopyReport | RefreshReport)]
    if shares or (brought and is_open(world.ledger, client.short)):
        names = [change.name for change in changes if isinstance(change, MakeFolder) and change.step == "reports"]
        replaced = {world.ledger.find_id(change.key) for change in brought}
        drive = place.workspace.drive
        items = [
            *(Item(name) for name in names),
            *(_of_source(drive, change.source) for change in brought),
            *_in_folders(drive, world, client, shares, replaced),
        ]
        world = _look(world, client, items, watch)
    _refuse_unknown(world, client)
    return world


def look_again(place: Place, world: World, client: Client, results: Sequence[Result], shares: Sequence[Share],
               watch: Watch) -> World:  # fmt: skip
    """The world with what lies in the folder at the moment of the share, and with what this run brought there.

    A list may lag behind what was just copied, so this run's own copies are named one by one.
    """
    drive = place.workspace.drive
    made = [r for r in results if r.outcome is Outcome.CHANGED and isinstance(r.change, CopyReport | RefreshReport)]
    items = [_of_result(drive, result) for result in made]
    folders = [r.id for r in results if r.outcome is Outcome.CHANGED and isinstance(r.change, MakeFolder)]
    listed = _in_folders(drive, world, client, shares, {result.id for result in made}, folders)
    return _look(world, client, [*items, *listed], watch)


def _look(world: World, client: Client, items: Sequence[Item], watch: Watch) -> World:
    wanted = wanted_for(client, world.clients, world.accounts, world.setup)
    known = world.inside.memory if world.inside else _recall(world.ledger, client)
    stamps = [stamp_of(item.content, item.name, wanted) if item.content else "" for item in items]
    new = {
        stamp: item
        for stamp, item in zip(stamps, items, strict=True)
        if stamp and stamp not in known and not item.unread
    }
    memory = known | _read(new, wanted, watch)
    found: list[Found] = []
    unread: dict[str, str] = {}
    for stamp, item in zip(stamps, items, strict=True):
        in_name = look_at_name(item.name, wanted)
        looked = Looked(unread=item.unread) if item.unread else memory.get(stamp, Looked())
        shown = name_to_show(item.name, in_name)
        found += [Found(shown, finding) for finding in (*in_name, *looked.findings)]
        if looked.unread:
            unread.setdefault(shown, looked.unread)
    kept = {stamp: memory[stamp] for stamp in stamps if stamp in memory}
    once = {one.finding.id: one for one in sorted(found, key=_gravity)}  # an original and its copy are one
    return replace(world, inside=Inside(tuple(once.values()), tuple(unread.items()), kept))


def _gravity(found: Found) -> tuple[int, str]:
    return GRAVEST.index(found.finding.kind), found.file


def _recall(ledger: Ledger, client: Client) -> Memory:
    entry = ledger.find(memory_key(client))
    return recall(entry.more) if entry else {}


def _read(items: dict[str, Item], wanted: Wanted, watch: Watch) -> Memory:
    """Every content fetched and looked into, side by side."""
    if not items:
        return {}
    memory: Memory = {}
    with readers(wanted, len(items)) as ready, ThreadPoolExecutor(SIDE_BY_SIDE, "inside") as pool:

        def read(item: Item) -> Looked:
            try:
                content = item.get()
            except RefusedError:
                return Looked(unread="Google does not hand it out")
            return ready.look_into(item.name, content)

        jobs = {pool.submit(read, item): stamp for stamp, item in items.items()}
        try:
            for count, job in enumerate(as_completed(jobs), start=1):
                memory[jobs[job]] = job.result()
                watch.looked(count, len(jobs))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return memory


def _in_folders(drive: Drive, world: World, client: Client, shares: Iterable[Share], but: set[str],
                new: Iterable[str] = ()) -> Iterator[Item]:  # fmt: skip
    """Every file and folder below the shared ones, whoever put it there; not those of the ids in `but`.

    `new` are the folders that this run has made: the ledger does not call them so yet.
    """
    ours = {e.value for e in world.ledger.below(folder_key(client)) if world.lives(e.key)} | set(new)
    roots = {world.ledger.find_id(share.folder_key) for share in shares} & ours
    if not roots:
        return
    try:
        inside = _list_below(drive, roots | ours)
    except MissingError:  # one of ours went away a moment ago
        try:
            inside = _list_below(drive, roots)
        except MissingError as error:  # a list may lag behind what was just made: nothing is refused by that
            raise OffboardError("The new folder is not in Google's lists yet.", "Run again in a minute.") from error
    below = [file for root in roots for file in _below(inside, root)]
    yield from (_of_file(drive, file) for file in below if file.id not in but)


def _list_below(drive: Drive, to_ask: set[str]) -> dict[str, list[DriveFile]]:
    """What lies in these folders and in all that are found in them, by the folder: few lists, many folders in each."""
    inside: dict[str, list[DriveFile]] = {}
    while to_ask:
        now = sorted(to_ask)[:AT_ONCE]
        where = " or ".join(f"'{id}' in parents" for id in now)
        inside |= {id: inside.get(id, []) for id in now}
        asked = drive.list_files(f"({where}) and trashed = false", WHAT)
        for file in asked:
            inside.setdefault(file.parent, []).append(file)
        to_ask = (to_ask - set(now)) | ({file.id for file in asked if file.folder} - inside.keys())
    return inside


def _below(inside: dict[str, list[DriveFile]], folder: str) -> Iterator[DriveFile]:
    for file in inside.get(folder, ()):
        yield file
        if file.folder:
            yield from _below(inside, file.id)


def _of_file(drive: Drive, file: DriveFile) -> Item:
    if file.folder or file.mime == SHORTCUT:  # a shortcut lets nobody into what it leads to
        return Item(file.name)
    if file.mime.startswith(NATIVE):
        kind = file.mime.removeprefix(NATIVE)
        if kind not in AS:
            return Item(file.name, unread=f"a Google {kind}")
        mime, ending = (PDF, ".pdf") if AS[kind] is How.PDF else (EXCEL, ".xlsx")
        get = partial(drive.export, file.id, mime, f"look into “{file.name}”")
        return Item(file.name + ending, f"{file.id}@{file.modified}", get)
    return _blob(drive, file.id, file.name, file.md5, file.size)


def _of_result(drive: Drive, result: Result) -> Item:
    assert isinstance(result.change, CopyReport | RefreshReport)
    name = result.change.source.target_name
    return _blob(drive, result.id, name, result.more["md5"], int(result.more["size"]))


def _of_source(drive: Drive, source: Source) -> Item:
    what = f"look into “{source.name}”"
    if source.how is How.UPLOAD:
        content, get = source.md5, partial(_from_disk, Path(source.id))
    elif source.how is How.COPY:
        return _blob(drive, source.id, source.target_name, source.md5, source.size)
    else:
        content = f"{source.id}@{source.changed}"
        get = partial(drive.export, source.id, PDF if source.how is How.PDF else EXCEL, what)
    return Item(source.target_name, content, get, why_unreadable(source.target_name, source.size))


def _blob(drive: Drive, id: str, name: str, md5: str, size: int) -> Item:
    return Item(name, md5, partial(drive.download, id, f"look into “{name}”"), why_unreadable(name, size))


def _from_disk(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OffboardError(f"“{path.name}” can't be read on this computer.", "Close what uses it.") from error


def _refuse_unknown(world: World, client: Client) -> None:
    """Whoever lets something pass must have seen it: a finding that there is not is a slip, or a file has changed."""
    there: dict[str, Finding] = {f.finding.id: f.finding for f in (world.inside.found if world.inside else ())}
    for id in sorted(world.wishes.allow - there.keys()):
        if world.ledger.find(allow_key(client, id)) is None:
            why = "The file may have changed since" if world.inside else "Nothing is about to be shared now"
            raise UsageError(
                f"There is nothing by the name {id} to allow. {why}.",
                f"See what there is: offboard plan {client.short}",
            )
