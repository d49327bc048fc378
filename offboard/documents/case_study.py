"""A case study as frozen facts: the client, the months of each platform, best posts, their words (article, step 5)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from offboard.documents.document import DOCX
from offboard.late import late_import


@dataclass(frozen=True)
class Month:
    """A platform's numbers in one month; None: not known."""

    month: date  # its first day
    followers: int | None = None  # at its end
    reach: int | None = None
    views: int | None = None
    engagements: int | None = None
    clicks: int | None = None
    leads: int | None = None


@dataclass(frozen=True)
class BestPost:
    """A post worth showing."""

    month: date
    link: str


@dataclass(frozen=True)
class PlatformStory:
    """What became of one platform, month by month, oldest first."""

    name: str
    months: tuple[Month, ...]
    best_posts: tuple[BestPost, ...] = ()


@dataclass(frozen=True)
class CaseStudy:
    """All that the document says; what is empty is a blank to fill in."""

    client: str = ""  # empty: not named
    sector: str = ""
    goal: str = ""
    quote: str = ""
    quoted: str = ""  # whose words
    by: str = ""
    business: str = ""
    platforms: tuple[PlatformStory, ...] = ()
    broken_off: date | None = None  # the last day, where it leaves its month too short for sums
    anonymous: bool = False
    charts: bool = True  # whether they can be drawn on this computer
    mime: str = DOCX

    @cached_property
    def digest(self) -> str:
        """Changes when anything that its reader would see does."""
        return sha256(json.dumps(asdict(self), default=str, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def title(self) -> str:
        """`Case study: Bloom Bakery`."""
        return f"Case study: {self.client}" if self.client else "Case study"

    @property
    def file_name(self) -> str:
        """The file's name; that of one without names names nobody."""
        return "Case study, without names.docx" if self.anonymous else f"{self.title.replace(':', ' –')}.docx"

    def render(self) -> bytes:
        """The file's bytes."""
        with late_import:
            from offboard.documents.case_study_docx import render_case_study
        return render_case_study(self)
