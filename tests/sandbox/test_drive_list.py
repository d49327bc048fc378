"""Lists: their order, their pages, their fields, and that many files cost no more than few."""

from __future__ import annotations

from typing import Any

import pytest

from offboard.sandbox.drive.order import natural_key
from offboard.sandbox.drive.store import add_file
from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import FILES, FOLDER, change, make, make_folder, refused, search, share

ANA = "ana@sandbox.example"


def list_pages(caller: Caller, **query: Any) -> list[list[str]]:
    """The names on every page."""
    pages, token = [], None
    while True:
        answer = caller.call("GET", FILES, fields="nextPageToken,files(name)", pageToken=token, **query).json()
        pages.append([found["name"] for found in answer["files"]])
        token = answer.get("nextPageToken")
        if token is None:
            return pages


def test_a_list_without_fields_shows_googles_default_fields(ana: Caller) -> None:
    make(ana)
    answer = ana.call("GET", FILES).json()
    assert set(answer) == {"kind", "incompleteSearch", "files"}
    assert set(answer["files"][0]) == {"kind", "id", "name", "mimeType"}
    assert answer["incompleteSearch"] is False


def test_my_drive_itself_is_in_no_list(ana: Caller) -> None:
    make_folder(ana, "only")
    assert search(ana, "") == ["only"]


ORDERS = [
    ("name", ["a10", "a2", "B", "c"]),
    ("name desc", ["c", "B", "a2", "a10"]),
    ("name_natural", ["a2", "a10", "B", "c"]),
    ("folder,name", ["B", "a10", "a2", "c"]),
    ("folder, name desc", ["B", "c", "a2", "a10"]),
    ("createdTime", ["c", "a10", "B", "a2"]),
    ("createdTime desc", ["a2", "B", "a10", "c"]),
    ("modifiedTime", ["a2", "B", "a10", "c"]),
    ("quotaBytesUsed desc,name", ["a2", "a10", "B", "c"]),
    ("starred desc,name", ["c", "a10", "a2", "B"]),
    (None, ["c", "a10", "B", "a2"]),
]


@pytest.mark.parametrize(("order", "names"), ORDERS, ids=[str(order) for order, _ in ORDERS])
@pytest.mark.parametrize("size", [1, 3, 100])
def test_a_list_is_sorted_as_asked_however_it_is_cut(
    ana: Caller, order: str | None, names: list[str], size: int
) -> None:
    def moment(hour: int) -> str:
        return f"2026-05-01T{hour:02d}:00:00Z"

    make(ana, "c", createdTime=moment(1), modifiedTime=moment(9), starred=True)
    make(ana, "a10", createdTime=moment(2), modifiedTime=moment(8))
    make_folder(ana, "B", createdTime=moment(3), modifiedTime=moment(7))
    make(ana, "a2", content=b"xyz", createdTime=moment(4), modifiedTime=moment(6))
    pages = list_pages(ana, orderBy=order, pageSize=size)
    assert [name for page in pages for name in page] == names
    assert all(len(page) <= size for page in pages)


@pytest.mark.parametrize("order", ["size", "name asc", "name,", "desc", "name; drop"])
def test_an_order_that_google_does_not_have_is_an_invalid_value(ana: Caller, order: str) -> None:
    assert refused(ana.call("GET", FILES, orderBy=order)) == (400, "invalid", "Invalid Value")


def test_a_file_that_goes_between_two_pages_takes_no_other_with_it(ana: Caller) -> None:
    ids = {name: make(ana, name) for name in "abcdef"}
    first = ana.call("GET", FILES, orderBy="name", pageSize=3).json()
    for name in "ab":
        ana.call("DELETE", f"{FILES}/{ids[name]}")
    second = ana.call("GET", FILES, orderBy="name", pageSize=3, pageToken=first["nextPageToken"]).json()
    assert [found["name"] for found in second["files"]] == ["d", "e", "f"]


def test_a_token_serves_only_the_request_it_was_made_for(ana: Caller, maya: Caller) -> None:
    for caller in (ana, ana, maya, maya):
        make(caller)
    token = ana.call("GET", FILES, pageSize=1, q="trashed = false").json()["nextPageToken"]
    assert ana.call("GET", FILES, pageSize=1, q="trashed = false", pageToken=token).status_code == 200
    forged = token[:-2] + ("AA" if token[-2:] != "AA" else "BB")
    for caller, q, given in [
        (ana, "trashed = true", token),
        (maya, "trashed = false", token),
        (ana, "trashed = false", forged),
        (ana, "trashed = false", "~!!~"),
        (ana, "trashed = false", "nonsense"),
        (ana, "trashed = false", "~!!~ü"),
    ]:
        answer = caller.call("GET", FILES, q=q, pageToken=given)
        assert refused(answer) == (400, "invalid", "Invalid Value"), given


def test_what_is_open_to_everybody_is_listed_only_in_a_folder_that_is_named(ana: Caller, maya: Caller) -> None:
    folder = make_folder(ana)
    make(ana, "inside", parents=[folder])
    ana.call("POST", f"{FILES}/{folder}/permissions", json={"type": "anyone", "role": "reader"})
    assert search(maya, "") == []
    assert search(maya, f"'{folder}' in parents") == ["inside"]


def test_a_space_that_was_not_granted_is_refused(ana: Caller) -> None:
    assert refused(ana.call("GET", FILES, spaces="appDataFolder"))[:2] == (403, "insufficientScopes")
    assert ana.call("GET", FILES, spaces="moon").status_code == 400


def test_numbers_in_names_sort_as_numbers() -> None:
    assert sorted(["b1", "a10", "a2", "a1", "b0"], key=natural_key) == ["a1", "a2", "a10", "b0", "b1"]


REQUESTS: list[dict[str, Any]] = [
    {"q": "'{folder}' in parents and trashed = false", "orderBy": "name"},
    {"q": "name = 'n777'"},
    {"pageSize": 10},
    {"pageSize": 10, "orderBy": "modifiedTime desc"},
]


def count_steps(sandbox: Sandbox, caller: Caller, folder: str, file_id: str) -> list[int]:
    """What each request costs, in hundreds of steps of SQLite's machine."""
    counts, steps = [], [0]

    def step() -> None:
        steps[0] += 1

    sandbox.state.db.set_progress_handler(step, 100)
    for query in [*REQUESTS, None]:
        steps[0] = 0
        if query:
            caller.call("GET", FILES, **query | {"q": query.get("q", "").format(folder=folder)})
        else:
            change(caller, file_id, {"name": "b"}, fields="*")
        counts.append(steps[0])
    sandbox.state.db.set_progress_handler(None, 0)
    return counts


def test_many_files_cost_no_more_than_a_few(sandbox: Sandbox, ana: Caller) -> None:
    """A search in a folder, one by name, a page of everything, and a change do not look at the other files."""
    folder = make_folder(ana, "small")
    file_id = make(ana, "inside", parents=[folder])
    share(ana, folder, "maya@bloom.example")

    def crowd(count: int) -> None:
        with sandbox.state.transaction():
            top = add_file(sandbox.state, name="crowd", mime=FOLDER, owner=ANA, client="x").id
            for number in range(count):
                add_file(sandbox.state, name=f"n{number}", mime="text/plain", owner=ANA, client="x", parent=top)

    crowd(500)
    few = count_steps(sandbox, ana, folder, file_id)
    crowd(5000)
    many = count_steps(sandbox, ana, folder, file_id)
    assert all(after <= before + 3 for before, after in zip(few, many, strict=True)), (few, many)
