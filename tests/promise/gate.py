"""A gate in the sandbox: one runner's request at a time, in an order that a seed gives; runners can be cut off."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from random import Random

from starlette.requests import Request as HttpRequest
from starlette.responses import Response as HttpResponse

from offboard.sandbox.line import Line
from offboard.sandbox.server import Sandbox

STAY = (0.0, 0.5, 0.9)  # how likely the same runner goes on: hand in hand, by turns, one long before the other


class Gate:
    """Whose request goes next; it waits for that runner's request, or for its end."""

    def __init__(self, tokens: Iterable[str], seed: int) -> None:
        self._chance = Random(seed)
        self._stay = self._chance.choice(STAY)
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {token: deque() for token in tokens}
        self._running = list(self._waiting)
        self._last = self._chance.choice(self._running)
        self._next = ""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._busy = False

    async def enter(self, token: str) -> None:
        """Wait for this runner's turn."""
        self._loop = asyncio.get_running_loop()
        mine = self._loop.create_future()
        self._waiting[token].append(mine)
        self._advance()
        await mine

    def leave(self) -> None:
        """The request is answered; the next may come."""
        self._busy = False
        self._advance()

    def end(self, token: str) -> None:
        """A runner is through; called from its own thread."""
        if self._loop is None:
            self._end(token)
        else:
            self._loop.call_soon_threadsafe(self._end, token)

    def knows(self, token: str) -> bool:
        """Whether it is a runner's."""
        return token in self._running

    def _end(self, token: str) -> None:
        self._running.remove(token)
        if self._next == token:
            self._next = ""
        self._advance()

    def _advance(self) -> None:
        if self._busy or not self._running:
            return
        if not self._next:
            stays = self._last in self._running and self._chance.random() < self._stay
            self._next = self._last if stays else self._chance.choice(self._running)
        if self._waiting[self._next]:
            self._busy, self._last, self._next = True, self._next, ""
            self._waiting[self._last].popleft().set_result(None)


class GatedSandbox(Sandbox):
    """A Workspace with a gate before it; who is cut off reaches it no more, which to the Workspace is a kill -9."""

    gate: Gate | None = None
    victim = ""  # the token of the runner that is cut off
    left = 0  # requests that still reach it
    loses_reply = False  # whether the last of them is applied and never answered

    async def _read_and_respond(self, incoming: HttpRequest, line: Line) -> HttpResponse | None:
        token = incoming.headers.get("authorization", "").removeprefix("Bearer ")
        gate = self.gate
        if gate is None or not gate.knows(token):
            return await super()._read_and_respond(incoming, line)
        await gate.enter(token)
        try:
            return await self._let_through(incoming, line, token)
        finally:
            gate.leave()

    async def _let_through(self, incoming: HttpRequest, line: Line, token: str) -> HttpResponse | None:
        if token != self.victim:
            return await super()._read_and_respond(incoming, line)
        self.left -= 1
        answer = await super()._read_and_respond(incoming, line) if self.left >= 0 else None
        if answer is None or (self.left == 0 and self.loses_reply):
            await line.tear()
            return None
        return answer
