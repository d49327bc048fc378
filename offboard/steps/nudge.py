"""The nudge: one light e-mail with everything that waits for the client, where something is late or due soon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from offboard.emails.facts import Ask
from offboard.emails.mail import Mail, render_mail
from offboard.emails.withdrawn import write_withdrawn
from offboard.model import Client
from offboard.one_a_day import MAILS, tell_enough
from offboard.plan import Outcome, Step, StepPlan, Turn, WriteDraft, plan_step
from offboard.steps.asks import find_everything
from offboard.steps.drafts import DRAFTS, draft_key, gather_facts, in_drafts
from offboard.steps.end_date import END_DATE
from offboard.steps.gone import find_gone_day
from offboard.steps.series import Letter, find_draft, list_letters, revision_of, series_key
from offboard.steps.standing import format_day
from offboard.steps.told import told_last_day
from offboard.world import World

STEP = "nudge"
WEEK = timedelta(days=7)  # so near is what is nudged for, and so rare is a nudge
OTHERS = ("call", "feedback", "close")  # whose e-mail, too, has its day alone
AFTER_NOTICE = timedelta(days=3)  # it named everything


def plan_nudge(world: World, client: Client) -> StepPlan:
    """Write it, keep an untouched one up to date, take one back when nothing waits any more, or say why not."""
    letters = list_letters(world, client, STEP)
    draft = find_draft(letters)
    asks = _find_pressing(world, client, draft)
    if draft and draft.lost:
        return _plan_lost(client)
    if draft and draft.edited:
        return _leave_alone(world, client, draft, asks)
    if not asks:
        return _withdraw(client, draft, letters) if draft and _speaks(draft) else _say(world, client)
    if not (draft and _speaks(draft)) and STEP not in world.wishes.now:
        not_yet = _find_reason_to_wait(world, client, letters)
        if not_yet:
            return not_yet
    return _write(world, client, letters, asks)


def _find_pressing(world: World, client: Client, draft: Letter | None) -> tuple[Ask, ...]:
    """What is late, due within a week, or stands in the draft already; all of it where it is wanted now."""
    named = draft.entry.more.get("says", {}) if draft else {}
    soon = world.today + WEEK
    return tuple(
        ask
        for ask in find_everything(world, client)
        if STEP in world.wishes.now or ask.day is None or ask.day <= soon or ask.text in named
    )


def _speaks(draft: Letter) -> bool:
    return draft.filled and not draft.emptied


def _find_reason_to_wait(world: World, client: Client, letters: Sequence[Letter]) -> StepPlan | None:
    settled = plan_step(END_DATE, world, client).outcome in (Outcome.DONE, Outcome.SKIPPED)
    if not settled and told_last_day(world, client) is None:
        return StepPlan(STEP, Outcome.LATER, "after the notice, which names everything first")
    waiting = next((step for step in OTHERS if in_drafts(world, client, step)), "")
    if waiting:
        return StepPlan(STEP, Outcome.LATER, f"after {MAILS[waiting]}, which waits in your Drafts")
    first, why = max(_list_rests(world, client, letters), default=(world.today, ""))
    return StepPlan(STEP, Outcome.LATER, f"from {format_day(first)}: {why}", day=first) if why else None


def _list_rests(world: World, client: Client, letters: Sequence[Letter]) -> Iterator[tuple[date, str]]:
    """Days before which no nudge is written, with the reason."""
    told = _find_gone(world, client, END_DATE.name)
    others = [day for step in OTHERS if (day := _find_gone(world, client, step))]
    nudged = [letter.gone for letter in letters if letter.gone and not letter.emptied]
    reminded = [letter.gone for letter in list_letters(world, client, "invoices") if letter.gone and not letter.emptied]
    rests = [
        *((day + WEEK, "one nudge a week is enough") for day in nudged),
        *((day + AFTER_NOTICE, "the notice has just gone out") for day in (told,) if day),
        *((day + timedelta(days=1), tell_enough(client)) for day in (*reminded, *others)),
    ]
    yield from (rest for rest in rests if rest[0] > world.today)


def _find_gone(world: World, client: Client, step: str) -> date | None:
    """The day on which a step's e-mail was found gone from Drafts; today, where this look finds it."""
    entry = world.ledger.find(draft_key(client, step))
    if entry is None:
        return None
    gone = entry.key in world.present and not world.present[entry.key].there
    return find_gone_day(world.ledger, entry) or (world.today if gone else None)


