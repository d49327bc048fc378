"""The way of a request: found in the documents, signed in, allowed, read, answered by its room, masked."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from offboard.sandbox.call import ANSWERED, Answer, Bearer, Call, Media
from offboard.sandbox.documents import Method, find_method
from offboard.sandbox.fields import BadMask, apply_mask, check_mask, parse_mask
from offboard.sandbox.oauth.tokens import find_bearer
from offboard.sandbox.parameters import read_parameters
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.state import State
from offboard.sandbox.uploads import begin_upload, continue_upload, read_json, read_multipart
from offboard.sandbox.validation import check_body


@dataclass(frozen=True)
class Request:
    """A request on the wire: `path` still percent-encoded, header names in lower case."""

    http: str
    path: str
    query: str
    headers: dict[str, str]
    content: bytes


@dataclass(frozen=True)
class Response:
    """An answer on the wire."""

    status: int
    content: bytes
    headers: dict[str, str] = field(default_factory=dict)


def respond(state: State, origin: str, request: Request) -> Response:
    """Answer one API request, in one transaction; a refusal undoes all that it wrote."""
    found = find_method(request.http, request.path)
    if found is None:
        return _html_404(request)
    method, path = found
    try:
        with state.transaction():
            return _answer(state, origin, request, method, path)
    except Refusal as refusal:
        return _json(refusal.code, refusal.body(method.api), refusal.headers)


def _answer(state: State, origin: str, request: Request, method: Method, path: dict[str, str]) -> Response:
    query = parse_qsl(request.query, keep_blank_values=True)
    bearer = _sign_in(state, request, method)
    room = ANSWERED.get(method.id)
    if room is None:
        raise Refusal(501, f"The sandbox does not answer {method.id}.", reason="notImplemented")
    if not method.scopes & bearer.scopes:
        raise _scopes_missing(method.api)
    parameters = read_parameters(method, path, query)
    mask = _mask(method, parameters, room.default_fields)
    upload = dict(query).get("upload_id", "") if method.upload else ""
    kind = dict(query).get("uploadType", "")
    address = f"{request.http} {request.path}"
    if method.upload and kind == "resumable" and not upload:
        body = read_json(request.content)
        upload = begin_upload(state, address, body, request.headers)
        there = f"{origin}{request.path}?{request.query}&upload_id={upload}"
        return Response(200, b"", {"Location": there, "X-GUploader-UploadID": upload})
    media = None
    if upload:
        taken = continue_upload(state, upload, address, request.content, request.headers)
        if isinstance(taken, int):
            return Response(308, b"", {"Range": f"bytes=0-{taken - 1}"} if taken else {})
        body, media = taken
    elif method.upload and kind == "multipart":
        body, media = read_multipart(request.content, request.headers.get("content-type", ""))
    elif method.upload:
        mime = request.headers.get("content-type", "application/octet-stream").partition(";")[0].strip()
        body, media = {}, Media(request.content, mime)
    else:
        body = read_json(request.content)
    if method.request:
        check_body(method, body)
    call = Call(method, parameters, body, media, bearer, state, origin, request.headers)
    return _wire(room.answer(call), mask, request)


def _sign_in(state: State, request: Request, method: Method) -> Bearer:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        message = (
            "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or "
            "other valid authentication credential. See "
            "https://developers.google.com/identity/sign-in/web/devconsole-project."
        )
        raise Refusal(
            401,
            message,
            reason="required",
            location="Authorization",
            location_type="header",
            short="Login Required.",
        )
    bearer = find_bearer(state, token.strip())
    if bearer is None:
        message = (
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other "
            "valid authentication credential. See "
            "https://developers.google.com/identity/sign-in/web/devconsole-project."
        )
        raise Refusal(
            401,
            message,
            reason="authError",
            location="Authorization",
            location_type="header",
            short="Invalid Credentials",
            headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"'},
        )
    return bearer


def _scopes_missing(api: str) -> Refusal:
    long = "Insufficient Permission: Request had insufficient authentication scopes."
    message = long if api == "drive" else "Request had insufficient authentication scopes."
    short = long if api == "drive" else "Insufficient Permission"
    return Refusal(403, message, reason="insufficientPermissions", short=short)


def _mask(method: Method, parameters: dict[str, Any], default: str) -> dict[str, Any]:
    text = parameters.get("fields") or default
    if not text:
        return {}
    try:
        mask = parse_mask(text)
        check_mask(mask, method.api, method.response)
    except BadMask as bad:
        if method.api == "drive":
            message = f"Invalid field selection {str(bad).rpartition('.')[2]}"
            raise Refusal(400, message, reason="invalidParameter", location="fields") from None
        description = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{bad}'."
        violation = {"field": str(bad), "description": description}
        details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}]
        raise Refusal(400, "Request contains an invalid argument.", reason="badRequest", details=details) from None
    return mask


def _wire(answer: Answer, mask: dict[str, Any], request: Request) -> Response:
    if answer is None:
        return Response(204, b"")
    if isinstance(answer, Media):
        return _download(answer, request)
    return _json(200, apply_mask(mask, answer))


def _download(media: Media, request: Request) -> Response:
    headers = {"Content-Type": media.mime}
    asked = request.headers.get("range", "").strip()
    if not media.ranged or not asked.startswith("bytes=") or "," in asked:
        return Response(200, media.content, headers)
    first, _, last = asked.removeprefix("bytes=").partition("-")
    size = len(media.content)
    try:
        start = int(first) if first else max(0, size - int(last))
        end = min(int(last), size - 1) if first and last else size - 1
    except ValueError:
        return Response(200, media.content, headers)
    if start >= size or start > end:
        message = "Request range not satisfiable"
        raise Refusal(416, message, reason="requestedRangeNotSatisfiable", location="Range", location_type="header")
    headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return Response(206, media.content[start : end + 1], headers)


def _json(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, content, {"Content-Type": "application/json; charset=UTF-8"} | (headers or {}))


def _html_404(request: Request) -> Response:
    text = f"<!DOCTYPE html><title>Error 404 (Not Found)</title><p>The sandbox answers nothing at {request.http} here."
    return Response(404, text.encode(), {"Content-Type": "text/html; charset=UTF-8"})
