"""Somebody at the desk: what their page asks, read strictly, and how the API is asked with their own token."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from offboard.sandbox.accounts import OWNER, Account
from offboard.sandbox.documents import Json
from offboard.sandbox.gateway import Request, Response

LONGEST = 200  # characters of what names something; texts of cells and mails may be longer


class Malformed(Exception):
    """The request is not one that the desk's own pages make."""


class Asked:
    """The fields of an address or of a form."""

    def __init__(self, encoded: str) -> None:
        try:
            pairs = parse_qsl(encoded, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=50)
        except ValueError:
            raise Malformed("This cannot be read.") from None
        self._fields = dict(pairs)
        if any("\0" in text for pair in pairs for text in pair):
            raise Malformed("This cannot be read.")

    def text(self, name: str, default: str | None = None) -> str:
        """A field as it was typed; without a default it must be there."""
        found = self._fields.get(name, default)
        if found is None:
            raise Malformed(f"“{name}” is missing.")
        return found

    def name(self, name: str, default: str | None = None) -> str:
        """An id, an address, a word."""
        found = self.text(name, default)
        if len(found) > LONGEST or not found.isprintable():
            raise Malformed(f"“{name}” is too long.")
        return found

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number that is not negative."""
        found = self.name(name, None if default is None else str(default))
        if not re.fullmatch(r"[0-9]{1,10}", found):
            raise Malformed(f"“{name}” is no number.")
        return int(found)


def link(**fields: object) -> str:
    """The address of the page that shows this; what is empty is left out."""
    kept = {name: value for name, value in fields.items() if value not in ("", None)}
    return f"/?{urlencode(kept)}" if kept else "/"


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
