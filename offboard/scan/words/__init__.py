"""Lists of words, a file each."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def load_words(name: str) -> frozenset[str]:
    """The words of one list, in small letters."""
    return frozenset((Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").split())
