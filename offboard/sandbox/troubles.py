"""The answer to a call that is refused by way of a fault, in the words of the API that was called."""

from __future__ import annotations

import json

from offboard.sandbox.authorization import rejected_token
from offboard.sandbox.documents import Method
from offboard.sandbox.gateway import Response, refuse
from offboard.sandbox.rates import too_fast, too_many
from offboard.sandbox.refusal import Refusal

TOKEN = {  # status, error and description of the token address
    "429": (429, "rate_limit_exceeded", "Too many requests."),
    "403-rate": (429, "rate_limit_exceeded", "Too many requests."),
    "500": (500, "internal_failure", "Internal error encountered."),
    "503": (503, "temporarily_unavailable", "The service is currently unavailable."),
    "401": (401, "invalid_client", "Unauthorized"),
}


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
