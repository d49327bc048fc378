"""What Google allows one person in a minute, and how each API says that it is too much, or that a fault struck."""

from __future__ import annotations

import json
from collections import Counter

from offboard.sandbox.authorization import rejected_token
from offboard.sandbox.clock import Clock
from offboard.sandbox.documents import Method
from offboard.sandbox.gateway import Request, Response, refuse
from offboard.sandbox.refusal import Refusal

PROJECT = "528509232048"
TOKEN = {  # status, error and description of the token address
    "429": (429, "rate_limit_exceeded", "Too many requests."),
    "403-rate": (429, "rate_limit_exceeded", "Too many requests."),
    "500": (500, "internal_failure", "Internal error encountered."),
    "503": (503, "temporarily_unavailable", "The service is currently unavailable."),
    "401": (401, "invalid_client", "Unauthorized"),
}
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


def reads(method: Method) -> bool:
    """Whether Sheets counts this method as a read."""
    return method.http == "GET" or method.id.endswith(("etByDataFilter", ".search"))


def too_many(method: Method) -> Refusal:
    """429 in this API's words."""
    if method.api == "sheets":
        return _sheets(method)
    if method.api == "gmail":
        message = "Resource has been exhausted (e.g. check quota)."
        return Refusal(429, message, reason="rateLimitExceeded")
    return Refusal(429, "Rate Limit Exceeded", reason="rateLimitExceeded", domain="usageLimits")


def too_fast(method: Method) -> Refusal:
    """The 403 of Drive and Gmail for somebody who asks too much; Sheets has only its 429."""
    if method.api == "sheets":
        return _sheets(method)
    return Refusal(403, "User rate limit exceeded.", reason="userRateLimitExceeded", domain="usageLimits")


def over_quota(method: Method) -> Refusal:
    """What is answered when the minute's units are used up."""
    if method.api != "gmail":
        return too_fast(method)
    message = (
        "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' "
        f"of service 'gmail.googleapis.com' for consumer 'project_number:{PROJECT}'."
    )
    return Refusal(403, message, reason="rateLimitExceeded", domain="usageLimits")


def _sheets(method: Method) -> Refusal:
    word = "Read" if reads(method) else "Write"
    message = (
        f"Quota exceeded for quota metric '{word} requests' and limit '{word} requests per minute per user' "
        f"of service 'sheets.googleapis.com' for consumer 'project_number:{PROJECT}'."
    )
    metadata = {
        "consumer": f"projects/{PROJECT}",
        "quota_limit": f"{word}RequestsPerMinutePerUser",
        "quota_metric": f"sheets.googleapis.com/{word.lower()}_requests",
        "service": "sheets.googleapis.com",
    }
    detail = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": metadata,
    }
    return Refusal(429, message, reason="rateLimitExceeded", details=[detail])


def respond_trouble(fault: str, method: Method | None, retry_after: int | None = None) -> Response:
    """A refusal of this kind; without a method it is the token address that refuses."""
    waits = {} if retry_after is None else {"Retry-After": str(retry_after)}
    if method is None:
        status, error, description = TOKEN[fault]
        content = json.dumps({"error": error, "error_description": description}).encode()
        return Response(status, content, {"Content-Type": "application/json; charset=UTF-8"} | waits)
    refusal = _refusal(fault, method)
    refusal.headers |= waits
    return refuse(refusal, method)


def _refusal(fault: str, method: Method) -> Refusal:
    if fault == "429":
        return too_many(method)
    if fault == "403-rate":
        return too_fast(method)
    if fault == "401":
        return rejected_token()
    if fault == "500":
        return Refusal(500, "Internal error encountered.", reason="backendError")
    return Refusal(503, "The service is currently unavailable.", reason="backendError")


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
