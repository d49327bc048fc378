"""Several requests in one: multipart/mixed in, each answered by itself, multipart/mixed out."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from email import policy
from email.parser import BytesParser
from urllib.parse import urlsplit

from offboard.sandbox.gateway import Request, Response

PATHS = re.compile(r"/batch(/(drive/v3|gmail/v1|calendar/v3))?")
MOST = 100  # Google refuses more calls in one batch


def is_batch(request: Request) -> bool:
    """Whether this is the address of a batch."""
    return request.http == "POST" and PATHS.fullmatch(request.path) is not None


def respond_batch(request: Request, respond_one: Callable[[Request], Response]) -> Response:
    """Answer each inner request in its order; the outer Authorization serves those without their own."""
    kind = request.headers.get("content-type", "")
    head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=policy.HTTP).parsebytes(head + request.content)
    parts = list(message.iter_parts()) if message.get_content_type() == "multipart/mixed" else []
    if not parts or len(parts) > MOST:
        return Response(400, b"Failed to parse batch request.", {"Content-Type": "text/plain; charset=UTF-8"})
    boundary = f"batch_{secrets.token_hex(12)}"
    out = []
    for number, part in enumerate(parts):
        payload = part.get_payload(decode=True)
        inner = _read_part(payload, request) if isinstance(payload, bytes) else None
        answer = respond_one(inner) if inner else Response(400, b"")
        given = str(part.get("Content-ID", f"<item{number}>"))
        out.append(f"--{boundary}\r\nContent-Type: application/http\r\n".encode())
        out.append(f"Content-ID: {given.replace('<', '<response-', 1)}\r\n\r\n".encode())
        out.append(f"HTTP/1.1 {answer.status} .\r\n".encode())
        headers = answer.headers | {"Content-Length": str(len(answer.content))}
        out.extend(f"{name}: {value}\r\n".encode() for name, value in headers.items())
        out.append(b"\r\n" + answer.content + b"\r\n")
    out.append(f"--{boundary}--\r\n".encode())
    return Response(200, b"".join(out), {"Content-Type": f"multipart/mixed; boundary={boundary}"})


def _read_part(content: bytes, outer: Request) -> Request | None:
    line, _, rest = content.lstrip().partition(b"\n")
    words = line.decode("latin-1").split()
    if len(words) < 2:
        return None
    block, _, body = rest.replace(b"\r\n", b"\n").partition(b"\n\n")
    headers = {"authorization": outer.headers.get("authorization", "")}
    for entry in block.decode("latin-1").splitlines():
        name, _, value = entry.partition(":")
        headers[name.strip().lower()] = value.strip()
    address = urlsplit(words[1])
    return Request(words[0], address.path, address.query, headers, body)
