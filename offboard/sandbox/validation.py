"""Request bodies held against the documents' schemas, as Google's JSON parser does for Sheets and Gmail."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.documents import Method


def check_body(method: Method, body: dict[str, Any]) -> None:
    """Refuse an unknown name or a value of the wrong kind with its path; Drive ignores unknown names."""
