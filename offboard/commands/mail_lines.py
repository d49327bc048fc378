"""The words that others will read, before they are written: each e-mail, and the call in the calendar."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from offboard.commands.wrap import screen_width
from offboard.emails.mail import Mail
from offboard.plan import HoldCall, Plan, WriteDraft
from offboard.steps.event import format_moment


def mail_lines(plan: Plan) -> list[str]:
    """The words of each e-mail that run would draft, and of a call that it would put into the calendar."""
    lines: list[str] = []
    rule = "─" * min(60, screen_width())
    for change in plan.changes:
        if isinstance(change, WriteDraft):
            lines += ["", rule, *_mail(change.mail)]
        elif isinstance(change, HoldCall):
            lines += ["", rule, *_call(change)]
    return [*lines, "", rule] if lines else ["", "No e-mail is due now."]


def _mail(mail: Mail) -> Iterator[str]:
    yield f"To:       {mail.to}"
    yield f"Subject:  {mail.subject}"
    yield from (f"File:     {file.name}" for file in mail.attachments)
    yield ""
    yield from _wrapped(mail.text)


def _call(change: HoldCall) -> Iterator[str]:
    yield f"Calendar: {change.call.title}"
    yield f"When:     {format_moment(change.starts)}"
    yield f"Guest:    {change.guest}"
    yield ""
    yield from _wrapped(change.call.text)


def _wrapped(text: str) -> Iterator[str]:
    for line in text.rstrip().splitlines():
        yield from textwrap.wrap(line, screen_width(), break_long_words=False, break_on_hyphens=False) or [""]
