"""`offboard metrics` through the front door: rows under their headers, once, the person's own left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from offboard.columns import EPOCH
from offboard.commands.session import new_nonce, now
from offboard.engine.add_rows import Wanted, add_rows
from offboard.metrics.compare import make_row
from offboard.metrics.months import MonthNumbers
from offboard.model import Client
from offboard.sandbox.faults import Instruction, Scenario
from offboard.world import Wishes, World
from tests.engine.test_way import place_of
from tests.rehearsal import Rehearsal

LAST = (datetime.now(UTC).date().replace(day=1) - timedelta(days=1)).replace(day=1)  # the month that is over
BEFORE = (LAST - timedelta(days=1)).replace(day=1)
Put = Callable[..., str]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """An export on the person's disk: two months of Instagram unless told."""

    def write(*rows: str, header: str = "Month,Followers,Reach,Mood") -> str:
        path = tmp_path / "export.csv"
        given = rows or (f"{BEFORE:%Y-%m},3840,16900,good", f"{LAST:%Y-%m},4210,18500,better")
        path.write_text("\n".join((header, *given)), encoding="utf-8")
        return str(path)

    return write


def serial(day: date) -> int:
    return (day - EPOCH.date()).days


ROWS = [
    ["bloom", "Instagram", serial(BEFORE), 3840, 16900],
    ["bloom", "Instagram", serial(LAST), 4210, 18500],
]


def test_it_shows_what_it_will_add_and_adds_it_once_however_often_it_is_said(rehearsal: Rehearsal, put: Put) -> None:
    said = ("metrics", "bloom", put(), "--platform", "insta")
    first = rehearsal.offboard(*said, "--yes")
    assert "3,840 followers, 16,900 reach" in first.output
    assert "not understood and left out: “Mood”" in first.output
    assert "2 rows are in the tab Metrics, and yours" in first.output
    assert rehearsal.rows("Metrics") == ROWS
    log = rehearsal.rows("Log")
    again = rehearsal.offboard(*said)  # nobody is asked: there is nothing to add
    assert again.exit_code == 0
    assert "Nothing to add." in again.output
    assert (rehearsal.rows("Metrics"), rehearsal.rows("Log")) == (ROWS, log)
    assert [row[1:4] for row in log][-1] == ["bloom", "case study", "new"]


def test_without_a_yes_nothing_is_added(rehearsal: Rehearsal, put: Put) -> None:
    asked = rehearsal.offboard("metrics", "bloom", put(), "--platform", "Instagram")
    assert asked.exit_code == 2
    assert "There is nobody to ask here. Nothing was added." in asked.output
    assert rehearsal.rows("Metrics") == []


def test_cells_go_under_their_headers_wherever_people_moved_them(rehearsal: Rehearsal, put: Put) -> None:
    shuffled = [
        "Reach",
        "Best post",
        "Month",
        "Platform",
        "Impressions",
        "Short name",
        "Leads",
        "Clicks",
        "Engagements",
    ]
    rehearsal.type("Metrics!A1", [*shuffled, "Followers"])
    done = rehearsal.offboard("metrics", "bloom", put(), "--platform", "Instagram", "--yes")
    assert done.exit_code == 0, done.output
    assert rehearsal.rows("Metrics") == [
        [16900, "", serial(BEFORE), "Instagram", "", "bloom", "", "", "", 3840],
        [18500, "", serial(LAST), "Instagram", "", "bloom", "", "", "", 4210],
    ]


def test_a_month_that_has_a_row_stays_as_the_person_has_it(rehearsal: Rehearsal, put: Put) -> None:
    rehearsal.type("Metrics!A2", ["bloom", "IG", f"{LAST:%Y-%m}-15", "4200"])
    done = rehearsal.offboard("metrics", "bloom", put(), "--platform", "Instagram", "--yes")
    assert "Metrics!D2 has 4,200; the file has 4,210 followers" in done.output
    assert "Metrics!E2 is empty; the file has 18,500 reach" in done.output
    assert [row[3] for row in rehearsal.rows("Metrics")] == [4200, 3840]


def test_what_is_unclear_is_said_all_at_once_and_nothing_is_added(rehearsal: Rehearsal, put: Put) -> None:
    path = put("2026-04-30,many,1,", "2026-05-31,7,1,", header="Date,Followers,Reach,Mood")
    refused = rehearsal.answer("metrics", "bloom", path)
    assert refused["error"]["exit"] == 2
    assert len(refused["error"]["problems"]) == 2
    assert rehearsal.rows("Metrics") == []


def test_a_program_gets_the_months_as_json(rehearsal: Rehearsal, put: Put) -> None:
    answer = rehearsal.answer("metrics", "bloom", put(), "--platform", "Instagram", "--yes")
    assert [month["followers"] for month in answer["added"]] == [3840, 4210]
    again = rehearsal.answer("metrics", "bloom", put(), "--platform", "Instagram", "--yes")
    assert (again["added"], [there["where"] for there in again["there"]]) == ([], ["Metrics!C2", "Metrics!C3"])


@pytest.mark.parametrize("fault", ["applied-drop", "applied-503", "503", "reset", "truncated"])
@pytest.mark.parametrize("method", ["sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"])
def test_whatever_reply_is_lost_each_month_is_added_once(
    rehearsal: Rehearsal, put: Put, method: str, fault: str
) -> None:
    rehearsal.sandbox.faults.begin(Scenario((Instruction(method, 1, fault),)))
    rehearsal.offboard("metrics", "bloom", put(), "--platform", "Instagram", "--yes")
    assert rehearsal.sandbox.faults.report()["faults"][0]["used"] == 1
    rehearsal.sandbox.faults.end()
    rehearsal.offboard("metrics", "bloom", put(), "--platform", "Instagram", "--yes")
    assert rehearsal.rows("Metrics") == ROWS
    assert len(rehearsal.rows("Log")) == 1


def test_two_who_import_at_the_same_moment_add_each_month_once(rehearsal: Rehearsal) -> None:
    months = [MonthNumbers("Instagram", BEFORE, {"followers": 3840, "reach": 16900})]
    months.append(MonthNumbers("Instagram", LAST, {"followers": 4210, "reach": 18500}))

    def find(world: World, client: Client) -> Wanted:
        there = {(metric.platform, metric.month) for metric in world.metrics_of(client)}
        missing = [month for month in months if (month.platform, month.month) not in there]
        return Wanted("Metrics", tuple(make_row("bloom", month) for month in missing), "case study", "Added")

    def ask_while_another_adds(_world: World, _client: Client, _wanted: Wanted) -> bool:
        add_rows(place_of(rehearsal, now), "bloom", Wishes(), new_nonce(), find, lambda *_: True)
        return True

    slower = add_rows(place_of(rehearsal, now), "bloom", Wishes(), new_nonce(), find, ask_while_another_adds)
    assert slower.rows == ()
    assert rehearsal.rows("Metrics") == ROWS
