"""`offboard invoices`: who owes what, and the reminders that are due, as drafts; made for cron as well."""

from __future__ import annotations

from typing import Any

import click

from offboard.commands.invoice_lines import Bills, gather_bills, invoice_lines, invoice_plan_lines, quiet_lines
from offboard.commands.output import Invocation, with_options
from offboard.commands.session import new_nonce, open_place
from offboard.engine.look import raise_all
from offboard.engine.reminders import plan_reminders, run_reminders
from offboard.engine.together import Plans
from offboard.errors import Exit, UsageError
from offboard.plan import Outcome, Result, WriteDraft
from offboard.steps.bills import Bill
from offboard.steps.money import sum_by_currency
from offboard.world import Wishes, World

AGAIN = frozenset(("invoices",))


@click.command()
@click.argument("client", required=False)
@click.option("--again", is_flag=True, help="Write the last reminder anew: you threw it away instead of sending it.")
@click.option("--quiet", is_flag=True, help="Print only what needs a person, as for the mail of a cron job.")
@click.option("--exit-code", is_flag=True, help="Exit with 4 while anything is overdue.")
@with_options
def invoices(invocation: Invocation, client: str | None, again: bool, quiet: bool, exit_code: bool) -> int:
    """Who owes you what, all clients or CLIENT; drafts the reminders that are due. Nothing is sent, nobody is asked."""
    if again and client is None:
        raise UsageError("Whose reminder anew? Name the client.", "Like: offboard invoices bloom --again")
    wishes = Wishes(again=AGAIN if again else frozenset(), unasked=invocation.no_input)
    place = open_place(invocation)
    with invocation.progress() as watch:
        done = run_reminders(place, client or "", wishes, new_nonce(), watch)
    found = gather_bills(done.world, done.settled, done.results)
    failed = any(result.outcome is Outcome.FAILED for result in done.results)
    if invocation.json:
        ok = not failed and not _problems(done.world, client)
        body = _body(found) | {"done": [_done(result) for result in done.results]}
        invocation.print_json("invoices", body | _problem_body(done.world, client), ok=ok)
        return _code(found, ok=ok, exit_code=exit_code)
    invocation.print_lines(quiet_lines(found) if quiet else invoice_lines(found))
    raise_all(_problems(done.world, client))
    return _code(found, ok=not failed, exit_code=exit_code)


def show_plan(invocation: Invocation, client: str | None, *, mails: bool, exit_code: bool) -> int:
    """`offboard plan --invoices`: the same without writing anything."""
    world, plans = plan_reminders(open_place(invocation), client or "", Wishes(unasked=invocation.no_input))
    found = gather_bills(world, plans)
    if invocation.json:
        ok = not _problems(world, client)
        body = _body(found) | {"mails": _mails(plans)} | _problem_body(world, client)
        invocation.print_json("plan", body, ok=ok)
        return _code(found, ok=ok, exit_code=exit_code)
    command = f"offboard invoices {client or ''}".strip()
    invocation.print_lines(invoice_plan_lines(found, plans, command, mails=mails))
    raise_all(_problems(world, client))
    return _code(found, ok=True, exit_code=exit_code)


def _problems(world: World, client: str | None) -> list[Any]:
    """What kept some reminders back; with a client named it was raised before."""
    return [] if client else list(world.problems)


def _problem_body(world: World, client: str | None) -> dict[str, Any]:
    problems = _problems(world, client)
    return {"problems": [vars(problem) for problem in problems]} if problems else {}


def _code(found: Bills, *, ok: bool, exit_code: bool) -> int:
    if not ok:
        return Exit.FAILED
    return Exit.WAITING if exit_code and found.overdue else Exit.OK


def _body(found: Bills) -> dict[str, Any]:
    return {
        "today": found.world.today.isoformat(),
        "open": len(found.bills),
        "overdue": found.overdue,
        "sums": {sum.currency: str(sum.amount) for sum in sum_by_currency(bill.invoice for bill in found.bills)},
        "invoices": [_bill(bill) for bill in found.bills],
        "do_not_send": list(found.warnings),
    }


def _bill(bill: Bill) -> dict[str, Any]:
    invoice = bill.invoice
    return {
        "client": bill.client.short,
        "name": bill.client.name,
        "invoice": invoice.number,
        "due": invoice.due.isoformat() if invoice.due else None,
        "days_late": max(0, bill.days_late),
        "amount": str(invoice.amount.amount) if invoice.amount else None,
        "to_pay": str(invoice.rest.amount) if invoice.rest else None,
        "currency": invoice.rest.currency if invoice.rest else None,
        "state": bill.state.value,
        "why": bill.why,
        "where": invoice.where("number"),
    }


def _done(result: Result) -> dict[str, Any]:
    return {
        "key": result.change.key,
        "client": result.change.client,
        "outcome": result.outcome.value,
        "what": result.says,
        "link": result.link,
        "hint": result.hint,
    }


def _mails(plans: Plans) -> list[dict[str, str]]:
    changes = [change for planned in plans for change in planned.changes if isinstance(change, WriteDraft)]
    return [{"to": c.mail.to, "subject": c.mail.subject, "text": c.mail.text, "html": c.mail.html} for c in changes]
