"""What Google refuses is said in the person's words: what could not be done, why, and what to do now."""

from __future__ import annotations

import json
from typing import Any

import httplib2
import pytest
import requests
from google.auth.exceptions import DefaultCredentialsError, RefreshError, TransportError
from googleapiclient.errors import HttpError
from gspread.exceptions import APIError

from offboard.errors import (
    MissingError,
    NoAccountError,
    NotReadyError,
    OffboardError,
    RefusedError,
    SignedOutError,
    SignInEndedError,
    TakenError,
    UnreachableError,
)
from offboard.workspace.failures import understand

WHAT = "copy “May review.pdf”"
NO_ACCOUNT = (
    'Bad Request. User message: "You are trying to invite kim@nowhere.example. Since there is no Google account '
    'associated with this email address, you must check the "Notify people" box to invite this recipient."'
)
DISABLED = (
    "Google Sheets API has not been used in project 977449744253 before or it is disabled. Enable it by visiting "
    "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=977449744253 then retry."
)
SCOPES = "Request had insufficient authentication scopes."


def drive(status: int, reason: str, message: str = "said Google") -> HttpError:
    """An error as Drive and Gmail write it, in googleapiclient's exception."""
    errors = [{"domain": "global", "reason": reason, "message": message}]
    content = json.dumps({"error": {"code": status, "message": message, "errors": errors}}).encode()
    return HttpError(httplib2.Response({"status": status}), content)


def sheets(status: int, name: str, message: str = "said Google", details: Any = None) -> APIError:
    """An error as Sheets writes it, in gspread's exception."""
    response = requests.Response()
    response.status_code = status
    error = {"code": status, "message": message, "status": name} | ({"details": details} if details else {})
    response._content = json.dumps({"error": error}).encode()
    return APIError(response)


CASES: list[tuple[Exception, type[OffboardError], str]] = [
    (drive(404, "notFound"), MissingError, "not there"),
    (sheets(404, "NOT_FOUND"), MissingError, "not there"),
    (sheets(403, "PERMISSION_DENIED", "The caller does not have permission"), MissingError, "not for your account"),
    (drive(409, "fileIdInUse"), TakenError, "there already"),
    (drive(400, "invalidSharingRequest", NO_ACCOUNT), NoAccountError, "no Google account"),
    (drive(403, "storageQuotaExceeded"), RefusedError, "storage is full"),
    (drive(403, "sharingRateLimitExceeded"), RefusedError, "share nothing more for now"),
    (drive(403, "dailyLimitExceeded"), RefusedError, "used up its day"),
    (drive(403, "cannotCopyFile"), RefusedError, "does not allow copies"),
    (drive(403, "exportSizeLimitExceeded"), RefusedError, "10 MB"),
    (drive(403, "insufficientPermissions"), SignedOutError, "not given the permission to copy"),
    (sheets(403, "PERMISSION_DENIED", SCOPES), SignedOutError, "not given the permission to copy"),
    (drive(403, "accessNotConfigured", DISABLED), NotReadyError, "Google Sheets is not switched on"),
    (
        sheets(403, "PERMISSION_DENIED", DISABLED, [{}, {"reason": "SERVICE_DISABLED"}]),
        NotReadyError,
        "Google Sheets is not switched on",
    ),
    (drive(401, "authError"), SignInEndedError, "no longer valid"),
    (drive(429, "rateLimitExceeded"), UnreachableError, "asks for patience"),
    (sheets(429, "RESOURCE_EXHAUSTED"), UnreachableError, "asks for patience"),
    (sheets(503, "UNAVAILABLE"), UnreachableError, "problem of its own"),
    (RefreshError("invalid_grant: Bad Request", {}), SignInEndedError, "has ended your sign-in"),  # type: ignore[no-untyped-call]
    (RefreshError("busy", retryable=True), UnreachableError, "cannot be reached"),  # type: ignore[no-untyped-call]
    (TransportError("no way there"), UnreachableError, "cannot be reached"),  # type: ignore[no-untyped-call]
    (DefaultCredentialsError("none"), SignedOutError, "cannot be used"),  # type: ignore[no-untyped-call]
    (requests.ConnectTimeout("slow"), UnreachableError, "cannot be reached"),
    (requests.ReadTimeout("slow"), UnreachableError, "The connection broke"),
    (requests.exceptions.SSLError("[SSL: CERTIFICATE_VERIFY_FAILED]"), UnreachableError, "cannot be trusted"),
    (drive(400, "invalid", "Invalid Value"), RefusedError, "Google would not copy “May review.pdf”: Invalid Value"),
    (HttpError(httplib2.Response({"status": 403}), b"<html>Forbidden</html>"), RefusedError, "no reason given"),
    (HttpError(httplib2.Response({"status": 400}), b'["odd"]'), RefusedError, "no reason given"),
]


@pytest.mark.parametrize(("error", "kind", "says"), CASES, ids=[f"{case[1].__name__}-{case[2]}" for case in CASES])
def test_each_failure_has_its_kind_and_its_words(error: Exception, kind: type[OffboardError], says: str) -> None:
    found = understand(error, WHAT, "").error
    assert type(found) is kind
    assert says in found.message


@pytest.mark.parametrize("error", [case[0] for case in CASES], ids=[case[2] for case in CASES])
def test_no_words_of_the_machine_reach_the_person(error: Exception) -> None:
    found = understand(error, WHAT, "").error
    for jargon in ("HTTP", "invalid_grant", "403", "404", "429", "503", "token", "retry"):
        assert jargon not in found.message + found.hint


def test_the_page_that_switches_an_api_on_is_the_one_of_that_api() -> None:
    found = understand(drive(403, "accessNotConfigured", DISABLED), WHAT, "").error
    assert found.hint.splitlines()[-1] == "https://console.cloud.google.com/apis/library/sheets.googleapis.com"
    calendar = DISABLED.replace("sheets.googleapis", "calendar-json.googleapis")
    found = understand(drive(403, "accessNotConfigured", calendar), WHAT, "").error
    assert found.message == "Google Calendar is not switched on for your app yet."
    assert found.hint.splitlines()[-1] == "https://console.cloud.google.com/apis/library/calendar-json.googleapis.com"


def test_googles_own_word_for_a_refusal_is_kept_for_whoever_must_decide() -> None:
    found = understand(drive(403, "storageQuotaExceeded"), WHAT, "").error
    assert isinstance(found, RefusedError)
    assert found.reason == "storageQuotaExceeded"
