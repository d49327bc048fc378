"""Times as Drive reads them: RFC 3339 in a body; in a query also without a zone, or a day alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

WHOLE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE)
IN_QUERY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII | re.IGNORECASE)


def parse_time(text: str, shape: re.Pattern[str] = WHOLE) -> str | None:
    """A time in Drive's own spelling, `2026-05-21T09:00:00.000Z`; None for what is no time of this shape."""
    if not shape.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
