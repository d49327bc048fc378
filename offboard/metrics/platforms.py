"""The platforms that show numbers, under the words that people and tools use for them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from offboard.columns import squeeze

PATH = Path(__file__).with_name("platforms.toml")


@cache
def _words() -> dict[str, str]:
    """Every word for a platform, folded -> the platform."""
    listed: dict[str, list[str]] = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {word.casefold(): name for name, words in listed.items() for word in (name, *words)}


def find_platform(text: str) -> str | None:
    """The platform that a word means, also with an account behind it: `Instagram (Hamburg)`; None: none of ours."""
    folded = squeeze(text).casefold()
    bare = folded.partition("(")[0].partition(":")[0].rstrip()
    return _words().get(folded) or _words().get(bare)


def platform_of(text: str) -> str:
    """The platform's own name, or the text itself where it is none of ours."""
    return find_platform(text) or squeeze(text)
