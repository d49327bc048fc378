"""Request bodies held against the documents' schemas, as Google's JSON parser does for Sheets and Gmail."""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from offboard.sandbox.documents import Json, Method, schemas
from offboard.sandbox.refusal import Refusal

STRICT = {"sheets": "google.apps.sheets.v4", "gmail": "google.gmail.v1"}  # Drive's parser takes what it knows
ROOTS = {"ValueRange": "data", "Spreadsheet": "spreadsheet"}  # a body that is one field of the request message
ONE_OF: dict[str, tuple[str, tuple[str, ...]]] = {  # of these at most one may be set; no names: of all
    "Request": ("kind", ()),
    "ExtendedValue": ("value", ()),
    "DataFilter": ("filter", ()),
    "ColorStyle": ("kind", ()),
    "ConditionalFormatRule": ("rule", ("booleanRule", "gradientRule")),
    "UpdateCellsRequest": ("area", ("start", "range")),
    "FindReplaceRequest": ("scope", ("range", "sheetId", "allSheets")),
    "DeveloperMetadataLocation": ("location", ("spreadsheet", "sheetId", "dimensionRange")),
}
WHOLE = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1)}
LIST = "type.googleapis.com/google.protobuf.ListValue"


def check_body(method: Method, body: Json) -> None:
    """Refuse an unknown name or a value of the wrong kind with its path; Drive ignores unknown names.

    What Google's parser takes in more than one way is brought into one: nulls are dropped, names are in camel case,
    a single value for a list becomes a list, a number in quotes a number.
    """
    if method.api not in STRICT or not method.request:
        return
    name = method.request
    root = ROOTS.get(name, "" if name.endswith("Request") or method.api == "sheets" else _snake(name).lstrip("_"))
    parser = _Parser(method.api)
    parser.message(name, body, root)
    if parser.violations:
        details = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": parser.violations}
        message = "\n".join(violation["description"] for violation in parser.violations)
        raise Refusal(400, message, reason="invalid", details=[details])


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: "_" + letter[0].lower(), name)


def _camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda letter: letter[1].upper(), name)


@dataclass
class _Parser:
    api: str
    violations: list[Json] = field(default_factory=list)

    def refuse(self, path: str, description: str) -> None:
        self.violations.append(({"field": path} if path else {}) | {"description": description})

    def wrong(self, path: str, kind: str, value: Any) -> None:
        text = json.dumps(value, ensure_ascii=False)
        shown = "Starting an object on a scalar field" if isinstance(value, dict) else text
        self.refuse(path, f"Invalid value at '{path}' ({kind}), {shown}")

    def unknown(self, path: str, name: str, why: str) -> None:
        place = f" at '{path}'" if path else ""
        self.refuse(path, f'Invalid JSON payload received. Unknown name "{name}"{place}: {why}')

    def message(self, schema: str, value: Json, path: str) -> None:
        """Check an object against a schema, in place."""
        known = schemas(self.api)[schema].get("properties", {})
        for name in list(value):
            item = value.pop(name)
            plain = name if name in known else _camel(name)
            here = f"{path}.{_snake(plain)}" if path else _snake(plain)
            if plain not in known:
                self.unknown(path, name, "Cannot find field.")
            elif isinstance(item, list) and known[plain].get("type") != "array":
                self.unknown(path, name, "Proto field is not repeating, cannot start list.")
            elif item is not None:
                value[plain] = self.value(known[plain], item, here)
        group, names = ONE_OF.get(schema, ("", ()))
        given = [name for name in value if not names or name in names] if group else []
        for name in given[1:]:
            reason = f"oneof field '{group}' is already set. Cannot set '{name}'"
            self.refuse(path, f"Invalid value at '{path}' (oneof), {reason}")

    def value(self, described: Json, value: Any, path: str) -> Any:
        """A value as its schema describes it; a wrong one is noted and given back as it is."""
        if "$ref" in described:
            if not isinstance(value, dict):
                self.wrong(path, f"type.googleapis.com/{STRICT[self.api]}.{described['$ref']}", value)
            else:
                self.message(described["$ref"], value, path)
            return value
        kind = described.get("type", "any")
        if kind == "array":
            return self.items(described["items"], value, path)
        if kind == "object":
            inner = described.get("additionalProperties", {"type": "any"})
            if not isinstance(value, dict):
                self.wrong(path, "TYPE_MESSAGE", value)
                return value
            return {name: self.value(inner, item, f"{path}.{name}") for name, item in value.items()}
        scalar = SCALARS.get(kind)
        return scalar(self, described, value, path) if scalar else value

    def items(self, described: Json, value: Any, path: str) -> Any:
        """A list; anything else stands for a list of one."""
        if not isinstance(value, list):
            return [self.item(described, value, path)]
        return [self.item(described, item, f"{path}[{number}]") for number, item in enumerate(value)]

    def item(self, described: Json, value: Any, path: str) -> Any:
        """One of a list's values: rows of cell values are lists of anything."""
        if described.get("type") == "array":
            if not isinstance(value, list):
                self.wrong(path, LIST, value)
            return value
        if isinstance(value, list) and described.get("type") != "any":
            self.wrong(path, f"type.googleapis.com/{STRICT[self.api]}.{described.get('$ref', 'Value')}", value)
            return value
        return self.value(described, value, path)

    def text(self, described: Json, value: Any, path: str) -> Any:
        """A string, perhaps one of a few, perhaps bytes in base64."""
        if "enum" in described:
            if value not in described["enum"]:
                name = path.rpartition(".")[2].partition("[")[0]
                title = "".join(part.title() for part in name.split("_"))
                self.wrong(path, f"type.googleapis.com/{STRICT[self.api]}.{title}", value)
        elif described.get("format") in ("int64", "uint64") and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        elif not isinstance(value, str):
            self.wrong(path, "TYPE_STRING", value)
        elif described.get("format") == "byte" and not _is_base64(value):
            self.refuse(path, f"Invalid value at '{path}' (TYPE_BYTES), Base64 decoding failed for \"{value[:80]}\"")
        return value

    def whole(self, described: Json, value: Any, path: str) -> Any:
        """An integer; a float without a fraction and digits in quotes are taken, too."""
        low, high = WHOLE.get(described.get("format", "int32"), WHOLE["int32"])
        text = json.dumps(value) if not isinstance(value, str) else value
        if not isinstance(value, bool) and re.fullmatch(r"-?[0-9]{1,19}(\.0*)?", text):
            number = int(text.partition(".")[0])
            if low <= number <= high:
                return number
        self.wrong(path, f"TYPE_{described.get('format', 'int32').upper()}", value)
        return value

    def number(self, described: Json, value: Any, path: str) -> Any:
        """A number; one in quotes is taken, too."""
        if isinstance(value, str) and re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", value):
            value = float(value)
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            self.wrong(path, f"TYPE_{described.get('format', 'double').upper()}", value)
        return value

    def truth(self, _described: Json, value: Any, path: str) -> Any:
        """A boolean; the words `true` and `false` are taken, too."""
        if value in ("true", "false"):
            return value == "true"
        if not isinstance(value, bool):
            self.wrong(path, "TYPE_BOOL", value)
        return value


SCALARS: dict[str, Callable[[_Parser, Json, Any, str], Any]] = {
    "string": _Parser.text,
    "integer": _Parser.whole,
    "number": _Parser.number,
    "boolean": _Parser.truth,
}


def _is_base64(text: str) -> bool:
    plain = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except ValueError:
        return False
    return True
