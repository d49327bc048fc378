"""A check: one thing that was looked at, whether it holds, and what to do when it does not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """What was looked at, in words; `hint` says what to type or click when it does not hold."""

    about: str
    holds: bool
    says: str
    hint: str = ""
    link: str = ""
