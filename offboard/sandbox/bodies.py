"""What a request's body says to Drive and Calendar, its values held against the kinds in the discovery document."""

from __future__ import annotations

import json
from typing import Any

from offboard.sandbox.documents import schemas
from offboard.sandbox.refusal import Refusal

KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
}


def read_body(body: dict[str, Any], schema: str, api: str = "drive") -> dict[str, Any]:
    """What the body says: null says nothing, an unknown name is ignored, a value of the wrong kind is refused."""
    known = schemas(api)[schema]["properties"]
    told = {name: value for name, value in body.items() if value is not None and name in known}
    for name, value in told.items():
        _check(known[name], value, name, api)
    return told


def _check(described: dict[str, Any], value: Any, path: str, api: str) -> None:
    if "$ref" in described:
        described = schemas(api)[described["$ref"]]
    kind = described["type"]
    if kind == "any":
        return
    counts = described.get("format") in ("int64", "uint64") and type(value) is int  # also without quotes
    wrong = not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != "boolean")
    if (wrong and not counts) or (kind == "integer" and not -(2**31) <= value < 2**31):
        shown = json.dumps(value, ensure_ascii=False)
        message = f"Invalid value at '{path}' (TYPE_{kind.upper()}), {shown}"
        raise Refusal(400, message, reason="invalid", location=path)
    if kind == "array":
        for number, item in enumerate(value):
            _check(described["items"], item, f"{path}[{number}]", api)
    for name, item in value.items() if kind == "object" else ():
        inner = described.get("properties", {}).get(name, described.get("additionalProperties"))
        if inner is not None and item is not None:
            _check(inner, item, f"{path}.{name}", api)