def _write(world: World, client: Client, letters: Sequence[Letter], asks: tuple[Ask, ...]) -> StepPlan:
    draft = find_draft(letters)
    mail = render_mail(world.templates, "nudge", replace(gather_facts(world, client), asks=asks))
    told = draft is not None and draft.entry.made and not draft.emptied
    if draft and told and (draft.present is None or draft.entry.more.get("digest") == mail.digest):
        turn = _send(world, client, draft, asks)
        why = "the draft is in your Gmail: read it, send it"
        return StepPlan(STEP, Outcome.WAITING, why, turns=(turn,), link=DRAFTS)
    does = (f"{'bring the draft up to date' if told else 'draft an e-mail'} to {mail.to}:", f"“{mail.subject}”")
    says = f"Draft to {client.contact} {'brought up to date' if told else 'written'}: “{mail.subject}”"
    change = _change(client, letters, mail, says, asks)
    return StepPlan(STEP, Outcome.CHANGED, does=does, changes=(change,), link=DRAFTS)


def _withdraw(client: Client, draft: Letter, letters: Sequence[Letter]) -> StepPlan:
    """An untouched draft that asks for nothing any more loses its words and its recipient."""
    why = f"nothing waits for {client.contact} any more"
    mail = write_withdrawn(f"{why[0].upper()}{why[1:]}", STEP)
    change = _change(client, letters, mail, f"Nudge emptied, nobody can send it: {why}", ())
    does = (f"empty the draft “{draft.subject}”:", why)
    return StepPlan(STEP, Outcome.CHANGED, does=does, changes=(change,), link=DRAFTS)


def _change(client: Client, letters: Sequence[Letter], mail: Mail, says: str, asks: tuple[Ask, ...]) -> WriteDraft:
    draft = find_draft(letters)
    key = draft.entry.key if draft else series_key(client, STEP, len(letters) + 1)
    notes = {"says": {ask.text: ask.day.isoformat() if ask.day else "" for ask in asks}}
    return WriteDraft(key=key, step=STEP, says=says, mail=mail, revision=revision_of(draft), notes=notes)


def _send(world: World, client: Client, draft: Letter, asks: Sequence[Ask]) -> Turn:
    """The turn to send it, on another day than what waits beside it."""
    reminder = find_draft(list_letters(world, client, "invoices"))
    reminded = reminder and reminder.present and reminder.present.there and _speaks(reminder)
    beside = "invoices" if reminded else next((step for step in OTHERS if in_drafts(world, client, step)), "")
    first = f"; {MAILS[beside]} waits there too and goes first: {tell_enough(client)}" if beside else ""
    return Turn(f"read the draft “{draft.subject}”, and send it{first}", DRAFTS, _first_day(asks))


def _leave_alone(world: World, client: Client, draft: Letter, asks: tuple[Ask, ...]) -> StepPlan:
    """A draft that the person changed is theirs; where nothing waits any more, that is said loudly."""
    if asks:
        why = "you changed the draft: it is yours now; send it, or discard it"
        turn = _send(world, client, draft, asks)
    else:
        why = f"do not send “{draft.subject}”: nothing waits for {client.contact} any more"
        turn = Turn(f"{why}. Discard it", DRAFTS)
    return StepPlan(STEP, Outcome.WAITING, why, turns=(turn,), link=DRAFTS)


def _first_day(asks: Sequence[Ask]) -> date | None:
    """By when it must be sent; None: now."""
    days = [ask.day for ask in asks if ask.day]
    return min(days) if len(days) == len(asks) else None


def _say(world: World, client: Client) -> StepPlan:
    """Nothing to write: nothing waits, or not yet."""
    if client.last_day is None:
        return StepPlan(STEP, Outcome.LATER, "its dates come with the last day")
    coming = [ask for ask in find_everything(world, client) if ask.day]
    if not coming:
        return StepPlan(STEP, Outcome.DONE, f"nothing waits for {client.contact}")
    first = min(ask.day for ask in coming if ask.day) - WEEK
    return StepPlan(STEP, Outcome.LATER, f"from {format_day(first)}, if it still waits for {client.contact}", day=first)


def _plan_lost(client: Client) -> StepPlan:
    """The tracker's memory was damaged and mended: whether it was sent is not known, so it is asked."""
    turn = Turn(f"look in Gmail's Sent for it; to write it anew: offboard nudge {client.short} --again", DRAFTS)
    return StepPlan(STEP, Outcome.WAITING, "not known whether it was sent before the tracker was mended", turns=(turn,))


NUDGE = Step(STEP, plan_nudge)
