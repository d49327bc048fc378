"""The search language of `q`: what it finds, and what Google does not take for a query."""

from __future__ import annotations

import time

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import (
    DOCUMENT,
    FILES,
    FOLDER,
    SHORTCUT,
    change,
    look,
    make,
    make_folder,
    refused,
    search,
    share,
)

MAYA = "maya@bloom.example"
NAMES = ["HelloWorld.txt", "hello there.pdf", "O'Brien & Söhne.csv", "back\\slash", "Folder", "Doc", "trashed"]


@pytest.fixture
def desk(ana: Caller) -> Caller:
    """A Drive with one of each."""
    folder = make_folder(ana)
    make(ana, "HelloWorld.txt", content=b"the Quick brown_fox", properties={"k": "v"}, appProperties={"k": "w"})
    make(ana, "hello there.pdf", content=b"%PDF", mime="application/pdf", parents=[folder], starred=True)
    make(ana, "O'Brien & Söhne.csv", content=b"a,b", mime="text/csv", description="Umsatz März")
    make(ana, "back\\slash", createdTime="2020-01-01T00:00:00Z", modifiedTime="2020-01-02T00:00:00Z")
    make(ana, "Doc", content=b"<p>Said the quick one</p>", mime="text/html", mimeType=DOCUMENT)
    change(ana, make(ana, "trashed", modifiedTime="2020-01-03T00:00:00Z"), {"trashed": True})
    return ana


FOUND = [
    ("", {*NAMES}),
    ("name = 'helloworld.TXT'", {"HelloWorld.txt"}),
    ('name="HelloWorld.txt"', {"HelloWorld.txt"}),
    ("name != 'HelloWorld.txt' and name contains 'hello'", {"hello there.pdf"}),
    ("name contains 'hello'", {"HelloWorld.txt", "hello there.pdf"}),
    ("name contains 'world'", set()),
    ("name contains 'there'", {"hello there.pdf"}),
    ("name contains 'ther' and not name contains 'world'", {"hello there.pdf"}),
    (r"name = 'O\'Brien & Söhne.csv'", {"O'Brien & Söhne.csv"}),
    ('name contains "O\'Brien"', {"O'Brien & Söhne.csv"}),
    (r"name = 'back\\slash'", {"back\\slash"}),
    ("fullText contains 'quick'", {"HelloWorld.txt", "Doc"}),
    ("fullText contains 'qui'", set()),
    ("fullText contains '\"brown fox\"'", {"HelloWorld.txt"}),
    ("fullText contains '\"quick fox\"'", set()),
    ("fullText contains 'fox quick'", {"HelloWorld.txt"}),
    ("fullText contains 'märz'", {"O'Brien & Söhne.csv"}),
    ("fullText contains 'there'", {"hello there.pdf"}),
    (f"mimeType = '{FOLDER}'", {"Folder"}),
    ("mimeType contains 'text/'", {"HelloWorld.txt", "O'Brien & Söhne.csv"}),
    ("trashed = true", {"trashed"}),
    ("trashed != false", {"trashed"}),
    ("trashed=false and starred=true", {"hello there.pdf"}),
    ("modifiedTime < '2020-01-03'", {"back\\slash"}),
    ("modifiedTime <= '2020-01-03T00:00:00'", {"back\\slash", "trashed"}),
    ("modifiedTime = '2020-01-03T01:00:00+01:00'", {"trashed"}),
    ("createdTime<'2021-01-01T00:00:00Z'", {"back\\slash"}),
    ("viewedByMeTime > '2020-01-01' and trashed = true", {"trashed"}),
    ("'root' in parents", {*NAMES} - {"hello there.pdf"}),
    ("not 'root' in parents", {"hello there.pdf"}),
    ("'me' in owners and starred = true", {"hello there.pdf"}),
    ("'ANA@sandbox.example' in writers and starred = true", {"hello there.pdf"}),
    ("'maya@bloom.example' in readers", set()),
    ("sharedWithMe", set()),
    ("sharedWithMe = false and trashed = true", {"trashed"}),
    ("properties has { key='k' and value='v' }", {"HelloWorld.txt"}),
    ("properties has {key='k' and value='w'}", set()),
    ("appProperties has { key='k' and value='w' }", {"HelloWorld.txt"}),
    ("visibility = 'limited' and trashed = true", {"trashed"}),
    ("visibility = 'anyoneWithLink'", set()),
    ("shortcutDetails.targetId = 'x'", set()),
    # `and` and `or` bind alike, from left to right
    ("starred = true or trashed = true and trashed = false", {"hello there.pdf"}),
    ("starred = true or (trashed = true and trashed = false)", {"hello there.pdf"}),
    ("trashed = true or starred = true and trashed = false", {"hello there.pdf"}),
    ("trashed = true or (starred = true and trashed = false)", {"hello there.pdf", "trashed"}),
    ("not (trashed = true or trashed = false)", set()),
    ("not not trashed = true", {"trashed"}),
]


