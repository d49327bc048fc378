"""The consent page and the token address."""

from __future__ import annotations

from offboard.sandbox.gateway import Request, Response
from offboard.sandbox.state import State


def respond_sign_in(state: State, origin: str, request: Request) -> Response | None:
    """Answer /o/oauth2/v2/auth, /token and /revoke; None for any other address."""
    return None
