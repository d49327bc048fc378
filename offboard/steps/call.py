"""The hand-over mail, with the agenda of the last call when there is one (article, step 8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from babel.dates import format_date, format_time

from offboard.model import Client
from offboard.plan import Outcome, Step, StepPlan
from offboard.steps.drafts import draft_begun, plan_draft
from offboard.steps.folder import never_made
from offboard.steps.share import opened
from offboard.world import World


def plan_call(world: World, client: Client) -> StepPlan:
    """Written the day before the call; without a call once the folder is shared, so that its link works."""
    wanted = "call" in world.wishes.now or draft_begun(world, client, "call")
    if not wanted and client.call and world.today < client.call.date() - timedelta(days=1):
        before = client.call.date() - timedelta(days=1)
        day, eve = (format_date(when, "EEE d MMM", locale="en_GB") for when in (client.call.date(), before))
        time = format_time(client.call.timetz(), "HH:mm", locale="en_GB")
        return StepPlan("call", Outcome.LATER, f"{day}, {time}; hand-over and agenda on {eve}", day=before)
    held_back = client.share not in ("", "now")  # the mail says so itself, and the call takes place all the same
    if not (wanted or opened(world, client) or opened(world, client, "Reports") or (held_back and client.call)):
        return StepPlan("call", Outcome.LATER, "when the folder is shared, so that its link works")
    planned = plan_draft(world, client, "call", "handover", after_share="call" not in world.wishes.now)
    if "share" in client.skip and not never_made(world, client):
        planned = replace(planned, notes=(*planned.notes, "you skip the share: see to it that the folder is open"))
    return planned


CALL = Step("call", plan_call)
