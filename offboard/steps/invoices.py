"""The invoices: which are open, and the one reminder a client at a time that is due for them (article, step 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from offboard.emails.mail import Mail
from offboard.emails.withdrawn import write_withdrawn
from offboard.errors import TemplateError
from offboard.model import Client
from offboard.plan import Outcome, Step, StepPlan, Turn, WriteDraft
from offboard.steps.drafts import DRAFTS
from offboard.steps.money import format_money_state, format_sums, sum_by_currency
from offboard.steps.reminder import Asking, find_asking, find_since, write_reminder
from offboard.steps.series import Letter, find_draft, list_letters, revision_of, series_key
from offboard.steps.standing import Standing, describe_end, describe_rung, format_day, list_standings, rungs_in
from offboard.world import World

STEP = "invoices"


@dataclass(frozen=True)
class Case:
    """A client's open invoices and reminders as they stand today."""

    standings: tuple[Standing, ...]
    letters: tuple[Letter, ...]
    asking: Asking | None  # what a reminder of today would ask for

    @property
    def draft(self) -> Letter | None:
        """The reminder that still is in Drafts, or is just being prepared."""
        return find_draft(self.letters)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What a person must say about single invoices."""
        return tuple(standing.turn for standing in self.standings if standing.turn)


def open_case(world: World, client: Client) -> Case:
    """Everything that there is to know before anything is planned."""
    letters = list_letters(world, client, STEP)
    standings = list_standings(world, client, letters)
    last = letters[-1] if letters else None
    # what was found sent today may have gone out today: one e-mail per client and day
    rests = last is not None and last.gone == world.today and bool(rungs_in(last))
    return Case(standings, letters, None if rests else find_asking(standings, world.today))


def find_stale(world: World, client: Client, letter: Letter | None) -> tuple[str, ...]:
    """What an e-mail asks for and need not be paid now: `INV-7 was paid on Mon 4 May`, each invoice a sentence."""
    listed = {invoice.number: invoice for invoice in world.invoices_of(client)}
    ends = ((number, describe_end(listed.get(number), world.today)) for number in rungs_in(letter))
    return tuple(f"{number} {end}" for number, end in ends if end)


def plan_invoices(world: World, client: Client) -> StepPlan:
    """Write the reminder that is due, keep an untouched one up to date, or say why nothing is written."""
    case = open_case(world, client)
    draft, turns = case.draft, (*_ask_whose(world, client), *case.turns)
    if draft and draft.lost:
        return _plan_lost(client)
    if draft and draft.edited:
        return _leave_alone(world, client, draft, turns)
    if case.asking is None:
        return _withdraw(world, client, case, draft) if draft else _say(world, client, case)
    since = find_since(case.asking, draft, world.today)
    mail = _try_to_write(world, client, case.asking, since)
    if isinstance(mail, Turn):
        if draft and find_stale(world, client, draft):
            return _withdraw(world, client, case, draft)
        why = f"no reminder can be written: {mail.text}"
        return StepPlan(STEP, Outcome.WAITING, why, turns=(mail, *turns), link=_link(draft))
    if draft and _says(draft, mail, case.asking):
        turn = Turn(f"read the reminder “{draft.subject}”, and send it", DRAFTS)
        why = f"{describe_rung(case.asking.rung)} waits in Drafts{_written(draft)}: please send it"
        return StepPlan(STEP, Outcome.WAITING, why, turns=(turn, *turns), link=DRAFTS)
    told = draft is not None and draft.entry.made
    verb = "bring the reminder up to date" if told else "draft a reminder"
    does = (f"{verb} to {mail.to}:", f"“{mail.subject}”")
    again = "brought up to date" if told else "written"
    notes = {"says": case.asking.rungs, "since": since.isoformat()}
    change = _write(client, case, mail, f"Reminder to {client.contact} {again}: “{mail.subject}”", notes)
    return StepPlan(STEP, Outcome.CHANGED, does=does, changes=(change,), turns=turns, link=DRAFTS)


def _write(client: Client, case: Case, mail: Mail, says: str, notes: Mapping[str, object]) -> WriteDraft:
    draft = case.draft
    key = draft.entry.key if draft else series_key(client, STEP, len(case.letters) + 1)
    return WriteDraft(key=key, step=STEP, says=says, mail=mail, revision=revision_of(draft), notes=notes)


def _ask_whose(world: World, client: Client) -> tuple[Turn, ...]:
    """Rows that may be this client's; only who leaves waits for them, or everybody would be asked for each."""
    if not client.leaving:
        return ()
    return tuple(Turn(f"whose invoice is it? {problem.message}", problem.where) for problem in world.strays)


def _try_to_write(world: World, client: Client, asking: Asking, since: date) -> Mail | Turn:
    """The mail, or what is missing for it: one client's empty cell must not keep the others' reminders back."""
    needed = find_missing(world, asking)
    if needed:
        return needed
    try:
        return write_reminder(world, client, asking, since)
    except TemplateError as error:
        first = error.problems[0]
        return Turn(f"{first.message} {first.hint}".strip(), first.where)


