"""Told: that a sign-in has ended is said once a day, and not by every job that meets it."""

from __future__ import annotations

import json
from datetime import date

from offboard.config import Config, write_private

TOLD = "told_ended"  # beside the token that ended; the next sign-in writes the file anew


def tell_today(config: Config, today: date) -> bool:
    """Whether nobody has told it today; from now on somebody has."""
    try:
        stored = json.loads(config.token.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return True
    if stored.get(TOLD) == today.isoformat():
        return False
    write_private(config.token, json.dumps(stored | {TOLD: today.isoformat()}, indent=2) + "\n")
    return True
