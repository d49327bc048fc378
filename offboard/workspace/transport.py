"""One session below every Google client: signed, timed out, never repeating a request by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import httplib2
import requests
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.credentials import Credentials
from requests.adapters import HTTPAdapter

from offboard import __version__

GOOGLE = re.compile(r"https://\w+\.googleapis\.com(?=/)")
SHEETS = "https://sheets.googleapis.com"
CONNECT = 10  # seconds
READ = 60  # seconds
READ_SHEETS = 180  # seconds: Sheets may work on one request for three minutes
POOL = 24  # connections: more than requests ever fly side by side


class TimedAdapter(HTTPAdapter):
    """Sends each request once, with a time-out."""

    def __init__(self, read: float = READ) -> None:
        super().__init__(pool_maxsize=POOL)
        self._timeout = (CONNECT, read)

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        """Send the request."""
        more["timeout"] = self._timeout
        return super().send(request, *args, **more)


class Session(AuthorizedSession):
    """Signs each request; what is addressed to Google goes to another origin where there is one."""

    def __init__(self, credentials: Credentials, origin: str) -> None:
        super().__init__(credentials)  # type: ignore[no-untyped-call]  # google-auth has no types
        self._origin = origin

    def request(self, method: str, url: str, *args: Any, **more: Any) -> requests.Response:  # type: ignore[override]
        """Send one request; the clients' addresses are constants."""
        moved = GOOGLE.sub(self._origin, url) if self._origin else url
        answer: requests.Response = super().request(method, moved, *args, **more)  # type: ignore[no-untyped-call]
        return answer


def open_session(credentials: Credentials, origin: str, reply: float | None = None) -> requests.Session:
    """The signed session for these credentials; `origin` empty: Google's own addresses.

    `reply`: seconds to wait for an answer; None: as long as Google may need.
    """
    session = Session(credentials, origin)
    session.mount("https://", TimedAdapter(reply or READ))
    session.mount("http://", TimedAdapter(reply or READ))
    session.mount(f"{origin or SHEETS}/v4/spreadsheets", TimedAdapter(reply or READ_SHEETS))
    session.headers["User-Agent"] = f"offboard/{__version__} (gzip)"  # Google packs only for those who say so here
    return session


class Http:
    """The session in the shape that googleapiclient expects of its `http`."""

    def __init__(self, session: requests.Session) -> None:
        self._session = session

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        redirections: int = 0,  # noqa: ARG002  # part of the expected shape
        connection_type: object = None,  # noqa: ARG002
    ) -> tuple[httplib2.Response, bytes]:
        """Send one request; a 308 of a resumable upload is an answer, not a redirect."""
        content = body.read() if hasattr(body, "read") else body  # bytes can go out again after a renewed sign-in
        answer = self._session.request(method, uri, data=content, headers=dict(headers or {}), allow_redirects=False)
        response = httplib2.Response({name.lower(): value for name, value in answer.headers.items()})
        response.status = answer.status_code
        response.reason = answer.reason
        response.pop("content-encoding", None)  # the session has unpacked it
        return response, answer.content

    def close(self) -> None:
        """Nothing to close: the session lives on."""
