"""Lists lag behind what was written, by as many requests as told; what is asked for by its id never does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import FILES, change, look, make, search
from tests.sandbox.mischief import DriveWrite, GmailWrite, Write, play


@pytest.mark.parametrize("made", [DriveWrite, GmailWrite])
@pytest.mark.parametrize("lag", [0, 1, 3])
def test_a_list_shows_a_new_thing_after_that_many_further_requests(made: type[Write], lag: int, ana: Caller) -> None:
    write = made(ana)
    play(ana, lag=lag)
    write.send()
    assert [write.count() for _ in range(lag + 2)] == [0] * lag + [1, 1]


def test_a_mail_search_lags_too(ana: Caller) -> None:
    play(ana, lag=1)
    GmailWrite(ana).send()
    found = [ana.call("GET", "/gmail/v1/users/me/messages", q="in:draft").json() for _ in range(2)]
    assert [one["resultSizeEstimate"] for one in found] == [0, 1]


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        ({"name": "new.txt"}, ["old.txt"], ["new.txt"]),
        ({"trashed": True}, ["old.txt"], []),
        (None, ["old.txt"], []),
    ],
    ids=["renamed", "trashed", "deleted"],
)
def test_every_change_lags(body: Any, before: list[str], after: list[str], ana: Caller) -> None:
    file = make(ana, "old.txt")
    play(ana, lag=1)
    if body:
        change(ana, file, body)
    else:
        ana.call("DELETE", f"{FILES}/{file}")
    query = "name contains 'txt' and trashed = false"
    assert [search(ana, query), search(ana, query)] == [before, after]


def test_what_is_asked_for_by_its_id_is_there_at_once(ana: Caller) -> None:
    play(ana, lag=9)
    file = make(ana, "a.txt")
    assert look(ana, file)["name"] == "a.txt"
    assert search(ana, "name = 'a.txt'") == []


def test_a_fresh_token_may_read_an_old_list(ana: Caller, maya: Caller) -> None:
    play(ana, lag=9)
    token = ana.call("POST", "/sandbox/token", json={"email": "maya@bloom.example"}).json()["access_token"]
    maya.headers["Authorization"] = f"Bearer {token}"
    assert maya.call("GET", FILES).status_code == 200
