"""What a request says: parameters by their documented types, and the bodies of Drive and Calendar."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from offboard.sandbox.documents import Method, schemas
from offboard.sandbox.refusal import Refusal

STRICT = {"sheets", "gmail"}  # these APIs refuse an unknown parameter; Drive ignores it
UPLOAD = {"upload_id", "uploadType", "upload_protocol"}  # the upload's own, in no method's description
BITS = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1)}
KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
}


def read_parameters(method: Method, path: Mapping[str, str], query: list[tuple[str, str]]) -> dict[str, Any]:
    """Parameters by name: integers, booleans, lists where repeated; defaults filled in; a wrong one is refused."""
    read: dict[str, Any] = {}
    strict = method.api in STRICT
    for name, text in [*path.items(), *query]:
        described = method.parameters.get(name)
        if described is None:
            if strict and name not in UPLOAD:
                raise _unbound(
                    name, f"Cannot bind query parameter. Field '{name}' could not be found in request message."
                )
            continue
        value = _typed(name, text, described)
        if described.get("repeated"):
            read.setdefault(name, []).append(value)
        elif name not in read:
            read[name] = value
        elif strict:
            raise _unbound(name, "Proto field is not repeating, cannot start list.")
        elif name not in path:
            read[name] = value
    return read | _defaults(method, read)


def _defaults(method: Method, read: dict[str, Any]) -> dict[str, Any]:
    missing = {name: described for name, described in method.parameters.items() if name not in read}
    for name, described in missing.items():
        if described.get("required"):
            raise Refusal(400, f"Required parameter: {name}", reason="required", location=name)
    return {name: _typed(name, of["default"], of) for name, of in missing.items() if "default" in of}


def _typed(name: str, text: str, described: dict[str, Any]) -> Any:
    kind = described.get("type")
    if kind == "boolean":
        if text.lower() not in ("true", "false"):
            raise _invalid(name, text, "TYPE_BOOL")
        return text.lower() == "true"
    if kind == "integer":
        return _integer(name, text, described)
    if "enum" in described and name != "$.xgafv" and text not in described["enum"]:
        if text.lower() in described["enum"]:  # Google's own pages write format=RAW
            return text.lower()
        raise _invalid(name, text, f"TYPE_ENUM, one of {', '.join(described['enum'])}")
    return text


def _integer(name: str, text: str, described: dict[str, Any]) -> int:
    kind = described.get("format", "int32")
    low, high = BITS.get(kind, (-(2**63), 2**63 - 1))
    if not re.fullmatch(r"[+-]?[0-9]{1,19}", text) or not low <= int(text) <= high:
        raise _invalid(name, text, f"TYPE_{kind.upper()}")
    number = int(text)
    if not int(described.get("minimum", number)) <= number <= int(described.get("maximum", number)):
        range_ = f"[{described.get('minimum')}, {described.get('maximum')}]"
        message = f"Invalid value '{number}'. Values must be within the range: {range_}"
        raise Refusal(400, message, reason="invalidParameter", location=name)
    return number


def _invalid(name: str, text: str, kind: str) -> Refusal:
    return Refusal(400, f"Invalid value at '{name}' ({kind}), \"{text}\"", reason="invalidParameter", location=name)


def _unbound(name: str, why: str) -> Refusal:
    message = f'Invalid JSON payload received. Unknown name "{name}": {why}'
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [{"description": message}]}]
    return Refusal(400, message, reason="invalid", details=details)


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
