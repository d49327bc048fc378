"""A cell's format as the page's own colours: variables, so that the dark page can temper them."""

from __future__ import annotations

from offboard.sandbox.documents import Json

CHANNELS = ("red", "green", "blue")
WEIGHTS = (0.2126, 0.7152, 0.0722)
ALIGNED = {"RIGHT": "right", "CENTER": "center"}
LIGHT = 0.5  # of 1: a fill that is lighter carries dark letters


def style_of(look: Json) -> str:
    """The declarations for a cell; nothing where it looks as every cell does."""
    text, parts = look.get("textFormat", {}), []
    fill, ink = look.get("backgroundColor", {}), text.get("foregroundColor", {})
    if look and _channels(fill) != (255, 255, 255):
        parts.append(f"--fill:{_hex(fill)}")
    if any(_channels(ink)):
        parts.append(f"--own:{_hex(ink)}")
    if look.get("horizontalAlignment") in ALIGNED:
        parts.append(f"text-align:{ALIGNED[look['horizontalAlignment']]}")
    if text.get("bold"):
        parts.append("font-weight:600")
    if text.get("italic"):
        parts.append("font-style:italic")
    lines = [word for word, name in (("underline", "underline"), ("line-through", "strikethrough")) if text.get(name)]
    if lines:
        parts.append(f"text-decoration:{' '.join(lines)}")
    return ";".join(parts)


def tone_of(look: Json) -> str:
    """`light` or `dark` for a cell with a fill of its own, `plain` for one with coloured letters only."""
    fill, ink = _channels(look.get("backgroundColor", {})), look.get("textFormat", {}).get("foregroundColor", {})
    if not look or fill == (255, 255, 255):
        return "plain" if any(_channels(ink)) else ""
    return "light" if sum(w * c / 255 for w, c in zip(WEIGHTS, fill, strict=True)) > LIGHT else "dark"


def hex_of(color: Json | None) -> str:
    """A tab's colour, or nothing."""
    return _hex(color) if color else ""


def _channels(color: Json) -> tuple[int, ...]:
    return tuple(round(color.get(name, 0) * 255) for name in CHANNELS)


def _hex(color: Json) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in _channels(color))
