"""The share: the client gets to read the folder when the person says so, all being in it (article, step 3)."""

from __future__ import annotations

from offboard.ledger import Entry, Event
from offboard.model import Client
from offboard.plan import Outcome, Share, Step, StepPlan, Turn
from offboard.steps.folder import find_folder_trouble, folder_key, plan_folder
from offboard.steps.invoices import all_paid
from offboard.steps.reports import plan_reports
from offboard.world import World


def share_key(client: Client, email: str, part: str = "") -> str:
    """The ledger key of one address's access to the folder, or to one part of it."""
    return "/".join((client.short, "share", *([part] if part else []), email))


def shared(world: World, client: Client) -> bool:
    """Whether every address was given the whole folder."""
    return bool(client.addresses) and all(
        (entry := world.ledger.find(share_key(client, email))) is not None and entry.made for email in client.addresses
    )


def plan_share(world: World, client: Client) -> StepPlan:
    """Give access by the person's own cell; what was taken back stays so, what is uncertain is asked again."""
    trouble = find_folder_trouble(world, client)
    if trouble:
        return StepPlan("share", Outcome.LATER, "when the folder is back")
    if not client.share:
        where = client.where("share")
        turn = Turn("look through the folder, then choose when to share it", where)
        return StepPlan(
            "share", Outcome.WAITING, f"not yet: nothing is chosen in {where or 'Share folder'}", turns=(turn,)
        )
    if "share" in world.wishes.withheld:
        turn = Turn("share the folder when you are ready", f"offboard share {client.short}")
        return StepPlan("share", Outcome.WAITING, "not now, as you said", turns=(turn,))
    part = ""
    if client.share != "now" and not all_paid(world, client):
        if client.share == "when paid":
            return StepPlan("share", Outcome.LATER, "when all invoices are paid, as you chose")
        part = "Reports"
    return _plan_addresses(world, client, part)


def _plan_addresses(world: World, client: Client, part: str) -> StepPlan:
    folder = folder_key(client, part) if part else folder_key(client)
    before = tuple(change.key for plan in (plan_folder, plan_reports) for change in plan(world, client).changes)
    changes: list[Share] = []
    turns: list[Turn] = []
    notes: list[str] = []
    for email in client.addresses:
        key = share_key(client, email, part)
        entry = world.ledger.find(key)
        if entry and entry.made:
            if key in world.present and not world.present[key].there:
                notes.append(f"{email} was taken off the folder; it is not shared again")
            continue
        if entry and not world.wishes.share_again and not _there(world, key):
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
                google_mail=world.wishes.let_google_mail,
                after=(folder, *before),
            )
        )
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


def _there(world: World, key: str) -> bool:
    present = world.present.get(key)
    return present is not None and present.there


def _uncertain(entry: Entry) -> str:
    """Why a share that was begun is not simply done again."""
    if entry.event is Event.REFUSED:
        return str(entry.more.get("why", f"Google would not share with {entry.value}"))
    return f"sharing with {entry.value} was begun and its end is not known; say it again"


SHARE = Step("share", plan_share)
