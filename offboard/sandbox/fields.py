"""The `fields` mask: parsed once, checked against the answer's schema, applied to the answer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from offboard.sandbox.documents import schemas

Mask = dict[str, "Mask"]  # an empty mask keeps everything below it
TOKEN = re.compile(r"[\w$*-]+|[,()/.]")


class BadMask(ValueError):
    """A mask that cannot be parsed, or that names what the answer does not have; says which path."""


@lru_cache(maxsize=512)
def parse_mask(text: str) -> Mask:
    """The tree of a mask such as `files(id,owners/emailAddress),nextPageToken`; dots and slashes both go down."""
    tokens = TOKEN.findall(text.replace(" ", ""))
    if "".join(tokens) != text.replace(" ", "") or not tokens:
        raise BadMask(text)
    mask, rest = _parse_list(tokens)
    if rest:
        raise BadMask(text)
    return mask


def _parse_list(tokens: list[str]) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while True:
        tokens = _parse_path(mask, tokens)
        if not tokens or tokens[0] != ",":
            return mask, tokens
        tokens = tokens[1:]


def _parse_path(mask: Mask, tokens: list[str]) -> list[str]:
    if not tokens or tokens[0] in ",()/.":
        raise BadMask("".join(tokens))
    known = tokens[0] in mask
    name, tokens = tokens[0], tokens[1:]
    inner: Mask = {}
    if tokens and tokens[0] in "/.":
        tokens = _parse_path(inner, tokens[1:])
    elif tokens and tokens[0] == "(":
        inner, tokens = _parse_list(tokens[1:])
        if not tokens or tokens[0] != ")":
            raise BadMask(name)
        tokens = tokens[1:]
    if known and (not mask[name] or not inner):
        mask[name] = {}
    elif known:
        _merge(mask[name], inner)
    else:
        mask[name] = inner
    return tokens


def _merge(into: Mask, other: Mask) -> None:
    for name, inner in other.items():
        if name in into and into[name] and inner:
            _merge(into[name], inner)
        else:
            into[name] = {} if name in into else inner


def check_mask(mask: Mask, api: str, schema: str | None, path: str = "") -> None:
    """Raise BadMask with the first path that the answer's schema does not have."""
    known = schemas(api).get(schema or "", {}).get("properties")
    if known is None:
        return
    for name, inner in mask.items():
        if name == "*":
            continue
        here = f"{path}.{name}" if path else name
        if name not in known:
            raise BadMask(here)
        described = known[name].get("items", known[name])
        described = described.get("additionalProperties", described)
        if inner and "$ref" in described:
            check_mask(inner, api, described["$ref"], here)


def apply_mask(mask: Mask, answer: Any) -> Any:
    """The part of an answer that the mask keeps; lists are gone through, absent names stay absent."""
    if not mask or ("*" in mask and not mask["*"]):
        return answer
    if isinstance(answer, list):
        return [apply_mask(mask, item) for item in answer]
    if not isinstance(answer, dict):
        return answer
    if "*" in mask:
        return {name: apply_mask(mask.get(name, mask["*"]), value) for name, value in answer.items()}
    return {name: apply_mask(mask[name], value) for name, value in answer.items() if name in mask}
