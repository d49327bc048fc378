"""The sandbox on a loopback port: in a thread for tests and the demo, in the foreground for a person."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import uvicorn
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse
from starlette.responses import Response as HttpResponse
from starlette.types import Receive, Scope, Send

from offboard.sandbox import drive, gmail, oauth, sheets  # noqa: F401  # importing a room registers its answers
from offboard.sandbox.accounts import seed_accounts
from offboard.sandbox.batch import is_batch, respond_batch
from offboard.sandbox.control import respond_control
from offboard.sandbox.gateway import Request, Response, respond
from offboard.sandbox.oauth.pages import respond_sign_in
from offboard.sandbox.state import State

LARGEST = 64 * 1024 * 1024  # bytes of one request; Google's own limits are larger, a desk's memory is not
Witness = Callable[[Request, Response], None]


class Sandbox:
    """A Workspace that answers HTTP on 127.0.0.1; one request at a time reaches its state."""

    def __init__(self, path: Path | None = None, port: int = 0, witness: Witness | None = None) -> None:
        self.state = State(path)
        seed_accounts(self.state)
        self.requests: list[dict[str, str | int]] = []
        self._witness = witness
        # with its protocol named, asyncio switches Nagle's delay off: 40 ms a request otherwise
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(
            self._answer,
            interface="asgi3",
            http="h11",
            ws="none",
            lifespan="off",
            log_level="error",
            access_log=False,
            proxy_headers=False,
        )
        self._server = uvicorn.Server(config)
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
        self._server.should_exit = True
        if self._thread:
            self._thread.join(10)
        self.state.close()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        incoming = HttpRequest(scope, receive)
        answer = await self._read_and_respond(incoming)
        await answer(scope, receive, send)

    async def _read_and_respond(self, incoming: HttpRequest) -> HttpResponse:
        host = incoming.headers.get("host", "").partition(":")[0]
        if host not in ("127.0.0.1", "localhost"):
            return HttpResponse("The sandbox answers on loopback only.", 403)
        content = b""
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
            content,
        )
        response = self._respond(request)
        return HttpResponse(response.content, response.status, response.headers)

    def _respond(self, request: Request) -> Response:
        if request.path.startswith("/sandbox/"):
            return respond_control(self, request)
        response = self._respond_as_google(request)
        self.requests.append({"method": request.http, "path": request.path, "status": response.status})
        if self._witness:
            self._witness(request, response)
        return response

    def _respond_as_google(self, request: Request) -> Response:
        if is_batch(request):
            return respond_batch(request, self._respond_one)
        page = respond_sign_in(self.state, self.origin, request)
        return page or self._respond_one(request)

    def _respond_one(self, request: Request) -> Response:
        return respond(self.state, self.origin, request)
