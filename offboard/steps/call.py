"""The hand-over mail with the agenda of the last call when there is one, and that call in the calendar (step 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from babel.dates import format_date

from offboard.calendar_file import render_calendar
from offboard.emails.mail import Attachment
from offboard.model import Client
from offboard.plan import Outcome, Step, StepPlan, WriteDraft, plan_step
from offboard.steps.drafts import draft_begun, draft_key, plan_draft
from offboard.steps.event import describe_call, format_moment, is_eve, plan_event, stays_there
from offboard.steps.folder import never_made
from offboard.steps.meet_link import is_event_coming, is_in_calendar, tell_roomless
from offboard.steps.share import opened
from offboard.world import World

FILE, KIND = "call.ics", "text/calendar"


def plan_call(world: World, client: Client) -> StepPlan:
    """The mail and the call in the calendar; what is there of a call that is not wanted any more is said."""
    planned = plan_step(HANDOVER, world, client)
    if planned.outcome is Outcome.SKIPPED:
        return replace(planned, notes=tuple(stays_there(world, client, "you skip the call")))
    if not client.leaving:
        return planned
    event = plan_event(world, client)
    notes = (*planned.notes, *event.notes)
    if event.change is None:
        kept = client.call is not None and client.call > world.now and is_in_calendar(world, client)
        where = f"; the call is in your calendar{tell_roomless(world, client)}" if kept else ""
        return replace(planned, why=planned.why + where, notes=notes)
    key = event.change.key
    mails = (replace(c, after=(*c.after, key)) if isinstance(c, WriteDraft) else c for c in planned.changes)
    does, changes = (*event.does, *planned.does), (event.change, *mails)
    return replace(planned, outcome=Outcome.CHANGED, why="", does=does, changes=changes, notes=notes)


def _plan_handover(world: World, client: Client) -> StepPlan:
    """Written on the working day before the call; without a call once the folder is shared: its link works then."""
    wanted = "call" in world.wishes.now or draft_begun(world, client, "call")
    if not wanted and client.call and not is_eve(world, client):
        eve = world.eve_of_call(client)
        when = format_date(eve, "EEE d MMM", locale="en_GB")
        return StepPlan("call", Outcome.LATER, f"{format_moment(client.call)}; hand-over and agenda on {when}", day=eve)
    # with a call the mail is written whatever becomes of the folder: it says so itself
    if not (wanted or client.call or opened(world, client) or opened(world, client, "Reports")):
        return StepPlan("call", Outcome.LATER, "when the folder is shared, so that its link works")
    notes = _stamp(world, client) if _wants_file(world, client) else {}
    planned = plan_draft(
        world,
        client,
        "call",
        "handover",
        after_share="call" not in world.wishes.now,
        attachments=(_file(world, client, notes),) if notes else (),
        notes=notes,
    )
    if notes and planned.changes:
        attached = "with a calendar file of the call; nobody is invited by it"
        planned = replace(planned, does=(*planned.does, attached))
    if "share" in client.skip and not never_made(world, client):
        planned = replace(planned, notes=(*planned.notes, "you skip the share: see to it that the folder is open"))
    return planned


def _wants_file(world: World, client: Client) -> bool:
    """Whether the call comes as a file: it is still ahead, and no calendar of ours shows it to the client."""
    ahead = client.call is not None and client.call > world.now
    return ahead and not (is_in_calendar(world, client) or is_event_coming(world, client))


def _stamp(world: World, client: Client) -> Mapping[str, str]:
    """Since when the file says what it says: another moment only where the call is another, so that it stays as it is.

    Calendars tell by it which of two files is the newer one.
    """
    assert client.call is not None
    call, entry = client.call.isoformat(), world.ledger.find(draft_key(client, "call"))
    if entry and entry.more.get("call") == call:
        return {"call": call, "stamp": str(entry.more["stamp"])}
    return {"call": call, "stamp": world.now.isoformat(timespec="seconds")}


def _file(world: World, client: Client, stamp: Mapping[str, str]) -> Attachment:
    return Attachment(
        FILE, KIND, render_calendar([describe_call(world, client)], datetime.fromisoformat(stamp["stamp"]))
    )


HANDOVER = Step("call", _plan_handover)
CALL = Step("call", plan_call, always=True)
