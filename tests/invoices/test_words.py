"""What a reminder says: who is named, who is blamed, until when, in whose language and currency."""

from __future__ import annotations

from datetime import date, timedelta

from tests.invoices.cron import MONDAY, Cron, words_of

FRI_1_MAY = ["bloom", "INV-7", "2026-04-10", "2026-05-01", "€850.00"]


GERMAN = """Subject: {{ invoice }}: fällig am {{ due_day }}

Hallo {{ contact }},

{{ invoice }} über {{ amount }} war am {{ due_day }} fällig.

{{ ways_to_pay }}

Auch offen:

{{ also_open }}
"""


def the_mail(cron: Cron) -> tuple[str, str]:
    (mail,) = cron.drafts().values()
    return str(mail["Subject"]), words_of(mail)


def type_client(cron: Cron, column: str, *cells: str) -> None:
    """Into the row of bloom, who stands first."""
    cron.rehearsal.type(f"Clients!{column}2", list(cells))


def add_column(cron: Cron, header: str, cell: str) -> None:
    """A column of one's own in the place of the notes."""
    cron.rehearsal.type("Clients!P1", [header], [cell])


def climb(cron: Cron, days: int) -> None:
    """She sends what waits for so many days, then leaves the last one in Drafts."""
    cron.run_daily(MONDAY, days, sends=True)
    cron.on(MONDAY + timedelta(days=days)).run()


def test_what_is_not_due_is_named_and_never_scolded(cron: Cron) -> None:
    cron.bill(FRI_1_MAY, ["bloom", "INV-8", "2026-04-10", "2026-05-06", "€50.00"])
    cron.run()
    subject, text = the_mail(cron)
    assert subject == "INV-7: due on Friday 1 May"
    assert "INV-7 over €850.00 was due on Friday 1 May, and I can't see it yet" in text
    assert "Also open, each with its due day: • INV-8: €50.00, Wednesday 6 May" in text


def test_being_named_beside_an_older_one_is_a_reminder_of_its_own(cron: Cron) -> None:
    cron.bill(FRI_1_MAY, ["bloom", "INV-8", "2026-04-10", "2026-05-06", "€50.00"])
    cron.run_daily(MONDAY, 4, sends=True)
    assert cron.subjects() == ["INV-7: due on Friday 1 May"], "no friendly note about INV-8 the day after"


def test_the_oldest_gives_the_tone_and_the_younger_is_not_blamed_with_it(cron: Cron) -> None:
    cron.bill(FRI_1_MAY)
    climb(cron, 4)
    cron.bill(FRI_1_MAY, ["bloom", "INV-8", "2026-04-10", "2026-05-05", "€50.00"])
    cron.on(date(2026, 5, 9)).run()
    subject, text = the_mail(cron)
    assert subject == "INV-7: 8 days late"
    assert "Also open, each with its due day: • INV-8: €50.00, Tuesday 5 May" in text


def test_a_client_who_leaves_is_told_the_last_working_day_and_when_the_folder_opens(cron: Cron) -> None:
    type_client(cron, "F", "2026-04-01", "", "2026-05-17")
    type_client(cron, "K", "when paid")
    cron.bill(FRI_1_MAY)
    cron.rehearsal.offboard("folder", "bloom", "--yes")
    climb(cron, 5)
    assert "Please pay by Friday 15 May, our last working day." in the_mail(cron)[1]
    cron.send()
    cron.on(date(2026, 5, 10)).run()
    cron.on(date(2026, 5, 17)).run()
    assert "The folder opens for you as soon as INV-7 is paid, as agreed." in the_mail(cron)[1]
    assert "last working day" not in the_mail(cron)[1]


def test_bookkeeping_gets_it_where_it_has_an_address_of_its_own(cron: Cron) -> None:
    add_column(cron, "Billing e-mail", "books@bloom.example")
    cron.bill(FRI_1_MAY)
    cron.run()
    (mail,) = cron.drafts().values()
    assert str(mail["To"]) == "books@bloom.example"


def test_a_clients_own_days_win_over_setups(cron: Cron) -> None:
    add_column(cron, "Reminder days", "5, 10")
    cron.bill(FRI_1_MAY, ["dune", *FRI_1_MAY[1:]])
    cron.run()
    assert [str(mail["To"]) for mail in cron.drafts().values()] == ["ines@dune.example"]
    cron.on(date(2026, 5, 6)).run()
    assert len(cron.drafts()) == 2


def test_a_pay_link_of_the_row_wins_and_each_currency_has_its_own_sum(cron: Cron) -> None:
    link = [*FRI_1_MAY, "", "", "", "", "https://pay.example/7"]
    cron.bill(link)
    cron.run()
    assert "How to pay: https://pay.example/7" in the_mail(cron)[1]
    assert "IBAN" not in the_mail(cron)[1]
    cron.bill(link, ["bloom", "0031", "2026-04-10", "2026-05-01", "CHF 1'200.–"])
    cron.run()
    assert "0031: CHF 1,200.00, Friday 1 May" in the_mail(cron)[1]
    assert "INV-7: https://pay.example/7 IBAN DE89" in the_mail(cron)[1]


def test_ones_own_template_in_the_clients_language_speaks_it_throughout(cron: Cron) -> None:
    german = cron.rehearsal.home / "templates" / "de" / "reminder-neutral.md.j2"
    german.parent.mkdir(parents=True)
    german.write_text(GERMAN, encoding="utf-8")
    add_column(cron, "Language", "de")
    speaks = Cron(cron.rehearsal, cron.moment)
    speaks.bill(FRI_1_MAY, ["bloom", "INV-8", "", "2026-05-20", "€1,250.50"])
    speaks.run()
    subject, text = the_mail(speaks)
    assert subject == "INV-7: fällig am Freitag, 1. Mai 2026"
    assert "INV-7 über 850,00 € war am Freitag, 1. Mai 2026 fällig." in text
    assert "• INV-8: 1.250,50 €, Mittwoch, 20. Mai 2026" in text


def test_a_template_that_lacks_a_word_keeps_one_client_back_and_names_the_cell(cron: Cron) -> None:
    own = cron.rehearsal.home / "templates" / "reminder-neutral.md.j2"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("Subject: {{ invoice }}\n\n{{ contact }}, our last day is {{ last_day }}")
    lacks = Cron(cron.rehearsal, cron.moment)
    lacks.bill(["corvo", *FRI_1_MAY[1:]], ["dune", *FRI_1_MAY[1:]])  # dune does not leave
    lacks.run()
    assert [str(mail["To"]) for mail in lacks.drafts().values()] == ["leo@corvo.example"]
    assert ("dune", "your turn") in [line[:2] for line in lacks.log()]
    assert "“last_day” is empty. Fill in Clients!H4" in " ".join(line[2] for line in lacks.log())
