"""`offboard run --all`: every client with a last day who is not offboarded yet, side by side, one table at the end."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from offboard.commands.as_json import report_body
from offboard.commands.output import Invocation
from offboard.commands.run import ask_about, has_failed
from offboard.commands.screen import row
from offboard.commands.session import new_nonce, open_place
from offboard.engine.look import Place, look_at_tracker, raise_problems
from offboard.engine.make import Watch
from offboard.engine.run import Report
from offboard.engine.run import plan as plan_client
from offboard.engine.run import run as run_client
from offboard.engine.together import Agreement, list_agreed
from offboard.errors import Exit, OffboardError
from offboard.model import Client
from offboard.plan import Plan, Result
from offboard.world import Wishes, World

AT_ONCE = 3  # clients; each is several requests at a time already, and Sheets takes 60 writes a minute
MEANWHILE = "Something changed since you were asked, so this was left alone."


@dataclass(frozen=True)
class Turnout:
    """What became of one client: a report, or the trouble that stopped this one and nobody else."""

    client: Client
    report: Report | None = None
    trouble: OffboardError | None = None

    @property
    def failed(self) -> bool:
        """Whether anything of it failed."""
        return self.trouble is not None or (self.report is not None and has_failed(self.report))


def run_everybody(invocation: Invocation, wishes: Wishes, *, yes: bool, exit_code: bool) -> int:
    """Look at all, ask for each, do what was agreed to, and tell it in one table; the exit code."""
    place = open_place(invocation)
    world = look_at_tracker(place)
    unread = {problem.where for problem in world.problems}
    leaving = [
        client
        for client in world.clients
        if (client.last_day or client.where("last_day") in unread) and not world.closed_on(client)
    ]
    wishes = replace(wishes, unasked=True)  # no name is guessed from here on
    with ThreadPoolExecutor(AT_ONCE, "clients") as pool:
        looked = list(pool.map(lambda client: _plan(place, client, wishes), leaving))
    agreed = [(one, _ask(invocation, one, yes=yes)) for one in looked if isinstance(one, _Planned)]
    turnouts = [one for one in looked if isinstance(one, Turnout)]
    with invocation.progress() as watch, ThreadPoolExecutor(AT_ONCE, "clients") as pool:
        try:
            turnouts += pool.map(lambda pair: _run(place, pair[0], pair[1], wishes, watch), agreed)
        except KeyboardInterrupt:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return _show(invocation, world, turnouts, exit_code=exit_code)


@dataclass(frozen=True)
class _Planned:
    client: Client
    world: World
    plan: Plan


def _plan(place: Place, client: Client, wishes: Wishes) -> _Planned | Turnout:
    try:
        return _Planned(client, *plan_client(place, client.short, wishes))
    except OffboardError as error:
        return Turnout(client, trouble=error)


def _ask(invocation: Invocation, planned: _Planned, *, yes: bool) -> Agreement:
    if not planned.plan.changes:
        return Agreement(go=True)
    return ask_about(invocation, planned.world, planned.plan, yes=yes)


def _run(place: Place, planned: _Planned, agreement: Agreement, wishes: Wishes, watch: Watch) -> Turnout:
    """Do what was shown and agreed to; what came up in the meantime has not been seen by anybody."""
    shown = set(list_agreed((planned.plan,)))
    unseen: list[bool] = []

    def ask(_world: World, plan: Plan) -> Agreement:
        unseen.append(not set(list_agreed((plan,))) <= shown)
        return replace(agreement, go=agreement.go and not unseen[-1])

    try:
        report = run_client(place, planned.client.short, wishes, new_nonce(), ask, watch)
    except OffboardError as error:
        return Turnout(planned.client, trouble=error)
    if report.declined and any(unseen):
        hint = f"See what: offboard plan {planned.client.short}"
        return Turnout(planned.client, trouble=OffboardError(MEANWHILE, hint))
    return Turnout(planned.client, report)


def _show(invocation: Invocation, world: World, turnouts: Sequence[Turnout], *, exit_code: bool) -> int:
    order = {client.short: place for place, client in enumerate(world.clients)}
    turnouts = sorted(turnouts, key=lambda one: order[one.client.short])
    failed = any(one.failed for one in turnouts) or bool(world.problems)
    if invocation.json:
        invocation.print_json("run", {"clients": [_body(one) for one in turnouts]}, ok=not failed)
    else:
        lines = [line for one in turnouts for line in _lines(invocation, one)]
        nobody = "Nobody has a last day that is still open. To begin, type one into the tab Clients."
        invocation.print_lines([*(lines or [nobody]), "", "What to do now:  offboard next"])
        raise_problems(world)
    if failed:
        return Exit.FAILED
    waiting = any(one.report and one.report.settled and one.report.settled.turns for one in turnouts)
    return Exit.WAITING if exit_code and waiting else Exit.OK


def _lines(invocation: Invocation, one: Turnout) -> list[str]:
    name = one.client.name[:22]
    if one.trouble:
        return row(name, f"{one.trouble.message} {one.trouble.hint}".strip(), invocation.marks["failed"], width=26)
    assert one.report is not None
    results = one.report.results
    done = [result for result in results if result.id and not result.refused]
    mark = invocation.marks["failed" if one.failed else "ok"]
    turns = len(one.report.settled.turns) if one.report.settled else 0
    said = "not now, as you said" if one.report.declined else _sum_up(done, results)
    told = f"{said}; your turn: {turns} thing{'' if turns == 1 else 's'}" if turns else said
    return row(name, told, mark, width=26)


def _sum_up(done: Sequence[Result], results: Sequence[Result]) -> str:
    steps = list(dict.fromkeys(result.change.step for result in done))
    if not results:
        return "nothing to do"
    left = f" ({len(done)} of {len(results)} things)" if len(done) < len(results) else ""
    return f"{', '.join(steps) or 'nothing done'}{left}"


def _body(one: Turnout) -> dict[str, Any]:
    if one.report:
        return report_body(one.report)
    assert one.trouble is not None
    return {"client": one.client.short, "error": {"message": one.trouble.message, "hint": one.trouble.hint}}
