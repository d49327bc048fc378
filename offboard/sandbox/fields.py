"""The `fields` mask: parsed once, checked against the answer's schema, applied to the answer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from offboard.sandbox.documents import schemas

Mask = dict[str, "Mask"]  # an empty mask keeps everything below it
TOKEN = re.compile(r"[\w$*-]+|[,()/.]", re.ASCII)
DEEPEST = 50  # no answer goes down as far


class BadMask(ValueError):
    """A mask that cannot be parsed, or that names what the answer does not have; says which path."""


@lru_cache(maxsize=512)
def parse_mask(text: str) -> Mask:
    """The tree of a mask such as `files(id,owners/emailAddress),nextPageToken`; dots and slashes both go down."""
    bare = text.replace(" ", "")
    tokens = TOKEN.findall(bare)
    if "".join(tokens) != bare or not tokens:
        raise BadMask(text)
    tokens.reverse()  # a stack: the next token is its last
    mask = _parse_list(tokens, 0)
    if tokens:
        raise BadMask(text)
    return mask


def _parse_list(tokens: list[str], depth: int) -> Mask:
    mask: Mask = {}
    while True:
        _parse_path(mask, tokens, depth)
        if not tokens or tokens[-1] != ",":
            return mask
        tokens.pop()


def _parse_path(mask: Mask, tokens: list[str], depth: int) -> None:
    if not tokens or tokens[-1] in ",()/." or depth > DEEPEST:
        raise BadMask("".join(reversed(tokens[-20:])))
    name = tokens.pop()
    inner: Mask = {}
    if tokens and tokens[-1] in "/.":
        tokens.pop()
        _parse_path(inner, tokens, depth + 1)
    elif tokens and tokens[-1] == "(":
        tokens.pop()
        inner = _parse_list(tokens, depth + 1)
        if not tokens or tokens.pop() != ")":
            raise BadMask(name)
    _merge(mask, {name: inner})


def _merge(into: Mask, other: Mask) -> None:
    for name, inner in other.items():
        if name not in into:
            into[name] = inner
        elif into[name] and inner:
            _merge(into[name], inner)
        else:
            into[name] = {}  # one of the two asked for all of it


def check_mask(mask: Mask, api: str, schema: str | None) -> None:
    """Raise BadMask with the first path that the answer's schema does not have."""
    _check(mask, api, schemas(api).get(schema or "", {}), "")


def _check(mask: Mask, api: str, described: dict[str, Any], path: str) -> None:
    while "items" in described or "$ref" in described:
        described = described.get("items") or schemas(api)[described["$ref"]]
    known, rest = described.get("properties"), described.get("additionalProperties")
    for name, inner in mask.items():
        here = f"{path}.{name}" if path else name
        if known and (name in known or name == "*"):
            within = known.get(name)
        elif rest is not None or described.get("type") == "any" or not described:
            within = rest
        else:
            raise BadMask(here)
        if inner and within is not None:
            _check(inner, api, within, here)


def apply_mask(mask: Mask, answer: Any) -> Any:
    """The part of an answer that the mask keeps; lists are gone through, absent names stay absent."""
    if not (mask and answer) or ("*" in mask and not mask["*"]):
        return answer
    if isinstance(answer, list):
        return [apply_mask(mask, item) if item else item for item in answer]
    if not isinstance(answer, dict):
        return answer
    if "*" in mask:
        return {name: apply_mask(mask.get(name, mask["*"]), value) for name, value in answer.items()}
    return {name: apply_mask(mask[name], value) for name, value in answer.items() if name in mask}
