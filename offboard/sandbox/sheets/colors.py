"""Colours as Google gives them back: eight bits a channel, zeros left out, old field and new style side by side."""

from __future__ import annotations

import struct
from typing import Any

from offboard.sandbox.documents import Json

COLORS = (
    "backgroundColor",
    "foregroundColor",
    "color",
    "tabColor",
    "headerColor",
    "firstBandColor",
    "secondBandColor",
    "footerColor",
)
CHANNELS = ("red", "green", "blue")


def settle_colors(value: Any) -> Any:
    """A format with each colour in both of its fields; the style wins where both were given."""
    if isinstance(value, list):
        return [settle_colors(item) for item in value]
    if not isinstance(value, dict):
        return value
    settled: Json = {}
    for name, inner in value.items():
        if name in COLORS:
            if name + "Style" not in value:
                settled[name] = _color(inner)
                settled[name + "Style"] = {"rgbColor": _color(inner)}
        elif name.endswith("Style") and name.removesuffix("Style") in COLORS:
            settled.update(_style(name, inner))
        else:
            settled[name] = settle_colors(inner)
    return settled


def pair_of(name: str) -> str | None:
    """The other field of a colour: `tabColorStyle` for `tabColor`, and the other way round."""
    if name in COLORS:
        return name + "Style"
    bare = name.removesuffix("Style")
    return bare if bare != name and bare in COLORS else None


def _style(name: str, style: Json) -> Json:
    if "rgbColor" in style:
        color = _color(style["rgbColor"])
        return {name.removesuffix("Style"): color, name: {"rgbColor": color}}
    return {name: style} if style else {}


def _color(color: Json) -> Json:
    channels = {c: _eighth_bit(color[c]) for c in CHANNELS if color.get(c)}
    kept = {c: v for c, v in channels.items() if v}
    return kept | ({"alpha": color["alpha"]} if color.get("alpha", 1) != 1 else {})


def _eighth_bit(share: float) -> float:
    exact = struct.unpack("f", struct.pack("f", int(min(max(share, 0), 1) * 255 + 1e-4) / 255))[0]
    short = next(text for digits in range(1, 10) if _same_float(text := f"{exact:.{digits}g}", exact))
    return int(exact) if exact in (0, 1) else float(short)


def _same_float(text: str, exact: float) -> bool:
    return bool(struct.unpack("f", struct.pack("f", float(text)))[0] == exact)