@pytest.mark.parametrize(("q", "names"), FOUND, ids=[q for q, _ in FOUND])
def test_a_query_finds_what_google_says_it_finds(desk: Caller, q: str, names: set[str]) -> None:
    assert set(search(desk, q)) == names


WRONG = [
    "title = 'x'",
    "name",
    "name =",
    "name = x",
    "name = 'x",
    "name = 'it's'",
    "name > 'x'",
    "name in 'x'",
    "'x' in name",
    "'x' contains name",
    "fullText = 'x'",
    "trashed = 'true'",
    "trashed = maybe",
    "trashed",
    "trashed > true",
    "modifiedTime > 'yesterday'",
    "modifiedTime > '2020-13-01'",
    "modifiedTime > 2020",
    "modifiedTime contains '2020'",
    "name = 'a' name = 'b'",
    "name = 'a' and",
    "and name = 'a'",
    "(name = 'a'",
    "name = 'a')",
    "not",
    "properties has { key='k' }",
    "properties has { value='v' and key='k' }",
    "properties = 'k'",
    "visibility = 'secret'",
    "parents = 'root'",
    "name = 'a' AND name = 'b'",
    "name = 'a' && name = 'b'",
    "; drop table files",
    "(" * 200 + "starred = true" + ")" * 200,
    "not " * 5000 + "starred = true",
]


@pytest.mark.parametrize("q", WRONG, ids=[q[:40] for q in WRONG])
def test_anything_else_is_an_invalid_value_at_q(ana: Caller, q: str) -> None:
    answer = ana.call("GET", FILES, q=q)
    assert refused(answer) == (400, "invalid", "Invalid Value")
    assert answer.json()["error"]["errors"][0]["location"] == "q"


def test_a_folder_that_is_not_there_or_not_seen_is_not_found(ana: Caller, maya: Caller) -> None:
    for folder in ("nowhere", make_folder(maya)):
        answer = ana.call("GET", FILES, q=f"'{folder}' in parents and trashed = false")
        assert refused(answer) == (404, "notFound", "File not found: .")


def test_shared_with_me_is_what_somebody_else_gave_me_itself(ana: Caller, maya: Caller) -> None:
    folder = make_folder(ana, "given")
    make(ana, "inside", parents=[folder])
    make(maya, "own")
    share(ana, folder, MAYA)
    assert search(maya, "sharedWithMe = true") == ["given"]
    assert sorted(search(maya, "sharedWithMe != true")) == ["inside", "own"]
    assert sorted(search(maya, "not 'me' in owners")) == ["given", "inside"]
    assert search(ana, f"'{MAYA}' in readers and name = 'inside'") == ["inside"]
    assert search(ana, f"'{MAYA}' in writers") == []


def test_a_shortcut_is_found_by_its_target(ana: Caller) -> None:
    target = make(ana, "target")
    make(ana, "shortcut", mimeType=SHORTCUT, shortcutDetails={"targetId": target})
    assert search(ana, f"shortcutDetails.targetId = '{target}'") == ["shortcut"]
    assert search(ana, f"shortcutDetails.targetId != '{target}'") == ["target"]


def test_a_changed_text_is_found_by_its_new_words_only(ana: Caller) -> None:
    file_id = make(ana, "a", content=b"before")
    path = f"/upload{FILES}/{file_id}"
    ana.call("PATCH", path, data=b"after", headers={"Content-Type": "text/plain"}, uploadType="media")
    assert (search(ana, "fullText contains 'before'"), search(ana, "fullText contains 'after'")) == ([], ["a"])
    change(ana, file_id, {"contentHints": {"indexableText": "hinted"}})
    assert search(ana, "fullText contains 'hinted'") == ["a"]
    assert "indexableText" not in str(look(ana, file_id))


def test_a_full_text_search_cannot_be_sorted(ana: Caller) -> None:
    answer = ana.call("GET", FILES, q="fullText contains 'a'", orderBy="name")
    assert refused(answer)[0] == 403


def test_a_long_chain_of_conditions_is_read_in_its_length(ana: Caller) -> None:
    make(ana, "n5")
    q = " or ".join(f"name = 'n{number}'" for number in range(100))
    began = time.perf_counter()
    assert search(ana, q) == ["n5"]
    assert time.perf_counter() - began < 1


def test_conditions_that_take_turns_for_ever_are_refused(ana: Caller) -> None:
    turns = " ".join(f"{'and' if number % 2 else 'or'} name = 'n'" for number in range(200))
    assert refused(ana.call("GET", FILES, q=f"name = 'n' {turns}")) == (400, "invalid", "Invalid Value")
