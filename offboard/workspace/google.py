"""Google's clients over one session, and the one way a call is made: repeated only where that is safe."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, partial
from importlib import resources
from typing import Any

import httplib2
import tenacity
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.http import BatchHttpRequest, HttpRequest
from gspread.http_client import HTTPClient

from offboard.errors import LostReplyError, OffboardError
from offboard.workspace.failures import CAUGHT, Failure, understand
from offboard.workspace.transport import Http, open_session

LONGEST_WAIT = 32.0  # seconds
BATCH = 100  # calls; Google takes no more in one request
BUILDING = threading.Lock()  # a client changes its document while it builds its methods


class Repeat(Enum):
    """When a failed call may be sent again."""

    ALWAYS = "always"  # it can be repeated without harm
    UNAPPLIED = "unapplied"  # only where it certainly changed nothing


@dataclass
class Patience:
    """How long a whole run may wait for Google; clock, sleep and chance can be handed in."""

    seconds: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    on_wait: Callable[[float], None] = lambda _: None
    on_found: Callable[[str], None] = lambda _: None  # what was being done had been done already
    reply: float | None = None  # seconds until an answer counts as lost; None: as each API may need
    began: float = field(init=False)
    said_until: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.said_until = self.clock()

    @property
    def left(self) -> float:
        """Seconds until the deadline."""
        return self.began + self.seconds - self.clock()

    def wait(self, seconds: float) -> None:
        """Sleep; whoever watches hears it once, however many calls wait side by side."""
        now = self.clock()
        if now >= self.said_until:
            self.said_until = now + seconds
            self.on_wait(seconds)
        self.sleep(seconds)


class _CallError(Exception):
    """A failed call, understood."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.error.message)
        self.failure = failure


class Google:
    """The signed-in person's Google: Drive, Gmail, Calendar and Sheets clients over the person's session."""

    def __init__(self, credentials: Credentials, origin: str = "", *, patience: Patience) -> None:
        self._origin = origin
        self._patience = patience
        session = open_session(credentials, origin, patience.reply)
        self.http = Http(session)
        self.sheets = HTTPClient(auth=None, session=session)  # type: ignore[arg-type]  # the session is signed

    @property
    def about(self) -> Any:
        """Who is signed in."""
        return _resource("drive.v3", "about")

    @property
    def files(self) -> Any:
        """Drive's files."""
        return _resource("drive.v3", "files")

    @property
    def permissions(self) -> Any:
        """Who may open what in Drive."""
        return _resource("drive.v3", "permissions")

    @property
    def proposals(self) -> Any:
        """Who asked to be let in."""
        return _resource("drive.v3", "accessproposals")

    @property
    def drafts(self) -> Any:
        """Gmail's drafts."""
        return _resource("gmail.v1", "users", "drafts")

    @property
    def events(self) -> Any:
        """The calendar's events."""
        return _resource("calendar.v3", "events")

    def call(self, request: Callable[[], Any] | Any, *, repeat: Repeat, what: str) -> Any:
        """Make one call and answer its result; what fails is an OffboardError that says what was being done."""
        send = partial(request.execute, http=self.http) if isinstance(request, HttpRequest) else request
        wordless = isinstance(request, HttpRequest) and request.method == "DELETE"  # its answer is empty

        def attempt() -> Any:
            try:
                answer = send()
                if isinstance(answer, str) and not wordless:  # googleapiclient's way to say that the JSON was cut off
                    raise json.JSONDecodeError("the answer is no JSON", answer, 0)
                return answer
            except CAUGHT as error:
                failure = understand(error, what, self._origin)
                if repeat is Repeat.UNAPPLIED and not failure.unapplied:
                    lost = LostReplyError(failure.error.message, failure.error.hint)
                    raise _CallError(Failure(lost)) from error
                raise _CallError(failure) from error

        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(lambda error: isinstance(error, _CallError) and error.failure.passing),
            wait=self._wait,
            stop=self._stop,
            sleep=self._patience.wait,
            reraise=True,
        )
        try:
            return retrying(attempt)
        except _CallError as error:
            raise error.failure.error from error.__cause__

    def _wait(self, state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.failure.retry_after if isinstance(error, _CallError) else None
        most = min(LONGEST_WAIT, 2.0 ** (state.attempt_number - 1))
        return max(asked or 0.0, float(most * (0.5 + self._patience.chance() / 2)))

    def _stop(self, state: tenacity.RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        enough = isinstance(error, _CallError) and state.attempt_number >= error.failure.tries
        return enough or self._patience.left <= state.upcoming_sleep

    def say_found(self, what: str) -> None:
        """Tell whoever watches that what was to be done is there: a reply was lost, or a run was cut off."""
        self._patience.on_found(what)

    def pause(self) -> None:
        """Wait a moment before something is looked at again."""
        self._patience.wait(min(1.0, max(0.0, self._patience.left)))

    def batch(
        self, requests: Sequence[tuple[str, HttpRequest]], what: str
    ) -> dict[str, dict[str, Any] | OffboardError]:
        """Repeatable calls, many in one HTTP request; parts that failed for a passing reason are sent again alone."""
        answers: dict[str, dict[str, Any] | OffboardError] = {}
        for start in range(0, len(requests), BATCH):
            answers |= self._batch(requests[start : start + BATCH], what)
        return answers

    def _batch(
        self, requests: Sequence[tuple[str, HttpRequest]], what: str
    ) -> dict[str, dict[str, Any] | OffboardError]:
        answers: dict[str, dict[str, Any] | OffboardError] = {}
        again: list[tuple[str, HttpRequest]] = []
        by_key = dict(requests)

        def take(key: str, answer: dict[str, Any], error: Exception | None) -> None:
            if error is None:
                answers[key] = answer
            elif isinstance(error, CAUGHT) and understand(error, what, self._origin).passing:
                again.append((key, by_key[key]))
            else:
                answers[key] = understand(error, what, self._origin).error

        def send() -> None:
            again.clear()
            whole: BatchHttpRequest = _client("drive.v3").new_batch_http_request(callback=take)
            for key, request in requests:
                request.http = self.http  # else the client would sign a part that was refused with 401 itself
                whole.add(request, request_id=key)
            whole.execute(http=self.http)

        try:
            self.call(send, repeat=Repeat.ALWAYS, what=what)
        except OffboardError as error:
            return dict.fromkeys(by_key, error)
        for key, request in again:
            try:
                answers[key] = self.call(request, repeat=Repeat.ALWAYS, what=what)
            except OffboardError as error:
                answers[key] = error
        return answers


@cache
def _client(name: str) -> Any:
    """The client of an API from its static discovery document; whoever sends a request brings the session."""
    place = resources.files("googleapiclient") / "discovery_cache" / "documents" / f"{name}.json"
    document = json.loads(place.read_text(encoding="utf-8"))
    return build_from_document(document, http=httplib2.Http(), requestBuilder=_make_request)


def _make_request(_http: object, *args: Any, **more: Any) -> HttpRequest:
    return HttpRequest(None, *args, **more)


@cache
def _resource(name: str, *path: str) -> Any:
    """A part of an API's client; kept, because the client builds its methods anew whenever it is asked for it."""
    with BUILDING:
        found = _client(name)
        for part in path:
            found = getattr(found, part)()
        return found
