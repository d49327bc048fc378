"""The end date: proposed, held against the month and the call, and confirmed to the client (article, step 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from offboard.model import Client
from offboard.plan import Change, Outcome, Step, StepPlan, Turn, WriteDraft
from offboard.steps.asks import find_asks
from offboard.steps.contract import (
    find_contradictions,
    first_week,
    long_day,
    month_end,
    notice_days,
    proposed_last_day,
)
from offboard.steps.drafts import DRAFTS, draft_begun, in_drafts, plan_draft
from offboard.steps.folder import LINK_LATER, find_folder_link
from offboard.steps.moved import plan_moved
from offboard.steps.told import LAST_DAY, told_before, told_last_day, written_last_day
from offboard.world import World

STEP = "end date"
FIRST_DAYS = timedelta(days=3)  # from the notice on: everything else waits for the last day


def hand_over_day(world: World, client: Client) -> date | None:
    """From when on the hand-over mail says what there is to say: the working day before the call, or the last one."""
    last = world.last_working_day(client)
    eve = world.eve_of_call(client)
    if eve and "call" not in client.skip:
        return min(eve, last) if last else eve
    return last


def plan_end_date(world: World, client: Client) -> StepPlan:
    """Ask for the last day, or confirm it to the client once; a day that moved afterwards is said loudly."""
    if client.last_day is None:
        return _propose(world, client)
    wrong = find_contradictions(world, client)
    if wrong:
        turns = wrong if "contract" in client.skip else ()
        why = "no e-mail names the last day until its cells fit"
        return StepPlan(STEP, Outcome.WAITING, why, turns=turns, notes=tuple(_notes(world, client, doubtful=True)))
    planned = _plan_notice(world, client)
    return replace(planned, notes=(*planned.notes, *_notes(world, client)))


def _propose(world: World, client: Client) -> StepPlan:
    proposed, given = proposed_last_day(world, client), client.notice_given
    if proposed is None or given is None:
        turns = find_contradictions(world, client) if "contract" in client.skip else ()
        return StepPlan(STEP, Outcome.WAITING, "proposed as soon as the notice's cells fit", turns=turns)
    days = notice_days(world, client)
    rule = f"with {days} days' notice" if days > 1 else "with this notice"
    turn = Turn(
        f"type the last day; {rule} {long_day(proposed)} would do", client.where("last_day"), given + FIRST_DAYS
    )
    return StepPlan(STEP, Outcome.WAITING, f"no last day yet; proposed: {long_day(proposed)}", turns=(turn,))


def _plan_notice(world: World, client: Client) -> StepPlan:
    last, told = client.last_day, told_last_day(world, client)
    wanted = STEP in world.wishes.now | world.wishes.again
    begun = draft_begun(world, client, STEP)
    late = _hand_over_is_due(world, client)
    assert last is not None
    if begun and told and told != last and not in_drafts(world, client, STEP):
        return plan_moved(world, client, told)
    if not begun and not wanted:
        if late:
            return StepPlan(STEP, Outcome.DONE, f"{long_day(last)}; no notice any more, the hand-over is due")
        if client.notice_given and client.notice_given > world.today:
            return StepPlan(
                STEP,
                Outcome.LATER,
                f"from {long_day(client.notice_given)}, when notice is given",
                day=client.notice_given,
            )
    planned = plan_draft(world, client, STEP, "notice", after_share=False)
    planned = replace(planned, changes=tuple(_as_notice(world, client, change) for change in planned.changes))
    if planned.outcome is Outcome.DONE:
        return replace(planned, why=f"{long_day(last)}; the notice is {planned.why}")
    return replace(planned, turns=tuple(_timed(world, client, turn, late) for turn in planned.turns))


def _as_notice(world: World, client: Client, change: Change) -> Change:
    """It remembers the last day that it names, and needs no folder that it does not link."""
    if not isinstance(change, WriteDraft) or client.last_day is None:
        return change
    linked = (find_folder_link(world, client) or LINK_LATER) in change.mail.text
    return replace(change, notes={LAST_DAY: client.last_day.isoformat()}, after=change.after if linked else ())


def _hand_over_is_due(world: World, client: Client) -> bool:
    due = hand_over_day(world, client)
    return draft_begun(world, client, "call") or (due is not None and world.today >= due)


def _timed(world: World, client: Client, turn: Turn, late: bool) -> Turn:
    """By when the notice must be sent: in the first week, and before the first thing that the client has to do."""
    written, last = written_last_day(world, client), client.last_day
    text = turn.text
    if late and turn.where == DRAFTS:
        text = f"{text}; or discard it: the hand-over is due"
    if written and last and written != last and in_drafts(world, client, STEP):
        text = f"correct the last day in your draft: it was written with {long_day(written)}; then {text}"
    asked = [ask.day - timedelta(days=1) for ask in find_asks(world, client) if ask.day]
    week = first_week(world, client)
    return replace(turn, text=text, by=min((*([week] if week else []), *asked), default=None))


def _notes(world: World, client: Client, *, doubtful: bool = False) -> Iterator[str]:
    """What is unusual about the last day and may be meant all the same."""
    last, before = client.last_day, told_before(world, client)
    if last is None:
        return
    if doubtful and in_drafts(world, client, STEP):
        yield "do not send the notice that waits in your Drafts: its last day is in doubt"
    if last != month_end(last) and not client.contract_checked:
        yield f"{long_day(last)} is no month's end: if you bill by the month, the last invoice is for part of one"
    if client.call and client.call.date() > last:
        where = f" ({client.where('call')})" if client.where("call") else ""
        yield f"the call, {long_day(client.call.date())}{where}, is after the last day"
    if before and before != last and in_drafts(world, client, STEP):
        yield f"the draft takes back {long_day(before)}; if that notice never went out, take the sentence out"


END_DATE = Step(STEP, plan_end_date)
