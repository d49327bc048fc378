"""JSON values as they stand in Google's own words: as protocol buffers in their text format."""

from __future__ import annotations

import json
from textwrap import indent
from typing import Any


def proto_text(value: Any) -> str:
    """`number_value: 1.0`, or with braces over several lines."""
    if isinstance(value, list):
        return f"list_value {_braced(*(f'values {_braced(proto_text(item))}' for item in value))}"
    if isinstance(value, dict):
        items = ((f"key: {json.dumps(key)}\n", f"value {_braced(proto_text(item))}") for key, item in value.items())
        return f"struct_value {_braced(*(f'fields {_braced(*item)}' for item in items))}"
    if value is None:
        return "null_value: NULL_VALUE\n"
    if isinstance(value, str | bool):
        return f"{'string' if isinstance(value, str) else 'bool'}_value: {json.dumps(value)}\n"
    return f"number_value: {float(value)}\n"


def _braced(*parts: str) -> str:
    return "{\n" + indent("".join(parts), "  ") + "}\n"
