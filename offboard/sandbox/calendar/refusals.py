"""What Calendar says when it refuses."""

from __future__ import annotations

from offboard.sandbox.refusal import Refusal


def invalid(message: str) -> Refusal:
    """A value that cannot be."""
    return Refusal(400, message, reason="invalid")


def required(message: str) -> Refusal:
    """A value that is missing."""
    return Refusal(400, message, reason="required")


def not_found() -> Refusal:
    """There is no such calendar or event, for this person."""
    return Refusal(404, "Not Found", reason="notFound")


def empty_range() -> Refusal:
    """An end before its start."""
    message = "The specified time range is empty."
    return Refusal(400, message, reason="timeRangeEmpty", domain="calendar", location="timeMax")


def not_answered(what: str) -> Refusal:
    """Something of Google's that is not here."""
    return Refusal(501, f"The sandbox has no {what}.", reason="notImplemented")
