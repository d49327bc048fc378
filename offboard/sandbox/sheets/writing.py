"""Cells written: by JSON values as they are or as if typed, and by CellData with a field mask."""

from __future__ import annotations

import re
from typing import Any

from offboard.sandbox.call import Call
from offboard.sandbox.documents import Json, schemas
from offboard.sandbox.drive.store import find_file
from offboard.sandbox.fields import BadMask, Mask, check_mask, parse_mask
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell import Cell, Literal, tidy_number
from offboard.sandbox.sheets.entered import Entered, link_runs, parse_entered
from offboard.sandbox.sheets.formula.rewrite import translated_formula
from offboard.sandbox.sheets.formula.values import LONGEST, SHOWN
from offboard.sandbox.sheets.looks import masked, settle_colors
from offboard.sandbox.sheets.number_format import DATES
from offboard.sandbox.sheets.places import Invalid
from offboard.sandbox.sheets.sheet import BLANK, Sheet

LONGEST_LINK = 2000  # bytes of a chip's link
DRIVE_LINK = re.compile(r"https://(?:drive|docs)\.google\.com/\S*?(?:/d/|/folders/|[?&]id=)([\w-]{10,})")


def write_value(book: Book, sheet: Sheet, row: int, column: int, value: Any, *, typed: bool) -> None:
    """Put a JSON value into a cell; an empty text empties it, its format stays."""
    cell = sheet.cell(row, column) or BLANK
    if value == "" and isinstance(value, str):
        sheet.put(row, column, cell.with_content(None))
    elif isinstance(value, str):
        check_length(value)
        sheet.put(row, column, type_text(book, cell, value) if typed else cell.with_content(value))
    elif isinstance(value, bool):
        sheet.put(row, column, cell.with_content(value))
    else:
        sheet.put(row, column, cell.with_content(tidy_number(value)))


def type_text(book: Book, cell: Cell, text: str) -> Cell:
    """A cell after somebody typed this into it; a cell of plain text takes every typing as it is."""
    if (cell.number_format or {}).get("type") == "TEXT":
        return cell.with_content(text)
    entered = parse_entered(text, book.region, book.moment().year)
    typed = cell.with_content(entered.value, settle(book, entered.formula))
    if entered.number_format and not _fits(cell.number_format, entered):
        typed.format = (cell.format or {}) | {"numberFormat": entered.number_format}
    if isinstance(entered.value, str):
        typed.runs = link_runs(entered.value) or None
    return typed


def settle(book: Book, formula: str | None) -> str | None:
    """A formula as the spreadsheet's locale keeps it: a `;` between arguments becomes a comma where that separates."""
    decimal = book.region.decimal
    return translated_formula(formula, decimal, decimal) if formula and decimal != "," else formula


def check_length(text: str, times: int = 1) -> None:
    """Refuse what is longer than a cell can be, written so many times."""
    if len(text) * times > LONGEST:
        raise Invalid(f"Your input contains more than the maximum of {LONGEST} characters in a single cell.")


def _fits(present: Json | None, entered: Entered) -> bool:
    """Whether a cell's own format can show what was typed, so that it stays."""
    if not present or not entered.number_format:
        return False
    new, old = entered.number_format["type"], present.get("type")
    if new in DATES:
        return old == new or (old in DATES and "DATE" in str(old) and "DATE" in new)
    return old == new or (new == "NUMBER" and old not in DATES)


def read_mask(text: str | None, schema: str) -> Mask:
    """The mask of an update request, held against what it is about; `*` is everything."""
    if not text:
        raise Invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        mask = parse_mask(text)
        check_mask(mask, "sheets", schema)
    except BadMask as bad:
        raise Invalid(f"Invalid field: {str(bad).rpartition('.')[2]}") from None
    return {name: {} for name in schemas("sheets")[schema]["properties"]} if "*" in mask else mask


