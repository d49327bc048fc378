"""A hit: one place in which something stands; hits become findings once the whole file is read."""

from __future__ import annotations

from dataclasses import dataclass

from offboard.scan.finding import Kind


@dataclass(frozen=True, slots=True)
class Hit:
    """A kind of thing in one place, its masked excerpt, and what it is of."""

    place: str
    kind: Kind
    excerpt: str
    what: str = ""
