"""`offboard accounts`: shows what it will add, asks, adds it, and tells the dates; or lists what there is."""

from __future__ import annotations

import pytest

from offboard.commands.accounts import resolve
from offboard.platforms import shipped_platforms
from tests.rehearsal import Rehearsal


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (("instagram", "fb", "later"), ["Instagram", "Facebook", "Later"]),
        (("google", "business", "profile", "meta", "ad", "account"), ["Google Business Profile", "Meta ad account"]),
        (("google", "google", "analytics"), ["Google Business Profile", "Google Analytics"]),
        (("google-business-profile", "My Shop"), ["Google Business Profile", "My Shop"]),
        (("mastodon", "x"), ["mastodon", "X"]),
        (("", "-", "gbp"), ["Google Business Profile"]),
    ],
)
def test_words_are_platforms_longest_first_and_unknown_ones_as_typed(typed: tuple[str, ...], names: list[str]) -> None:
    assert list(resolve(shipped_platforms(), typed)) == names


def test_what_is_new_is_added_and_what_is_there_is_told(rehearsal: Rehearsal) -> None:
    rehearsal.type("Clients!H3", ["2099-05-31"])
    result = rehearsal.offboard("accounts", "corvo", "insta", "google", "instagarm", "--yes")
    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    assert "New in the tab Access: Google Business Profile instagarm: not in the list, so the general checklist" in told
    assert "Did you mean Instagram?" in told
    assert "There already: Instagram (Access!B5)" in told
    assert "Thu 21 May Google Business Profile Leo accepts “owner”" in told
    assert [row[:2] for row in rehearsal.rows("Access")][-2:] == [
        ["corvo", "Google Business Profile"],
        ["corvo", "instagarm"],
    ]
    assert rehearsal.rows("Log")[-1][1:5] == [
        "corvo",
        "access",
        "new",
        "Added to Access: Google Business Profile and instagarm",
    ]


def test_said_again_it_adds_nothing_and_writes_nothing(rehearsal: Rehearsal) -> None:
    rehearsal.offboard("accounts", "corvo", "gbp", "--yes")
    requests = rehearsal.requests_of(lambda: rehearsal.offboard("accounts", "corvo", "google-my-business", "--yes"))
    assert [request["method"] for request in requests] == ["GET"]


def test_without_a_person_and_without_yes_nothing_is_added(rehearsal: Rehearsal) -> None:
    before = rehearsal.rows("Access")
    result = rehearsal.offboard("accounts", "corvo", "tiktok")
    assert (result.exit_code, "Nothing was added." in result.stderr) == (2, True)
    assert rehearsal.rows("Access") == before


def test_without_platforms_it_lists_the_rows_and_the_known_ones(rehearsal: Rehearsal) -> None:
    told = rehearsal.offboard("accounts", "bloom").stdout
    assert "Google Business Profile  Bloom Bakery Hamburg, left" in told
    assert "Access!B3" in told
    assert all(platform.name in " ".join(told.split()) for platform in shipped_platforms().known)
    assert "Add some:  offboard accounts bloom" in told
    assert max(len(line) for line in told.splitlines() if "--home" not in line) <= 80


def test_renamed_and_moved_columns_get_the_right_cells(rehearsal: Rehearsal) -> None:
    """People's own columns stay empty, their looks and rules stay theirs."""
    header = ["Mine", "Proof", "platform ", "Account", "Owner since", "Still running", "Left on", "CLIENT*"]
    rows = [["x", "", "Instagram", "@corvo", "", "", "", "corvo"]]
    rehearsal.type("Access!A1", header, *rows)
    rehearsal.type("Access!A3", *[[""] * 8] * 3)
    rehearsal.offboard("accounts", "corvo", "tiktok", "--yes")
    assert rehearsal.rows("Access")[-1] == ["", "", "TikTok", "", "", "", "", "corvo"]


def test_nothing_listed_leads_to_it_from_every_screen(rehearsal: Rehearsal) -> None:
    rehearsal.type("Access!A5", [""] * 6)
    for command in ("plan", "status"):
        told = rehearsal.offboard(command, "corvo").stdout
        assert "say which accounts Corvo Coffee has" in told
        assert "offboard accounts corvo" in told
