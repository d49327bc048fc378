"""What Google allows one person in a minute: requests of Sheets, units of Drive and Gmail."""

from __future__ import annotations

from collections import Counter

from offboard.sandbox.clock import Clock
from offboard.sandbox.documents import Method
from offboard.sandbox.gateway import Request
from offboard.sandbox.rates import reads

LIMITS = {"sheets read": 60, "sheets write": 60, "drive": 325_000, "gmail": 6_000}  # a minute and person
GMAIL = {
    "gmail.users.drafts.update": 15,
    "gmail.users.drafts.create": 10,
    "gmail.users.drafts.delete": 10,
    "gmail.users.messages.delete": 10,
    "gmail.users.drafts.send": 100,
    "gmail.users.messages.send": 100,
    "gmail.users.getProfile": 1,
    "gmail.users.labels.list": 1,
}
GMAIL_ELSE = 5


class Quotas:
    """Each person's use of the present minute, by the sandbox's clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._minute = 0
        self._used: Counter[tuple[str, str]] = Counter()

    def charge(self, email: str, method: Method, request: Request) -> bool:
        """Count this call; False, and nothing counted, where the minute does not allow it."""
        minute = int(self._clock.timestamp() // 60)
        if minute != self._minute:
            self._minute = minute
            self._used.clear()
        meter, units = _price(method, request)
        if self._used[email, meter] + units > LIMITS.get(meter, units):
            return False
        self._used[email, meter] += units
        return True


def _price(method: Method, request: Request) -> tuple[str, int]:
    if method.api == "sheets":
        return ("sheets read" if reads(method) else "sheets write"), 1
    if method.api == "gmail":
        return "gmail", GMAIL.get(method.id, GMAIL_ELSE)
    return method.api, _drive_units(method, request)


def _drive_units(method: Method, request: Request) -> int:
    if method.id.endswith(".list"):
        return 100
    if "alt=media" in request.query or method.id == "drive.files.export":
        return 200
    return 5 if method.http == "GET" else 50
