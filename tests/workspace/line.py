"""A bad line to Google: a loopback server that gives each connection the next bytes of a script."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from typing import Any

DROP = b""  # the request was read, and no answer comes


def answer(status: int, body: Any = None, **headers: str) -> bytes:
    """One HTTP answer."""
    content = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
    given = {"Content-Type": "application/json", "Content-Length": str(len(content)), "Connection": "close"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    lines = [f"HTTP/1.1 {status} Words", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def refusal(status: int, reason: str = "", message: str = "said Google", **headers: str) -> bytes:
    """An error as Drive and Gmail write it."""
    errors = [{"domain": "global", "reason": reason, "message": message}]
    return answer(status, {"error": {"code": status, "message": message, "errors": errors}}, **headers)


class Line:
    """Answers from a script; when it is at its end, the last answer again."""

    def __init__(self, *script: bytes) -> None:
        self._script = list(script)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.heads: list[str] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self.heads.append(_read_request(connection))
                connection.sendall(self._script.pop(0) if len(self._script) > 1 else self._script[0])

    def close(self) -> None:
        """Hang up for good: from now on the connection is refused."""
        with contextlib.suppress(OSError):  # it was closed already
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


def _read_request(connection: socket.socket) -> str:
    read = b""
    while b"\r\n\r\n" not in read:
        part = connection.recv(65536)
        if not part:
            break
        read += part
    head, _, body = read.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65536)
    return head.decode("latin-1")
