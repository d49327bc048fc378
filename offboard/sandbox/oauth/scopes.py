"""The scopes that Google knows, each with the words in which it asks a person for it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from offboard.sandbox.documents import DOCUMENTS, document

IDENTITY = {
    "openid": "Associate you with your personal info on Google",
    "email": "See your primary Google Account email address",
    "profile": "See your personal info, including any personal info you've made publicly available",
    "https://www.googleapis.com/auth/userinfo.email": "See your primary Google Account email address",
    "https://www.googleapis.com/auth/userinfo.profile": "See your personal info",
}


@cache
def described_scopes() -> dict[str, str]:
    """Every scope of every API that the sandbox knows, with Google's own description of it."""
    found = dict(IDENTITY)
    for name in DOCUMENTS:
        for scope, said in document(name)["auth"]["oauth2"]["scopes"].items():
            found[scope] = said["description"]
    return found


def list_unknown(scopes: Iterable[str]) -> list[str]:
    """Those of the scopes that Google does not know."""
    return [scope for scope in scopes if scope not in described_scopes()]
