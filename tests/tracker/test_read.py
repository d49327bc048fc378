"""The tracker as people leave it: forgiven where the meaning is clear, named cell by cell where it is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from offboard.columns import Cell
from offboard.model import TABS, Setup
from offboard.rows import columns_of
from offboard.tracker.read import Records, letters, read_records
from offboard.workspace.sheets import Spreadsheet, Tab

CLIENTS = [column.header for column in columns_of(TABS["Clients"]).values() if not column.extra]
INVOICES = [column.header for column in columns_of(TABS["Invoices"]).values()]
BLOOM = ["bloom", "Bloom Bakery", "Maya", "maya@bloom.example"]
CORVO = ["corvo", "Corvo Coffee", "Leo", "leo@corvo.example"]


def cells(*values: str | float | bool) -> tuple[Cell, ...]:
    return tuple(Cell(value, "" if value is False else str(value)) if value != "" else Cell() for value in values)


def read(
    clients: Sequence[Sequence[str | float | bool]], **tabs: Sequence[Sequence[str | float | bool]] | None
) -> Records:
    """Records of a tracker with these Clients rows, header included; other tabs by name, None where one is gone."""
    rows: dict[str, Sequence[Sequence[str | float | bool]] | None] = {
        "Clients": clients,
        "Invoices": [INVOICES],
        "Access": [[column.header for column in columns_of(TABS["Access"]).values()]],
        "Metrics": [[column.header for column in columns_of(TABS["Metrics"]).values() if not column.extra]],
        "Setup": [["What", "Yours"], *([column.header, ""] for column in columns_of(Setup).values())],
        **tabs,
    }
    found = {
        title: Tab(0, title, tuple(cells(*row) for row in typed)) if typed is not None else None
        for title, typed in rows.items()
    }
    return read_records(Spreadsheet("id", "", "", "en_GB", "Europe/Berlin"), found)


def row(base: Sequence[str], **typed: str | float) -> list[str | float]:
    whole: list[str | float] = [*base, *[""] * (len(CLIENTS) - len(base))]
    for header, value in typed.items():
        whole[CLIENTS.index(header.replace("_", " "))] = value
    return whole


def test_a_sound_tracker_has_no_problems() -> None:
    found = read(
        [CLIENTS, row(BLOOM, Last_day=46173.0), row(CORVO)], Invoices=[INVOICES, ["bloom", "007", "", 46157.0, 850.0]]
    )
    assert found.problems == ()
    assert [client.short for client in found.clients] == ["bloom", "corvo"]
    assert found.invoices[0].number == "007"
    assert found.clients[0].where("last_day") == "Clients!H2"


FORGIVEN = [
    [header.upper() for header in CLIENTS],
    [f"  {header}* " for header in CLIENTS],
    [header.replace(" ", " ") for header in CLIENTS],
    list(reversed(CLIENTS)),
    [*CLIENTS, "My own column", ""],
    ["id" if header == "Short name" else "End date" if header == "Last day" else header for header in CLIENTS],
]


@pytest.mark.parametrize("header", FORGIVEN)
def test_headers_are_forgiven(header: list[str]) -> None:
    order = {
        " ".join(name.replace(" ", " ").strip(" *").casefold().split()): place for place, name in enumerate(header)
    }
    order |= {"short name": order.get("id", order.get("short name", 0))}
    line = [""] * len(header)
    for name, value in zip(("short name", "client", "contact", "e-mail"), BLOOM, strict=True):
        line[order[name]] = value
    found = read([header, line])
    assert found.problems == ()
    assert found.clients[0].email == "maya@bloom.example"


def test_a_cell_that_cannot_be_read_stops_only_its_client() -> None:
    """Which cells, and what is said of each: `tests/cases/damaged/`."""
    found = read([CLIENTS, row(BLOOM, Last_day="nxt friday"), row(CORVO)])
    assert [(problem.where, problem.client) for problem in found.problems] == [("Clients!H2", "bloom")]
    assert "corvo" in [client.short for client in found.clients]


def test_the_same_short_name_twice_is_named_with_both_places() -> None:
    found = read([CLIENTS, row(BLOOM), row(CORVO), row(["Bloom", *CORVO[1:]])])
    assert [(problem.where, problem.client) for problem in found.problems] == [("Clients!A4", "bloom")]
    assert "Clients!A2" in found.problems[0].message


def test_an_unknown_client_is_named_in_each_sound_row_whatever_is_wrong_with_another() -> None:
    wrong, sound = ["blom", "1", "", 46157.0, "much"], ["blom", "2", "", 46157.0, 850.0]
    found = read([CLIENTS, row(BLOOM)], Invoices=[INVOICES, wrong, sound])
    assert [(problem.where, problem.client) for problem in found.problems] == [
        ("Invoices!E2", "blom"),
        ("Invoices!A3", "blom"),
    ]


def test_a_bad_invoice_stops_its_own_client_and_no_other_row() -> None:
    rows = [["bloom", "1", "", "#N/A", 850.0], ["bloom", "2", "", 46157.0, 850.0], ["corvo", "3", "", 46157.0, 1.0]]
    found = read([CLIENTS, row(BLOOM), row(CORVO)], Invoices=[INVOICES, *rows])
    assert [(problem.where, problem.client) for problem in found.problems] == [("Invoices!D2", "bloom")]
    assert [invoice.number for invoice in found.invoices] == ["2", "3"]


def test_empty_rows_ragged_rows_and_lone_checkboxes_are_no_rows() -> None:
    lone = row(["", "", "", ""])
    lone[CLIENTS.index("Contract checked")] = False  # type: ignore[call-overload]
    found = read([CLIENTS, [], lone, BLOOM, [""]])
    assert found.problems == ()
    assert [client.where("short") for client in found.clients] == ["Clients!A4"]


def test_setup_is_read_by_its_words_and_its_currency_counts() -> None:
    setup = [["What", "Yours"], ["currency", "chf"], ["Your name", "Ana Ruiz"], ["Reminder days", "often"]]
    found = read([CLIENTS, row(BLOOM)], Setup=setup, Invoices=[INVOICES, ["bloom", "1", "", 46157.0, "1'200.–"]])
    assert (found.setup.your_name, found.reading.currency) == ("Ana Ruiz", "CHF")
    assert found.invoices[0].amount is not None
    assert found.invoices[0].amount.currency == "CHF"
    assert [problem.where for problem in found.problems if problem.where != "Setup!A:A"] == ["Setup!B4"]


def test_settings_are_found_by_their_headers_and_a_missing_one_is_named() -> None:
    setup = [["Mine", "Used for", "What", "Yours"], ["", "", "Your name", "Ana Ruiz"], ["", "", "Sign", "Best"]]
    found = read([CLIENTS, row(BLOOM)], Setup=setup)
    assert found.setup.your_name == "Ana Ruiz"
    assert "The tracker has no setting “Signature” any more." in [problem.message for problem in found.problems]


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_a_columns_letters(index: int, name: str) -> None:
    assert letters(index) == name


@pytest.mark.parametrize(("locale", "zone"), [("xx_QQ", "Europe/Berlin"), ("en_GB", "Mars/Olympus"), ("", "")])
def test_a_strange_locale_or_time_zone_does_not_stop_anybody(locale: str, zone: str) -> None:
    assert read_records(Spreadsheet("id", "", "", locale, zone), {}).reading.currency
