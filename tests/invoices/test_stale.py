"""A draft of what is paid, paused or gone cannot be sent by mistake; a person's own is left alone and flagged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.invoices.cron import MONDAY, PAY, Cron, words_of

ONE = ["bloom", "INV-7", "2026-04-10", "2026-05-01", "€850.00"]
DUE = "INV-7: due on Friday 1 May"
PAID = [*ONE, "2026-05-05"]
ENDS = [
    (PAID, "INV-7 was paid on Tue 5 May"),
    ([*ONE, "yes"], "INV-7 was paid"),
    ([*ONE, "", "", "promised", "2026-05-22"], "INV-7 is promised for Fri 22 May"),
    ([*ONE, "", "", "promised"], "INV-7 is promised"),
    ([*ONE, "", "", "disputed"], "INV-7 is disputed"),
    ([*ONE, "", "", "later", "2026-05-22"], "INV-7 is paused until Fri 22 May"),
    ([*ONE, "", "", "", "2026-05-22"], "INV-7 is paused until Fri 22 May"),
    ([*ONE, "", "", "written off"], "INV-7 was written off"),
    ([*ONE, "", "€850.00"], "INV-7 asks for no money any more"),
    (["bloom", "INV-8", *ONE[2:4], "€1.00", "yes"], "INV-7 is not in the tracker any more"),
]


@pytest.mark.parametrize(("row", "why"), ENDS)
def test_an_untouched_draft_loses_its_recipient_and_says_why(cron: Cron, row: list[str], why: str) -> None:
    cron.bill(ONE)
    cron.run()
    cron.bill(row)
    cron.on(MONDAY + timedelta(days=2)).run()
    (mail,) = cron.drafts().values()
    assert (mail["To"], str(mail["Subject"])) == (None, f"Do not send: {why}")
    assert "no recipient any more, and cannot be sent" in words_of(mail)
    assert ("bloom", "new", f"Reminder emptied, nobody can send it: {why}") in cron.log()
    writes = cron.rehearsal.requests_of(cron.run)
    assert [request["method"] for request in writes if request["method"] != "GET"] == []


@pytest.mark.parametrize(("row", "why"), ENDS)
def test_a_draft_that_a_person_changed_is_left_and_flagged(cron: Cron, row: list[str], why: str) -> None:
    cron.bill(ONE)
    cron.run()
    cron.edit("P.S. Coffee?")
    cron.bill(row)
    cron.on(MONDAY + timedelta(days=2)).run()
    (mail,) = cron.drafts().values()
    assert str(mail["To"]) == "maya@bloom.example"
    assert "P.S. Coffee?" in words_of(mail)
    assert ("bloom", "your turn", f"Do not send “{DUE}”: {why}") in cron.log()


def test_an_emptied_draft_is_used_again_and_discarded_counts_as_no_reminder(cron: Cron) -> None:
    cron.bill(ONE)
    cron.run()
    cron.bill([*ONE, "", "", "promised", "2026-05-08"])
    cron.run()
    cron.bill([*ONE, "", "", "promised", "2026-05-08"])
    cron.on(MONDAY + timedelta(days=5)).run()
    (mail,) = cron.drafts().values()
    assert (str(mail["To"]), str(mail["Subject"])) == ("maya@bloom.example", DUE)
    cron.bill(PAID)
    cron.run()
    cron.discard()
    cron.bill(ONE)
    cron.on(MONDAY + timedelta(days=6)).run()
    assert [str(mail["Subject"]) for mail in cron.drafts().values()] == [DUE]


def test_an_early_note_that_was_not_sent_in_time_is_emptied_and_becomes_a_reminder(cron: Cron) -> None:
    cron.bill(["bloom", "INV-7", "2026-04-10", "2026-05-06", "€850.00"])
    seen = []
    for number in range(6):
        cron.on(MONDAY + timedelta(days=number)).run()
        seen += [str(mail["Subject"]) for mail in cron.drafts().values()]
    note, emptied = "INV-7 is due on Wednesday 6 May", "Do not send: INV-7: reminder 2 of 5 follows on Sat 9 May"
    assert seen == [note, note, note, emptied, emptied, "INV-7: due on Wednesday 6 May"]


def test_a_part_payment_asks_for_the_rest_first(cron: Cron) -> None:
    cron.bill(ONE)
    cron.run()
    cron.bill([*ONE, "", "€400.00"])
    cron.run()
    (mail,) = cron.drafts().values()
    assert "INV-7 over €450.00 (€850.00 − €400.00 already paid) was due on Friday 1 May" in words_of(mail)


def test_without_a_way_to_pay_a_draft_of_what_was_paid_is_emptied_all_the_same(cron: Cron) -> None:
    other = ["bloom", "INV-8", *ONE[2:]]
    cron.bill(ONE, other)
    cron.run()
    cron.rehearsal.type("Setup!B5", [""])
    cron.bill([*ONE, "yes"], other)
    cron.run()
    (mail,) = cron.drafts().values()
    assert mail["To"] is None
    cron.rehearsal.type("Setup!B5", [PAY])
    cron.run()
    assert [str(mail["To"]) for mail in cron.drafts().values()] == ["maya@bloom.example"]
