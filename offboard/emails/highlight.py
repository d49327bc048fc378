"""A highlight: a number of a platform's that grew, in the first and the last month that know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Highlight:
    """One of them; `measure` is the column's field, such as `followers`."""

    platform: str
    measure: str
    first: float
    last: float
    since: date  # the first of the month of `first`
    until: date
