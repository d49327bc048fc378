"""A browser's part at the desk without the browser: pages, and forms sent as the desk's own script sends them."""

from __future__ import annotations

import re
from typing import Any

import requests

from offboard.sandbox.server import Sandbox


class Visits(requests.Session):
    """Somebody who opened the desk of a sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__()
        self.origin = sandbox.origin
        found = re.search(r'data-token="([^"]+)"', self.show("/").text)
        assert found
        self.token = found[1]

    def show(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> requests.Response:
        """A page, a frame, a file."""
        return self.get(self.origin + path, params=query, headers=headers, timeout=10)

    def act(self, name: str, headers: dict[str, str | None] | None = None, **fields: Any) -> requests.Response:
        """The answer to an act; with the page's token and from its origin, unless others are named."""
        form = {"act": name, "token": self.token} | fields
        given = {"Origin": self.origin} | (headers or {})
        return self.post(f"{self.origin}/desk/act", data=form, headers=given, timeout=10)
