"""Numbers and moments as a person reads them."""

from __future__ import annotations

from datetime import UTC, datetime


def format_moment(moment: str | int) -> str:
    """`23 Nov 2026, 09:05` in this computer's time, from Drive's text or Gmail's milliseconds."""
    when = datetime.fromtimestamp(moment / 1000, UTC) if isinstance(moment, int) else datetime.fromisoformat(moment)
    local = when.astimezone()
    return f"{local.day} {local:%b %Y, %H:%M}"


def format_size(size: int | str) -> str:
    """`2.4 MB`; a few bytes are 1 KB."""
    kilobytes = max(1, round(int(size) / 1000))
    return f"{kilobytes} KB" if kilobytes < 1000 else f"{int(size) / 1e6:.1f} MB"
