"""A fixed sample of many cases for `make test`; `make promise` tries all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def sampled(cases: Iterable[Any], step: int) -> list[Any]:
    """The cases of which one in `step` is tried always, and the others by `make promise`."""
    found = []
    for number, case in enumerate(cases):
        values = case if isinstance(case, tuple) else (case,)
        found.append(pytest.param(*values, marks=[] if number % step == 0 else [pytest.mark.every]))
    return found
