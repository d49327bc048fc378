"""Formats: the default one, colours as Google gives them back, and how a masked change is laid over a format."""

from __future__ import annotations

import struct
from typing import Any

from offboard.sandbox.documents import Json
from offboard.sandbox.fields import Mask
from offboard.sandbox.sheets.formula.values import FormulaError, Scalar

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
WHITE = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: Json = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}
THEME: Json = {
    "primaryFontFamily": "Arial",
    "themeColors": [
        {"colorType": kind, "color": {"rgbColor": color}}
        for kind, color in (
            ("TEXT", {}),
            ("BACKGROUND", WHITE),
            ("ACCENT1", {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275}),
            ("ACCENT2", {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314}),
            ("ACCENT3", {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275}),
            ("ACCENT4", {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902}),
            ("ACCENT5", {"red": 1, "green": 0.42745098, "blue": 0.003921569}),
            ("ACCENT6", {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706}),
            ("LINK", {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}),
        )
    ],
}
LINK_COLOR = THEME["themeColors"][-1]["color"]["rgbColor"]


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


def effective_format(own: Json | None, value: Scalar, number_format: Json | None, link: str) -> Json:
    """The format in which a cell is shown: the default, what its content brings, what was set."""
    text = DEFAULT_FORMAT["textFormat"] | {"fontFamily": "Arial"}
    if link:
        text |= {"foregroundColor": LINK_COLOR, "foregroundColorStyle": {"themeColor": "LINK"}, "underline": True}
    text |= (own or {}).get("textFormat", {})
    align = (
        "CENTER" if isinstance(value, bool | FormulaError) else "RIGHT" if isinstance(value, int | float) else "LEFT"
    )
    shown: Json = {"numberFormat": number_format} if number_format else {}
    shown |= DEFAULT_FORMAT | {"horizontalAlignment": align, "hyperlinkDisplayType": "LINKED" if link else "PLAIN_TEXT"}
    return shown | (own or {}) | {"textFormat": text}


def change_fields(old: Json, new: Json, mask: Mask) -> Json:
    """An object after the fields that a mask names were replaced; none when it names none."""
    return masked(old, new, mask) if mask else dict(old)


def masked(old: Json, new: Json, mask: Mask) -> Json:
    """An object after the masked part of it was replaced: what the mask names and the new one lacks is cleared.

    As everywhere below the root of a mask, an empty one means everything.
    """
    if not mask or "*" in mask:
        return dict(new)
    result = dict(old)
    for name, inner in mask.items():
        for field in filter(None, (name, pair_of(name))):
            value: Any
            if inner and isinstance(new.get(field, {}), dict) and field == name:
                value = masked(result.get(field, {}), new.get(field, {}), inner)
            else:
                value = new.get(field)
            if value is None or value == {}:
                result.pop(field, None)
            else:
                result[field] = value
    return result
