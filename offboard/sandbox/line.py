"""The line that a request came on: it can be watched, torn, and cut in the middle of an answer."""

from __future__ import annotations

import asyncio

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from offboard.sandbox.gateway import Response


class Protocol(HttpToolsProtocol):
    """Uvicorn's HTTP/1.1, which hands each request the way to close its connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Remember the connection in the state that ASGI gives to each request."""
        super().connection_made(transport)
        self.app_state = self.app_state | {"close": transport.close}


class Line:
    """One request's connection; its request must have been read."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send

    async def wait_for_leaving(self, seconds: float | None = None) -> bool:
        """Wait until the client has given up, at most so long; whether it has."""
        try:
            async with asyncio.timeout(seconds):
                while (await self._receive())["type"] != "http.disconnect":
                    pass
        except TimeoutError:
            return False
        return True

    async def tear(self) -> None:
        """Close the connection without a word more."""
        self._scope["state"]["close"]()
        await self.wait_for_leaving()

    async def cut(self, response: Response) -> None:
        """Send the head of the whole answer and half of its body, then close the connection."""
        told = response.headers | {"Content-Length": str(len(response.content))}
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in told.items()]
        half = response.content[: len(response.content) // 2]
        await self._send({"type": "http.response.start", "status": response.status, "headers": headers})
        await self._send({"type": "http.response.body", "body": half, "more_body": True})
        await self.tear()
