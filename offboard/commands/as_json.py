"""Plans and reports as JSON for other programs: outcomes by their names, dates as ISO, nothing cut short."""

from __future__ import annotations

from datetime import date
from typing import Any

from offboard.engine.run import Report
from offboard.plan import Change, HoldCall, Plan, Result, StepPlan, WriteDraft
from offboard.steps.contract import earliest_last_day
from offboard.steps.told import told_last_day
from offboard.world import World


def plan_body(world: World, plan: Plan) -> dict[str, Any]:
    """A client's plan."""
    client = plan.client
    return {
        "client": client.short,
        "name": client.name,
        "leaving": client.leaving,
        "last_day": _iso(client.last_day),
        "last_working_day": _iso(world.last_working_day(client)),
        "earliest_last_day": _iso(earliest_last_day(world, client)),
        "notice_said": _iso(told_last_day(world, client)),
        "today": world.today.isoformat(),
        "changes": len(plan.changes),
        "steps": [_step_body(step) for step in plan.steps],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _step_body(step: StepPlan) -> dict[str, Any]:
    return {
        "step": step.step,
        "outcome": step.outcome.value,
        "why": step.why,
        "link": step.link,
        "changes": [_change_body(change) for change in step.changes],
        "your_turn": [{"text": turn.text, "where": turn.where, "by": _iso(turn.by)} for turn in step.turns],
        "notes": list(step.notes),
    }


def _change_body(change: Change) -> dict[str, Any]:
    body: dict[str, Any] = {"key": change.key, "what": change.says}
    if isinstance(change, WriteDraft):
        mail = change.mail
        body["mail"] = {"to": mail.to, "subject": mail.subject, "text": mail.text, "html": mail.html}
        body["mail"] |= {"attachments": [file.name for file in mail.attachments]} if mail.attachments else {}
    if isinstance(change, HoldCall):
        call = change.call
        told = {"start": call.start.isoformat(), "minutes": call.minutes, "guest": change.guest}
        body["event"] = {"title": call.title, "text": call.text, **told}
    return body


def report_body(report: Report) -> dict[str, Any]:
    """What a run did, and where the client stands after it."""
    return {
        **plan_body(report.world, report.settled or report.plan),
        "declined": report.declined,
        "done": [_result_body(result) for result in report.results],
    }


def _result_body(result: Result) -> dict[str, Any]:
    return {
        "key": result.change.key,
        "step": result.change.step,
        "outcome": result.outcome.value,
        "what": result.says,
        "id": result.id,
        "link": result.link,
        "hint": result.hint,
    }
