"""The share: the client gets to read the folder when the person says so, all being in it (article, step 3)."""

from __future__ import annotations

from collections.abc import Iterator

from offboard.ledger import Entry, Event
from offboard.model import Client
from offboard.plan import Outcome, Share, Step, StepPlan, Turn, plan_step
from offboard.steps.anew import make_anew
from offboard.steps.folder import PARTS, find_folder_trouble, folder_key, never_made
from offboard.steps.inside import find_held, held_turns, held_why, inside_notes
from offboard.steps.money import all_paid
from offboard.steps.reports import REPORTS
from offboard.steps.start_here import FOLDER
from offboard.world import World


def share_key(client: Client, email: str, part: str = "") -> str:
    """The ledger key of one address's access to the folder, or to one part of it."""
    return "/".join((client.short, "share", *([part] if part else []), email))


def split_share_key(client: Client, key: str) -> tuple[str, str]:
    """The part of the folder (empty: all of it) and the address that a share's key names."""
    rest = key.removeprefix(f"{client.short}/share/")
    part = next((part for part in PARTS if rest.startswith(f"{part}/")), "")
    return part, rest.removeprefix(f"{part}/") if part else rest


def opened(world: World, client: Client, *parts: str) -> bool:
    """Whether the client can read the whole folder, or this part of it, once this run is through.

    Who skips the folder or the share sees to it: then it counts as open.
    """
    if "share" in client.skip or never_made(world, client):
        return True
    folder = folder_key(client, *parts)
    coming = {c.key for c in plan_step(SHARE, world, client).changes if isinstance(c, Share) and c.folder_key == folder}

    def given(email: str) -> bool:
        entry = world.ledger.find(share_key(client, email, *parts))
        return bool(entry and entry.made)

    return bool(coming) or (bool(client.addresses) and all(map(given, client.addresses)))


def tell_no_account(client: str, *emails: str) -> tuple[str, str]:
    """What is wrong with addresses that Google does not know, and the two ways out; `client` is the short name."""
    one = len(emails) == 1
    what = f"{emails[0]} is no Google account." if one else f"{' and '.join(emails)} are no Google accounts."
    asked = "a Google address and type it" if one else "Google addresses and type them"
    mails = "an invitation" if one else "invitations"
    command = f"offboard share {client} --let-google-mail"
    return what, f"Two ways: ask for {asked} into “Share with”, or let Google e-mail {mails} with a PIN: {command}"


def plan_share(world: World, client: Client) -> StepPlan:
    """Give access by the person's own cell; what was taken back stays so, what is uncertain is asked again."""
    if never_made(world, client):
        return StepPlan("share", Outcome.SKIPPED, "with the folder, by you, in “Skip”")
    trouble = find_folder_trouble(world, client)
    if trouble:
        return StepPlan("share", Outcome.LATER, "when the folder is back")
    if taken := taken_back(world, client):
        return StepPlan("share", Outcome.DONE, _back(client, taken))
    if _everybody_reads(world, client):
        return _plan_addresses(world, client, "")
    if not client.share:
        turn = Turn("look through the folder, then choose when to share it", client.where("share"))
        return StepPlan("share", Outcome.WAITING, "not yet: nothing is chosen in “Share folder”", turns=(turn,))
    if "share" in world.wishes.withheld:
        turn = Turn("share the folder when you are ready", f"offboard share {client.short}")
        return StepPlan("share", Outcome.WAITING, "not now, as you said", turns=(turn,))
    part = ""
    if client.share != "now" and not all_paid(world, client):
        if client.share == "when paid":
            return StepPlan("share", Outcome.LATER, "when all invoices are paid, as you chose")
        part = "Reports"
    coming = {change.key for change in plan_step(FOLDER, world, client).changes}
    folder = folder_key(client, part) if part else folder_key(client)
    if not (world.lives(folder) or folder in coming):
        return StepPlan("share", Outcome.LATER, "when the folder is made")
    return _plan_addresses(world, client, part)


def taken_back(world: World, client: Client) -> tuple[str, ...]:
    """The addresses, where the person had the folder taken back from all of them."""
    return client.addresses if all(_is_taken(world, client, email) for email in client.addresses) else ()


def _is_taken(world: World, client: Client, email: str) -> bool:
    """Whether it was taken back from this address; who had but a part of it is not given the whole either."""
    entry = world.ledger.find(share_key(client, email))
    parts = (world.ledger.find(share_key(client, email, part)) for part in PARTS)
    entries = (entry,) if entry else parts
    return any(found is not None and found.event is Event.TAKEN for found in entries)


def _back(client: Client, emails: tuple[str, ...]) -> str:
    return f"taken back from {', '.join(emails)} on your word; give it anew: offboard share {client.short} --again"


