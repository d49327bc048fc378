"""What the e-mail steps tell the templates: only links that exist and that the client may open."""

from __future__ import annotations

from typing import Any

import pytest

from offboard.ledger import Entry, Event
from offboard.plan import WriteDraft
from tests.steps.test_steps import CALL, FOLDER, MAY_28, MAY_29, MAY_31, OPEN, client, plan_of, world

REPORTS = Entry("bloom/folder/Reports", "R1", Event.MADE)
PARTLY = {"share": "reports now, rest when paid", "call": CALL}
REPORTS_SHARED = Entry("bloom/share/Reports/maya@bloom.example", "1", Event.MADE)


def text_of(step: str, *entries: Entry, day: Any = MAY_28, seen: dict[str, Any] | None = None, **cells: Any) -> str:
    found = plan_of(step, world(day, *entries, **(seen or {})), client(**cells))
    return "\n".join(change.mail.text for change in found.changes if isinstance(change, WriteDraft))


@pytest.mark.parametrize(("step", "day"), [("call", MAY_29), ("feedback", MAY_31)])
def test_without_a_folder_no_e_mail_promises_one(step: str, day: Any) -> None:
    text = text_of(step, day=day, skip=("folder",))
    assert text
    assert "folder" not in text
    assert "link comes with run" not in text


def test_a_folder_made_before_its_step_was_skipped_is_still_named() -> None:
    assert "folders/F1" in text_of("call", FOLDER, day=MAY_29, skip=("folder",))


@pytest.mark.parametrize("entries", [(FOLDER, REPORTS), (FOLDER, REPORTS, REPORTS_SHARED)])
def test_while_only_the_reports_are_open_the_e_mail_links_just_them(entries: tuple[Entry, ...]) -> None:
    text = text_of("call", *entries, seen={"invoices": (OPEN,)}, **PARTLY)
    assert "folders/R1" in text
    assert "folders/F1" not in text
    assert "The rest of the folder opens for you as soon as INV-2 is paid" in text


def test_a_call_that_is_over_is_on_no_agenda() -> None:
    text = text_of("call", FOLDER, day=MAY_31, call=CALL)
    assert "call" not in text
    assert "Where things stand" in text
