"""What the columns of an export mean, by the names that tools give them (columns.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from offboard.columns import squeeze
from offboard.metrics.platforms import find_platform

PATH = Path(__file__).with_name("columns.toml")
MEASURES = ("followers", "reach", "views", "engagements", "clicks", "leads")  # as the tab Metrics has them


@dataclass(frozen=True)
class Columns:
    """Which of a table's columns are taken, by their places, and the names of those that are not."""

    date: int
    post: bool  # each row is a post
    measures: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, int] = field(default_factory=dict)  # of engagements
    platform: int | None = None
    link: int | None = None
    told: str = ""  # the platform whose own export it is; empty: the columns do not tell
    new_followers: bool = False  # it has new followers, and not all of them
    unknown: tuple[str, ...] = ()


def fold(header: object) -> str:
    """A header as it is compared: no case, no underscores, single blanks."""
    return squeeze(str(header or "").replace("_", " ")).strip("\"'* ").casefold()


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads(PATH.read_text(encoding="utf-8"))


def _find(names: Iterable[str], header: Sequence[str]) -> int | None:
    return next((header.index(fold(name)) for name in names if fold(name) in header), None)


def find_columns(row: Sequence[object], title: str = "", said: Mapping[str, str] | None = None) -> Columns | None:
    """The columns of a table whose header this row is; None where it is no header of ours.

    `title` is the line above it; `said` are columns that the person named, folded header -> measure.
    """
    header = [fold(cell) for cell in row]
    names, said = _names(), said or {}
    published = _find(names["published"]["names"], header)
    date = published if published is not None else _find(names["dates"]["names"], header)
    if date is None:
        return None
    link = _find(names["link"]["names"], header)
    post = published is not None or link is not None
    measures = {
        measure: place for measure in MEASURES if (place := _find(names["measures"][measure], header)) is not None
    }
    measures |= {measure: header.index(name) for name, measure in said.items() if name in header}
    parts = {part: place for part, listed in names["parts"].items() if (place := _find(listed, header)) is not None}
    for rule in names["unless"]:
        if fold(rule["beside"]) in header and measures.get("followers") == _find([rule["name"]], header):
            measures.pop("followers", None)
    meaning, told = read_title(title)
    if "primary" in header and meaning in MEASURES:
        measures[meaning] = header.index("primary")
    new = [name for name in names["new"]["names"] if fold(name) in header]
    if not (measures or parts or new or ("primary" in header and meaning)):
        return None
    return Columns(
        date=date,
        post=post,
        measures=measures,
        parts={} if "engagements" in measures else parts,
        platform=_find(names["platform"]["names"], header),
        link=link,
        told=_find_sign(header) or told,
        new_followers="followers" not in measures and not post and (bool(new) or meaning == "new"),
        unknown=tuple(name for name in _unknown(row, header, meaning) if fold(name) not in said),
    )


def read_title(title: str) -> tuple[str, str]:
    """What a line above a table says of its numbers and of its platform: `Instagram reach` -> reach, Instagram."""
    words = squeeze(title).strip('"')
    first, _, rest = words.partition(" ")
    platform = find_platform(first)
    meaning = str(_names()["titles"].get(fold(rest if platform else words), ""))
    return meaning, platform.name if platform else ""


def _find_sign(header: Sequence[str]) -> str:
    return next((name for name, signs in _names()["signs"].items() if any(fold(sign) in header for sign in signs)), "")


def _unknown(row: Sequence[object], header: Sequence[str], meaning: str) -> Iterable[str]:
    names = _names()
    listed = [names[group]["names"] for group in ("dates", "published", "platform", "link", "new")]
    ours = {fold(name) for group in (*listed, *names["measures"].values(), *names["parts"].values()) for name in group}
    for cell, name in zip(row, header, strict=True):
        if not name or name in ours or (name == "primary" and meaning):
            continue
        if not any(fnmatchcase(name, pattern) for pattern in names["known"]["names"]):
            yield re.sub(r"\s+", " ", str(cell)).strip()
