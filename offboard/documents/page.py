"""A page of words: a title and Markdown, from a template that people can make their own; a file that Word opens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from offboard.documents.document import DOCX
from offboard.late import late_import


@dataclass(frozen=True)
class Page:
    """A page: its title, and its text as Markdown whose cells are shielded."""

    title: str
    text: str
    mime: str = DOCX

    @cached_property
    def digest(self) -> str:
        """Changes when anything that its reader would see does."""
        return sha256(f"{self.title}\0{self.text}".encode()).hexdigest()[:16]

    def render(self) -> bytes:
        """The page as DOCX: it needs no font of ours, so every alphabet comes out right on the reader's machine."""
        with late_import:
            from offboard.documents.docx import render_docx
        return render_docx(self.title, self.text)
