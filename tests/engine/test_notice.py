"""The notice from the front door: written once, it follows the sheet until it is sent; a moved day is said loudly."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from tests.engine.test_persons import edit_draft
from tests.rehearsal import Rehearsal

LAST_DAY, CONTRACT_CHECKED, SKIP = "Clients!H3", "Clients!I3", "Clients!O3"


@pytest.fixture(autouse=True)
def nothing_overdue(rehearsal: Rehearsal) -> None:
    """Corvo's overdue invoice is paid, so that no reminder is due."""
    rehearsal.type("Invoices!F4", ["yes"])


def run(rehearsal: Rehearsal, *words: str) -> str:
    result = rehearsal.offboard("run", "corvo", "--yes", *words)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def screen(rehearsal: Rehearsal, command: str = "status") -> str:
    return " ".join(rehearsal.offboard(command, "corvo").output.split())


def notices(rehearsal: Rehearsal) -> list[tuple[str, str, str]]:
    """Every draft to the client, with its subject and its text."""
    return [draft for draft in rehearsal.world()["drafts"] if draft[0] == "leo@corvo.example"]


def send(rehearsal: Rehearsal) -> None:
    for listed in rehearsal.get("/gmail/v1/users/me/drafts")["drafts"]:
        rehearsal.person.ask("POST", "/gmail/v1/users/me/drafts/send", {"id": listed["id"]})


