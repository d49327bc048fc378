"""`offboard status`: where every client stands, or each step of one."""

from __future__ import annotations

import click

from offboard.commands.as_json import plan_body
from offboard.commands.output import Invocation, with_options
from offboard.commands.screen import client_lines, status_lines
from offboard.commands.session import open_place
from offboard.engine.everybody import Everybody, plan_everybody
from offboard.engine.look import raise_problems
from offboard.engine.run import plan as plan_client
from offboard.errors import Exit
from offboard.plan import Plan, make_plan
from offboard.steps import STEPS
from offboard.world import Wishes


@click.command()
@click.argument("client", required=False)
@click.option("--exit-code", is_flag=True, help="Exit with 4 while something waits for you.")
@with_options
def status(invocation: Invocation, client: str | None, exit_code: bool) -> int:
    """Where every client stands; with CLIENT: each step of one, and whose turn it is. Changes nothing."""
    place = open_place(invocation)
    if client:
        with invocation.progress() as watch:
            world, planned = plan_client(place, client, Wishes(), watch)
        plans = [planned]
        lines = client_lines(world, planned)
    else:
        found = plan_everybody(place)
        world, plans = found.world, _plan_all(found)
        lines = status_lines(world, plans)
    problems = [] if client else world.problems
    if invocation.json:
        bodies = [plan_body(world, planned) for planned in plans]
        more = {"problems": [vars(problem) for problem in problems]} if problems else {}
        body = bodies[0] if client else {"clients": bodies, **more}
        invocation.print_json("status", body, ok=not problems)
        if problems:
            return Exit.FAILED
    else:
        invocation.print_lines(lines)
    if problems:
        raise_problems(world)
    return Exit.WAITING if exit_code and any(planned.turns for planned in plans) else Exit.OK


def _plan_all(found: Everybody) -> list[Plan]:
    """Every readable client's plan; of who is not leaving, or not looked at, as far as the tracker alone tells it."""
    bad = {problem.client for problem in found.world.problems}
    looked = {plan.client.short: plan for plan in found.plans}
    sound = [client for client in found.world.clients if client.short not in bad]
    return [looked.get(client.short) or make_plan(found.world, client, STEPS) for client in sound]
