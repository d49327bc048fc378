"""The screens about invoices: who owes what, why a reminder was written or not, and what must not be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from offboard.amounts import format_amount
from offboard.commands.mail_lines import mail_lines
from offboard.commands.screen import format_day
from offboard.commands.wrap import screen_width, wrap
from offboard.engine.together import Plans
from offboard.plan import Outcome, Result, WriteDraft
from offboard.steps.bills import Bill, State, find_warning, list_bills
from offboard.steps.money import format_sums, sum_by_currency
from offboard.steps.series import list_letters
from offboard.steps.standing import rungs_in
from offboard.world import World

NAME, NUMBER = 20, 16  # characters of a client's name and of a number that fit beside the rest
INDENT = "    "


@dataclass(frozen=True)
class Bills:
    """All that there is to tell of the open invoices of the clients looked at."""

    world: World
    bills: tuple[Bill, ...]
    warnings: tuple[str, ...]  # drafts that must not be sent
    emptied: tuple[str, ...]  # what became of those that nobody had touched
    written: int  # drafts that are new, or would be
    waiting: int  # drafts that wait in Drafts

    @property
    def overdue(self) -> int:
        """How many are past their due day."""
        return sum(bill.days_late > 0 for bill in self.bills)


def gather_bills(world: World, plans: Plans, results: Sequence[Result] = ()) -> Bills:
    """Client by client; after a run with its results and the world as the next look would see it."""
    by_key = {result.change.key: result for result in results}
    clients = [planned.client for planned in plans]
    bills = tuple(bill for client in clients for bill in list_bills(world, client, by_key))
    warnings = tuple(filter(None, (find_warning(world, client) for client in clients)))
    names = {client.short: client.name for client in clients}
    emptied = tuple(f"{names[r.change.client]}: {r.says}" for r in results if _is_emptied(r))
    fresh = {bill.client.short for bill in bills if bill.state in (State.NEW, State.DUE)}
    letters = (list_letters(world, client, "invoices")[-1:] for client in clients)
    waiting = sum(bool(last and not last[0].gone and last[0].filled and rungs_in(last[0])) for last in letters)
    return Bills(world, bills, warnings, emptied, len(fresh), waiting)


def invoice_lines(found: Bills) -> list[str]:
    """What `offboard invoices` shows."""
    lines = [*_title(found), *_bill_lines(found, found.bills)]
    lines += ["", *_end(found)] if found.bills else []
    return [*lines, *_warning_lines(found)]


def invoice_plan_lines(found: Bills, plans: Plans, command: str, *, mails: bool) -> list[str]:
    """What `offboard plan --invoices` shows: the same, with what would be written."""
    if mails:
        lines = [line for planned in plans if planned.changes for line in mail_lines(planned)]
        return lines or ["No e-mail is due now."]
    does = [(planned.client.name, step) for planned in plans for step in planned.steps if step.changes]
    lines = [*_title(found), *_bill_lines(found, found.bills), ""]
    for name, step in does:
        lines += wrap(f"{name}: {' '.join(step.does)}", "", INDENT)
    if not does:
        return [*lines, "Nothing to write today.", *_warning_lines(found)]
    lines += ["", "Nothing has happened yet."]
    read = f"Read the e-mails:  {command.replace('invoices', 'plan --invoices', 1)} --mails"
    return [*lines, read, f"Write them:        {command}", *_warning_lines(found)]


def quiet_lines(found: Bills) -> list[str]:
    """Only what needs a person, a sentence each: what cron mails."""
    lines = []
    for bill in found.bills:
        if bill.needs_a_person:
            about = f"{bill.client.name}, {bill.invoice.number}, {_amount(found.world, bill)}, {_due(bill)}"
            lines += wrap(f"{about}: {bill.why}", "", INDENT)
    for warning in (*found.warnings, *found.emptied):
        lines += wrap(warning, "", INDENT)
    return lines


def _is_emptied(result: Result) -> bool:
    change = result.change
    return result.outcome is Outcome.CHANGED and isinstance(change, WriteDraft) and not change.notes.get("says")


def _title(found: Bills) -> list[str]:
    count = len(found.bills)
    today = format_day(found.world.today, year=True)
    if not count:
        return [f"{today} · no open invoices"]
    paused = sum(bill.paused for bill in found.bills)
    states = [f"{found.overdue} overdue", *([f"{paused} paused"] if paused else [])]
    sums = format_sums(sum_by_currency(bill.invoice for bill in found.bills), found.world.locale)
    return wrap(f"{today} · {count} open: {', '.join(states)} · {sums}", "", "  ")


def _bill_lines(found: Bills, bills: Sequence[Bill]) -> list[str]:
    if not bills:
        return []
    names = min(NAME, max(len(bill.client.name) for bill in bills))
    numbers = min(NUMBER, max(len(bill.invoice.number) for bill in bills))
    amounts = max(len(_amount(found.world, bill)) for bill in bills)
    lines = [""]
    for bill in bills:
        name, number = _cut(bill.client.name, NAME), _cut(bill.invoice.number, NUMBER)
        lines.append(f"{name:<{names}}  {number:<{numbers}}  {_amount(found.world, bill):>{amounts}}  {_due(bill)}")
        lines += wrap(bill.why, INDENT, INDENT)
    return lines if max(map(len, lines)) <= screen_width() else [part for line in lines for part in _fitted(line)]


def _fitted(line: str) -> list[str]:
    return [line] if len(line) <= screen_width() else wrap(" ".join(line.split()), "", INDENT)


def _end(found: Bills) -> list[str]:
    if found.written:
        drafts = "1 draft" if found.written == 1 else f"{found.written} drafts"
        return [f"{drafts} written. Read and send:  offboard open drafts"]
    if found.waiting:
        drafts = "1 draft waits" if found.waiting == 1 else f"{found.waiting} drafts wait"
        return [f"Nothing new. {drafts} for you:  offboard open drafts"]
    return ["Nothing to write today. The tracker:  offboard open tracker"]


def _warning_lines(found: Bills) -> list[str]:
    lines = [line for emptied in found.emptied for line in wrap(emptied, "", INDENT)]
    loud = [warning.replace("Do not send", "Do NOT send", 1) for warning in found.warnings]
    return [*lines, *(line for warning in loud for line in wrap(warning, "", INDENT))]


def _amount(world: World, bill: Bill) -> str:
    rest = bill.invoice.rest
    return format_amount(rest.amount, rest.currency, world.locale) if rest else ""


def _due(bill: Bill) -> str:
    due, days = bill.invoice.due, bill.days_late
    if due is None:
        return ""
    late = f", {days} day{'' if days == 1 else 's'} late" if days > 0 else ", today" if days == 0 else ""
    return f"due {format_day(due)}{late}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
