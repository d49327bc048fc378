"""The sandbox on a loopback port: in a thread for tests and the demo, in the foreground for a person."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import uvicorn
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse
from starlette.responses import Response as HttpResponse
from starlette.types import Receive, Scope, Send

from offboard.sandbox.accounts import seed_accounts
from offboard.sandbox.call import open_rooms
from offboard.sandbox.control import respond_control
from offboard.sandbox.desk import Desk, is_desk
from offboard.sandbox.drive.links import follow_link
from offboard.sandbox.faults import Faults
from offboard.sandbox.gateway import Request, Response, respond, respond_broken
from offboard.sandbox.line import Line, Protocol
from offboard.sandbox.mischief import Mischief
from offboard.sandbox.oauth.clients import seed_clients
from offboard.sandbox.oauth.pages import respond_sign_in
from offboard.sandbox.state import State

LARGEST = 64 * 1024 * 1024  # bytes of one request; Google's own limits are larger, a desk's memory is not
IDLE = 3600  # seconds: a line that nobody uses is not closed just when somebody does
TICK = 0.1  # seconds: so often it looks whether ^C was typed
GRACE = 200  # waits of 5 ms when it stops
Witness = Callable[[Request, Response], None]

open_rooms()


class Sandbox:
    """A Workspace that answers HTTP on 127.0.0.1; one request at a time reaches its state."""

    def __init__(self, path: Path | None = None, port: int = 0, witness: Witness | None = None) -> None:
        self.state = State(path)
        seed_accounts(self.state)
        seed_clients(self.state)
        self.requests: list[dict[str, str | int]] = []
        self.faults = Faults()
        self._mischief = Mischief(self)
        self._witness = witness
        self._desk = Desk(self, self.respond_one)
        # with its protocol named, asyncio switches Nagle's delay off: 40 ms a request otherwise
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(
            self._answer,
            interface="asgi3",
            http=Protocol,
            ws="none",
            lifespan="off",
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=IDLE,
        )
        self._server = _Server(config)
        self._thread: threading.Thread | None = None

    def serve(self) -> None:
        """Serve in the foreground until ^C."""
        self._server.run(sockets=[self._socket])

    def __enter__(self) -> Sandbox:
        self._socket.listen(128)  # a client may connect before the thread runs
        self._thread = threading.Thread(target=self.serve, name="sandbox", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.leave()
        if self._thread:
            self._thread.join(10)
        self.state.close()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            answer = await self._read_and_respond(HttpRequest(scope, receive), Line(scope, receive, send))
        except ClientDisconnect:
            return
        if answer:
            await answer(scope, receive, send)

    async def _read_and_respond(self, incoming: HttpRequest, line: Line) -> HttpResponse | None:
        host = incoming.headers.get("host", "").partition(":")[0]
        if host not in ("127.0.0.1", "localhost"):
            return HttpResponse("The sandbox answers on loopback only.", 403)
        content = bytearray()
        async for chunk in incoming.stream():
            content += chunk
            if len(content) > LARGEST:
                return JSONResponse({"error": {"code": 413, "message": "Request too large."}}, 413)
        raw_path = incoming.scope.get("raw_path", b"").partition(b"?")[0].decode("latin-1")
        request = Request(
            incoming.method,
            raw_path,
            incoming.scope["query_string"].decode("latin-1"),
            {name.lower(): value for name, value in incoming.headers.items()},
            bytes(content),
        )
        if request.path.startswith("/sandbox/"):
            response: Response | None = respond_control(self, request)
        elif is_desk(request):
            response = self._desk.respond(request)
        else:
            response = await self._mischief.respond(request, line)
        return HttpResponse(response.content, response.status, response.headers) if response else None

    def respond_one(self, request: Request, past: State | None = None) -> Response:
        """The answer to one request that met no fault; from the Workspace as it was, where a past one is given."""
        request = follow_link(request)
        try:
            page = respond_sign_in(self.state, request)
            response = page or respond(past or self.state, self.origin, request)
        except Exception:  # noqa: BLE001  # a broken room answers as Google's would, and is seen: here and by the witness
            print(f"{request.http} {request.path}", file=sys.stderr)
            traceback.print_exc()
            response = respond_broken(request)
        if self._witness:
            self._witness(request, response)
        return response


class _Server(uvicorn.Server):
    """Uvicorn that stops at once: its own loop and shutdown wait a tenth of a second each."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._leaving = asyncio.Event()

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                async with asyncio.timeout(TICK):
                    await self._leaving.wait()
        self._loop = None

    def leave(self) -> None:
        """Stop, if it has not yet; called from another thread."""
        self.should_exit = True
        loop = self._loop
        if loop:
            loop.call_soon_threadsafe(self._leaving.set)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listening in sockets or []:
            listening.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for _ in range(GRACE):  # a request in the middle is answered
            if not self.server_state.tasks or self.force_exit:
                break
            await asyncio.sleep(0.005)
        for connection in list(self.server_state.connections):  # one that is stalled is not
            connection.transport.close()
