"""A scenario read from JSON, or every reason at once why it is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from offboard.sandbox.call import ANSWERED
from offboard.sandbox.faults import ANY, KINDS, TOKEN, Edit, Instruction, Scenario

OF_KIND = {  # what only some kinds of faults take
    "retry_after": ("429", "503"),
    "seconds": ("late",),
    "when": ("edit",),
    "requests": ("edit",),
}
WORDS = [one.name for one in fields(Instruction) if one.name != "act"]


class WrongScenario(Exception):
    """A scenario with problems, each a sentence."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def read_scenario(body: dict[str, Any]) -> Scenario:
    """The scenario that this JSON tells; WrongScenario names every problem."""
    problems = list(_check(body))
    if problems:
        raise WrongScenario(problems)
    instructions = [
        Instruction(**told | {"requests": tuple(Edit(**edit) for edit in told.get("requests", ()))})
        for told in body.get("faults", [])
    ]
    return Scenario(tuple(instructions), body.get("latency", {}), body.get("lag", 0), body.get("quotas", False))


def _check(body: dict[str, Any]) -> Iterator[str]:
    known = [one.name for one in fields(Scenario)]
    yield from (f"“{name}” is not known; there are {', '.join(known)}." for name in body if name not in known)
    told = body.get("faults", [])
    if not isinstance(told, list):
        yield "“faults” must be a list."
        told = []
    for number, instruction in enumerate(told):
        yield from (f"faults[{number}]: {problem}" for problem in _check_instruction(instruction))
    latency = body.get("latency", {})
    if not isinstance(latency, dict):
        yield "“latency” must give seconds by method."
        latency = {}
    for method, seconds in latency.items():
        yield from (f"latency: {problem}" for problem in _check_method(method))
        if not _is_seconds(seconds):
            yield f"latency: “{method}” must be seconds."
    if not _is_whole(body.get("lag", 0), 0):
        yield "“lag” must be a whole number of requests."
    if not isinstance(body.get("quotas", False), bool):
        yield "“quotas” must be true or false."


def _check_instruction(told: Any) -> Iterator[str]:
    if not isinstance(told, dict):
        yield "an instruction must be an object."
        return
    kind, method = told.get("fault"), told.get("method")
    yield from (f"“{name}” is not known; there are {', '.join(WORDS)}." for name in told if name not in WORDS)
    yield from _check_method(method)
    if kind not in KINDS:
        yield f"“fault” is {_said(kind)}; there are {', '.join(KINDS)}."
    if kind == "403-rate" and isinstance(method, str) and method.startswith(("sheets.", "oauth.")):
        yield f"{method} never answers “403-rate”; use “429”."
    if not _is_whole(told.get("call"), 1):
        yield f"“call” is {_said(told.get('call'))}; it must be a whole number from 1."
    if not _is_whole(told.get("times", 1), 1):
        yield f"“times” is {_said(told['times'])}; it must be a whole number from 1."
    for name, kinds in OF_KIND.items():
        if name in told and kind in KINDS and kind not in kinds:
            yield f"“{name}” belongs to {' and '.join(kinds)}, not to {kind}."
    if not _is_whole(told.get("retry_after", 0), 0):
        yield "“retry_after” must be whole seconds."
    if not _is_seconds(told.get("seconds", 0)):
        yield "“seconds” must be a number."
    if told.get("when", "before") not in ("before", "after"):
        yield "“when” must be before or after."
    if kind == "edit" or "requests" in told:
        yield from _check_edits(told.get("requests"))


def _check_edits(told: Any) -> Iterator[str]:
    if not isinstance(told, list) or not told:
        yield "an edit needs “requests”, a list."
        return
    for number, edit in enumerate(told):
        sound = (
            isinstance(edit, dict)
            and set(edit) <= {"http", "path", "body"}
            and isinstance(edit.get("http"), str)
            and isinstance(edit.get("path"), str)
            and edit["path"].startswith("/")
            and isinstance(edit.get("body", {}), dict | None)
        )
        if not sound:
            yield f"requests[{number}] must have “http” and “path”, and may have “body”."


def _check_method(method: Any) -> Iterator[str]:
    if not isinstance(method, str) or method not in (ANY, TOKEN, *ANSWERED):
        yield f"“method” is {_said(method)}; it must be *, {TOKEN}, or a method that the sandbox answers."


def _said(value: Any) -> str:
    return "missing" if value is None else f"“{value}”"


def _is_whole(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _is_seconds(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 3600
