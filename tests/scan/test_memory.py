"""What was looked into is remembered in one cell, and forgotten as soon as the rules or the words are others."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from offboard.scan.finding import Finding, Kind, Looked
from offboard.scan.memory import LENGTH, recall, remember, stamp_of
from offboard.scan.wanted import Term, Wanted

STAMPS = st.text("abcdefghijk-_0123456789", min_size=LENGTH, max_size=LENGTH)
FINDINGS = st.builds(Finding, st.text(max_size=6), st.sampled_from(Kind), st.text(max_size=9), st.text(max_size=9))
LOOKED = st.builds(Looked, st.lists(FINDINGS, max_size=3).map(tuple), st.sampled_from(["", "it is broken"]))


@given(memory=st.dictionaries(STAMPS, LOOKED, max_size=20))
def test_what_is_remembered_is_recalled(memory: dict[str, Looked]) -> None:
    assert recall(json.loads(json.dumps(remember(memory)))) == memory


def test_however_much_there_is_it_fits_into_a_cell() -> None:
    found = Looked((Finding("abcdef", Kind.CLIENT, "page 1", "Corvo Coffee" * 20, "Corvo"),))
    memory = {f"{number:0{LENGTH}}": found if number % 2 else Looked() for number in range(20_000)}
    written = json.dumps(remember(memory), ensure_ascii=False)
    assert len(written) < 50_000
    assert recall(json.loads(written)).items() <= memory.items()


def test_what_cannot_be_read_counts_as_not_looked_into() -> None:
    assert recall({"found": {"a": 3}}) == {}
    assert recall({}) == {}


def test_other_words_to_look_for_are_another_look() -> None:
    one, other = Wanted(), Wanted((Term("Corvo", "corvo", "corvo"),))
    assert stamp_of("md5", "a.pdf", one) == stamp_of("md5", "b.pdf", one)
    assert stamp_of("md5", "a.pdf", one) != stamp_of("md5", "a.pdf", other)
    assert stamp_of("md5", "a.txt", one) != stamp_of("md5", "a.csv", one)
