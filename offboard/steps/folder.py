"""The shared folder: one for each client, named once, with its sub-folders (article, step 3)."""

from __future__ import annotations

from datetime import date

from offboard.model import Client
from offboard.plan import MakeFolder, Outcome, StepPlan, Turn
from offboard.steps.anew import make_anew
from offboard.world import World

PARTS = ("Reports", "Content", "Brand assets", "Accounts")
LINK = "https://drive.google.com/drive/folders/{id}"
LINK_LATER = "(link comes with run)"


def folder_key(client: Client, *parts: str) -> str:
    """The ledger key of the client's folder, or of one below it."""
    return "/".join((client.short, "folder", *(part.replace("%", "%25").replace("/", "%2F") for part in parts)))


def folder_name(client: Client, end: date) -> str:
    """`Bloom Bakery – Offboarding 2026-05`."""
    return f"{client.name} – Offboarding {end:%Y-%m}"


def find_folder_link(world: World, client: Client, *parts: str) -> str:
    """The address of the folder, or of one below it, as soon as its id is known; empty before that."""
    found = world.ledger.find_id(folder_key(client, *parts))
    return LINK.format(id=found) if found else ""


def find_folder_trouble(world: World, client: Client) -> str:
    """Why nothing can be put into the folder although it was made; empty: nothing is wrong."""
    entry, present = world.ledger.find(folder_key(client)), world.present.get(folder_key(client))
    if not entry or not entry.made or present is None:
        return ""
    if present.trashed:
        return "the folder is in Drive's bin; no second one is made unasked"
    return "" if present.there else "the folder is gone from Drive; no second one is made unasked"


def never_made(world: World, client: Client) -> bool:
    """Whether the person wants no folder of ours: then there is nothing to fill and nothing to share."""
    entry = world.ledger.find(folder_key(client))
    return "folder" in client.skip and not (entry and entry.made)


def plan_folder(world: World, client: Client) -> StepPlan:
    """Make the folder and its sub-folders, each once; what a person renamed, moved or threw away stays so."""
    key = folder_key(client)
    entry = world.ledger.find(key)
    if client.last_day is None and entry is None:
        return _wait_for_last_day(client)
    trouble = find_folder_trouble(world, client)
    if trouble:
        turn = Turn("put the folder back from Drive's bin, or have it made anew", make_anew(client, "folder"))
        return StepPlan("folder", Outcome.WAITING, trouble, turns=(turn,))
    changes: list[MakeFolder] = []
    if entry is None or not entry.made:
        # a moved last day keeps the folder's name: it is fixed when the id is
        name = str(entry.more["name"]) if entry else folder_name(client, client.last_day or world.today)
        parent = world.setup.folders_go_into
        changes.append(
            MakeFolder(
                key=key,
                step="folder",
                says=f"Folder made: {name}",
                name=name,
                parent_id=_parent_id(world) if parent else "",
            )
        )
    for part in PARTS:
        part_key = folder_key(client, part)
        part_entry = world.ledger.find(part_key)
        if part_entry is None or not part_entry.made:
            says = f"Sub-folder made: {part}"
            changes.append(MakeFolder(key=part_key, step="folder", says=says, name=part, parent_key=key, after=(key,)))
    if changes:
        does = _does(world, changes)
        return StepPlan(
            "folder", Outcome.CHANGED, does=does, changes=tuple(changes), link=find_folder_link(world, client)
        )
    name = world.present[key].name if key in world.present else str(entry.more.get("name", "")) if entry else ""
    return StepPlan("folder", Outcome.DONE, f"made: “{name}”", link=find_folder_link(world, client))


def _does(world: World, changes: list[MakeFolder]) -> tuple[str, ...]:
    parts = ", ".join(change.name for change in changes if change.after)
    if len(changes) == len(parts.split(", ")):
        return (f"make the sub-folder {parts}",)
    place = f"My Drive › {world.parent.name}" if world.parent else "My Drive"
    return (f"make “{changes[0].name}” in {place}", f"with {parts}")


def _parent_id(world: World) -> str:
    return str(world.parent.more.get("id", "")) if world.parent else ""


def _wait_for_last_day(client: Client) -> StepPlan:
    """The step before this one asks for it; where that is skipped this one does."""
    why = "no last day yet; the folder's name needs its month"
    if "end date" not in client.skip:
        return StepPlan("folder", Outcome.LATER, why)
    turn = Turn("type the last day: the folder's name needs its month", client.where("last_day"))
    return StepPlan("folder", Outcome.WAITING, why, turns=(turn,))
