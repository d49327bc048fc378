"""A discovery document's schema as a checker of JSON, built once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Check = Callable[[Any, str, "Problems"], None]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
BYTES = re.compile(r"[A-Za-z0-9_-]*={0,2}")
WHOLE = re.compile(r"-?[0-9]+")
SPECIAL = {"NaN", "Infinity", "-Infinity"}


@dataclass
class Problems:
    """What was found; a request (`asked`) may write numbers as text, names in snake_case, one for a list, null."""

    asked: bool = False
    found: list[str] = field(default_factory=list)

    def add(self, path: str, what: str) -> None:
        """One more thing that the schema does not have."""
        self.found.append(f"{path or '$'}: {what}")


class Checker:
    """Checks JSON against one schema of a document."""

    def __init__(self, schemas: dict[str, Any], schema: dict[str, Any]) -> None:
        self._schemas = schemas
        self._known: dict[str, Check] = {}
        self._schema = schema
        self._check: Check | None = None

    def check(self, value: Any, problems: Problems) -> None:
        """Add to the problems whatever in this value the schema does not allow."""
        if self._check is None:
            self._check = self._build(self._schema)  # most methods are never called: built when first needed
        self._check(value, "", problems)

    def _build(self, schema: dict[str, Any]) -> Check:
        if "$ref" in schema:
            return self._refer(schema["$ref"])
        kind = schema.get("type", "object")
        if kind == "object":
            return self._build_object(schema)
        if kind == "array":
            return _array(self._build(schema["items"]))
        return _anything if kind == "any" else _scalar(schema)

    def _refer(self, name: str) -> Check:
        def check(value: Any, path: str, problems: Problems) -> None:
            if name not in self._known:
                self._known[name] = self._build(self._schemas[name])
            self._known[name](value, path, problems)

        return check

    def _build_object(self, schema: dict[str, Any]) -> Check:
        names = {name: self._build(inner) for name, inner in schema.get("properties", {}).items()}
        rest = self._build(schema["additionalProperties"]) if "additionalProperties" in schema else None

        def check(value: Any, path: str, problems: Problems) -> None:
            if not isinstance(value, dict):
                problems.add(path, f"{value!r:.60} is no object")
                return
            for name, inner in value.items():
                known = names.get(name) or (names.get(_camel(name)) if problems.asked else None) or rest
                if known is None:
                    problems.add(path, f"unknown field {name}")
                elif inner is None:
                    if not problems.asked and known is not _anything:
                        problems.add(f"{path}.{name}", "null; Google leaves out what is empty")
                else:
                    known(inner, f"{path}.{name}", problems)

        return check


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda letter: letter[1].upper(), name)


def _anything(value: Any, path: str, problems: Problems) -> None:
    pass


def _array(each: Check) -> Check:
    def check(value: Any, path: str, problems: Problems) -> None:
        if not isinstance(value, list) and not problems.asked:
            problems.add(path, f"{value!r:.60} is no array")
            return
        for item in value if isinstance(value, list) else [value]:
            each(item, path + "[]", problems)

    return check


def _scalar(schema: dict[str, Any]) -> Check:
    kind, form, words = schema["type"], schema.get("format", ""), frozenset(schema.get("enum", ()))
    of_kind = {"string": _string, "boolean": _boolean, "integer": _integer, "number": _number}[kind]

    def check(value: Any, path: str, problems: Problems) -> None:
        if problems.asked:
            if isinstance(value, dict | list):
                problems.add(path, f"{value!r:.60} is no {kind}")
        elif not of_kind(value, form) or (words and value not in words):
            problems.add(path, f"{value!r:.60} is no {form or kind}" + (f" of {sorted(words)}" if words else ""))

    return check


def _string(value: Any, form: str) -> bool:
    if not isinstance(value, str):
        return False
    if form in ("int64", "uint64"):
        return WHOLE.fullmatch(value) is not None
    if form in ("date-time", "google-datetime"):
        return MOMENT.fullmatch(value) is not None
    return form != "byte" or BYTES.fullmatch(value) is not None


def _boolean(value: Any, _form: str) -> bool:
    return isinstance(value, bool)


def _integer(value: Any, form: str) -> bool:
    low, high = (0, 2**32) if form == "uint32" else (-(2**31), 2**31)
    return isinstance(value, int) and not isinstance(value, bool) and low <= value < high


def _number(value: Any, _form: str) -> bool:
    return (
        value in SPECIAL if isinstance(value, str) else isinstance(value, int | float) and not isinstance(value, bool)
    )
