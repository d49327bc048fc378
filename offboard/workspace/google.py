"""Google's clients over one session, and the one way a call is made: repeated only where that is safe."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from importlib import resources
from typing import Any

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
    """The signed-in person's Google: Drive, Gmail, Calendar and Sheets clients, built when first used."""

    def __init__(self, credentials: Credentials, origin: str = "", *, patience: Patience) -> None:
        self._origin = origin
        self._patience = patience
        self._session = open_session(credentials, origin, patience.reply)
        self._lock = threading.Lock()
        self._built: dict[str, Any] = {}
        self.sheets = HTTPClient(auth=None, session=self._session)  # type: ignore[arg-type]  # the session is signed

    @property
    def drive(self) -> Any:
        """Drive v3."""
        return self._client("drive.v3")

    @property
    def gmail(self) -> Any:
        """Gmail v1."""
        return self._client("gmail.v1")

    @cached_property
    def files(self) -> Any:
        """Drive's files; kept, because the client builds all of their methods anew whenever it is asked for them."""
        return self.drive.files()

    @cached_property
    def permissions(self) -> Any:
        """Who may open what in Drive; kept as well."""
        return self.drive.permissions()

    @cached_property
    def drafts(self) -> Any:
        """Gmail's drafts; kept as well."""
        return self.gmail.users().drafts()

    @cached_property
    def events(self) -> Any:
        """The calendar's events; kept as well."""
        return self._client("calendar.v3").events()

    def _client(self, name: str) -> Any:
        with self._lock:
            if name not in self._built:
                self._built[name] = build_from_document(_document(name, self._origin), http=Http(self._session))
            return self._built[name]

    def call(self, request: Callable[[], Any] | Any, *, repeat: Repeat, what: str) -> Any:
        """Make one call and answer its result; what fails is an OffboardError that says what was being done."""
        send = request.execute if isinstance(request, HttpRequest) else request
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
            whole: BatchHttpRequest = self.drive.new_batch_http_request(callback=take)
            for key, request in requests:
                whole.add(request, request_id=key)
            whole.execute(http=Http(self._session))

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


def _document(name: str, origin: str) -> dict[str, Any]:
    """The static discovery document, its addresses moved to another origin where there is one."""
    place = resources.files("googleapiclient") / "discovery_cache" / "documents" / f"{name}.json"
    document: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    if origin:
        document["baseUrl"] = f"{origin}/{document['servicePath']}"
        document["rootUrl"] = f"{origin}/"
        document.pop("mtlsRootUrl", None)
    return document