def update_cell(call: Call, book: Book, old: Cell, data: Json, mask: Mask) -> Cell:
    """The cell after the masked fields were replaced; an empty mask replaces everything."""
    cell = Cell(old.value, old.formula, old.format, old.note, old.rule, old.runs, old.chips)
    if not mask or "userEnteredValue" in mask:
        value, formula = _content(book, data.get("userEnteredValue", {}))
        cell = old.with_content(value, formula)
    if not mask or "userEnteredFormat" in mask:
        look = settle_colors(data.get("userEnteredFormat", {}))
        cell.format = masked(old.format or {}, look, mask.get("userEnteredFormat", {})) or None
    if not mask or "note" in mask:
        cell.note = data.get("note", "")
    if not mask or "dataValidation" in mask:
        cell.rule = settle_rule(data["dataValidation"]) if data.get("dataValidation") else None
    if not mask or "textFormatRuns" in mask:
        cell.runs = settle_colors(data.get("textFormatRuns")) or None
    if not mask or "chipRuns" in mask:
        cell.chips = _chips(call, cell, data.get("chipRuns", []))
    return cell


def settle_rule(rule: Json) -> Json:
    """A data validation rule without what is not set; it must say what it asks."""
    check_condition(rule.get("condition", {}))
    return {name: value for name, value in rule.items() if value not in (False, "")}


def check_condition(condition: Json) -> None:
    """Refuse a condition without a type, or with the wrong number of values for it."""
    kind, count = condition.get("type"), len(condition.get("values", []))
    if not kind:
        raise Invalid("No condition specified.")
    most = {"ONE_OF_LIST": 500, "BOOLEAN": 2, "BLANK": 0, "NOT_BLANK": 0}.get(kind)
    most = most if most is not None else 0 if "_IS_" in kind else 2 if "BETWEEN" in kind else 1
    least = 0 if kind == "BOOLEAN" else min(most, 1) if kind == "ONE_OF_LIST" else most
    if not least <= count <= most:
        wanted = f"exactly {most}" if least == most else f"between {least} and {most}"
        raise Invalid(f"{kind} condition must have {wanted} values, but {count} were given.")


def _content(book: Book, value: Json) -> tuple[Literal, str | None]:
    if "formulaValue" in value:
        formula = value["formulaValue"]
        check_length(formula)
        return None, settle(book, formula if formula.startswith("=") else f"={formula}")
    if "stringValue" in value:
        check_length(value["stringValue"])
        return value["stringValue"] or None, None
    if "numberValue" in value:
        return tidy_number(value["numberValue"]), None
    if "errorValue" in value:
        return None, "=" + SHOWN.get(value["errorValue"].get("type", ""), "#ERROR!")
    return value.get("boolValue"), None


def _chips(call: Call, cell: Cell, runs: list[Json]) -> list[Json] | None:
    """Chip runs as they are read back: with type and title, and a run behind each chip where text goes on."""
    written: list[Json] = []
    coded = cell.value.encode("utf-16-le") if isinstance(cell.value, str) else b""
    for run in sorted((run for run in runs if run.get("chip")), key=lambda run: int(run.get("startIndex", 0))):
        start = run.get("startIndex", 0)
        if coded[2 * start : 2 * start + 2].decode("utf-16-le", "replace") != "@":
            raise Invalid(f"chipRuns: the text must hold the placeholder '@' at startIndex {start}.")
        if written and written[-1].get("startIndex", 0) == start:
            written.pop()
        place = {"startIndex": start} if start else {}
        written.append(place | _chip(call, run["chip"]))
        written.append({"startIndex": start + 1})
    return written or None


def _chip(call: Call, chip: Json) -> Json:
    person = chip.get("personProperties")
    if person:
        if not person.get("email"):
            raise Invalid("chipRuns: a person chip must have an email.")
        return {"chip": chip, "title": person["email"]}
    link = chip.get("richLinkProperties", {})
    matched = DRIVE_LINK.match(link.get("uri", ""))
    if not matched:
        raise Invalid("chipRuns: only links to Google Drive files can be written as chips.")
    if len(link["uri"].encode()) > LONGEST_LINK:
        raise Invalid(f"chipRuns: a link cannot exceed {LONGEST_LINK} bytes.")
    if not call.bearer.granted("drive", "drive.file", "drive.readonly"):
        message = "Request had insufficient authentication scopes."
        raise Refusal(403, message, reason="insufficientPermissions", short="Insufficient Permission")
    file = find_file(call.state, matched[1])
    mime = {"mimeType": file.mime} if file else {}
    title = file.name if file else link["uri"]
    return {"chip": {"richLinkProperties": {"uri": link["uri"]} | mime}, "title": title}
