"""Formats: the default one, what a cell's own makes of it, and how a masked change is laid over a format."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.documents import Json
from offboard.sandbox.fields import Mask
from offboard.sandbox.sheets.colors import pair_of
from offboard.sandbox.sheets.formula.values import FormulaError, Scalar

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
