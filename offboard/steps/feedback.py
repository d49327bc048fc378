"""The goodbye mail: a testimonial, a survey, or neither (article, step 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from babel.dates import format_date

from offboard.model import Client
from offboard.plan import Outcome, Step, StepPlan, Turn
from offboard.steps.drafts import DRAFTS, draft_begun, draft_key, in_drafts, plan_draft
from offboard.steps.gone import parse_day
from offboard.steps.money import all_paid
from offboard.steps.share import opened, taken_back
from offboard.world import World

ANSWER = timedelta(days=14)  # after the mail was written: until then somebody may well still answer


def plan_feedback(world: World, client: Client) -> StepPlan:
    """Written after the call (or the last working day), once shared and paid; closed by the Feedback cell."""
    if client.feedback:
        return StepPlan("feedback", Outcome.DONE, "you noted it in the tracker")
    begun = draft_begun(world, client, "feedback")
    not_yet = "" if "feedback" in world.wishes.now else _find_reason_to_wait(world, client)
    if not_yet and begun and not in_drafts(world, client, "feedback"):
        planned = plan_draft(world, client, "feedback", "goodbye", after_share=True)
        return _wait_for_answer(world, client, planned)
    if not_yet:
        why = f"the draft is in your Gmail; do not send it before its time: {not_yet}" if begun else not_yet
        return StepPlan(
            "feedback", Outcome.LATER, why, link=DRAFTS if begun else "", day=_find_first_day(world, client)
        )
    if not client.ask_for:
        turn = Turn("choose what to ask for: testimonial, feedback or nothing", client.where("ask_for"))
        return StepPlan("feedback", Outcome.WAITING, "nothing is chosen in “Ask for”", turns=(turn,))
    planned = plan_draft(world, client, "feedback", "goodbye", after_share="feedback" not in world.wishes.now)
    if planned.turns and in_drafts(world, client, "call"):
        first = tuple(replace(turn, text=f"once the hand-over is sent: {turn.text}") for turn in planned.turns)
        planned = replace(planned, turns=first)
    return _wait_for_answer(world, client, planned)


def _wait_for_answer(world: World, client: Client, planned: StepPlan) -> StepPlan:
    """Once it is sent, the answer closes the step, and so does the word that none came; what asks nothing is done."""
    if planned.outcome is not Outcome.DONE or client.ask_for in ("", "nothing"):
        return planned
    entry = world.ledger.find(draft_key(client, "feedback"))
    written = parse_day(entry.more.get("written")) if entry else None
    by = written + ANSWER if written else None
    turn = Turn(f"paste {client.contact}'s answer, or write “none came”", client.where("feedback"), by)
    why = f"{client.contact} was asked: the answer goes into the tracker"
    return StepPlan("feedback", Outcome.WAITING, why, turns=(turn,), notes=(f"the goodbye is {planned.why}",))


def _find_first_day(world: World, client: Client) -> date | None:
    """The day of the call, or the last working day where there is none; None once it has come."""
    day = client.call.date() if client.call else world.last_working_day(client)
    return day if day and day > world.today else None


def _find_reason_to_wait(world: World, client: Client) -> str:
    if client.call and world.now < client.call:
        return "after the call, when all is paid"
    last = world.last_working_day(client)
    if not client.call and (last is None or world.today < last):
        return f"from {format_date(last, 'EEE d MMM', locale='en_GB')}, when all is paid" if last else "at the end"
    if not all_paid(world, client):
        return "when all is paid"
    if not opened(world, client) and not taken_back(world, client):
        return "when the folder is shared"
    return ""


FEEDBACK = Step("feedback", plan_feedback)