def _says(draft: Letter, mail: Mail, asking: Asking) -> bool:
    """Whether the draft is as it should be; a look that did not reach Gmail knows no better than the ledger."""
    if draft.present is None and rungs_in(draft) == asking.rungs:
        return draft.entry.made
    return draft.entry.made and draft.entry.more.get("digest") == mail.digest


def find_missing(world: World, asking: Asking) -> Turn | None:
    """The cell without which the client would not know how to pay."""
    if world.setup.how_to_pay or all(invoice.pay_link for invoice in asking.asked):
        return None
    return Turn("“How to pay me” is empty; fill it in", world.setup.where("how_to_pay"))


def _leave_alone(world: World, client: Client, draft: Letter, turns: tuple[Turn, ...]) -> StepPlan:
    """A draft that the person changed is theirs; where it asks for what is not owed any more, that is said loudly."""
    stale = find_stale(world, client, draft)
    if stale:
        why = f"Do not send “{draft.subject}”: {'; '.join(stale)}"
        turn = Turn(f"do not send “{draft.subject}”: {'; '.join(stale)}. Discard it", DRAFTS)
        return StepPlan(STEP, Outcome.WAITING, why, turns=(turn, *turns), link=DRAFTS)
    why = f"you changed the reminder “{draft.subject}”: it is yours now; send it, or discard it"
    return StepPlan(STEP, Outcome.WAITING, why, turns=(Turn(why, DRAFTS), *turns), link=DRAFTS)


def _withdraw(world: World, client: Client, case: Case, draft: Letter) -> StepPlan:
    """Nothing is to be asked for today: an untouched draft that still asks loses its words and its recipient."""
    if not draft.filled or (draft.entry.made and not rungs_in(draft)):
        return _say(world, client, case)
    why = "; ".join(find_stale(world, client, draft)) or _outlived(case, draft)
    says, mail = f"Reminder emptied, nobody can send it: {why}", write_withdrawn(why, "reminder")
    change = _write(client, case, mail, says, {"says": {}})
    does = (f"empty the reminder “{draft.subject}”:", why)
    turns = (*_ask_whose(world, client), *case.turns)
    return StepPlan(STEP, Outcome.CHANGED, does=does, changes=(change,), turns=turns, link=DRAFTS)


def _outlived(case: Case, draft: Letter) -> str:
    """The due day of an early note has passed, or the days of the ladder are others now."""
    for standing in case.standings:
        if standing.invoice.number in rungs_in(draft) and standing.rung:
            day = format_day(standing.rung.first)
            return f"{standing.invoice.number}: {describe_rung(standing.rung)} follows on {day}"
    return "nothing is to be asked for now"


def _say(world: World, client: Client, case: Case) -> StepPlan:
    """Nothing to write: what is open, and when the next reminder comes."""
    listed, stray = world.invoices_of(client), _ask_whose(world, client)
    state = format_money_state(listed, world.today)
    if not listed and not stray:
        turn = Turn("add the last invoice, or write invoices into Skip", client.where("skip") or "Invoices")
        return StepPlan(STEP, Outcome.WAITING, "none listed: that is not the same as nothing owed", turns=(turn,))
    if not case.standings and stray:
        return StepPlan(STEP, Outcome.WAITING, f"{state}, but a row's client is not known", turns=stray)
    if not case.standings:
        return StepPlan(STEP, Outcome.DONE, f"all paid ({len(listed)})")
    turns = (*stray, *case.turns)
    sums = format_sums(sum_by_currency(standing.invoice for standing in case.standings), world.locale)
    numbers = ", ".join(standing.invoice.number for standing in case.standings)
    coming = [standing.rung for standing in case.standings if standing.rung and not standing.is_due(world.today)]
    first = min(coming, key=lambda rung: rung.first, default=None)
    later = f"; {describe_rung(first)} on {format_day(first.first)}" if first else ""
    outcome = Outcome.WAITING if turns else Outcome.LATER
    why, notes = f"{state}: {numbers}, {sums}{later}", tuple(_tell_gone(client, case))
    return StepPlan(STEP, outcome, why, turns=turns, notes=notes, day=first.first if first else None)


def _tell_gone(client: Client, case: Case) -> Iterator[str]:
    """A reminder that was thrown away looks as one that was sent: so it is said how it was taken."""
    last = case.letters[-1] if case.letters else None
    if last and last.gone and rungs_in(last):
        gone = f"“{last.subject}” is no longer in Drafts: taken as sent on {format_day(last.gone)}"
        yield f"{gone}; thrown away? offboard invoices {client.short} --again"


def _plan_lost(client: Client) -> StepPlan:
    """The tracker's memory was damaged and mended: which reminders were sent is not known, so it is asked."""
    turn = Turn(
        f"look in Gmail's Sent for reminders to {client.contact}; to begin again with the mildest:",
        f"offboard invoices {client.short} --again",
    )
    why = "not known which reminders were sent before the tracker was mended"
    return StepPlan(STEP, Outcome.WAITING, why, turns=(turn,))


def _written(draft: Letter) -> str:
    return f" since {format_day(draft.written)}" if draft.written else ""


def _link(draft: Letter | None) -> str:
    return DRAFTS if draft and draft.filled else ""


INVOICES = Step(STEP, plan_invoices)
REMINDERS = Step(STEP, plan_invoices, staying=True)  # everybody who owes is reminded, leaving or not
