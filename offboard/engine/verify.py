"""Verify: is what was made really there, whole, and open to those who should see it and to nobody else?"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from offboard.engine.check import Check
from offboard.engine.look import SIDE_BY_SIDE, Place
from offboard.engine.run import look
from offboard.ledger import Entry
from offboard.model import Client
from offboard.steps.anew import make_anew
from offboard.steps.documents import is_document_key
from offboard.steps.drafts import DRAFTS, is_draft_key
from offboard.steps.folder import LINK, folder_key
from offboard.steps.meet_link import event_key
from offboard.steps.own_folder import own_folder_key
from offboard.steps.share import share_key
from offboard.workspace.access import Inspected
from offboard.world import Wishes, World


def verify(place: Place, text: str) -> tuple[World, Client, tuple[Check, ...]]:
    """Look at everything that was made for a client, by id, as deep as Google lets us; changes nothing."""
    world, client = look(place, text, Wishes())
    entries = [entry for entry in world.made_for(client) if _is_file(client, entry.key)]
    access = place.workspace.access
    with ThreadPoolExecutor(SIDE_BY_SIDE, "verify") as pool:
        asking = {entry.key: pool.submit(access.inspect, entry.value) for entry in entries}
        folder = next((entry.value for entry in entries if entry.key == folder_key(client)), "")
        requests = pool.submit(access.list_requests, folder) if folder else None
        seen = {entry.key: (entry, asked.result()) for entry, asked in zip(entries, asking.values(), strict=True)}
        asked_for = requests.result() if requests and seen[folder_key(client)][1] else ()
    checks = [
        *_check_files(client, seen, "folder"),
        *_check_files(client, seen, "reports"),
        *_check_documents(client, seen),
        *_check_readers(world, client, {key: pair for key, pair in seen.items() if not _is_own(client, key)}),
        *_check_own(client, seen),
        *(_asked(client, email) for email in asked_for),
        *_check_drafts(world, client),
        *_check_call(world, client),
    ]
    return world, client, tuple(checks)


Seen = dict[str, tuple[Entry, Inspected | None]]


def _is_file(client: Client, key: str) -> bool:
    return key.split("/")[1] in ("folder", "reports") or is_document_key(key) or _is_own(client, key)


def _is_own(client: Client, key: str) -> bool:
    """Whether it is the freelancer's own folder, or lies in it: a case study in both versions, her closing summary."""
    case_study = f"{client.short}/case study/"
    return key == own_folder_key(client) or key.endswith("/document/own") or key.startswith(case_study)


def _check_documents(client: Client, seen: Seen) -> Iterator[Check]:
    """Documents of ours: there, and whose words they hold; that a person changed one is nothing wrong."""
    for key, (entry, found) in seen.items():
        if not is_document_key(key):
            continue
        step, name = key.split("/")[1], str(entry.more.get("name", "a page")).rpartition(".")[0]
        if found is None or found.file.trashed:
            where = "is gone from Drive" if found is None else "is in Drive's bin"
            hint = f"Make it anew: {make_anew(client, step)}"
            yield Check(step, holds=False, says=f"“{name}” {where}", hint=hint)
        else:
            how = "as written" if found.file.untouched else "changed by you"
            yield Check(step, holds=True, says=f"“{name}” is there, {how}")


def _check_own(client: Client, seen: Seen) -> Iterator[Check]:
    """What is for the freelancer alone is open to nobody else."""
    for key, (_, found) in seen.items():
        if found is None or not _is_own(client, key):
            continue
        for who in sorted(found.readers):
            says = f"{who} can open “{found.file.name}”, which is for you alone"
            yield Check("close", holds=False, says=says, hint="Take them off: Share, in Drive.", link=found.file.url)


