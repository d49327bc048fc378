"""Platforms as the tab Metrics and exports name them: the platform's own name, also with an account behind it."""

from __future__ import annotations

from offboard.columns import squeeze
from offboard.platforms import Platform, Platforms, shipped_platforms


def find_platform(text: str, platforms: Platforms | None = None) -> Platform | None:
    """The platform of the list that is meant, also with an account behind it: `Instagram (Hamburg)`; None: none."""
    known = platforms or shipped_platforms()
    return known.find(text) or known.find(text.partition("(")[0])


def platform_of(text: str, platforms: Platforms | None = None) -> str:
    """The platform's own name where that alone is meant, else the text: an account behind it tells two apart."""
    found = (platforms or shipped_platforms()).find(text)
    return found.name if found else squeeze(text)


def shows_numbers(platform: Platform) -> bool:
    """Whether it has followers, reach and the like of its own, which vanish with the access; a tool has others'."""
    return bool(platform.numbers) and not platform.last
