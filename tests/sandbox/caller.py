"""Somebody who talks to the sandbox over HTTP."""

from __future__ import annotations

from typing import Any

import httplib2
import requests


class Caller(requests.Session):
    """A session that knows the origin and carries a token: `caller.get("/drive/v3/about", fields="user")`."""

    def __init__(self, origin: str, token: str) -> None:
        super().__init__()
        self.origin = origin
        self.headers["Authorization"] = f"Bearer {token}"

    def call(
        self, http: str, path: str, *, json: Any = None, data: Any = None, headers: Any = None, **query: Any
    ) -> Any:
        """The answer to one request, whatever its status."""
        return self.request(http, self.origin + path, params=query, json=json, data=data, headers=headers, timeout=10)


class Transport:
    """A caller in the place of Google's own HTTP: with it, Google's client library talks to the sandbox."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def request(self, uri: str, method: str = "GET", body: Any = None, headers: Any = None, **_: Any) -> Any:
        """One request, answered as httplib2 would."""
        content = body.read() if hasattr(body, "read") else body
        answer = self._caller.request(method, uri, data=content, headers=headers, timeout=10, allow_redirects=False)
        return httplib2.Response({"status": str(answer.status_code), **answer.headers}), answer.content
