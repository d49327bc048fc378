"""A person works in Google's own pages between any two requests of any commands: nothing of theirs is touched."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.promise.acts import ACTS
from tests.promise.setting import at_home
from tests.promise.walk import COMMANDS, FIRST, LAST, Act, Walker, make_walk
from tests.rehearsal import Rehearsal, copy_home

acts = st.builds(
    Act,
    st.sampled_from(sorted(ACTS)),
    st.integers(FIRST, LAST),
    st.sampled_from(("before", "after")),
    st.integers(0, 10**6),
)


@pytest.mark.parametrize("seed", range(3))
def test_a_walk_of_commands_and_a_persons_acts_harms_nothing(seed: int, rehearsal: Rehearsal) -> None:
    Walker(rehearsal).walk(make_walk(seed))


class PersonAtWork(RuleBasedStateMachine):
    """Whatever is typed, and whatever a person does meanwhile; at its end all comes to rest."""

    def __init__(self, open_walker: Callable[[ExitStack], Walker]) -> None:
        super().__init__()
        self._opened = ExitStack()
        self._walker = open_walker(self._opened)

    @rule(command=st.sampled_from(COMMANDS), meanwhile=st.lists(acts, max_size=15))
    def type(self, command: str, meanwhile: list[Act]) -> None:
        """A command, judged."""
        self._walker.step(command, sorted(meanwhile, key=lambda act: (act.place, act.when == "after")))

    @rule()
    def take_back(self) -> None:
        """The person undoes what was a mistake."""
        self._walker.take_back()

    def teardown(self) -> None:
        """Running again ends in nothing to do."""
        with self._opened:
            self._walker.come_to_rest()


@pytest.mark.parametrize("examples", [3, pytest.param(100, marks=pytest.mark.every)])
def test_nothing_that_a_person_does_in_any_order_is_lost_or_answered_twice(
    examples: int, template: Path, tmp_path: Path
) -> None:
    numbers = count()

    def open_walker(opened: ExitStack) -> Walker:
        home = tmp_path / f"home-{next(numbers)}"
        copy_home(template, home)
        return Walker(opened.enter_context(at_home(home)))

    run_state_machine_as_test(
        lambda: PersonAtWork(open_walker),
        settings=settings(max_examples=examples, stateful_step_count=4, deadline=None, derandomize=examples == 3),
    )
