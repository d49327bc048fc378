"""Times as Drive reads them (RFC 3339, UTC where no zone is named) and as it writes them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

SHAPE = re.compile(r"\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)?)?")


def parse_time(text: str) -> str | None:
    """A time in Drive's own spelling, `2026-05-21T09:00:00.000Z`; None for what is no time."""
    if not SHAPE.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
