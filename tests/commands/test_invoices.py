"""`offboard invoices`: who owes what and why, for a person, for cron, for a program."""

from __future__ import annotations

from datetime import timedelta

import pytest

from offboard.errors import Exit
from tests.invoices.cron import Cron
from tests.rehearsal import Rehearsal, today

TODAY = today()
PAY = "IBAN DE89 3704 0044 0532 0130 00"


def back(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


@pytest.fixture
def billed(rehearsal: Rehearsal) -> Rehearsal:
    """Four clients' worth of trouble: overdue, paused, not due, impossible."""
    rehearsal.type("Setup!B5", [PAY])
    rehearsal.type(
        "Invoices!A7",
        ["dune", "2026-017", back(40), back(16), "€850.00"],
        ["dune", "0032", back(20), back(9), "CHF 1'200.–", "", "", "promised", back(-3)],
        ["bloom", "INV-110", back(20), back(9), "$100.00", "", "", "later"],
    )
    return rehearsal


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_every_open_invoice_is_told_with_its_reason_and_sums_by_currency(billed: Rehearsal) -> None:
    result = billed.offboard("invoices")
    told = squeezed(result.stdout)
    assert result.exit_code == Exit.OK
    assert "5 open: 4 overdue, 2 paused · CHF 1,200.00, €3,350.00 and US$100.00" in told
    assert "2026-031 €1,250.00 due" in told
    assert told.count("NEW draft today: reminder 2 of 5, neutral") == 2
    assert "next: a friendly note on" in told
    assert "paused: promised for" in told
    assert "paused: for now; until when? (Invoices!I9)" in told
    assert "2 drafts written. Read and send: offboard open drafts" in told
    assert max(map(len, result.stdout.splitlines())) <= 80 + len(f" --home {billed.home}")
    again = squeezed(billed.offboard("invoices").stdout)
    assert again.count("reminder 2 of 5 is in Drafts since") == 2
    assert "Nothing new. 2 drafts wait for you: offboard open drafts" in again


def test_looking_first_shows_each_mail_and_writes_nothing(billed: Rehearsal) -> None:
    seen = billed.requests_of(lambda: billed.offboard("plan", "--invoices"))
    assert {request["method"] for request in seen} == {"GET"}
    told = squeezed(billed.offboard("plan", "--invoices").stdout)
    assert "Dune Yoga: draft a reminder to ines@dune.example: “2026-017: due on" in told
    assert "reminder 2 of 5 is due today, neutral" in told
    assert "Nothing has happened yet." in told
    mails = billed.offboard("plan", "--invoices", "--mails").stdout
    assert "To:       ines@dune.example" in mails
    assert PAY in mails
    one = billed.offboard("plan", "dune", "--invoices").stdout
    assert "Corvo" not in one
    assert "Dune Yoga" in one


def test_one_read_and_at_most_two_writes_of_the_sheet(billed: Rehearsal) -> None:
    seen = billed.requests_of(lambda: billed.offboard("invoices"))
    sheet = [request["method"] for request in seen if request["path"].startswith("/v4/")]
    assert sheet == ["GET", "POST", "POST"]
    again = billed.requests_of(lambda: billed.offboard("invoices"))
    assert [request["method"] for request in again if request["method"] != "GET"] == []
    assert sum(request["path"].startswith("/v4/") for request in again) == 1


def test_quiet_prints_only_what_needs_a_person(billed: Rehearsal) -> None:
    told = squeezed(billed.offboard("invoices", "--quiet").stdout)
    assert "Dune Yoga, 2026-017, €850.00, due" in told
    assert "INV-110" in told
    assert "0032" not in told
    assert "2026-034" not in told


def test_quiet_is_silent_where_nothing_needs_anybody(billed: Rehearsal) -> None:
    billed.type("Invoices!F4", ["yes"], ["yes"])
    billed.type("Invoices!F7", ["yes"], [""], ["yes"])
    result = billed.offboard("invoices", "--quiet")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "", Exit.OK)


def test_the_exit_code_tells_whether_anything_is_overdue(billed: Rehearsal) -> None:
    assert billed.offboard("invoices", "--exit-code").exit_code == Exit.WAITING
    assert billed.offboard("plan", "--invoices", "--exit-code").exit_code == Exit.WAITING
    billed.type("Invoices!F4", ["yes"], [""], ["yes"], ["yes"], ["yes"], ["yes"])
    assert billed.offboard("invoices", "--exit-code").exit_code == Exit.OK


