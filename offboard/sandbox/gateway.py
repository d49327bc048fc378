"""The way of a request: found in the documents, signed in, allowed, read, answered by its room, masked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson

from offboard.sandbox.authorization import check_scopes, get_bearer
from offboard.sandbox.call import ANSWERED, Answer, Call, Media, Room
from offboard.sandbox.documents import Method, find_method, find_upload
from offboard.sandbox.fields import BadMask, Mask, apply_mask, check_mask, parse_mask
from offboard.sandbox.parameters import read_parameters
from offboard.sandbox.refusal import LEGACY, Refusal
from offboard.sandbox.state import State
from offboard.sandbox.uploads import begin_upload, continue_upload, finish_upload, read_json, read_multipart
from offboard.sandbox.validation import check_body

MIME = re.compile(r"[\w.+-]+/[\w.+-]+(\s*;[\x20-\x7e]*)?", re.ASCII)
UPLOADS = ("", "media", "multipart", "resumable")
Taken = tuple[dict[str, Any], Media | None]


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
    found = find_called(request)
    if found is None:
        return _html_404(request)
    method, path = found
    try:
        with state.transaction():
            return _answer(state, origin, request, method, path)
    except Refusal as refusal:
        return refuse(refusal, method)


def find_called(request: Request) -> tuple[Method, Mapping[str, str]] | None:
    """The method that a request calls, with its path parameters; None where no API has one."""
    goes_on = request.http == "PUT" and request.path.startswith("/upload/") and "upload_id=" in request.query
    return find_upload(request.path) if goes_on else find_method(request.http, request.path)


def respond_broken(request: Request) -> Response:
    """What Google answers when one of its own rooms fails."""
    found = find_called(request)
    if found is None:
        return Response(500, b"<!DOCTYPE html><title>Error 500 (Server Error)</title>", {"Content-Type": "text/html"})
    return refuse(Refusal(500, "Internal error encountered.", reason="backendError"), found[0])


def _answer(state: State, origin: str, request: Request, method: Method, path: Mapping[str, str]) -> Response:
    query = parse_qsl(request.query, keep_blank_values=True)
    bearer = get_bearer(state, request.headers)
    room = ANSWERED.get(method.id)
    if room is None:
        raise Refusal(501, f"The sandbox does not answer {method.id}.", reason="notImplemented")
    check_scopes(bearer, method)
    parameters = read_parameters(method, path, query)
    if parameters.get("alt") == "proto":
        raise Refusal(501, "The sandbox does not answer alt=proto.", reason="notImplemented")
    mask = _mask(method, parameters, room.default_fields)
    upload = dict(query).get("upload_id", "") if method.upload else ""
    taken = _take(state, request, method, dict(query)) if method.upload else _read(method, request.content)
    if isinstance(taken, Response):
        return taken
    body, media = taken
    if method.request:
        check_body(method, body)
    call = Call(method, parameters, body, media, bearer, state, origin, request.headers)
    if isinstance(media, Coming):
        _foresee(room, call)
        return _begin(request, call, media)
    response = _wire(room.answer(call), mask, request)
    if upload:
        finish_upload(state, upload, response.content)
    return response


def _read(method: Method, content: bytes) -> Taken:
    return read_json(content, method.api), None


def _take(state: State, request: Request, method: Method, query: dict[str, str]) -> Taken | Response:
    """The body and the media of an upload, which may be still to come; an answer where it is not whole yet, or over."""
    kind, upload = query.get("uploadType", ""), query.get("upload_id", "")
    mime = request.headers.get("content-type", "application/octet-stream").partition(";")[0].strip()
    if upload:
        taken = continue_upload(state, upload, request.path, request.content, request.headers)
        if isinstance(taken, int):
            return Response(308, b"", {"Range": f"bytes=0-{taken - 1}"} if taken else {})
        return _json_content(200, taken) if isinstance(taken, bytes) else taken
    if kind not in UPLOADS:
        raise Refusal(400, f"Invalid upload type: {kind}", reason="badRequest", location="uploadType")
    if kind == "resumable":
        mime = request.headers.get("x-upload-content-type", "application/octet-stream")
        return read_json(request.content, method.api), Coming(b"", mime)
    if kind == "multipart":
        return read_multipart(request.content, request.headers.get("content-type", ""))
    return {}, Media(request.content, mime)


class Coming(Media):
    """Media that are announced, and will be uploaded in the requests that follow."""


def _foresee(room: Room, call: Call) -> None:
    """Refuse before the bytes come what will be refused for who asks, and where; bad bytes are seen at the end."""
    if call.method.api != "drive":
        return
    try:
        with call.state.undone():
            room.answer(call)
    except Refusal as refusal:
        if refusal.code in (403, 404, 409):
            raise


def _begin(request: Request, call: Call, coming: Coming) -> Response:
    upload = begin_upload(call.state, request.path, call.body, request.headers, coming.mime)
    there = f"{call.origin}{request.path}?{request.query}&upload_id={upload}"
    return Response(200, b"", {"Location": there, "X-GUploader-UploadID": upload})


def _mask(method: Method, parameters: dict[str, Any], default: str) -> Mask:
    text = parameters.get("fields") or default
    if not text:
        return {}
    try:
        mask = parse_mask(text)
        check_mask(mask, method.document, method.response)
    except BadMask as bad:
        if method.api in LEGACY:
            message = f"Invalid field selection {str(bad).rpartition('.')[2]}"
            raise Refusal(400, message, reason="invalidParameter", location="fields") from None
        description = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{bad}'."
        violation = {"field": str(bad), "description": description}
        details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}]
        raise Refusal(400, "Request contains an invalid argument.", reason="badRequest", details=details) from None
    return mask


def _wire(answer: Answer, mask: Mask, request: Request) -> Response:
    if answer is None:
        return Response(204, b"")
    if isinstance(answer, Media):
        return _download(answer, request)
    return _json(200, apply_mask(mask, answer))


def _download(media: Media, request: Request) -> Response:
    headers = {"Content-Type": media.mime if MIME.fullmatch(media.mime) else "application/octet-stream"}
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


def refuse(refusal: Refusal, method: Method) -> Response:
    """A refusal on the wire, in the words of the method's API."""
    return _json(refusal.code, refusal.body(method.api), refusal.headers)


def _json(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return _json_content(status, orjson.dumps(body), headers)


def _json_content(status: int, content: bytes, headers: dict[str, str] | None = None) -> Response:
    return Response(status, content, {"Content-Type": "application/json; charset=UTF-8"} | (headers or {}))


def _html_404(request: Request) -> Response:
    text = f"<!DOCTYPE html><title>Error 404 (Not Found)</title><p>The sandbox answers nothing at {request.http} here."
    return Response(404, text.encode(), {"Content-Type": "text/html; charset=UTF-8"})
