"""Everything that somebody will be able to open, as it was looked into: what was found, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from offboard.scan.finding import Finding
from offboard.scan.memory import Memory


@dataclass(frozen=True)
class Found:
    """A finding, and the file in which it is."""

    file: str  # its name, without any secret that stands in it
    finding: Finding

    def __str__(self) -> str:
        """In words."""
        return self.finding.says(self.file)


@dataclass(frozen=True)
class Inside:
    """What was found in all files of a folder and of what will be copied into it."""

    found: tuple[Found, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()  # a file's name, and why it was not looked into
    memory: Memory = field(default_factory=dict)
