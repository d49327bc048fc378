"""A page of words: a title and Markdown, from a template that people can make their own; every machine opens it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from offboard.documents.document import DOCX, PDF
from offboard.emails.markdown import unshield
from offboard.late import late_import

LETTERS = re.compile(
    r"[\t\n\r\x20-\x7e\xa0-\u0377\u0384-\u038a\u038e-\u03a1\u03a3-\u03e1\u03f0-\u052f\u1e00-\u1eff"
    r"\u2010-\u2027\u2030-\u205e\u20a0-\u20be\u2212]*"
)
"""What our PDF's type can show: the Latin, Greek and Cyrillic of every language."""


def fits_pdf(*texts: str) -> bool:
    """Whether every letter of these texts has its picture in a PDF of ours."""
    return all(LETTERS.fullmatch(unshield(text)) for text in texts)


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
        """The page as PDF; or as DOCX, which brings no type, so every alphabet comes out on the reader's machine."""
        with late_import:
            if self.mime == PDF:
                from offboard.documents.pdf import render_pdf as render
            else:
                from offboard.documents.docx import render_docx as render
        return render(self.title, self.text)
