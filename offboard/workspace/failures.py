"""What went wrong, in the person's words: Google's answers and the network's troubles become our errors here."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from googleapiclient.errors import HttpError
from gspread.exceptions import APIError

from offboard.errors import (
    MissingError,
    NoAccountError,
    NoMeetError,
    NotReadyError,
    OffboardError,
    RefusedError,
    SignedOutError,
    SignInEndedError,
    TakenError,
    UnreachableError,
)

CAUGHT = (HttpError, APIError, requests.RequestException, GoogleAuthError, json.JSONDecodeError, UnicodeDecodeError)
RATE = {"rateLimitExceeded", "userRateLimitExceeded", "RESOURCE_EXHAUSTED"}
BUSY = {500, 502, 503, 504}
SIGN_IN = "Sign in again: offboard auth login"
AUDIENCE = "https://console.cloud.google.com/auth/audience"
LIBRARY = "https://console.cloud.google.com/apis/library"
APIS = {"drive": "Google Drive", "sheets": "Google Sheets", "gmail": "Gmail", "calendar-json": "Google Calendar"}
SCOPE_MISSING = {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Failure:
    """A failed call: our error for it, whether trying again may help, and whether it certainly changed nothing."""

    error: OffboardError
    passing: bool = False
    unapplied: bool = True
    retry_after: float | None = None  # seconds, where Google names them
    tries: int = 9  # with the waits between them a good minute: Google counts what it allows by the minute


@dataclass(frozen=True)
class Refusal:
    """An error answer of Google's, whichever API's shape it has."""

    status: int
    reason: str = ""
    message: str = ""
    retry_after: float | None = None


def understand(error: BaseException, what: str, origin: str) -> Failure:
    """What this exception means for a call that was meant to `what` ("copy “May.pdf”")."""
    if isinstance(error, HttpError):
        return _refused(_read_http_error(error), what)
    if isinstance(error, APIError):
        return _refused(_read_response(error.response), what)
    if isinstance(error, RefreshError) and not error.retryable:
        ended = "Google has ended your sign-in (7 days after it began, while your app is in “Testing”)."
        way_out = "Run `offboard auth login`. To end this for good, publish your app, then sign in once more:"
        return Failure(SignInEndedError(ended, f"{way_out}\n{AUDIENCE}"))
    if isinstance(error, GoogleAuthError) and not isinstance(error, RefreshError | TransportError):
        return Failure(SignedOutError("Your sign-in cannot be used.", SIGN_IN))
    return _unreachable(error, what, origin)


def _unreachable(error: BaseException, what: str, origin: str) -> Failure:
    refused = (
        isinstance(error, requests.ConnectTimeout)
        or "NewConnectionError" in repr(error)
        or "NameResolution" in repr(error)
    )
    if refused and urlsplit(origin).hostname in LOOPBACK:
        return Failure(
            NotReadyError(
                f"The sandbox at {origin} is not running.",
                "Start it in another window: offboard sandbox --home YOUR-HOME",
            )
        )
    if "CERTIFICATE_VERIFY_FAILED" in repr(error):
        trouble = UnreachableError(
            f"The connection to Google cannot be trusted here: could not {what}.",
            "Is this computer's clock right? Does this network want a sign-in page first? Then run again.",
        )
        return Failure(trouble, unapplied=False)
    if refused or isinstance(error, GoogleAuthError):
        trouble = UnreachableError(
            f"Google cannot be reached: could not {what}.", "Is the internet there? Then run again."
        )
        return Failure(trouble, passing=True, tries=5)  # some ten seconds: longer waiting brings no internet
    lost = UnreachableError(f"The connection broke while trying to {what}.", "Run again; it goes on from there.")
    return Failure(lost, passing=True, unapplied=False)


def _refused(refusal: Refusal, what: str) -> Failure:
    if refusal.reason not in REASONS and (refusal.status == 429 or (refusal.status == 403 and refusal.reason in RATE)):
        error = UnreachableError(f"Google asks for patience: could not {what} now.", "Run again in a few minutes.")
        return Failure(error, passing=True, retry_after=refusal.retry_after)
    if refusal.status in BUSY:
        error = UnreachableError(f"Google has a problem of its own: could not {what}.", "Run again in a few minutes.")
        return Failure(error, passing=True, unapplied=False, retry_after=refusal.retry_after)
    return Failure(_final(refusal, what))


def _final(refusal: Refusal, what: str) -> OffboardError:
    reason, message = refusal.reason, refusal.message
    if refusal.status == 401:
        return SignInEndedError("Your sign-in is no longer valid.", SIGN_IN)
    if reason in SCOPE_MISSING or "insufficient authentication scopes" in message:
        return SignedOutError(
            f"offboard was not given the permission to {what}.", f"{SIGN_IN} and leave every box ticked."
        )
    if reason in ("accessNotConfigured", "SERVICE_DISABLED") or "has not been used in project" in message:
        return _switched_off(message)
    if refusal.status == 404 or reason == "PERMISSION_DENIED":  # the second is how Sheets says "not for you"
        return MissingError(f"Could not {what}: it is not there, or not for your account.", reason=reason)
    if refusal.status == 409:
        return TakenError(f"Could not {what}: it is there already.", reason=reason)
    if refusal.status == 400 and reason == "invalidSharingRequest" and "no Google account" in message:
        return NoAccountError(f"Could not {what}: the address belongs to no Google account.", reason=reason)
    if refusal.status == 400 and "conference type" in message:
        return NoMeetError(f"Could not {what}: this account has no Google Meet.", reason=reason)
    words = REASONS.get(reason)
    if words:
        return RefusedError(f"Could not {what}: {words[0]}.", words[1], reason=reason)
    return RefusedError(f"Google would not {what}: {message or 'no reason given'}", reason=reason)


def _switched_off(message: str) -> NotReadyError:
    named = re.search(r"([\w-]+)\.googleapis\.com", message)
    api = named[1] if named and named[1] in APIS else ""
    page = f"{LIBRARY}/{api}.googleapis.com" if api else LIBRARY
    return NotReadyError(
        f"{APIS.get(api, 'A part of Google')} is not switched on for your app yet.",
        f"Open this page, press Enable, wait a minute, and type the same command again:\n{page}",
    )


REASONS = {
    "storageQuotaExceeded": ("your Google storage is full", "Make room in Drive, then run again."),
    "sharingRateLimitExceeded": ("Google lets you share nothing more for now", "Try again tomorrow."),
    "dailyLimitExceeded": ("your app has used up its day", "Run again tomorrow."),
    "exportSizeLimitExceeded": (
        "it is too large for Google to turn into a file (10 MB)",
        "Download it yourself and put the file into the folder.",
    ),
    "cannotCopyFile": ("its owner does not allow copies", "Ask the owner for a copy, or take the link out."),
    "fileNotDownloadable": ("it cannot be downloaded as a file", "Take the link out of the cell."),
    "appNotAuthorizedToFile": ("offboard did not make it, so it may not change it", ""),
    "insufficientFilePermissions": ("your account may not do that with it", "Ask its owner."),
}  # Google's reasons that have better words than Google's


def _read_http_error(error: HttpError) -> Refusal:
    if error.resp is None:  # a batch's answer that cannot be taken apart: cut off on its way
        return Refusal(502)
    return _read_body(int(error.resp.status), error.content, error.resp.get("retry-after"))


def _read_response(response: requests.Response) -> Refusal:
    return _read_body(response.status_code, response.content, response.headers.get("Retry-After"))


def _read_body(status: int, content: bytes, retry_after: str | None) -> Refusal:
    seconds = float(retry_after) if retry_after and retry_after.isdigit() else None
    try:
        body: Any = json.loads(content)
        error = body["error"]
        errors = error.get("errors") or [{}]
        reasons = [detail.get("reason") for detail in error.get("details", []) if isinstance(detail, dict)]
        reason = errors[0].get("reason") or next((r for r in reasons if r), None) or error.get("status", "")
        return Refusal(status, str(reason), str(error.get("message", "")), seconds)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Refusal(status, retry_after=seconds)
