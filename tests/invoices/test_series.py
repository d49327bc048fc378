"""Cron at any pace, outages, sheets of old invoices: for each client and rung there is one draft, never a second."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from tests.invoices.cron import MONDAY, Cron, words_of

ONE = ["bloom", "INV-7", "2026-04-10", "2026-05-01", "€850.00"]


def test_every_rung_is_written_once_and_only_after_the_one_before_was_sent(cron: Cron) -> None:
    cron.bill(["bloom", "INV-7", "2026-04-10", "2026-05-15", "€850.00"])
    cron.run_daily(MONDAY, 60, sends=True)
    assert [(str(mail["Date"]).split(" 2026")[0], str(mail["Subject"])) for mail in cron.sent()] == [
        ("Tue, 12 May", "INV-7 is due on Friday 15 May"),
        ("Tue, 19 May", "INV-7: due on Friday 15 May"),
        ("Sun, 24 May", "INV-7: 9 days late"),
        ("Mon, 01 Jun", "Second request: INV-7, €850.00"),
        ("Thu, 18 Jun", "Final reminder: INV-7, €850.00"),
    ]
    assert cron.drafts() == {}


def test_an_unsent_reminder_stays_the_only_one_however_long_it_waits(cron: Cron) -> None:
    cron.bill(ONE)
    cron.run_daily(MONDAY, 40)
    (mail,) = cron.drafts().values()
    assert str(mail["Subject"]) == "INV-7: due on Friday 1 May"
    assert cron.sent() == []


def test_an_unsent_reminder_never_asks_for_money_by_a_day_that_is_over(cron: Cron) -> None:
    cron.bill(ONE)
    cron.run_daily(MONDAY, 1, sends=True)
    for number in range(1, 30):
        cron.on(MONDAY + timedelta(days=number)).run()
        for mail in cron.drafts().values():
            by = re.search(r"Please pay by \w+ (\d+) (\w+)", words_of(mail))
            assert by
            day = datetime.strptime(f"{by[1]} {by[2]} 2026", "%d %B %Y").date()  # noqa: DTZ007
            assert day >= cron.moment.date() + timedelta(days=3)
    assert len(cron.drafts()) == 1


def test_a_week_in_which_nothing_ran_changes_no_tone(cron: Cron) -> None:
    cron.bill(ONE)
    cron.run()
    cron.send()
    cron.on(MONDAY + timedelta(days=21)).run()
    assert cron.drafts() == {}, "the days count from when it was found sent"
    cron.on(MONDAY + timedelta(days=25)).run()
    assert [str(mail["Subject"]) for mail in cron.drafts().values()] == ["INV-7: 28 days late"]


def test_a_sheet_of_old_invoices_begins_mildly_in_one_mail_a_client(cron: Cron) -> None:
    old = [[client, f"{client}-{number}", "2025-01-01", f"2025-{number:02}-01", "€10.00"]
           for client in ("bloom", "dune") for number in (3, 5, 8)]  # fmt: skip
    cron.bill(*old)
    cron.run()
    assert sorted(str(mail["Subject"]) for mail in cron.drafts().values()) == [
        "bloom-3, bloom-5 and bloom-8: due on Saturday 1 March 2025",
        "dune-3, dune-5 and dune-8: due on Saturday 1 March 2025",
    ]


def test_an_invoice_of_today_is_not_reminded_even_where_a_typo_makes_it_overdue(cron: Cron) -> None:
    today = MONDAY.isoformat()
    cron.bill(["bloom", "INV-7", today, "2025-05-15", "€850.00"], ["dune", "D-1", today, today, "€10.00"])
    done = cron.run()
    assert (cron.drafts(), done.results) == ({}, ())
    cron.run_daily(MONDAY + timedelta(days=1), 10)
    assert [str(mail["Subject"]) for mail in cron.drafts().values()] == ["D-1: due on Monday 4 May"]


def test_the_same_number_at_two_clients_is_two_invoices(cron: Cron) -> None:
    cron.bill(ONE, ["dune", *ONE[1:]])
    cron.run()
    assert sorted(str(mail["To"]) for mail in cron.drafts().values()) == ["ines@dune.example", "maya@bloom.example"]
    cron.send()
    cron.run_daily(MONDAY + timedelta(days=1), 10)
    assert Counter(cron.subjects()) == {"INV-7: due on Friday 1 May": 2, "INV-7: 13 days late": 2}


def test_what_becomes_due_joins_the_draft_that_waits(cron: Cron) -> None:
    cron.bill(ONE, ["bloom", "INV-8", "2026-04-10", "2026-05-05", "€50.00"])
    cron.run_daily(MONDAY, 5)
    (mail,) = cron.drafts().values()
    assert str(mail["Subject"]) == "INV-7 and INV-8: due on Friday 1 May"


def test_there_are_never_two_mails_to_a_client_on_one_day(cron: Cron) -> None:
    cron.bill(ONE)
    cron.run()
    cron.send()
    cron.bill(ONE, ["bloom", "INV-5", "2026-01-01", "2026-02-01", "€50.00"])
    cron.on(MONDAY, 12).run()
    assert cron.drafts() == {}
    cron.on(MONDAY + timedelta(days=1)).run()
    assert [str(mail["Subject"]) for mail in cron.drafts().values()] == ["INV-5: due on Sunday 1 February"]


def test_again_writes_the_last_one_anew_and_no_other(cron: Cron) -> None:
    cron.bill(ONE)
    cron.run()
    cron.discard()
    cron.run()
    assert cron.drafts() == {}
    cron.run("bloom", again=True)
    assert [str(mail["Subject"]) for mail in cron.drafts().values()] == ["INV-7: due on Friday 1 May"]
    cron.send()
    cron.run_daily(MONDAY + timedelta(days=1), 8)
    assert cron.subjects() == ["INV-7: due on Friday 1 May", "INV-7: 8 days late"]


def test_run_and_invoices_write_the_same_words(cron: Cron) -> None:
    cron.bill(["corvo", *ONE[1:]])
    cron.run()
    before = {id: words_of(mail) for id, mail in cron.drafts().items()}
    rows = cron.rehearsal.rows("Log")
    cron.rehearsal.offboard("run", "corvo", "--yes", "--only", "invoices")
    assert {id: words_of(mail) for id, mail in cron.drafts().items()} == before
    assert [row for row in cron.rehearsal.rows("Log") if row[2] == "invoices"] == [
        row for row in rows if row[2] == "invoices"
    ]


def hours(minutes: int) -> list[tuple[int, int]]:
    return [divmod(minute, 60) for minute in range(0, 24 * 60, minutes)]


@pytest.mark.parametrize("minutes", [60, pytest.param(1, marks=pytest.mark.every)])
def test_cron_by_mistake_every_minute_of_a_day_writes_what_it_would_write_once(cron: Cron, minutes: int) -> None:
    cron.bill(ONE, ["dune", "D-1", "2026-04-01", "2026-05-01", "CHF 10.00"])
    for hour, minute in hours(minutes):
        cron.on(MONDAY, hour, minute).run()
        if (hour, minute) == (12, 0):
            cron.send()
    assert Counter(str(mail["To"]) for mail in cron.sent()) == {"maya@bloom.example": 1, "ines@dune.example": 1}
    assert cron.drafts() == {}
    versions = {row[0] for row in cron.rehearsal.rows("Ledger")}
    assert len(versions) == 4, "the tracker's own row, ids, what was written, what was found sent"


@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.every)])
def test_cron_every_hour_of_a_month_climbs_as_once_a_day_does(cron: Cron, step: int) -> None:
    cron.bill(ONE)
    for number in range(30):
        for hour in range(0, 24, step):
            cron.on(MONDAY + timedelta(days=number), hour).run()
        cron.send()
    assert cron.subjects() == ["INV-7: due on Friday 1 May", "INV-7: 8 days late", "Second request: INV-7, €850.00"]
    beats = [row for row in cron.rehearsal.rows("Ledger") if row[1] == "heartbeat"]
    assert len(beats) == 30


def test_jobs_on_several_machines_at_once_write_one_draft_a_client(cron: Cron) -> None:
    cron.bill(ONE, ["dune", "D-1", "2026-04-01", "2026-05-01", "CHF 10.00"])
    machines = [Cron(cron.rehearsal, cron.moment) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(Cron.run, machines))
    cron.run()
    assert Counter(str(mail["To"]) for mail in cron.drafts().values() if mail["To"]) == {
        "maya@bloom.example": 1,
        "ines@dune.example": 1,
    }
    assert max(Counter(cron.log()).values()) == 1
