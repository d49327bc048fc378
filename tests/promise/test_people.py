"""A person works in Google's own pages between any two requests of any commands: nothing of theirs is touched."""

from __future__ import annotations

import pytest

from tests.promise.walk import Walker, make_walk
from tests.rehearsal import Rehearsal


@pytest.mark.parametrize("seed", range(3))
def test_a_walk_of_commands_and_a_persons_acts_harms_nothing(seed: int, rehearsal: Rehearsal) -> None:
    Walker(rehearsal).walk(make_walk(seed))
