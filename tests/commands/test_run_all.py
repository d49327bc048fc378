"""`offboard run --all`: every client side by side, one's trouble nobody else's."""

from __future__ import annotations

import json

from offboard.tracker.tabs import letter_of
from tests.rehearsal import Rehearsal, today


def test_everybody_who_has_a_last_day_is_looked_after_and_then_there_is_nothing_to_do(rehearsal: Rehearsal) -> None:
    result = rehearsal.offboard("run", "--all", "--yes")
    assert result.exit_code == 0, result.output
    table = result.stdout[result.stdout.rindex("  ✓ Bloom Bakery") :]
    assert "folder, reports, share" in table
    assert "  ✓ Corvo Coffee" in table
    assert "Dune" not in table
    names = [path.rpartition("/")[2] for path, *_ in rehearsal.world()["files"]]
    assert len([name for name in names if " – Offboarding " in name]) == 2
    rehearsal.offboard("run", "--all", "--yes")
    again = rehearsal.answer("run", "--all", "--yes")
    assert [(client["client"], client["done"]) for client in again["clients"]] == [("bloom", []), ("corvo", [])]


def test_it_makes_what_a_run_for_each_alone_would_make(rehearsal: Rehearsal, undisturbed: dict[str, object]) -> None:
    rehearsal.offboard("run", "--all", "--yes")
    rehearsal.come_to_rest()
    mine = [file for file in rehearsal.world()["files"] if "Corvo" not in file[0]]
    assert mine == undisturbed["files"]


def test_one_clients_trouble_never_stops_another(rehearsal: Rehearsal) -> None:
    rehearsal.type("Clients!H3", ["soon"])
    result = rehearsal.offboard("run", "--all", "--yes", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [client["client"] for client in found["clients"]] == ["bloom", "corvo"]
    assert found["clients"][0]["done"]
    assert "can't be read" in found["clients"][1]["error"]["message"]
    assert "Clients!H3" in rehearsal.offboard("run", "--all", "--yes").stderr


def test_a_client_whose_last_day_cannot_be_read_stands_in_the_table(rehearsal: Rehearsal) -> None:
    rehearsal.type("Clients!H3", ["32/13/2026"])
    result = rehearsal.offboard("run", "--all", "--yes")
    assert result.exit_code == 1
    assert "Corvo Coffee" in result.stdout
    assert "Clients!H3" in result.stderr


def test_a_client_who_was_renamed_is_named_and_the_others_go_on(rehearsal: Rehearsal) -> None:
    rehearsal.offboard("run", "corvo", "--yes")
    rehearsal.type("Clients!A3", ["corvo-coffee"])
    rehearsal.type("Invoices!A4", ["corvo-coffee"], ["corvo-coffee"])
    rehearsal.type("Access!A5", ["corvo-coffee"])
    result = rehearsal.offboard("run", "--all", "--yes")
    assert result.exit_code == 1
    assert "“corvo” is gone from the tracker" in " ".join(result.stdout.split())
    assert "  ✓ Bloom Bakery" in result.stdout


def test_a_client_or_all_but_not_both_and_not_neither(rehearsal: Rehearsal) -> None:
    for words in (["run"], ["run", "bloom", "--all"]):
        result = rehearsal.offboard(*words)
        assert result.exit_code == 2
        assert "Name one client, or say --all." in result.stderr


def test_without_a_yes_nothing_is_made(rehearsal: Rehearsal) -> None:
    seen = rehearsal.requests_of(lambda: rehearsal.offboard("run", "--all"))
    assert {request["method"] for request in seen} == {"GET"}


def test_many_clients_do_not_push_each_other_aside(rehearsal: Rehearsal) -> None:
    """Side by side in one process nobody is overtaken by the others until the tries are used up."""
    for row in range(5, 17):
        rehearsal.type(f"Clients!A{row}", [f"c{row}", f"Client {row}", "Kim", f"kim@c{row}.example"])
        for field in ("notice_given", "last_day"):
            rehearsal.type(f"Clients!{letter_of('Clients', field)}{row}", [today().isoformat()])
    result = rehearsal.offboard("run", "--all", "--yes")
    assert "all the time" not in " ".join(result.output.split())
    assert rehearsal.requests_of(lambda: rehearsal.offboard("run", "--all", "--yes"))[-1]["method"] == "GET"
