"""Checks on the screen and as JSON: a line each, what to type or click below those that do not hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from offboard.commands.output import Invocation
from offboard.commands.screen import row
from offboard.engine.check import Check
from offboard.errors import Exit


def show_checks(
    invocation: Invocation, command: str, checks: Sequence[Check], title: Sequence[str] = (), **more: Any
) -> int:
    """Print the checks, and how many do not hold; the exit code."""
    wrong = sum(not check.holds for check in checks)
    if invocation.json:
        invocation.print_json(command, {**more, "checks": [vars(check) for check in checks]}, ok=not wrong)
        return Exit.FAILED if wrong else Exit.OK
    lines = [*title]
    for check in checks:
        mark = invocation.marks["ok" if check.holds else "turn"]
        lines += row(check.about, f"{check.says.rstrip('.')}. {check.hint}" if check.hint else check.says, mark)
        lines += [f"    {check.link}"] if check.link else []
    end = {0: "All is as it should be.", 1: "1 thing is not as it should be."}
    lines += ["", end.get(wrong, f"{wrong} things are not as they should be.")]
    invocation.print_lines(lines)
    return Exit.FAILED if wrong else Exit.OK
