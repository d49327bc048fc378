"""The sandbox's clock: real time until somebody sets or advances it."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """Time as the Workspace sees it, in UTC; moved by a person, never backwards by itself."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def timestamp(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._ahead

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def text(self) -> str:
        """The present moment as Drive writes it: `2026-05-21T09:00:00.000Z`."""
        return self.now().strftime("%Y-%m-%dT%H:%M:%S.") + f"{self.now().microsecond // 1000:03d}Z"

    def set(self, moment: datetime) -> None:
        """Make it this moment now."""
        self._ahead = moment.timestamp() - time.time()

    def advance(self, seconds: float) -> None:
        """Let this much time pass at once."""
        self._ahead += seconds
