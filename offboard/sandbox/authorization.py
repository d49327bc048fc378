"""Who asks: the bearer of a request's token, and whether the app was granted what the method needs."""

from __future__ import annotations

from offboard.sandbox.call import Bearer
from offboard.sandbox.documents import Method
from offboard.sandbox.oauth.tokens import find_bearer
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State

EXPECTED = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. See "
    "https://developers.google.com/identity/sign-in/web/devconsole-project."
)


def get_bearer(state: State, headers: dict[str, str]) -> Bearer:
    """The bearer of the request's token; 401 without a token, or with one that is no longer good."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        message = f"Request is missing required authentication credential. {EXPECTED}"
        raise _unauthenticated(message, "required", "Login Required.", 'Bearer realm="https://accounts.google.com/"')
    bearer = find_bearer(state, token.strip())
    if bearer is None:
        raise rejected_token()
    return bearer


def rejected_token() -> Refusal:
    """The refusal of a token that is no longer good."""
    message = f"Request had invalid authentication credentials. {EXPECTED}"
    challenge = 'Bearer realm="https://accounts.google.com/", error="invalid_token"'
    return _unauthenticated(message, "authError", "Invalid Credentials", challenge)


def check_scopes(bearer: Bearer, method: Method) -> None:
    """Refuse an app that was granted none of the scopes that the method takes."""
    if method.scopes & bearer.scopes:
        return
    long = "Insufficient Permission: Request had insufficient authentication scopes."
    if method.api == "drive":
        raise Refusal(403, long, reason="insufficientPermissions")
    message = "Request had insufficient authentication scopes."
    raise Refusal(403, message, reason="insufficientPermissions", short="Insufficient Permission")


def _unauthenticated(message: str, reason: str, short: str, challenge: str) -> Refusal:
    return Refusal(
        401,
        message,
        reason=reason,
        location="Authorization",
        location_type="header",
        short=short,
        headers={"WWW-Authenticate": challenge},
    )
