"""Conditional format rules: addConditionalFormatRule, updateConditionalFormatRule, deleteConditionalFormatRule."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.looks import settle_colors
from offboard.sandbox.sheets.places import Invalid, get_box, get_sheet
from offboard.sandbox.sheets.sheet import Sheet
from offboard.sandbox.sheets.writing import check_condition


@kind("addConditionalFormatRule")
def add_conditional_format_rule(opened: Opened, request: Json) -> None:
    """A rule at this place of the sheet's order."""
    sheet, rule = _settled(opened, request.get("rule", {}))
    rules = sheet.lists["conditionalFormats"]
    index = request.get("index", 0)
    if not 0 <= index <= len(rules):
        raise Invalid(f"Invalid index {index}. There are only {len(rules)} rules on the sheet.")
    rules.insert(index, rule)


def _settled(opened: Opened, rule: Json) -> tuple[Sheet, Json]:
    if not rule.get("ranges"):
        raise Invalid("At least one range must be specified.")
    if not rule.get("booleanRule") and not rule.get("gradientRule"):
        raise Invalid("No rule specified.")
    if rule.get("booleanRule"):
        check_condition(rule["booleanRule"].get("condition", {}))
    for point in ("minpoint", "maxpoint") if rule.get("gradientRule") else ():
        if not rule["gradientRule"].get(point, {}).get("type"):
            raise Invalid("No interpolationPointType specified.")
    places = [get_box(opened.book, grid_range) for grid_range in rule["ranges"]]
    if any(sheet is not places[0][0] for sheet, _ in places):
        raise Invalid("All ranges of a rule must be on one sheet.")
    ranges = [box.span().json(sheet.id) for sheet, box in places]
    return places[0][0], settle_colors(rule | {"ranges": ranges})


def _check_index(sheet: Sheet, index: int) -> None:
    if not 0 <= index < len(sheet.lists["conditionalFormats"]):
        raise Invalid(f"No conditional format on sheet: {sheet.id} at index: {index}")


@kind("updateConditionalFormatRule")
def update_conditional_format_rule(opened: Opened, request: Json) -> Json:
    """Replace a rule, or move it in the sheet's order."""
    index = request.get("index", 0)
    if "rule" in request:
        sheet, rule = _settled(opened, request["rule"])
        _check_index(sheet, index)
        old = sheet.lists["conditionalFormats"][index]
        sheet.lists["conditionalFormats"][index] = rule
        return {"newRule": rule, "newIndex": index, "oldRule": old}
    sheet = get_sheet(opened.book, request.get("sheetId", 0), "grid")
    _check_index(sheet, index)
    new = request.get("newIndex", 0)
    _check_index(sheet, new)
    rules = sheet.lists["conditionalFormats"]
    moved = rules.pop(index)
    rules.insert(new, moved)
    return {"newRule": moved, "newIndex": new, "oldIndex": index}


@kind("deleteConditionalFormatRule")
def delete_conditional_format_rule(opened: Opened, request: Json) -> Json:
    """The rule goes; those after it move up."""
    sheet = get_sheet(opened.book, request.get("sheetId", 0), "grid")
    index = request.get("index", 0)
    _check_index(sheet, index)
    return {"rule": sheet.lists["conditionalFormats"].pop(index)}
