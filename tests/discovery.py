"""Our own strict reading of Google's discovery documents, held against every answer of the sandbox."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Any
from urllib.parse import parse_qs

from offboard.sandbox.gateway import Request, Response
from tests.schema import Checker, Problems

APIS = ("drive.v3", "drive.v2", "sheets.v4", "gmail.v1", "calendar.v3")
STRICT = {"sheets", "gmail"}  # what these do not know they refuse; Drive ignores it
PLAIN = {"drive", "calendar"}  # errors of these have no status
STATUSES = {
    400: {"INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE"},
    401: {"UNAUTHENTICATED"},
    403: {"PERMISSION_DENIED"},
    404: {"NOT_FOUND"},
    409: {"ALREADY_EXISTS", "ABORTED"},
    429: {"RESOURCE_EXHAUSTED"},
    501: {"UNIMPLEMENTED"},
    503: {"UNAVAILABLE"},
}
FILE = {"kind", "id", "name", "mimeType", "resourceKey", "driveId", "teamDriveId"}
PERMISSION = {"kind", "id", "type", "role", "allowFileDiscovery", "view", "pendingOwner"}
DEFAULTS = {  # what Drive v3 answers when no fields are asked for; lists: of each entry
    **dict.fromkeys(["drive.files." + verb for verb in ("create", "get", "update", "copy")], FILE),
    **dict.fromkeys(["drive.permissions." + verb for verb in ("create", "get", "update")], PERMISSION),
    "drive.files.list": FILE,
    "drive.permissions.list": PERMISSION,
}
ENTRY = {"domain", "reason", "message"}
TOKEN_KEYS = {"access_token", "expires_in", "scope", "token_type"}
TOKEN_EXTRAS = {"refresh_token", "refresh_token_expires_in", "id_token"}
UPLOAD_QUERY = {"uploadType", "upload_id", "upload_protocol"}


class Method:
    """A method as its document describes it, ready to check answers."""

    def __init__(self, api: str, version: str, document: dict[str, Any], described: dict[str, Any]) -> None:
        self.id = described["id"]
        self.api = api
        self.version = version
        self.parameters = document["parameters"] | described.get("parameters", {})
        self.request = Checker(document["schemas"], described["request"]) if "request" in described else None
        self.response = Checker(document["schemas"], described["response"]) if "response" in described else None
        self.empty = "response" not in described
        self.media = described.get("supportsMediaDownload", False)


class Witness:
    """Collects what Google would not have answered; called with every request and its answer."""

    def __init__(self) -> None:
        self.violations: list[str] = []

    def __call__(self, request: Request, response: Response) -> None:
        """Hold one answer against the documents."""
        for problem in list_problems(request, response):
            self.violations.append(f"{request.http} {request.path}?{request.query} -> {response.status}: {problem}")


def list_problems(request: Request, response: Response) -> list[str]:
    """Everything in this answer that the documents do not promise."""
    try:
        return list(_check(request, response))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        return [f"not even the shape of an answer: {error!r}"]


def _check(request: Request, response: Response) -> Iterator[str]:
    upload = request.path.startswith("/upload/")
    goes_on = upload and request.http == "PUT" and "upload_id=" in request.query
    method = _find("" if goes_on else request.http, request.path)
    query = parse_qs(request.query, keep_blank_values=True)
    if response.status == 500:
        yield "the sandbox broke; see its traceback"
    elif request.http == "POST" and request.path in ("/token", "/revoke"):
        yield from _check_token(request, response)
    elif request.path.startswith("/o/oauth2/"):
        return
    elif method is None:
        yield from [] if response.status == 404 else ["no document has this address"]
    elif response.status >= 400:
        yield from _check_error(method, response)
    else:
        yield from _check_query(method, query)
        yield from _check_body(method, request, upload)
        yield from _check_answer(method, query, response)


def _check_token(request: Request, response: Response) -> Iterator[str]:
    answer = json.loads(response.content)
    if response.status >= 400:
        if set(answer) != {"error", "error_description"}:
            yield f"an OAuth error has error and error_description, not {sorted(answer)}"
    elif request.path == "/token" and not TOKEN_KEYS <= set(answer) <= TOKEN_KEYS | TOKEN_EXTRAS:
        yield f"a token answer does not have {sorted(answer)}"


def _check_error(method: Method, response: Response) -> Iterator[str]:
    error = json.loads(response.content)["error"]
    code, message = error["code"], error["message"]
    if code != response.status or not isinstance(message, str) or not message:
        yield f"error says {code}, {message!r}"
    if set(error) - {"code", "message", "errors", "status", "details"}:
        yield f"error has {sorted(error)}"
    if method.api not in PLAIN and error.get("status") not in STATUSES.get(response.status, {error.get("status")}):
        yield f"error has status {error.get('status')!r}"
    if method.api in STRICT and "status" not in error:
        yield "error has no status"
    entries = error.get("errors", [])
    if (method.api == "sheets") != (not entries):
        yield f"error has errors {entries}; Sheets never has any, the others always do"
    for entry in entries:
        known = ENTRY <= set(entry) <= ENTRY | {"location", "locationType"}
        if not known or not all(isinstance(value, str) and value for value in entry.values()):
            yield f"errors[] has {entry}"


def _check_query(method: Method, query: dict[str, list[str]]) -> Iterator[str]:
    """A request that was answered must have been one that Google answers."""
    for name, values in query.items():
        described = method.parameters.get(name)
        if described is None:
            if method.api in STRICT and name not in UPLOAD_QUERY:
                yield f"unknown parameter {name} was accepted"
            continue
        words = {word.lower() for word in described.get("enum", ())} if name != "$.xgafv" else set()
        whole = described.get("type") == "integer"
        for value in values:
            if (words and value.lower() not in words) or (whole and not re.fullmatch(r"-?[0-9]+", value)):
                yield f"{name}={value} was accepted"
    if method.id == "drive.about.get" and "fields" not in query:
        yield "about.get without fields was answered"


def _check_body(method: Method, request: Request, upload: bool) -> Iterator[str]:
    if method.request and method.api in STRICT and not upload and request.content.strip():
        problems = Problems(asked=True)
        method.request.check(json.loads(request.content), problems)
        yield from (f"request was accepted with {problem}" for problem in problems.found)


def _check_answer(method: Method, query: dict[str, list[str]], response: Response) -> Iterator[str]:
    if response.status in (206, 308) or "Location" in response.headers:
        return
    if query.get("alt") == ["media"] or (method.media and method.empty):
        return
    if method.empty:
        if response.content or response.status != 204:
            yield f"{response.status} with {len(response.content)} bytes where nothing is answered"
        return
    kind = response.headers.get("Content-Type", "")
    if response.status != 200 or not kind.startswith("application/json"):
        yield f"answered as {response.status} {kind!r}"
        return
    answer = json.loads(response.content)
    problems = Problems()
    assert method.response is not None
    method.response.check(answer, problems)
    yield from problems.found
    yield from _check_fields(method, query.get("fields", [""])[-1], answer)


def _check_fields(method: Method, fields: str, answer: Any) -> Iterator[str]:
    if fields:
        yield from _outside(_parse(fields), answer, "")
        return
    if method.version != "v3" or method.id not in DEFAULTS:
        return
    listed = method.id.endswith(".list")
    key = method.id.split(".")[1]
    for entry in answer.get(key, []) if listed else [answer]:
        if not {"kind", "id"} <= set(entry) <= DEFAULTS[method.id]:
            extra = sorted(set(entry) - DEFAULTS[method.id])
            yield f"without fields asked for, Drive answers kind and id, and never {extra}"


def _outside(mask: dict[str, Any], answer: Any, path: str) -> Iterator[str]:
    if not (mask and answer) or "*" in mask:
        return
    if isinstance(answer, list):
        for entry in answer:
            yield from _outside(mask, entry, path)
    elif isinstance(answer, dict):
        for name, value in answer.items():
            if name in mask:
                yield from _outside(mask[name], value, f"{path}.{name}")
            else:
                yield f"{path}.{name} was answered though fields leaves it out"


@lru_cache(maxsize=512)
def _parse(fields: str) -> dict[str, Any]:
    """The tree of a mask that the sandbox has accepted; read by rewriting it to JSON."""
    paths = re.sub(r"[^,()/.\s]+", lambda name: json.dumps(name[0]), fields)
    tokens = re.findall(r'"[^"]*"|[(),/.]', paths)
    root: dict[str, Any] = {}
    levels, node = [root], root
    for token in tokens:
        if token == "(":
            levels.append(node)
        elif token == ")":
            node = levels.pop()
        elif token == ",":
            node = levels[-1]
        elif token not in "/.":
            node = node.setdefault(json.loads(token), {})
    return root


@cache
def _methods() -> dict[tuple[str, str, int], list[tuple[re.Pattern[str], Method]]]:
    """Methods with their addresses, by HTTP method, first word and length of the path; the most literal first."""
    index: dict[tuple[str, str, int], list[tuple[re.Pattern[str], Method]]] = {}
    for name in APIS:
        place = resources.files("googleapiclient") / "discovery_cache" / "documents" / f"{name}.json"
        document = json.loads(place.read_text())
        base = "/" + re.sub(r"^https?://[^/]*/", "", document["rootUrl"]) + document["servicePath"]
        for described in _walk(document):
            method = Method(document["name"], document["version"], document, described)
            upload = described.get("mediaUpload", {}).get("protocols", {}).get("simple", {}).get("path")
            for path, verbs in [(base + described["path"], [described["httpMethod"]])] + (
                [(upload, [described["httpMethod"], ""])] if upload else []  # "": an upload that goes on
            ):
                pattern = re.compile(re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(path)))
                for verb in verbs:
                    index.setdefault((verb, path.split("/")[1], path.count("/")), []).append((pattern, method))
    for found in index.values():
        found.sort(key=lambda entry: -len(entry[0].pattern.replace("[^/]+", "")))
    return index


def _walk(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _walk(inner)


def _find(http: str, path: str) -> Method | None:
    found = _methods().get((http, path.partition("/")[2].partition("/")[0], path.count("/")), [])
    return next((method for pattern, method in found if pattern.fullmatch(path)), None)
