"""What every e-mail step has in common: a draft is written once and follows the sheet while nobody touched it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from offboard.emails.facts import Facts
from offboard.emails.mail import Attachment, Mail, render_mail
from offboard.ledger import Entry, Event
from offboard.model import Client
from offboard.plan import Outcome, StepPlan, Turn, WriteDraft, plan_step
from offboard.steps.anew import make_anew
from offboard.steps.asks import find_asks
from offboard.steps.folder import LINK_LATER, find_folder_link, find_folder_trouble, folder_key, never_made
from offboard.steps.highlights import find_highlights
from offboard.steps.meet_link import find_meet_link
from offboard.steps.share import SHARE, opened
from offboard.steps.start_here import FOLDER, gather_page_facts, page_there
from offboard.steps.told import told_before
from offboard.world import World

DRAFTS = "https://mail.google.com/mail/#drafts"
NOTHING: Mapping[str, str] = MappingProxyType({})


def draft_key(client: Client, step: str) -> str:
    """The ledger key of a step's e-mail."""
    return f"{client.short}/{step}/draft"


def is_draft_key(key: str) -> bool:
    """Whether a ledger key is an e-mail's: a report or a sub-folder may be called `draft` as well."""
    step, _, rest = key.partition("/")[2].partition("/")
    return re.fullmatch(r"draft(-\d+)?", rest) is not None and step not in ("folder", "reports", "share")


def draft_begun(world: World, client: Client, step: str) -> bool:
    """Whether the e-mail was written already: then it is looked after whatever the calendar says."""
    entry = world.ledger.find(draft_key(client, step))
    return entry is not None and entry.made


def in_drafts(world: World, client: Client, step: str) -> bool:
    """Whether the e-mail was written and still waits in Drafts."""
    present = world.present.get(draft_key(client, step))
    return draft_begun(world, client, step) and present is not None and present.there


def gather_facts(world: World, client: Client) -> Facts:
    """What an e-mail to this client may speak of."""
    if client.call and client.call < world.now:
        client = replace(client, call=None)  # a call that is over is on no agenda any more
    return replace(
        gather_page_facts(world, client),
        folder_link=_folder_link(world, client),
        shared=opened(world, client),
        start_here=page_there(world, client),
        last_working_day=world.last_working_day(client),
        moved_from=told_before(world, client),
        asks=find_asks(world, client),
        highlights=find_highlights(world, client),
        meet_link=find_meet_link(world, client),
    )


def _folder_link(world: World, client: Client) -> str:
    """The folder's address; words in its place while its id is not known yet; empty where no folder is made."""
    if never_made(world, client):
        return ""
    found = find_folder_link(world, client)
    return found or (LINK_LATER if _coming_folder(world, client) else "")


def _coming_folder(world: World, client: Client) -> tuple[str, ...]:
    """The key of the folder that this run will make; empty when it is there, or is not made yet."""
    key = folder_key(client)
    return tuple(change.key for change in plan_step(FOLDER, world, client).changes if change.key == key)


def plan_draft(
    world: World,
    client: Client,
    step: str,
    template: str,
    *,
    after_share: bool,
    attachments: Sequence[Attachment] = (),
    notes: Mapping[str, str] = NOTHING,
) -> StepPlan:
    """Write the e-mail, bring an untouched draft up to date, or say why it is left alone.

    `notes` is what its ledger entry remembers besides.
    """
    key = draft_key(client, step)
    entry, present = world.ledger.find(key), world.present.get(key)
    if entry and entry.event is Event.LOST:
        return _plan_lost(client, step)
    turn = Turn(f"read the draft “{_subject(entry)}”, change what you like, send it", DRAFTS)
    if entry and present is not None and not present.there:
        return StepPlan(step, Outcome.DONE, tell_sent(client, step))
    if entry and entry.made and present and present.more.get("edited"):
        why = "you changed the draft: it is yours now; send it"
        return StepPlan(step, Outcome.WAITING, why, turns=(turn,), link=DRAFTS)
    if find_folder_trouble(world, client):
        written = entry is not None and entry.made
        why = "do not send the draft yet: its folder's link leads nowhere" if written else "when the folder is back"
        return StepPlan(step, Outcome.LATER, why, link=DRAFTS if written else "")
    facts = replace(gather_facts(world, client), attached=bool(attachments))
    mail = replace(render_mail(world.templates, template, facts), attachments=tuple(attachments))
    if entry and entry.made and (present is None or entry.more.get("digest") == mail.digest):
        return StepPlan(
            step, Outcome.WAITING, "the draft is in your Gmail: read it, send it", turns=(turn,), link=DRAFTS
        )
    change = replace(_change(world, client, step, mail, after_share=after_share), notes=notes)
    verb = "bring the draft up to date" if entry and entry.made else "draft an e-mail"
    does = (f"{verb} to {mail.to}:", f"“{mail.subject}”")
    return StepPlan(step, Outcome.CHANGED, does=does, changes=(change,), link=DRAFTS)


def tell_sent(client: Client, step: str) -> str:
    """What is thought of a draft that is gone, and the way out where that is wrong."""
    return f"no longer in Drafts: taken as sent; thrown away? {make_anew(client, step)}"


def _plan_lost(client: Client, step: str) -> StepPlan:
    """The ledger was damaged and mended: whether this e-mail was written is not known, so it is asked."""
    turn = Turn(
        f"look in Gmail's Sent: is it there, write {step} into {client.where('skip')}; if not, it is written anew by",
        make_anew(client, step),
    )
    return StepPlan(
        step, Outcome.WAITING, "not known whether it was written before the ledger was mended", turns=(turn,)
    )


def _change(world: World, client: Client, step: str, mail: Mail, *, after_share: bool) -> WriteDraft:
    key = draft_key(client, step)
    entry, present = world.ledger.find(key), world.present.get(key)
    revision = str(entry.more.get("revision", "")) if entry else ""
    if entry and entry.made and present:
        revision = present.revision
    shares = tuple(change.key for change in plan_step(SHARE, world, client).changes) if after_share else ()
    again = "brought up to date" if entry and entry.made else "written"
    says = f"Draft to {client.contact} {again}: “{mail.subject}”"
    return WriteDraft(
        key=key, step=step, says=says, mail=mail, revision=revision, after=(*_coming_folder(world, client), *shares)
    )


def _subject(entry: Entry | None) -> str:
    return str(entry.more.get("subject", "")) if entry else ""
