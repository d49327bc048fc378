"""The nudge from the front door, and one e-mail per client and day whatever is run, on whatever day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from offboard.engine.make import Watch
from offboard.engine.run import run
from offboard.engine.together import Agreement
from offboard.sandbox.faults import Instruction, Scenario
from offboard.world import Wishes
from tests.engine.test_persons import edit_draft
from tests.invoices.cron import MONDAY, Cron
from tests.rehearsal import Rehearsal, today

GOOGLE = ["corvo", "Google Business Profile", "Corvo Coffee", ""]
IN_CHARGE = "Access!D6"
SUBJECT = "One thing I need by "


@pytest.fixture
def waiting(rehearsal: Rehearsal) -> Rehearsal:
    """Leo leaves in twelve days; the owner of his profile is due within a week, and nothing else is in the way."""
    last = today() + timedelta(days=12)
    rehearsal.type("Clients!F3", [(today() - timedelta(days=60)).isoformat(), "", last.isoformat(), "TRUE", "", ""])
    rehearsal.type("Clients!O3", ["end date"])
    rehearsal.type("Invoices!H4", ["disputed"], ["disputed"])
    rehearsal.type("Access!A6", GOOGLE)
    return rehearsal


def nudges(rehearsal: Rehearsal) -> list[tuple[str, str, str]]:
    return [draft for draft in rehearsal.world()["drafts"] if draft[0] != "maya@bloom.example"]


def do(rehearsal: Rehearsal, *words: str) -> str:
    return " ".join(rehearsal.offboard(*words, *(["--yes"] if words[0] == "run" else [])).output.split())


def test_it_is_written_once_follows_the_sheet_and_is_emptied_when_nothing_waits(waiting: Rehearsal) -> None:
    assert "nudge draft an e-mail to leo@corvo.example" in do(waiting, "plan", "corvo")
    do(waiting, "run", "corvo")
    assert "Nothing to do" in do(waiting, "run", "corvo")
    ((to, subject, text),) = nudges(waiting)
    assert (to, subject.startswith(SUBJECT)) == ("leo@corvo.example", True)
    assert "accept “owner” of the Google Business Profile" in text
    waiting.type(IN_CHARGE, [today().isoformat()])
    do(waiting, "run", "corvo")
    ((to, subject, text),) = nudges(waiting)
    assert (to, subject) == ("", "Do not send: Nothing waits for Leo any more")
    assert "Nothing to do" in do(waiting, "run", "corvo")
    waiting.type(IN_CHARGE, [""])
    do(waiting, "nudge", "corvo", "--yes")
    ((to, subject, _),) = nudges(waiting)
    assert (to, subject.startswith(SUBJECT)) == ("leo@corvo.example", True), "the same draft is used again"


def test_a_draft_that_a_person_changed_is_theirs_and_not_to_be_sent_when_nothing_waits(waiting: Rehearsal) -> None:
    do(waiting, "run", "corvo")
    edit_draft(waiting, SUBJECT, lambda message: message.replace_header("Subject", "Leo, please"))
    waiting.type(IN_CHARGE, [today().isoformat()])
    assert "do not send “One thing I need by" in do(waiting, "run", "corvo")
    assert [draft[1] for draft in nudges(waiting)] == ["Leo, please"]


@pytest.mark.parametrize("method", ["gmail.users.drafts.create", "gmail.users.drafts.update"])
@pytest.mark.parametrize("fault", ["applied-drop", "503", "truncated"])
def test_a_fault_while_it_is_written_doubles_nothing_and_loses_nothing(
    waiting: Rehearsal, method: str, fault: str
) -> None:
    waiting.sandbox.faults.begin(Scenario((Instruction(method, 1, fault, times=6),)))
    do(waiting, "run", "corvo")
    assert waiting.sandbox.faults.report()["faults"][0]["used"]
    waiting.sandbox.faults.end()
    do(waiting, "run", "corvo")
    ((to, subject, _),) = nudges(waiting)
    assert (to, subject.startswith(SUBJECT)) == ("leo@corvo.example", True)


def test_a_reminder_goes_first_whichever_command_writes_it_and_the_screens_say_why(waiting: Rehearsal) -> None:
    waiting.type("Invoices!H4", [""])
    do(waiting, "invoices")
    do(waiting, "run", "corvo")
    ((_, subject, _),) = nudges(waiting)
    assert subject.startswith("2026-031")
    for command in ("plan", "status"):
        assert "tomorrow: one e-mail a day is enough for Leo" in do(waiting, command, "corvo")
    assert "Run again, which drafts a nudge; one e-mail a day is enough for Leo" in do(waiting, "next", "corvo")
    do(waiting, "run", "corvo", "--now", "nudge")
    assert len(nudges(waiting)) == 2, "unless she says so"


def test_a_reminder_waits_where_another_e_mail_was_written_today(waiting: Rehearsal) -> None:
    do(waiting, "run", "corvo")
    waiting.type("Invoices!H4", [""])
    assert "tomorrow: one e-mail a day is enough for Leo" in do(waiting, "invoices")
    ((_, subject, _),) = nudges(waiting)
    assert subject.startswith(SUBJECT)


def test_day_by_day_no_client_finds_two_e_mails_of_one_day(rehearsal: Rehearsal) -> None:
    cron = Cron(rehearsal).on(MONDAY)
    cron.bill(["corvo", "INV-7", "2026-04-10", "2026-05-06", "€850.00"])
    cron.rehearsal.type("Clients!F3", ["2026-05-04", "", "2026-06-05", "TRUE", "", ""])
    cron.rehearsal.type("Access!A5", GOOGLE, ["corvo", "Facebook", "", ""])
    seen: dict[str, date] = {}
    for number in range(33):
        cron.on(MONDAY + timedelta(days=number))
        if number % 2:
            cron.run()
        run(cron.place, "corvo", Wishes(), f"day-{number}", lambda _world, _plan: Agreement(go=True), Watch())
        for id, mail in cron.drafts().items():
            seen.setdefault(f"{id} {mail['Subject']}", cron.moment.date())
        cron.on(cron.moment.date(), 18).send()
    told = [f"{day:%d %b} {words.split(' ', 1)[1]}" for words, day in seen.items()]
    assert told == [
        "04 May INV-7 is due on Wednesday 6 May",
        "05 May Wrapping up by 5 June: what happens when",
        "11 May INV-7: due on Wednesday 6 May",
        "16 May INV-7: 10 days late",
        "21 May Two things I need by Thursday 28 May",
        "24 May Second request: INV-7, €850.00",
        "29 May Two things I need as soon as you can",
    ]
