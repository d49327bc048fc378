"""What Google answers when it refuses: one exception, and its body in each API's own shape."""

from __future__ import annotations

from typing import Any

LEGACY = {"drive", "calendar"}  # behind Google's older front: errors without a status, words of its own
STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    412: "FAILED_PRECONDITION",
    413: "INVALID_ARGUMENT",
    416: "OUT_OF_RANGE",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}


class Refusal(Exception):
    """A request that Google would refuse: HTTP status, message, and the legacy reason with its place."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        reason: str = "",
        domain: str = "global",
        location: str = "",
        location_type: str = "parameter",
        short: str = "",
        status: str = "",
        details: list[dict[str, Any]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.reason = reason
        self.domain = domain
        self.location = location
        self.location_type = location_type
        self.short = short or message
        self.status = status or STATUS.get(code, "UNKNOWN")
        self.details = details
        self.headers = headers or {}

    def body(self, api: str) -> dict[str, Any]:
        """The JSON that this API answers with: the older without a status, Sheets without reasons, Gmail with both."""
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if api != "sheets":
            entry = {"message": self.short, "domain": self.domain, "reason": self.reason or "invalid"}
            if self.location:
                entry |= {"location": self.location, "locationType": self.location_type}
            error["errors"] = [entry]
        if api not in LEGACY:
            error["status"] = self.status
        if self.details:
            error["details"] = self.details
        return {"error": error}
