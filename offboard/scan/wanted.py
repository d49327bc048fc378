"""What to look for in one client's files, besides what nobody should get to see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A way in which text gives a client away."""

    client: str
    pattern: str
    sieve: str  # what must stand in the text, all in small letters, for the pattern to have a chance
    plain: str = ""  # a word that, written small in the same file, disarms it
    in_names: bool = True  # whether a file's name gives it away, too


@dataclass(frozen=True)
class Wanted:
    """All ways in which text gives the other clients of the tracker away."""

    terms: tuple[Term, ...] = ()
