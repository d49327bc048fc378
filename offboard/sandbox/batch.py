"""Several requests in one: multipart/mixed in, each answered by itself, multipart/mixed out."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from offboard.sandbox.gateway import Request, Response
from offboard.sandbox.uploads import Part, read_headers, split_head, split_parts

PATHS = re.compile(r"/batch(/(drive/v3|gmail/v1|calendar/v3))?")
MOST = 100  # Google refuses more calls in one batch


def is_batch(request: Request) -> bool:
    """Whether this is the address of a batch."""
    return request.http == "POST" and PATHS.fullmatch(request.path) is not None


def list_requests(request: Request) -> list[Request]:
    """The requests of a batch, in the order in which they are answered."""
    inner = (_read_request(part, request) for part in _list_parts(request))
    return [one for one in inner if one]


def respond_batch(request: Request, respond_one: Callable[[Request], Response]) -> Response:
    """Answer each inner request in its order; the outer Authorization serves those without their own."""
    parts = _list_parts(request)
    if not parts:
        return Response(400, b"Failed to parse batch request.", {"Content-Type": "text/plain; charset=UTF-8"})
    boundary = f"batch_{secrets.token_hex(12)}"
    out: list[bytes] = []
    for number, part in enumerate(parts):
        inner = _read_request(part, request)
        answer = respond_one(inner) if inner else _malformed()
        given = part.headers.get("content-id", f"<item{number}>")
        headers = answer.headers | {"Content-Length": str(len(answer.content))}
        lines = [
            f"--{boundary}",
            "Content-Type: application/http",
            f"Content-ID: {given.replace('<', '<response-', 1)}",
            "",
            f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        out += ["\r\n".join(lines).encode("latin-1", "replace"), b"\r\n\r\n", answer.content, b"\r\n"]
    out.append(f"--{boundary}--\r\n".encode())
    return Response(200, b"".join(out), {"Content-Type": f"multipart/mixed; boundary={boundary}"})


def _list_parts(request: Request) -> list[Part]:
    parts = split_parts(request.content, request.headers.get("content-type", ""), "multipart/mixed")
    return parts if len(parts) <= MOST else []


def _malformed() -> Response:
    return Response(400, b"Failed to parse a request of the batch.", {"Content-Type": "text/plain; charset=UTF-8"})


def _read_request(part: Part, outer: Request) -> Request | None:
    head, body = split_head(part.content.lstrip())
    line, _, block = head.partition(b"\n")
    words = line.decode("latin-1").split()
    if len(words) < 2:
        return None
    try:
        address = urlsplit(words[1])
    except ValueError:
        return None
    headers = {"authorization": outer.headers.get("authorization", "")} | read_headers(block)
    return Request(words[0], address.path, address.query, headers, body)
