"""Rows and columns that fold together: addDimensionGroup, updateDimensionGroup, deleteDimensionGroup."""

from __future__ import annotations

from typing import Any

from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.cell_update import read_mask
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.invalid import Invalid
from offboard.sandbox.sheets.places import get_lines
from offboard.sandbox.sheets.sheet import Dimension, Sheet

Json = dict[str, Any]

LISTS: dict[Dimension, str] = {"ROWS": "rowGroups", "COLUMNS": "columnGroups"}
AFTER: dict[Dimension, str] = {"ROWS": "rowGroupControlAfter", "COLUMNS": "columnGroupControlAfter"}


@kind("addDimensionGroup")
def add_dimension_group(opened: Opened, request: Json) -> Json:
    """Each of these rows or columns lies one group deeper."""
    sheet, dimension, start, end = get_lines(opened.book, request.get("range"))
    if end > sheet.count(dimension):
        raise Invalid(f"range.endIndex ({end}) is larger than current grid size ({sheet.count(dimension)})")
    depths = _depths(sheet, dimension)
    for number in range(start, end):
        depths[number] += 1
    if max(depths) > 8:
        raise Invalid("Cannot add a group: groups can be at most 8 deep.")
    _regroup(sheet, dimension, depths)
    sheet.grid[AFTER[dimension]] = True
    return {"dimensionGroups": sheet.lists[LISTS[dimension]]}


@kind("deleteDimensionGroup")
def delete_dimension_group(opened: Opened, request: Json) -> Json:
    """Each of these rows or columns lies one group less deep."""
    sheet, dimension, start, end = get_lines(opened.book, request.get("range"))
    depths = _depths(sheet, dimension)
    if not any(depths[start:end]):
        raise Invalid(f"Cannot delete a group: there is none over the {dimension.lower()} {start} to {end}.")
    for number in range(start, min(end, len(depths))):
        depths[number] = max(0, depths[number] - 1)
    _regroup(sheet, dimension, depths)
    groups = sheet.lists[LISTS[dimension]]
    return {"dimensionGroups": groups} if groups else {}


@kind("updateDimensionGroup")
def update_dimension_group(opened: Opened, request: Json) -> None:
    """Fold or unfold a group."""
    asked = request.get("dimensionGroup", {})
    mask = read_mask(request.get("fields"), "DimensionGroup")
    sheet, dimension, start, end = get_lines(opened.book, asked.get("range"))
    for group in sheet.lists[LISTS[dimension]]:
        if (group["range"]["startIndex"], group["range"]["endIndex"], group["depth"]) == (
            start,
            end,
            asked.get("depth"),
        ):
            group.pop("collapsed", None)
            if "collapsed" in mask and asked.get("collapsed"):
                group["collapsed"] = True
            return
    raise Invalid("No such group.")


def _depths(sheet: Sheet, dimension: Dimension) -> list[int]:
    depths = [0] * sheet.count(dimension)
    for group in sheet.lists[LISTS[dimension]]:
        for number in range(group["range"]["startIndex"], min(group["range"]["endIndex"], len(depths))):
            depths[number] = max(depths[number], group["depth"])
    return depths


def _regroup(sheet: Sheet, dimension: Dimension, depths: list[int]) -> None:
    """Write the groups down as the stretches of each depth, ordered by where they start."""
    groups: list[Json] = []
    place = {"sheetId": sheet.id} if sheet.id else {}
    for depth in range(1, max(depths, default=0) + 1):
        start: int | None = None
        for number, deep in enumerate([*depths, 0]):
            if deep >= depth and start is None:
                start = number
            elif deep < depth and start is not None:
                where = {**place, "dimension": dimension, "startIndex": start, "endIndex": number}
                groups.append({"range": where, "depth": depth})
                start = None
    sheet.lists[LISTS[dimension]] = sorted(groups, key=lambda g: (g["range"]["startIndex"], g["depth"]))
