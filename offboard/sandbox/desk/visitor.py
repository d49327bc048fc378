"""Somebody at the desk: asks the API with their own token, so that they see and may do what Google would let them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from offboard.sandbox.accounts import OWNER, Account
from offboard.sandbox.documents import Json
from offboard.sandbox.gateway import Request, Response


class Refused(Exception):
    """What Google answered instead: its status and its words."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Visitor:
    """One person and the way to ask for them; `ask` takes a request that carries no token yet."""

    account: Account
    ask: Callable[[Account, Request], Response]

    @property
    def owner(self) -> bool:
        """Whether it is the freelancer whose desk this is."""
        return self.account.email == OWNER

    def get(self, path: str, *names: str, **query: str | int | list[str]) -> Json:
        """The JSON at an address; `{}` in it stand for names, which are escaped."""
        return self._json(self.download(path, *names, **query))

    def send(self, http: str, path: str, *names: str, body: Json | None = None, **query: str) -> Json:
        """The JSON that a change answers; empty where it answers nothing."""
        return self._json(self._respond(http, path, names, query, json.dumps(body or {}).encode()))

    def download(self, path: str, *names: str, **query: str | int | list[str]) -> Response:
        """The bytes at an address."""
        return self._respond("GET", path, names, query, b"")

    def _respond(self, http: str, path: str, names: tuple[str, ...], query: Any, content: bytes) -> Response:
        place = path.format(*(quote(name, safe="") for name in names))
        headers = {"content-type": "application/json"}
        response = self.ask(self.account, Request(http, place, urlencode(query, doseq=True), headers, content))
        if response.status >= 400:
            raise Refused(response.status, _message(response))
        return response

    def _json(self, response: Response) -> Json:
        found: Json = json.loads(response.content or b"{}")
        return found


def _message(response: Response) -> str:
    """Google's words in a refusal; an address that no API has is answered without any."""
    if not response.headers.get("Content-Type", "").startswith("application/json"):
        return "There is nothing at this address."
    return str(json.loads(response.content)["error"]["message"])
