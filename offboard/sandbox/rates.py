"""How each API says that it is asked too much: Google's recorded answers."""

from __future__ import annotations

from offboard.sandbox.documents import Method
from offboard.sandbox.refusal import Refusal

PROJECT = "528509232048"


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
