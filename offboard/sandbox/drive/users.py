"""People as Drive shows them."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.accounts import find_account, permission_id
from offboard.sandbox.call import Call


def render_user(call: Call, email: str) -> dict[str, Any]:
    """A person as owner, author or sharer of a file."""
    account = find_account(call.state, email)
    return {
        "kind": "drive#user",
        "displayName": account.name if account else email.partition("@")[0],
        "me": email == call.bearer.email,
        "permissionId": permission_id(email),
        "emailAddress": email,
    }
