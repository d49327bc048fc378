"""The sandbox's README tells no more and no less than what is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import offboard.sandbox.server  # registers every answer
from offboard.sandbox.accounts import SEEDED
from offboard.sandbox.call import ANSWERED
from offboard.sandbox.faults import KINDS as FAULTS
from offboard.sandbox.faults import REFUSALS
from offboard.sandbox.gmail.terms import OPERATORS
from offboard.sandbox.sheets.batch import KINDS
from offboard.sandbox.sheets.formula.evaluate import FUNCTIONS

ROOM = Path(offboard.sandbox.server.__file__).parent
README = (ROOM / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+\.)` \| (.+) \|$", README, re.MULTILINE)


def listed(heading: str) -> set[str]:
    """The words in backticks of the paragraph under this line."""
    paragraph = README.split(f"\n{heading}")[1].partition("\n\n")[0].partition(":\n")[2]
    return set(re.findall(r"`([^`]+)`", paragraph))


def test_the_table_has_every_method_that_is_answered_and_no_other() -> None:
    told = [api + name for api, names in ROWS for name in re.findall(r"`([\w.]+)`", names)]
    assert told == sorted(ANSWERED)


SETS: dict[str, Callable[[], Iterable[str]]] = {
    "Kinds of requests in a `batchUpdate`": lambda: KINDS,
    "Functions in formulas": lambda: FUNCTIONS,
    "Operators in Gmail's search": lambda: filter(None, OPERATORS),
}


@pytest.mark.parametrize(("heading", "there"), SETS.items(), ids=SETS)
def test_each_list_names_what_is_there(heading: str, there: Callable[[], Iterable[str]]) -> None:
    assert listed(heading) == set(there())


def test_the_table_of_faults_has_every_kind_and_whether_it_is_applied() -> None:
    rows = re.findall(r"^\| (`[^|]+`) \| (yes|no) \|", README, re.MULTILINE)
    told = {kind: applied == "yes" for kinds, applied in rows for kind in re.findall(r"`([^`]+)`", kinds)}
    assert told == {kind: kind not in (*REFUSALS, "reset", "stall") for kind in FAULTS}


def test_it_names_every_room_and_everybody_with_an_account() -> None:
    rooms = {path.name for path in ROOM.iterdir() if (path / "__init__.py").exists()}
    assert set(re.findall(r"^\| `(\w+)/` \|", README, re.MULTILINE)) == rooms
    assert all(f"`{email}`" in README for email in SEEDED)


def test_every_file_and_test_that_it_names_is_there() -> None:
    root = ROOM.parent.parent
    for name in re.findall(r"`(tests/[\w/]+\.py|[a-z]+/[a-z]+\.py)`", README):
        assert (root / name).exists() or (ROOM / name).exists(), name
    way = README.split("## The way of a request")[1].split("| Room")[0]
    for name in set(re.findall(r"`([a-z]+)`", way)):
        assert (ROOM / f"{name}.py").exists(), name
