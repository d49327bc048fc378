"""`offboard next` and `offboard open`: what to do now, and the page where it is done."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from offboard.days_off import DaysOff
from tests.rehearsal import Rehearsal, today

TODAY = today()


def test_everything_that_waits_is_told_in_the_order_of_its_days(rehearsal: Rehearsal) -> None:
    told = rehearsal.answer("next")["next"]
    days = [duty["by"] or TODAY.isoformat() for duty in told]
    assert days == sorted(days)
    assert {duty["client"] for duty in told} == {"bloom", "corvo"}
    assert all(duty["text"] and duty["where"] for duty in told)


def test_for_one_client_the_one_thing_comes_first_and_is_told_once(rested: Rehearsal) -> None:
    (first, *others) = rested.answer("next", "bloom")["next"]
    said = rested.offboard("next", "bloom").stdout
    now, then = said.partition("\nNow\n")[2].split("\n\n", 1)
    begin = first["text"][1:30]
    assert begin in now
    assert begin not in then
    assert others
    assert all(duty["text"][1:20] in " ".join(then.split()) for duty in others)
    assert "\nNow\n" not in rested.offboard("next").stdout


def test_a_run_that_is_due_is_said_with_what_to_type(rehearsal: Rehearsal) -> None:
    said = rehearsal.offboard("next", "bloom").stdout
    assert "Run what is due: folder, reports, share" in said
    assert "offboard run bloom" in said
    rehearsal.offboard("run", "bloom", "--yes")
    assert "Run what is due" not in rehearsal.offboard("next", "bloom").stdout


def test_a_draft_that_was_sent_is_no_longer_asked_for(rested: Rehearsal) -> None:
    def read(step: str) -> bool:
        duties = rested.answer("next", "bloom")["next"]
        return any("read the draft" in duty["text"] for duty in duties if duty["step"] == step)

    assert read("call")
    assert read("feedback")
    assert "2 drafts wait in your Gmail:  offboard open drafts" in rested.offboard("next").stdout
    for draft in rested.get("/gmail/v1/users/me/drafts")["drafts"]:
        rested.person.ask("POST", "/gmail/v1/users/me/drafts/send", {"id": draft["id"]})
    assert not read("call")
    assert not read("feedback")
    assert "Paste Maya's answer, or write “none came”" in rested.offboard("next").stdout
    assert "in your Gmail" not in rested.offboard("next").stdout


def test_what_comes_by_itself_is_told_with_its_day(rehearsal: Rehearsal) -> None:
    call = TODAY + timedelta(days=20)
    rehearsal.type("Clients!L3", [f"{call} 15:00"])
    days = {duty["step"]: duty["by"] for duty in rehearsal.answer("next", "corvo")["next"]}
    eve, after = DaysOff().last_working_day(call - timedelta(days=1)), DaysOff().next_working_day(call)
    assert (days["call"], days["feedback"]) == (eve.isoformat(), after.isoformat())


def test_a_run_is_never_asked_for_on_a_day_off(rehearsal: Rehearsal) -> None:
    off = ", ".join(f"{TODAY + timedelta(days=n):%Y-%m-%d}" for n in range(1, 30))
    rehearsal.type("Setup!B11", [off])
    rehearsal.type("Clients!L3", [f"{TODAY + timedelta(days=40)} 15:00"])
    days = [duty["by"] for duty in rehearsal.answer("next", "corvo")["next"] if "run again" in duty["text"]]
    assert days
    assert all(day >= (TODAY + timedelta(days=30)).isoformat() for day in days)


def test_what_has_a_day_goes_into_a_calendar_file_twice_without_doubling(rehearsal: Rehearsal, tmp_path: Path) -> None:
    days = [duty["by"] for duty in rehearsal.answer("next")["next"] if duty["by"]]
    seen = []
    for _ in range(2):
        rehearsal.offboard("next", "--ics", str(tmp_path / "next.ics"))
        events = Calendar.from_ical((tmp_path / "next.ics").read_bytes()).walk("VEVENT")
        seen.append(sorted((str(event["uid"]), event["dtstart"].dt.isoformat()) for event in events))
    assert seen[0] == seen[1]
    assert sorted(day for _, day in seen[0]) == sorted(days)
    assert len({uid for uid, _ in seen[0]}) == len(days) > 0


def test_one_clients_unreadable_cells_hide_nobody_elses_duties(rehearsal: Rehearsal) -> None:
    rehearsal.type("Clients!H3", ["soon"])
    result = rehearsal.offboard("next", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {duty["client"] for duty in found["next"]} == {"bloom"}
    assert [problem["where"] for problem in found["problems"]] == ["Clients!H3"]
    assert "Clients!H3" in rehearsal.offboard("next").stderr


def test_looking_at_what_is_next_writes_nothing(rehearsal: Rehearsal) -> None:
    seen = rehearsal.requests_of(lambda: rehearsal.offboard("next"))
    assert {request["method"] for request in seen} == {"GET"}


def test_a_waiting_thing_has_its_exit_code(rehearsal: Rehearsal) -> None:
    assert rehearsal.offboard("next", "--exit-code").exit_code == 4
    assert rehearsal.offboard("next", "dune", "--exit-code").exit_code == 0


@pytest.mark.parametrize(
    ("what", "begins"),
    [
        ("tracker", "https://docs.google.com/spreadsheets/d/"),
        ("drafts", "https://mail.google.com/mail/#drafts"),
        ("bloom", "https://drive.google.com/drive/folders/"),
    ],
)
def test_open_names_the_page(rested: Rehearsal, what: str, begins: str) -> None:
    assert rested.offboard("open", what, "--link").stdout.startswith(begins)
    assert rested.answer("open", what)["link"].startswith(begins)


def test_a_client_without_a_folder_is_told_how_to_get_one(rehearsal: Rehearsal) -> None:
    result = rehearsal.offboard("open", "bloom")
    assert result.exit_code == 1
    assert "Bloom Bakery has no folder yet." in result.stderr
    assert "offboard run bloom" in result.stderr
