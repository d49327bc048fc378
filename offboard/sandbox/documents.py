"""The discovery documents as the sandbox's ground: which methods exist, where, with which parameters and scopes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Any
from urllib.parse import unquote, urlsplit

Json = dict[str, Any]

DOCUMENTS = ("drive.v3", "sheets.v4", "gmail.v1", "calendar.v3", "drive.v2")


@dataclass(frozen=True)
class Method:
    """One method of one API, as its discovery document describes it."""

    id: str
    api: str
    document: str
    http: str
    path: re.Pattern[str]
    upload: bool
    parameters: dict[str, Any] = field(hash=False)
    request: str | None
    response: str | None
    scopes: frozenset[str]


@cache
def document(name: str) -> dict[str, Any]:
    """The discovery document of an API, such as `drive.v3`."""
    place = resources.files("googleapiclient") / "discovery_cache" / "documents" / f"{name}.json"
    loaded: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return loaded


@cache
def schemas(api: str) -> dict[str, Any]:
    """The schemas of an API (`drive`, `sheets`, …) or of one document of it (`drive.v2`), by name."""
    name = next(name for name in DOCUMENTS if name == api or name.startswith(api + "."))
    found: dict[str, Any] = document(name)["schemas"]
    return found


def _described(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _described(inner)


def _pattern(path: str) -> re.Pattern[str]:
    escaped = re.split(r"\{\+?(\w+)\}", path)
    parts = [f"(?P<{part}>[^/]+)" if n % 2 else re.escape(part) for n, part in enumerate(escaped)]
    return re.compile("/" + "".join(parts))


def _weight(path: str) -> int:
    return len(re.sub(r"\{[^}]*\}", "", path))


@cache
def methods() -> tuple[Method, ...]:
    """Every method of every document, the most literal path first; an upload address is an entry of its own."""
    found: list[tuple[int, Method]] = []
    for name in DOCUMENTS:
        described = document(name)
        api = described["name"]
        base = urlsplit(described["rootUrl"]).path.strip("/") + described.get("servicePath", "")
        for method in _described(described):
            addresses = [(base + method["path"], False)]
            simple = method.get("mediaUpload", {}).get("protocols", {}).get("simple")
            if simple:
                addresses.append((simple["path"].lstrip("/"), True))
            for path, upload in addresses:
                entry = Method(
                    id=method["id"] if name != "drive.v2" else "drive.v2." + method["id"].partition(".")[2],
                    api=api,
                    document=name,
                    http=method["httpMethod"],
                    path=_pattern(path),
                    upload=upload,
                    parameters=described.get("parameters", {}) | method.get("parameters", {}),
                    request=method.get("request", {}).get("$ref"),
                    response=method.get("response", {}).get("$ref"),
                    scopes=frozenset(method.get("scopes", ())),
                )
                found.append((_weight(path), entry))
    return tuple(method for _, method in sorted(found, key=lambda pair: -pair[0]))


@cache
def _by_http(http: str, first: str) -> tuple[Method, ...]:
    return tuple(m for m in methods() if m.http == http and m.path.pattern.split("/")[1].replace("\\", "") == first)


@lru_cache(maxsize=256)  # whatever a request meets on its way asks this
def find_method(http: str, raw_path: str) -> tuple[Method, Mapping[str, str]] | None:
    """The method that answers this address, with its path parameters decoded; None where no API has one."""
    for method in _by_http(http, raw_path.split("/", 2)[1] if raw_path.startswith("/") else ""):
        matched = method.path.fullmatch(raw_path)
        if matched:
            return method, {name: unquote(value) for name, value in matched.groupdict().items()}
    return None


def find_upload(raw_path: str) -> tuple[Method, Mapping[str, str]] | None:
    """The method whose upload address this is; a begun upload goes on by PUT, whatever the method itself says."""
    for http in ("POST", "PATCH", "PUT"):
        found = find_method(http, raw_path)
        if found and found[0].upload:
            return found
    return None