def _check_files(client: Client, seen: Seen, step: str) -> Iterator[Check]:
    mine = [pair for key, pair in seen.items() if key.split("/")[1] == step and not is_document_key(key)]
    bad = [check for entry, found in mine if (check := _find_fault(client, entry, found, step))]
    if mine:
        good = len(mine) - len(bad)
        what = "made, with its sub-folders" if step == "folder" else f"{good} of {len(mine)} there, byte for byte"
        link = LINK.format(id=mine[0][0].value) if step == "folder" else ""
        if good:
            yield Check(step, holds=True, says=what, link=link)
    yield from bad


def _find_fault(client: Client, entry: Entry, found: Inspected | None, step: str) -> Check | None:
    again = f"Make it anew: {make_anew(client, step)}"
    if found is None:
        name = str(entry.more.get("name", "")) or "a copy"
        return Check(step, holds=False, says=f"{name} is gone from Drive", hint=again)
    name = found.file.name
    if found.file.trashed:
        return Check(step, holds=False, says=f"{name} is in Drive's bin", hint=f"Put it back, or: {again}")
    if entry.more.get("md5") and found.file.md5 != entry.more["md5"]:
        hint = f"Not you? Move it to the bin, then: {make_anew(client, step)}"
        return Check(step, holds=False, says=f"{name} is not what was copied", hint=hint, link=found.file.url)
    if not found.readers_can_download:
        hint = "In Drive: Share › the wheel › let viewers download."
        return Check(step, holds=False, says=f"{name} cannot be downloaded by readers", hint=hint, link=found.file.url)
    return None


def _check_readers(world: World, client: Client, seen: Seen) -> Iterator[Check]:
    """Those who should read can, in every part; those who are nobody of this client's cannot, anywhere."""
    there = {key: found for key, (_, found) in seen.items() if found and not found.file.trashed}
    for email in client.addresses:
        given = world.ledger.find(share_key(client, email))
        if given is None or not given.made:
            continue
        closed = [found.file.name for found in there.values() if email.lower() not in found.readers]
        if closed:
            hint = f"Share it again: {make_anew(client, 'share')}"
            yield Check("share", holds=False, says=f"{email} cannot open {closed[0]}", hint=hint)
        elif there:
            yield Check("share", holds=True, says=f"{email} can open the folder and all that is in it")
    known = {email.lower() for email in client.addresses}
    told: set[str] = set()
    for found in there.values():
        for who in sorted(found.readers - known - told):
            told.add(who)
            hint = "Meant so? Then all is well. Else take them off: Share, in Drive."
            yield Check("share", holds=False, says=f"{who} can open {found.file.name}", hint=hint, link=found.file.url)


def _asked(client: Client, email: str) -> Check:
    known = email.lower() in {address.lower() for address in client.addresses}
    hint = (
        f"They are locked out: offboard share {client.short}"
        if known
        else "Answer it in Drive, or add the address in the tracker."
    )
    return Check("share", holds=False, says=f"{email} asks Google for access to the folder", hint=hint)


def _check_drafts(world: World, client: Client) -> Iterator[Check]:
    for entry in world.made_for(client):
        present = world.present.get(entry.key)
        if not is_draft_key(entry.key) or present is None:
            continue
        step = entry.key.split("/")[1]
        if not present.there:
            yield Check(step, holds=True, says="no longer in Drafts: sent, or thrown away")
        else:
            how = "changed by you" if present.more.get("edited") else "as written"
            yield Check(step, holds=True, says=f"the draft waits in your Gmail, {how}", link=DRAFTS)


def _check_call(world: World, client: Client) -> Iterator[Check]:
    """Whether the call is in the calendar, at the hour that the tracker says."""
    present = world.present.get(event_key(client))
    if present is None:
        return
    if not present.there:
        yield Check("call", holds=True, says="you took the call out of your calendar")
    elif client.call and datetime.fromisoformat(present.more["start"]) != client.call:
        hint = f"Change one of the two: the calendar, or {client.where('call')}."
        says = "the call is at another time in your calendar than in the tracker"
        yield Check("call", holds=False, says=says, hint=hint, link=present.url)
    else:
        yield Check("call", holds=True, says="in your calendar, at the time that the tracker says", link=present.url)
