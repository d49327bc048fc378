"""A damaged tracker: which reminders were sent is not known any more, so none is written until a person says so."""

from __future__ import annotations

from datetime import timedelta

from tests.invoices.cron import MONDAY, Cron, words_of
from tests.tracker.test_fence import delete_rows

ONE = ["dune", "D-1", "2026-04-10", "2026-05-01", "€850.00"]


def mend(cron: Cron) -> None:
    delete_rows(2, 200)(cron.rehearsal)
    assert cron.rehearsal.offboard("doctor", "--repair", "--yes").exit_code == 0


def test_after_a_repair_no_reminder_is_written_until_it_is_asked_for(cron: Cron) -> None:
    cron.bill(ONE)
    cron.run_daily(MONDAY, 1, sends=True)
    mend(cron)
    cron.on(MONDAY + timedelta(days=9)).run()
    assert cron.drafts() == {}
    assert "not known which reminders were sent" in cron.rehearsal.offboard("invoices").stdout
    cron.run("dune", again=True)
    assert [str(mail["Subject"]) for mail in cron.drafts().values()] == ["D-1: due on Friday 1 May"]


def test_a_reminder_that_still_is_in_drafts_is_found_again_and_stays_the_only_one(cron: Cron) -> None:
    cron.bill(ONE)
    cron.run()
    before = {id: words_of(mail) for id, mail in cron.drafts().items()}
    mend(cron)
    cron.on(MONDAY + timedelta(days=1)).run()
    assert {id: words_of(mail) for id, mail in cron.drafts().items()} == before
