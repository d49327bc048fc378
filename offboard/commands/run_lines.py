"""What a run shows at its end: step by step what became of it, then whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence

from offboard.commands.screen import format_day, not_leaving_lines, note_lines, row, title_line, turn_lines
from offboard.commands.wrap import wrap
from offboard.engine.run import Report
from offboard.plan import Outcome, Result, StepPlan, Unshare, WriteDocument
from offboard.steps.inside import newly_allowed


def run_lines(report: Report, marks: dict[str, str], seconds: float) -> list[str]:
    """What `offboard run` shows at its end: step by step what became of it, then whose turn it is."""
    plan, settled = report.plan, report.settled
    assert settled is not None
    lines: list[str] = []
    after = {step.step: step for step in settled.steps}
    for step in plan.steps:
        mine = [result for result in report.results if result.change.step == step.step]
        if mine:
            lines += _result_lines(after.get(step.step, step), mine, marks)
    if lines:
        count = max(1, round(seconds))
        lines.append(f"  {count} second{'' if count == 1 else 's'}. It is all in the tracker's Log.")
    else:
        lines += [*title_line(report.world, plan.client), ""]
        if not (plan.client.leaving or report.world.closed_on(plan.client)):
            return [*lines, *not_leaving_lines(report.world, plan.client)]
        turns = len(settled.turns)
        mine_now = f" Your turn: {turns} thing{'' if turns == 1 else 's'}." if turns else ""
        closed = report.world.closed_on(plan.client)
        held = [turn for turn in settled.turns if "--allow" in turn.where]
        all_well = f"officially offboarded on {format_day(closed, year=True)}" if closed else "all is as it was"
        passed = newly_allowed(report.world, plan.client)
        done = "What you let pass is written down; nothing else was done" if passed else "Nothing was done"
        found = f"{done}: first see what {'else ' if passed else ''}was found in the files."
        lines += wrap(f"{found if held else f'Nothing to do: {all_well}.'}{mine_now}")
        if len(plan.steps) < len(settled.steps):  # who asked for one step wants to know why it waits
            lines += turn_lines(plan.turns)
        else:
            lines += turn_lines(held)
        lines += note_lines(settled.steps)
        return [*lines, "", f"See it:  offboard status {plan.client.short}"]
    lines += turn_lines(settled.turns)
    lines += note_lines(settled.steps)
    again = any(result.outcome is Outcome.FAILED for result in report.results)
    what = "Run again; it goes on from there:" if again else "Come back when you like:"
    command = "run" if again else "status"
    return [*lines, "", f"{what}  offboard {command} {plan.client.short}"]


def _result_lines(step: StepPlan, results: Sequence[Result], marks: dict[str, str]) -> list[str]:
    trouble = [result for result in results if result.outcome is not Outcome.CHANGED]
    failed = any(result.outcome is Outcome.FAILED for result in trouble)
    waiting = any(result.outcome is Outcome.WAITING for result in trouble)
    if not trouble:
        mark, text = marks["ok"], results[-1].says if all(map(_is_undoing, results)) else step.why or results[-1].says
    else:
        mark = marks["failed"] if failed else marks["turn"] if waiting else "·"
        made = len(results) - len(trouble)
        text = f"{made} of {len(results)} done" if made else ""
    lines = row(step.step, text, mark) if text else []
    for result in trouble:
        told = f"{result.says.rstrip('.')}. {result.hint}".strip()
        below = " " * len(row(step.step, "", mark)[0])
        lines += wrap(told, below, below) if lines else row(step.step, told, mark)
    if step.link and len(trouble) < len(results):
        lines.append(f"    {step.link}")
    return lines


def _is_undoing(result: Result) -> bool:
    """Whether what happened is not what the step is for: a page was rewritten, a share taken back."""
    change = result.change
    return isinstance(change, Unshare) or (isinstance(change, WriteDocument) and change.made)
