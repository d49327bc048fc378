"""Decisions that a seed makes again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A source of decisions; the same for the same name."""

    def __init__(self, name: str) -> None:
        self._random = random.Random(name)

    def often(self, share: float) -> bool:
        """True in this share of all cases."""
        return self._random.random() < share

    def one(self, of: Sequence[T]) -> T:
        """One of several."""
        return of[int(self._random.random() * len(of))]

    def some(self, of: Sequence[T], share: float) -> list[T]:
        """This share of them, in their order."""
        return [each for each in of if self.often(share)]

    def up_to(self, most: int) -> int:
        """A whole number from 0 to this one."""
        return self._random.randint(0, most)

    def shuffled(self, of: Sequence[T]) -> list[T]:
        """All of them in another order."""
        return self._random.sample(list(of), len(of))