def test_a_program_gets_every_invoice_and_what_was_done(billed: Rehearsal) -> None:
    told = billed.answer("invoices")
    assert (told["open"], told["overdue"]) == (5, 4)
    assert told["sums"] == {"CHF": "1200.00", "EUR": "3350.00", "USD": "100.00"}
    states = {bill["invoice"]: bill["state"] for bill in told["invoices"]}
    assert states == {
        "2026-031": "new", "2026-034": "later", "2026-017": "new", "0032": "paused", "INV-110": "your turn",
    }  # fmt: skip
    assert {done["client"] for done in told["done"]} == {"corvo", "dune"}
    assert [mail["to"] for mail in billed.answer("plan", "--invoices")["mails"]] == []


def test_without_a_way_to_pay_that_clients_reminder_waits_and_the_cell_is_named(billed: Rehearsal) -> None:
    billed.type("Setup!B5", [""])
    billed.type("Invoices!J7", ["https://pay.example/17"])
    told = squeezed(billed.offboard("invoices").stdout)
    assert "reminder 2 of 5 is due and needs “How to pay me” (Setup!B5)" in told
    assert "NEW draft today: reminder 2 of 5, neutral" in told
    assert "1 draft written." in told


def test_one_clients_unreadable_row_keeps_nobody_elses_reminder_back(billed: Rehearsal) -> None:
    billed.type("Invoices!E4", ["1.2.3"])
    result = billed.offboard("invoices")
    assert result.exit_code == Exit.FAILED
    assert "Dune Yoga" in result.stdout
    assert "NEW draft today" in result.stdout
    assert "Corvo" not in result.stdout
    assert "Invoices!E4" in result.stderr
    told = billed.answer("invoices")
    assert (told["ok"], [problem["where"] for problem in told["problems"]]) == (False, ["Invoices!E4"])


def test_the_same_number_twice_at_one_client_names_both_cells(billed: Rehearsal) -> None:
    billed.type("Invoices!B8", ["2026-017"])
    result = billed.offboard("invoices", "dune")
    assert result.exit_code == Exit.FAILED
    assert "“2026-017” of dune stands in Invoices!B7 as well" in squeezed(result.stderr)
    assert "Invoices!B8" in result.stderr


def test_who_skips_invoices_gets_no_reminder_and_is_listed_all_the_same(billed: Rehearsal) -> None:
    billed.type("Clients!O4", ["invoices"])
    told = squeezed(billed.offboard("invoices", "dune").stdout)
    assert "skipped by you (Clients!O4)" in told
    assert billed.get("/gmail/v1/users/me/drafts").get("drafts", []) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["invoices", "--again"], "Whose reminder anew?"),
        (["invoices", "dun", "--again", "--no-input"], "There is no client “dun”"),
        (["plan"], "Whose plan?"),
    ],
)
def test_slips_are_answered(billed: Rehearsal, words: list[str], says: str) -> None:
    result = billed.offboard(*words)
    assert result.exit_code == Exit.USAGE
    assert says in squeezed(result.stderr)


def test_a_row_of_nobody_keeps_no_known_clients_reminder_back(billed: Rehearsal) -> None:
    billed.type("Invoices!A10", ["blom", "X-1", back(20), back(9), "€5.00"])
    result = billed.offboard("invoices")
    assert result.exit_code == Exit.FAILED
    assert "2 drafts written." in result.stdout
    assert "“blom” is no client" in squeezed(result.stderr)
    assert [row for row in billed.rows("Log") if row[1] == "dune" and "whose" in row[4]] == []


def test_a_changed_draft_of_what_was_paid_is_flagged_on_every_surface(billed: Rehearsal) -> None:
    billed.offboard("invoices")
    Cron(billed).edit("P.S. See you!")
    billed.type("Invoices!F7", [TODAY.isoformat()])
    told = squeezed(billed.offboard("invoices").stdout)
    assert "Do NOT send “2026-017: due on" in told
    assert f"(Dune Yoga): 2026-017 was paid on {TODAY:%a} {TODAY.day} {TODAY:%b}" in told
    assert "Do not send “2026-017" in squeezed(billed.offboard("invoices", "--quiet").stdout)
    assert len(billed.answer("invoices", "dune")["do_not_send"]) == 1
    assert [row[3] for row in billed.rows("Log") if "Do not send “2026-017" in row[4]] == ["your turn"]
