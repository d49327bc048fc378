"""A request's query and path parameters, read by their documented types."""

from __future__ import annotations

import re
from typing import Any

from offboard.sandbox.documents import Method
from offboard.sandbox.refusal import Refusal

STRICT = {"sheets", "gmail"}  # these APIs refuse an unknown parameter; Drive ignores it


def read_parameters(method: Method, path: dict[str, str], query: list[tuple[str, str]]) -> dict[str, Any]:
    """Parameters by name: integers, booleans, lists where repeated; defaults filled in; a wrong one is refused."""
    read: dict[str, Any] = {}
    for name, text in [*path.items(), *query]:
        described = method.parameters.get(name)
        if described is None:
            if method.api in STRICT and name not in ("upload_id", "uploadType"):
                raise _unknown(name)
            continue
        value = _typed(name, text, described)
        if described.get("repeated"):
            read.setdefault(name, []).append(value)
        else:
            read[name] = value
    for name, described in method.parameters.items():
        if name in read:
            continue
        if described.get("required"):
            raise Refusal(400, f"Required parameter: {name}", reason="required", location=name)
        if "default" in described:
            read[name] = _typed(name, described["default"], described)
    return read


def _typed(name: str, text: str, described: dict[str, Any]) -> Any:
    kind = described.get("type")
    if kind == "boolean":
        if text.lower() not in ("true", "false"):
            raise _invalid(name, text, "TYPE_BOOL")
        return text.lower() == "true"
    if kind == "integer":
        if not re.fullmatch(r"[+-]?\d{1,18}", text):
            raise _invalid(name, text, "TYPE_INT32")
        number = int(text)
        if not int(described.get("minimum", number)) <= number <= int(described.get("maximum", number)):
            low, high = described.get("minimum"), described.get("maximum")
            message = f"Invalid value '{number}'. Values must be within the range: [{low}, {high}]"
            raise Refusal(400, message, reason="invalidParameter", location=name)
        return number
    if "enum" in described and name not in ("alt", "$.xgafv") and text not in described["enum"]:
        raise _invalid(name, text, f"TYPE_ENUM, one of {', '.join(described['enum'])}")
    return text


def _invalid(name: str, text: str, kind: str) -> Refusal:
    return Refusal(400, f"Invalid value at '{name}' ({kind}), \"{text}\"", reason="invalidParameter", location=name)


def _unknown(name: str) -> Refusal:
    message = (
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
        f"Field '{name}' could not be found in request message."
    )
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [{"description": message}]}]
    return Refusal(400, message, reason="invalid", details=details)
