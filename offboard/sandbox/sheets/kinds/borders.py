"""Borders drawn around and inside a range: updateBorders."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.colors import settle_colors
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.places import get_box

Json = dict[str, Any]

WIDTHS = {"DOTTED": 1, "DASHED": 1, "SOLID": 1, "SOLID_MEDIUM": 2, "SOLID_THICK": 3, "DOUBLE": 3}


@kind("updateBorders")
def update_borders(opened: Opened, request: Json) -> None:
    """Set the named borders; one of style NONE is taken away, those not named stay."""
    sheet, box = get_box(opened.book, request.get("range"))
    opened.check_protection(sheet, box)
    given = {side: settle_border(request[side]) for side in request if side != "range"}
    made: dict[tuple[int, tuple[str, ...]], Json | None] = {}
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            sides = _sides(box, row, column)
            named = {side: given[line] for side, line in sides.items() if line in given}

            def edged(old: Cell, named: dict[str, Json | None] = named, sides: dict[str, str] = sides) -> Cell:
                key = (id(old.format), tuple(sides.values()))
                if key not in made:
                    made[key] = _bordered(old.format or {}, named)
                return Cell(old.value, old.formula, made[key], old.note, old.rule, old.runs, old.chips)

            sheet.edit(row, column, edged)


def _sides(box: Box, row: int, column: int) -> dict[str, str]:
    """Which of the request's lines is which side of this cell."""
    return {
        "top": "top" if row == box.top else "innerHorizontal",
        "bottom": "bottom" if row == box.bottom - 1 else "innerHorizontal",
        "left": "left" if column == box.left else "innerVertical",
        "right": "right" if column == box.right - 1 else "innerVertical",
    }


def settle_border(border: Json) -> Json | None:
    """A border with its width and both colour fields; None for none."""
    style = border.get("style", "NONE")
    if style in ("NONE", "STYLE_UNSPECIFIED"):
        return None
    color = border if "color" in border or "colorStyle" in border else border | {"color": {}}
    settled: Json = settle_colors(color | {"style": style, "width": WIDTHS.get(style, 1)})
    return settled


def _bordered(look: Json, named: dict[str, Json | None]) -> Json | None:
    borders = {**look.get("borders", {}), **named}
    kept = {side: border for side, border in borders.items() if border}
    plain = {name: value for name, value in look.items() if name != "borders"}
    return plain | ({"borders": kept} if kept else {}) or None
