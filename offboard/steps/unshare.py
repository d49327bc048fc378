"""Taking back what was shared: on the person's word alone, and only the access that the program gave."""

from __future__ import annotations

from collections.abc import Iterator

from babel.dates import format_date

from offboard.emails.formats import listed
from offboard.ledger import Entry, Event
from offboard.model import Client
from offboard.plan import Outcome, Step, StepPlan, Unshare
from offboard.steps.folder import folder_key
from offboard.steps.share import split_share_key
from offboard.steps.start_here import folder_stays_until
from offboard.world import World

GIVEN = (Event.MADE, Event.BEGUN)


def plan_unshare(world: World, client: Client) -> StepPlan:
    """Take every address off that was let in; who was not let in by the program is named, and left alone."""
    prefix = f"{client.short}/share/"
    given = [entry for entry in world.ledger.below(prefix) if entry.event in GIVEN]
    changes = tuple(change for entry in given if (change := _plan(world, client, entry)))
    strangers = _strangers(world, client, {split_share_key(client, entry.key)[1] for entry in given})
    notes = (*strangers, *_uncertain(world, client, given))
    if not changes:
        return StepPlan("share", Outcome.DONE, "nobody can read the folder through offboard", notes=notes)
    who = tuple(dict.fromkeys(change.email for change in changes if change.there))
    gone = tuple(dict.fromkeys(change.email for change in changes if not change.there and change.email not in who))
    promise = find_promise(world, client)
    does = [f"take the folder back from {listed(who)}"] if who else []
    does += [f"note that {listed(gone)} was taken off by hand"] if gone else []
    does += [f"{client.contact} was told that it stays until {promise}"] if who and promise else []
    return StepPlan("share", Outcome.CHANGED, does=tuple(does), changes=changes, notes=notes)


def find_promise(world: World, client: Client) -> str:
    """The day until which the folder was promised, as the question says it; empty when that day is over."""
    stays = folder_stays_until(world, client)
    return str(format_date(stays, "d MMMM yyyy", locale="en_GB")) if stays and world.today <= stays else ""


def _plan(world: World, client: Client, entry: Entry) -> Unshare | None:
    part, email = split_share_key(client, entry.key)
    present = world.present.get(entry.key)
    there = present is not None and present.there
    if not there and not entry.made:
        return None  # it was begun and nobody was let in
    what = f"{part} in the folder" if part else "the folder"
    return Unshare(
        key=entry.key,
        step="share",
        says=f"{email} may no longer read {what}",
        folder_key=folder_key(client, *([part] if part else [])),
        email=email,
        there=there,
    )


def _strangers(world: World, client: Client, ours: set[str]) -> Iterator[str]:
    """Who else has access of their own to the folder."""
    present = world.present.get(folder_key(client))
    for email in present.more.get("readers", ()) if present else ():
        if email not in ours:
            yield f"{email or 'somebody with the link'} can open it too, not through offboard; see Share, in Drive"


def _uncertain(world: World, client: Client, given: list[Entry]) -> Iterator[str]:
    """Who may be let in at this very moment: another run has begun it, and nobody knows its end."""
    for entry in given:
        if _plan(world, client, entry) is None:
            yield (
                f"sharing with {entry.value} was begun and its end is not known: another run may be at it; "
                f"look again in a minute: offboard unshare {client.short}"
            )


UNSHARE = Step("share", plan_unshare, always=True)
