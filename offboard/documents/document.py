"""What every document of ours is: data that says what it says, and turns into a file's bytes only when it is made."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
BORN = datetime(2000, 1, 1)  # noqa: DTZ001  # the same in every copy: a file's own times are told by Drive


class Document(Protocol):
    """Frozen data. Two are the same when their digests are; their bytes may differ with a library's version."""

    @property
    def digest(self) -> str:
        """Changes when anything that its reader would see does; without blanks, at most 32 letters."""

    @property
    def mime(self) -> str:
        """The kind of file."""

    def render(self) -> bytes:
        """The file's bytes; what makes them is imported here and not before."""
