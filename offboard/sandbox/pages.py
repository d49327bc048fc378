"""Page tokens: where the next page begins, readable only by the same person's same request, and by nobody forged."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from offboard.sandbox.refusal import Refusal

KEY = b"drive pages"  # whoever would forge a token would have to look it up here
MARK = "~!!~"


def make_token(request: list[Any], place: list[Any]) -> str:
    """The token for what comes after this place, bound to this request."""
    content = json.dumps(place).encode()
    return MARK + base64.urlsafe_b64encode(_seal(request, content) + content).decode()


def read_token(request: list[Any], token: str) -> list[Any]:
    """The place that a token stands for; refused unless it was made for this request."""
    try:
        raw = base64.b64decode(token.removeprefix(MARK).encode(), altchars=b"-_", validate=True)
    except ValueError:
        raise _invalid() from None
    seal, content = raw[:16], raw[16:]
    if not token.startswith(MARK) or not hmac.compare_digest(seal, _seal(request, content)):
        raise _invalid()
    place: list[Any] = json.loads(content)
    return place


def _seal(request: list[Any], content: bytes) -> bytes:
    return hmac.digest(KEY, json.dumps(request).encode() + content, hashlib.sha256)[:16]


def _invalid() -> Refusal:
    return Refusal(400, "Invalid Value", reason="invalid", location="pageToken")