def _everybody_reads(world: World, client: Client) -> bool:
    """Whether the whole folder was given to every address: what the cell says afterwards takes nothing back."""
    entries = [world.ledger.find(share_key(client, email)) for email in client.addresses]
    return bool(entries) and all(entry is not None and entry.made for entry in entries)


def _plan_addresses(world: World, client: Client, part: str) -> StepPlan:
    folder = folder_key(client, part) if part else folder_key(client)
    before = tuple(change.key for step in (FOLDER, REPORTS) for change in plan_step(step, world, client).changes)
    changes: list[Share] = []
    turns: list[Turn] = []
    unknown: list[str] = []  # to Google
    notes = [*_unpaid(world, client), *_others(world, client)]
    for email in client.addresses:
        key = share_key(client, email, part)
        entry = world.ledger.find(key)
        if _is_taken(world, client, email):
            notes.append(_back(client, (email,)))
            continue
        if entry and entry.made:
            if key in world.present and not world.present[key].there:
                again = make_anew(client, "share")
                notes.append(f"{email} was taken off the folder; share it again: {again}")
            continue
        there = _there(world, key)
        said = world.wishes.only == {"share"}
        known_end = entry is not None and entry.event is Event.REFUSED and world.wishes.let_google_mail
        if entry and not there and not said and not known_end:
            if entry.more.get("account") == "none":
                unknown.append(email)
            else:
                turns.append(Turn(_uncertain(entry), f"offboard share {client.short}"))
            continue
        what = f"{part} in the folder" if part else "the folder"
        says = f"{email} may read {what}"
        changes.append(
            Share(
                key=key,
                step="share",
                says=says,
                folder_key=folder,
                email=email,
                google_mail=world.wishes.let_google_mail and not there,
                there=there,
                after=(folder, *before),
            )
        )
    if unknown:
        turns.append(Turn(" ".join(tell_no_account(client.short, *unknown)), client.where("share_with")))
    notes += inside_notes(world, client) if changes else ()
    return _sum_up(world, client, part, changes, turns, notes)


def _sum_up(
    world: World, client: Client, part: str, changes: list[Share], turns: list[Turn], notes: list[str]
) -> StepPlan:
    """Where the step stands, once it is known who is to be let in and who waits for a word."""
    held = find_held(world, client)
    if changes and held:
        turns += held_turns(client, held)
        return StepPlan("share", Outcome.WAITING, held_why(held), turns=tuple(turns), notes=tuple(notes))
    if changes:
        what = "only Reports; the rest when all is paid" if part else "the folder"
        mail = (
            ("Google itself e-mails an invitation to an address without an account",) if changes[0].google_mail else ()
        )
        return StepPlan(
            "share",
            Outcome.CHANGED,
            does=(f"let {', '.join(change.email for change in changes)} read {what}", *mail),
            changes=tuple(changes),
            turns=tuple(turns),
            notes=tuple(notes),
        )
    if turns:
        return StepPlan("share", Outcome.WAITING, "not shared yet; see your turn", turns=tuple(turns))
    who = ", ".join(client.addresses)
    if part:
        why = f"{who} can read {part}; the rest when all is paid"
        return StepPlan("share", Outcome.LATER, why, notes=tuple(notes))
    return StepPlan("share", Outcome.DONE, f"{who} can read the folder", notes=tuple(notes))


def _unpaid(world: World, client: Client) -> Iterator[str]:
    """The folder waits for the money, and its step is skipped: then nothing holds the folder back, and that is said."""
    count = sum(invoice.open for invoice in world.invoices_of(client))
    if client.share != "now" and "invoices" in client.skip and count:
        one = "1 invoice is" if count == 1 else f"{count} invoices are"
        yield f"{one} open, but you skip the invoices: the folder does not wait for them"


def _others(world: World, client: Client) -> Iterator[str]:
    """Who was let in and is no longer in the tracker."""
    for entry in world.made_for(client):
        step, email = entry.key.split("/")[1], split_share_key(client, entry.key)[1]
        if step == "share" and email not in client.addresses and _there(world, entry.key):
            yield f"{email} can still read it and is no longer in the tracker; take them off in Drive: Share"


def _there(world: World, key: str) -> bool:
    present = world.present.get(key)
    return present is not None and present.there


def _uncertain(entry: Entry) -> str:
    """Why a share that was begun is not simply done again."""
    if entry.event is Event.REFUSED:
        return str(entry.more.get("why", f"Google would not share with {entry.value}"))
    return f"sharing with {entry.value} was begun and its end is not known; say it again"


SHARE = Step("share", plan_share)
