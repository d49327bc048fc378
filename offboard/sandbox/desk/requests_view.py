"""The requests as they come: which method each one was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from offboard.sandbox.documents import find_method, find_upload

MOST = 400
ELSEWHERE = {"/token": "sign-in: a token", "/revoke": "sign-in: sign out"}


def list_requests(requests: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The newest first, each with its number and the method's name in Google's documents."""
    first = max(0, len(requests) - MOST)
    listed = [entry | {"number": number + 1} for number, entry in enumerate(requests[first:], first)]
    return [entry | {"name": _name(entry["method"], entry["path"])} for entry in reversed(listed)]


def _name(http: str, path: str) -> str:
    if path.startswith("/batch"):
        return "several in one"
    if "/oauth2/" in path:
        return "sign-in: the consent page"
    found = find_method(http, path) or find_upload(path)
    return found[0].id if found else ELSEWHERE.get(path, "not of Google")
