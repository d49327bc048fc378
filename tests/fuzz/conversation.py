"""One connection to the sandbox: bytes out, an answer in, or the way in which there was none."""

from __future__ import annotations

import http.client
import json
import socket
import time
from dataclasses import dataclass, field
from typing import Any

from tests.fuzz.letter import Letter

PATIENCE = 20.0  # seconds after which an answer is no longer waited for
IDLE = 3.0  # seconds after which a connection may have been closed by the other side


@dataclass(frozen=True)
class Reply:
    """What came back; status 0 where nothing did."""

    status: int
    content: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    why: str = ""

    def json(self) -> Any:
        """The answer as JSON; None where it is none."""
        try:
            return json.loads(self.content)
        except ValueError:
            return None


class Conversation:
    """Sends letters one after the other, on one connection as long as the sandbox keeps it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._used = 0.0

    def say(self, letter: Letter) -> Reply:
        """Send a letter and wait for its answer."""
        begun = time.monotonic()
        if letter.raw or begun - self._used > IDLE:
            self.close()
        try:
            reply = self._exchange(letter)
        except TimeoutError:
            self.close()
            return Reply(0, seconds=time.monotonic() - begun, why=f"no answer in {PATIENCE:.0f} seconds")
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return Reply(0, seconds=time.monotonic() - begun, why=f"no answer: {error!r}")
        self._used = time.monotonic()
        return Reply(reply.status, reply.content, reply.headers, self._used - begun)

    def _exchange(self, letter: Letter) -> Reply:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._socket.sendall(letter.encode())
            if letter.raw:
                self._socket.shutdown(socket.SHUT_WR)  # or both sides would wait for the rest of half a letter
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before all of it was said: the answer is there already
        answer = http.client.HTTPResponse(self._socket, method=letter.http)
        answer.begin()
        content = answer.read()
        if answer.will_close or letter.raw:
            self.close()
        return Reply(answer.status, content, {name.lower(): value for name, value in answer.getheaders()})

    def close(self) -> None:
        """Hang up."""
        if self._socket:
            self._socket.close()
            self._socket = None
