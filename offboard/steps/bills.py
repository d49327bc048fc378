"""Every open invoice with what happens to it today, and why: a sentence for each, also where nothing happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from offboard.model import Client, Invoice
from offboard.one_a_day import find_waiting, tell_tomorrow
from offboard.plan import Outcome, Result
from offboard.steps.invoices import Case, find_missing, find_stale, open_case
from offboard.steps.series import Letter
from offboard.steps.standing import Standing, describe_rung, find_sent, format_day, rungs_in
from offboard.world import World


class State(StrEnum):
    """Where an open invoice stands today."""

    DUE = "due"  # a reminder would be written
    NEW = "new"  # a reminder was written just now
    WAITING = "in drafts"  # a reminder waits to be sent
    TURN = "your turn"  # something else waits for a person
    FAILED = "failed"
    PAUSED = "paused"
    LATER = "later"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Bill:
    """One open invoice today."""

    client: Client
    invoice: Invoice
    state: State
    why: str
    days_late: int  # negative: so many days are left
    paused: bool = False

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody must send, fill in or mend something."""
        return self.state in (State.DUE, State.NEW, State.WAITING, State.TURN, State.FAILED)


def list_bills(world: World, client: Client, results: Mapping[str, Result] | None = None) -> tuple[Bill, ...]:
    """The client's open invoices, the oldest first; `results` by key: what was just done."""
    case = open_case(world, client)
    bills = []
    for standing in case.standings:
        if "invoices" in client.skip:
            state, why = State.SKIPPED, f"skipped by you ({client.where('skip')})"
        else:
            state, why = _tell(world, client, case, standing, results or {})
        invoice = standing.invoice
        late = (world.today - invoice.due).days if invoice.due else 0
        bills.append(Bill(client, invoice, state, why, late, standing.paused))
    return tuple(bills)


def find_warning(world: World, client: Client) -> str:
    """`Do not send “INV-7: 8 days late” (Kleo): INV-7 was paid on Mon 4 May`, of a draft that a person changed."""
    draft = open_case(world, client).draft
    stale = find_stale(world, client, draft) if draft and draft.edited else ()
    return f"Do not send “{draft.subject}” ({client.name}): {'; '.join(stale)}" if draft and stale else ""


def _tell(
    world: World, client: Client, case: Case, standing: Standing, results: Mapping[str, Result]
) -> tuple[State, str]:
    rung, draft = standing.rung, case.draft
    if rung is None:
        where = f" ({standing.turn.where})" if standing.turn and standing.turn.where else ""
        state = State.TURN if standing.turn else State.PAUSED if standing.paused else State.LATER
        return state, f"{standing.why}{where}"
    if draft and draft.lost:
        return State.TURN, "not known which reminders were sent before the tracker was mended"
    result = results.get(draft.entry.key) if draft else None
    if result and result.outcome is not Outcome.CHANGED and standing.is_due(world.today):
        return State.FAILED, f"{result.says.rstrip('.')}. {result.hint}".strip()
    if draft and standing.invoice.number in rungs_in(draft) and draft.filled:
        return _tell_of_draft(world, draft, standing, new=result is not None)
    name = describe_rung(rung)
    if not standing.is_due(world.today):
        sent = find_sent(case.letters).get(standing.invoice.number)
        before = f"; the last one was taken as sent on {format_day(sent.day)}" if sent else ""
        return State.LATER, f"next: {name} on {format_day(rung.first)}{before}"
    if draft and draft.edited:
        return State.TURN, f"{name} waits for the draft that you changed: send that one first"
    if case.asking is None:
        return State.LATER, f"next: {name} on {format_day(world.today + timedelta(1))}; one left your Drafts today"
    if "invoices" in find_waiting(world, client, ("invoices",)):
        return State.LATER, f"next: {name} {tell_tomorrow(client)}"
    missing = find_missing(world, case.asking)
    if missing:
        return State.TURN, f"{name} is due and needs “How to pay me” ({missing.where})"
    return State.DUE, f"{name} is due today{_tone(standing)}"


def _tell_of_draft(world: World, draft: Letter, standing: Standing, *, new: bool) -> tuple[State, str]:
    assert standing.rung is not None
    name = describe_rung(standing.rung)
    since = f" since {format_day(draft.written)}" if draft.written else ""
    if draft.edited:
        return State.WAITING, f"in a draft that you changed, in Drafts{since}: please send it"
    if new and draft.written == world.today:
        return State.NEW, f"NEW draft today: {name}{_tone(standing)}"
    fresh = ", brought up to date" if new else ""
    return State.WAITING, f"{name} is in Drafts{since}{fresh}: please send it"


def _tone(standing: Standing) -> str:
    return f", {standing.rung.tone}" if standing.rung and standing.rung.days > 0 else ""
