"""What is amiss in a Workspace after a program has run in it: things too many, missing, lost, or at another client."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.promise.edits import cells
from tests.promise.hand import CLIENTS, Hand
from tests.rehearsal import Rehearsal, World

STATES = {"copied", "shared", "offboarded"}  # what the script writes into its status cell


def find_result(rehearsal: Rehearsal) -> World:
    """The world without what is nobody's."""
    world = rehearsal.world()
    return world | {"drafts": [draft for draft in world["drafts"] if draft[0]]}  # empty shells are for nobody


def compare(rehearsal: Rehearsal, undisturbed: World, typed: list[str]) -> Iterator[str]:
    """Everything that is not as after a run that nothing disturbed."""
    world = find_result(rehearsal)
    for part, name in (("files", "file"), ("drafts", "draft")):
        if Counter(world[part]) - Counter(undisturbed[part]):
            yield f"a {name} too many, or another"
        if Counter(undisturbed[part]) - Counter(world[part]):
            yield f"a {name} missing"
    if Counter(world["log"]) - Counter(set(world["log"])):
        yield "a log row twice"
    if set(undisturbed["log"]) - set(world["log"]):
        yield "a log row missing"
    if Counter(typed) - Counter(cells(rehearsal)):
        yield "a typed cell overwritten"
    if any(STATES & set(map(str, row)) and "bloom" not in row for row in _clients(rehearsal)):
        yield "written at another client"


def _clients(rehearsal: Rehearsal) -> list[list[str]]:
    body = {"dataFilters": [{"gridRange": {"sheetId": CLIENTS}}]}
    address = f"/v4/spreadsheets/{rehearsal.tracker}/values:batchGetByDataFilter"
    found = rehearsal.person.ask("POST", address, body)
    return list(found["valueRanges"][0]["valueRange"].get("values", []))


def find_damage(hand: Hand) -> Iterator[str]:
    """What no walk may leave, whatever the person did."""
    book, made = hand.book, hand.made()
    after = book.read(book.tracker)
    for sheet, (_, rows) in book.read(book.twin).items():
        now = after[sheet][1]
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                mine = now[at][column] if at < len(now) and column < len(now[at]) else {}
                own = mine.get("formattedValue") in STATES and any(one.get("formattedValue") == "bloom" for one in row)
                if cell and mine != cell and not own:  # its status cell is the script's
                    yield "a typed cell overwritten"
    if any(STATES & set(map(str, row)) and "bloom" not in row for row in _clients(hand.rehearsal)):
        yield "written at another client"
    roots = [file for file in made if "Offboarding" in file["name"] or "root" in file.get("parents", [])]
    if len({file["id"] for file in roots}) > 1:
        yield "a second folder"
    if any(count > 1 for count in Counter((*file.get("parents", []), file["name"]) for file in made).values()):
        yield "a file too many, or another"
    if any(count > 1 for count in Counter(str(hand.letter(id)["Subject"]) for id in hand.drafts()).values()):
        yield "a draft too many, or another"
    given = {(file["id"], one["emailAddress"].lower()) for file in made for one in file.get("permissions", [])}
    if given & hand.let_out:
        yield "access given again"
