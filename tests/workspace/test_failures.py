"""Google's refusals in the person's words: which error, and never a number or a word of Google's machinery."""

from __future__ import annotations

import json

import httplib2
import pytest
import requests
from google.auth.exceptions import DefaultCredentialsError, RefreshError
from googleapiclient.errors import HttpError

from offboard.errors import (
    MissingError,
    NoAccountError,
    NotReadyError,
    OffboardError,
    RefusedError,
    SignedOutError,
    TakenError,
    UnreachableError,
)
from offboard.workspace.failures import understand

GOOGLE = "https://www.googleapis.com"
LOCAL = "http://127.0.0.1:4711"


def refusal(code: int, reason: str = "", message: str = "", **more: object) -> HttpError:
    body = {"error": {"code": code, "message": message, "errors": [{"reason": reason}] if reason else [], **more}}
    return HttpError(httplib2.Response({"status": str(code)}), json.dumps(body).encode())


NO_ACCOUNT = "Since there is no Google account associated with this email address, you must check"
CASES = [
    (refusal(404, "notFound"), MissingError, "not there", False, True),
    (refusal(409, "fileIdInUse"), TakenError, "already", False, True),
    (refusal(401, "authError"), SignedOutError, "no longer valid", False, True),
    (refusal(403, "insufficientPermissions"), SignedOutError, "permission", False, True),
    (refusal(403, "", "Request had insufficient authentication scopes."), SignedOutError, "permission", False, True),
    (refusal(403, "accessNotConfigured"), NotReadyError, "not switched on", False, True),
    (refusal(403, "", "Drive API has not been used in project 1"), NotReadyError, "not switched on", False, True),
    (refusal(400, "invalidSharingRequest", NO_ACCOUNT), NoAccountError, "no Google account", False, True),
    (refusal(400, "invalidSharingRequest", "ACL change not allowed."), RefusedError, "ACL change", False, True),
    (refusal(403, "storageQuotaExceeded"), RefusedError, "storage is full", False, True),
    (refusal(403, "sharingRateLimitExceeded"), RefusedError, "nothing more for now", False, True),
    (refusal(403, "exportSizeLimitExceeded"), RefusedError, "too large", False, True),
    (refusal(403, "cannotCopyFile"), RefusedError, "does not allow copies", False, True),
    (refusal(400, "invalid", "Invalid Value"), RefusedError, "Invalid Value", False, True),
    (refusal(400), RefusedError, "no reason given", False, True),
    (refusal(429, "rateLimitExceeded"), UnreachableError, "patience", True, True),
    (refusal(403, "userRateLimitExceeded"), UnreachableError, "patience", True, True),
    (refusal(429, "", "", status="RESOURCE_EXHAUSTED"), UnreachableError, "patience", True, True),
    (refusal(500, "internalError"), UnreachableError, "problem of its own", True, False),
    (refusal(503, "backendError"), UnreachableError, "problem of its own", True, False),
    (HttpError(httplib2.Response({"status": "502"}), b"<html>Bad Gateway"), UnreachableError, "problem", True, False),
    (HttpError(httplib2.Response({"status": "400"}), b"[]"), RefusedError, "no reason given", False, True),
    (requests.ReadTimeout(), UnreachableError, "connection broke", True, False),
    (requests.ConnectionError("reset by peer"), UnreachableError, "connection broke", True, False),
    (requests.ConnectTimeout(), UnreachableError, "cannot be reached", True, True),
    (requests.ConnectionError("NewConnectionError(refused)"), UnreachableError, "cannot be reached", True, True),
    (json.JSONDecodeError("cut off", "", 0), UnreachableError, "connection broke", True, False),
    (RefreshError("invalid_grant"), SignedOutError, "ended your sign-in", False, True),
    (RefreshError("try again", retryable=True), UnreachableError, "cannot be reached", True, True),
    (DefaultCredentialsError("none"), SignedOutError, "cannot be used", False, True),
]


@pytest.mark.parametrize(("error", "kind", "says", "passing", "unapplied"), CASES)
def test_what_a_failure_means(
    error: Exception, kind: type[OffboardError], says: str, passing: bool, unapplied: bool
) -> None:
    failure = understand(error, "copy “May.pdf”", GOOGLE)
    assert type(failure.error) is kind
    assert says in failure.error.message
    assert (failure.passing, failure.unapplied) == (passing, unapplied)
    shown = failure.error.message + failure.error.hint
    assert not any(word in shown for word in ("HTTP", "403", "404", "invalid_grant", "Traceback"))


def test_a_sandbox_that_is_not_there_is_no_missing_internet() -> None:
    failure = understand(requests.ConnectionError("NewConnectionError(refused)"), "read", LOCAL)
    assert isinstance(failure.error, NotReadyError)
    assert LOCAL in failure.error.message
