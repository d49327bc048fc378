"""The spreadsheets that somebody may open, one of them, one of its tabs."""

from __future__ import annotations

import json
from typing import Any

from offboard.sandbox.desk.drive_view import list_files
from offboard.sandbox.desk.grid import SHEET, hex_of, read_grid, read_rows
from offboard.sandbox.desk.visitor import Asked, Refused, Visitor
from offboard.sandbox.documents import Json
from offboard.sandbox.drive.store import SPREADSHEET
from offboard.sandbox.sheets.a1 import quote_title

MOST_CHOICES, MOST_ROWS = 200, 1000


def show_sheets(visitor: Visitor, asked: Asked) -> Json:
    """The chosen spreadsheet, else the one that was changed last, and its chosen tab."""
    more = min(asked.number("more", 0), MOST_ROWS)
    files = list_files(visitor, f"mimeType = '{SPREADSHEET}' and trashed = false")
    newest = max(files, key=lambda file: str(file["modifiedTime"]), default={"id": ""})
    chosen = asked.name("book", "") or str(newest["id"])
    words: Json = {"books": [{"id": file["id"], "name": file["name"]} for file in files], "book": None, "more": 0}
    if not chosen:
        return words
    fields = "properties(title),sheets(properties,protectedRanges(range,description))"
    book = visitor.get(SHEET, chosen, fields=fields)
    tab = _choose(book["sheets"], asked.name("tab", ""))
    grid = read_grid(visitor, chosen, tab["properties"], more)
    return words | {
        "book": {"id": chosen, "name": book["properties"]["title"]},
        "tabs": [_tab(sheet) for sheet in book["sheets"]],
        "tab": tab["properties"]["sheetId"],
        "title": tab["properties"]["title"],
        "warning": _warning(tab),
        "grid": grid,
        "lists": _lists(visitor, chosen, tab["properties"]["title"], grid),
        "more": more + 50,
    }


def _choose(sheets: list[Json], wanted: str) -> Json:
    for sheet in sheets:
        if wanted in (str(sheet["properties"]["sheetId"]), ""):
            return sheet
    raise Refused(404, "This tab is not there any more.")


def _tab(sheet: Json) -> Json:
    properties = sheet["properties"]
    color, hidden = hex_of(properties.get("tabColor")), properties.get("hidden", False)
    return {"id": properties["sheetId"], "title": properties["title"], "hidden": hidden, "color": color}


def _warning(tab: Json) -> str:
    """What to say before somebody edits a tab that is protected as a whole."""
    whole = (p for p in tab.get("protectedRanges", []) if set(p.get("range", {})) <= {"sheetId"})
    return next((str(p.get("description") or "This tab is protected.") for p in whole), "")


def _lists(visitor: Visitor, book: str, title: str, grid: Json) -> list[list[str]]:
    """Each dropdown's choices once; its cells get the number of theirs."""
    lists: list[list[str]] = []
    known: dict[str, int] = {}
    for row in (*grid["head"], *grid["body"]):
        for cell in row["cells"]:
            if cell["rule"]:
                key = json.dumps(cell["rule"], sort_keys=True)
                if key not in known:
                    known[key] = len(lists)
                    lists.append(_choices(visitor, book, title, cell["rule"]))
                cell["list"] = known[key]
    return lists


def _choices(visitor: Visitor, book: str, title: str, rule: dict[str, Any]) -> list[str]:
    values = [str(value.get("userEnteredValue", "")) for value in rule.get("values", [])]
    if rule["type"] == "ONE_OF_LIST":
        return values
    place = values[0].removeprefix("=") if values else ""
    try:
        rows = read_rows(visitor, book, place if "!" in place else f"{quote_title(title)}!{place}")
    except Refused:
        return []  # the range was deleted: Google's page shows an empty list, too
    found = (str(value) for row in rows for value in row)
    return list(dict.fromkeys(filter(None, found)))[:MOST_CHOICES]