def step(rehearsal: Rehearsal, name: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = rehearsal.answer("status", "corvo")["steps"]
    return next(step for step in found if step["step"] == name)


def last_day(rehearsal: Rehearsal) -> date:
    return date.fromisoformat(rehearsal.answer("status", "corvo")["last_day"])


def move(rehearsal: Rehearsal) -> tuple[date, date]:
    """The last day moves to the end of the month after it: the old one and the new one."""
    old = last_day(rehearsal)
    later = old + timedelta(days=1)
    new = later.replace(day=monthrange(later.year, later.month)[1])
    rehearsal.type(LAST_DAY, [new.isoformat()])
    return old, new


def said(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def test_who_leaves_today_gets_no_notice_and_who_leaves_next_month_does(rehearsal: Rehearsal) -> None:
    rehearsal.come_to_rest()
    assert not any("Wrapping up" in subject for _, subject, _ in rehearsal.world()["drafts"])
    run(rehearsal)
    (found,) = notices(rehearsal)
    assert found[1].startswith("Wrapping up by ")
    assert "our work together ends on" in found[2]
    assert step(rehearsal, "end date")["outcome"] == "waiting"
    assert step(rehearsal, "end date")["your_turn"][0]["by"]


def test_the_notice_follows_the_rows_and_the_last_day_until_it_is_sent(rehearsal: Rehearsal) -> None:
    run(rehearsal)
    rehearsal.type("Access!A10", ["corvo", "Google Business Profile", "Corvo Coffee"])
    assert "brought up to date" in str(rehearsal.answer("plan", "corvo")["steps"])
    run(rehearsal)
    _, new = move(rehearsal)
    run(rehearsal)
    (found,) = notices(rehearsal)
    assert "accept “owner” of the Google Business Profile" in found[2]
    assert f"{new.day} {new:%B %Y}" in found[2]
    assert "has moved" not in found[2], "nobody has been told another day yet"
    assert "Nothing to do" in run(rehearsal)
    assert rehearsal.answer("status", "corvo")["notice_said"] is None


def test_a_notice_that_a_person_edited_is_left_alone_and_its_old_day_is_named(rehearsal: Rehearsal) -> None:
    run(rehearsal)
    edit_draft(rehearsal, "Wrapping up", add_sentence)
    old, _ = move(rehearsal)
    run(rehearsal)
    (found,) = notices(rehearsal)
    assert "I will miss your coffee." in found[2]
    assert f"correct the last day in your draft: it was written with {said(old)}" in screen(rehearsal)


def add_sentence(message: EmailMessage) -> None:
    body = message.get_body(("plain",))
    assert body is not None
    body.set_content(f"{body.get_content()}\nI will miss your coffee.\n")


def test_a_last_day_that_moves_after_the_notice_is_said_on_every_screen_and_in_the_log(rehearsal: Rehearsal) -> None:
    run(rehearsal)
    send(rehearsal)
    run(rehearsal)
    old, new = move(rehearsal)
    screens: list[Callable[[], str]] = [
        lambda: screen(rehearsal, "plan"),
        lambda: run(rehearsal),
        lambda: run(rehearsal),
        lambda: screen(rehearsal),
    ]
    for show in screens:
        shown = show()
        assert f"but the notice said {said(old)}" in shown
        assert f"the folder keeps its name, “Corvo Coffee – Offboarding {old:%Y-%m}”" in shown
    assert rehearsal.answer("status", "corvo")["notice_said"] == old.isoformat()
    (turn,) = step(rehearsal, "end date")["your_turn"]
    assert turn["where"] == "offboard run corvo --again end-date"
    moved = f"the last day moved to {said(new)}; the notice said {said(old)}"
    assert [row[4] for row in rehearsal.rows("Log") if row[2] == "end date"][-1] == moved
    assert notices(rehearsal) == [], "nothing is written anew unasked"


@pytest.mark.parametrize("words", [("run", "corvo", "--again", "end date"), ("end-date", "corvo", "--again")])
def test_the_notice_of_a_moved_day_is_written_anew_once_and_takes_the_old_day_back(
    rehearsal: Rehearsal, words: tuple[str, ...]
) -> None:
    run(rehearsal)
    send(rehearsal)
    old, _ = move(rehearsal)
    run(rehearsal)
    for _ in range(2):
        assert rehearsal.offboard(*words, "--yes").exit_code == 0
    (found,) = notices(rehearsal)
    assert found[1].startswith("Our new last day: ")
    assert f"no longer on {old:%A} {old.day} {old:%B}" in found[2]
    assert "but the notice said" in run(rehearsal), "the new one is not sent yet"
    send(rehearsal)
    assert "but the notice said" not in run(rehearsal)
    assert step(rehearsal, "end date")["outcome"] == "done"


def test_dates_that_contradict_each_other_are_named_with_their_cells_and_go_into_no_e_mail(
    rehearsal: Rehearsal,
) -> None:
    rehearsal.type(LAST_DAY, ["2020-05-31"])
    told = run(rehearsal)
    assert "is before the notice" in told
    assert "Clients!H3" in told
    assert "Clients!F3" in told
    assert notices(rehearsal) == []
    assert [turn["where"] for turn in step(rehearsal, "contract")["your_turn"]] == ["Clients!H3"]


def test_the_contract_waits_until_it_is_ticked(rehearsal: Rehearsal) -> None:
    rehearsal.type(CONTRACT_CHECKED, [""])
    found = step(rehearsal, "contract")
    assert (found["outcome"], found["your_turn"][0]["where"]) == ("waiting", CONTRACT_CHECKED)
    rehearsal.type(CONTRACT_CHECKED, ["TRUE"])
    assert step(rehearsal, "contract")["outcome"] == "done"


def test_without_a_last_day_one_is_proposed_and_everything_waits_for_it(rehearsal: Rehearsal) -> None:
    old = last_day(rehearsal)
    rehearsal.type(LAST_DAY, [""])
    run(rehearsal)
    assert re.search(r"with 30 days' notice \w+ \d+ \w+ \d{4} would do Clients!H3", screen(rehearsal))
    assert rehearsal.answer("plan", "corvo")["changes"] == 0
    rehearsal.type(LAST_DAY, [old.isoformat()])
    run(rehearsal)
    assert len(notices(rehearsal)) == 1


@pytest.mark.parametrize("name", ["end date", "end-date", "END-DATE"])
def test_a_step_of_two_words_is_named_with_a_blank_or_a_hyphen(rehearsal: Rehearsal, name: str) -> None:
    found = rehearsal.answer("plan", "corvo", "--only", name)
    assert [change["key"] for step in found["steps"] for change in step["changes"]] == ["corvo/end date/draft"]


def test_a_skipped_end_date_leaves_the_notice_to_the_person(rehearsal: Rehearsal) -> None:
    rehearsal.type(SKIP, ["end date"])
    run(rehearsal)
    assert notices(rehearsal) == []
