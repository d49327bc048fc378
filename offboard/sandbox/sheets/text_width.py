"""How much room a text needs: the widths of Arial's letters, in thousandths of the font's size."""

from __future__ import annotations

from offboard.sandbox.sheets.cell import Cell

NARROW = dict.fromkeys("ijl'|", 222) | dict.fromkeys(" .,:;!/\\ftI[]", 278) | dict.fromkeys('r()-`{}"', 333)
WIDE = dict.fromkeys("ABEKPSVXY&", 667) | dict.fromkeys("CDHNRUw", 722) | dict.fromkeys("GOQ", 778)
LETTERS = (
    NARROW
    | WIDE
    | dict.fromkeys("FTZ", 611)
    | dict.fromkeys("cksvxyzJ", 500)
    | {"m": 833, "M": 833, "W": 944, "%": 889}
)
USUAL = 556
MARGINS = 12  # pixels on both sides of a cell's text
SQUEEZED = 0.953027  # Google's measure is a little narrower than the font's own


def fitting_width(shown: list[tuple[str, Cell]]) -> int:
    """The pixels in which the widest of these texts has room."""
    return (
        max(round(max(map(_width, text.split("\n"))) * _size(cell) * SQUEEZED * 96 / 72) for text, cell in shown)
        + MARGINS
    )


def fitting_height(shown: list[tuple[str, Cell]]) -> int:
    """The pixels in which the highest of these texts has room."""
    return max(21, *(round((text.count("\n") + 1) * _size(cell) * 1.5 + 6) for text, cell in shown))


def _width(text: str) -> float:
    return sum(LETTERS.get(letter, USUAL) for letter in text) / 1000


def _size(cell: Cell) -> float:
    return float((cell.format or {}).get("textFormat", {}).get("fontSize", 10))
