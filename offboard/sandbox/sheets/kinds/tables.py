"""Native tables: addTable, updateTable, deleteTable; and where appendCells finds a table's next rows."""

from __future__ import annotations

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Box, Span
from offboard.sandbox.sheets.batch import kind
from offboard.sandbox.sheets.book import Book
from offboard.sandbox.sheets.cell import Cell
from offboard.sandbox.sheets.drive_file import Opened
from offboard.sandbox.sheets.kinds.bands_filter import check_unbanded
from offboard.sandbox.sheets.looks import masked
from offboard.sandbox.sheets.numbered import (
    FOOTER,
    choose_id,
    find_table_named,
    get_item,
    replace_item,
    table_box,
    table_json,
)
from offboard.sandbox.sheets.places import Invalid, get_box
from offboard.sandbox.sheets.sheet import BLANK, Sheet
from offboard.sandbox.sheets.sheet_properties import check_size
from offboard.sandbox.sheets.structure import insert_lines
from offboard.sandbox.sheets.writing import check_condition, read_mask

FILLING = {"BOOLEAN": False, "RATINGS_CHIP": 0}  # what blank cells of such a column are filled with


@kind("addTable")
def add_table(opened: Opened, request: Json) -> Json:
    """A table over a range: its first row holds the columns' names."""
    asked, book = request.get("table", {}), opened.book
    number = str(choose_id(book, "tables", asked.get("tableId")))
    sheet, box = _settled(book, asked, None)
    opened.check_protection(sheet, box)
    names = (f"Table{n}" for n in range(1, 2 + sum(len(other.lists["tables"]) for other in book.sheets)))
    name = asked.get("name") or next(name for name in names if not find_table_named(book, name))
    _check_name(book, name, None)
    table: Json = {"tableId": number, "name": name, "range": box.span().json(sheet.id)}
    if asked.get("rowsProperties"):
        table["rowsProperties"] = asked["rowsProperties"]
    table["columnProperties"] = _columns(asked, box)
    sheet.lists["tables"].append(table)
    _furnish(book, sheet, table, asked)
    return {"table": table_json(book, sheet, table)}


def _check_name(book: Book, name: str, own: Json | None) -> None:
    other = find_table_named(book, name)
    if not name or (other is not None and other is not own):
        raise Invalid(f'A table with the name "{name}" already exists.' if name else "The table name cannot be empty.")


def _settled(book: Book, asked: Json, own: Json | None) -> tuple[Sheet, Box]:
    sheet, box = get_box(book, asked.get("range"))
    if box.empty or (own is None and box.bottom - box.top < 2):
        raise Invalid("A table must have a header row and at least one row below it.")
    check_unbanded(sheet, box, own)
    return sheet, box


def _columns(asked: Json, box: Box) -> list[Json]:
    """What is known of each column but its name: that is what stands in the header."""
    kept: dict[int, Json] = {}
    for column in asked.get("columnProperties", []):
        index, sort, rule = column.get("columnIndex", 0), column.get("columnType"), column.get("dataValidationRule")
        if not 0 <= index < box.right - box.left or index in kept:
            raise Invalid(f"Invalid table column index: {index}.")
        if (sort == "DROPDOWN") != (rule is not None):
            raise Invalid("A data validation rule must be set for dropdown columns, and only for these.")
        if rule and rule.get("condition", {}).get("type") != "ONE_OF_LIST":
            raise Invalid("The data validation rule of a dropdown column must be ONE_OF_LIST.")
        if rule:
            check_condition(rule["condition"])
        kept[index] = {name: column[name] for name in ("columnType", "dataValidationRule") if column.get(name)}
    return [kept.get(index, {}) for index in range(box.right - box.left)]


def _furnish(book: Book, sheet: Sheet, table: Json, asked: Json) -> None:
    """Write the columns' names into the header, and into blank cells below what their type begins with."""
    box = table_box(sheet, table)
    given = {column.get("columnIndex", 0): column.get("columnName") for column in asked.get("columnProperties", [])}
    body = range(box.top + 1, box.bottom - (FOOTER in table.get("rowsProperties", {})))
    for index, column in enumerate(table["columnProperties"]):
        place, head = box.left + index, sheet.cell(box.top, box.left + index) or BLANK
        if given.get(index) or not head.filled:
            sheet.put(box.top, place, head.with_content(given.get(index) or f"Column {index + 1}"))
        if column.get("columnType") in FILLING:
            for row in body:
                sheet.edit(row, place, lambda old, column=column: _filled(old, column))  # type: ignore[misc]
    names = [column["columnName"].lower() for column in table_json(book, sheet, table)["columnProperties"]]
    if len(set(names)) < len(names):
        raise Invalid("Table column names must be unique.")


def _filled(old: Cell, column: Json) -> Cell:
    return old if old.filled else old.with_content(FILLING[column["columnType"]])


@kind("updateTable")
def update_table(opened: Opened, request: Json) -> None:
    """Another name, range, colours or columns; a footer that is set or taken away makes it a row longer or shorter."""
    asked, book = request.get("table", {}), opened.book
    mask = read_mask(request.get("fields"), "Table")
    sheet, table = get_item(book, "tables", asked.get("tableId", ""))
    changed = masked(table, asked, {name: inner for name, inner in mask.items() if name != "tableId"})
    changed["range"] = table["range"]
    box = table_box(sheet, table)
    if "range" in mask:
        there, box = _settled(book, asked, table)
        if there is not sheet:
            raise Invalid("A table cannot be moved to another sheet.")
    else:
        taller = (FOOTER in changed.get("rowsProperties", {})) - (FOOTER in table.get("rowsProperties", {}))
        box = Box(box.top, box.bottom + taller, box.left, box.right)
        sheet.grid["rowCount"] = max(sheet.row_count, box.bottom)
        check_unbanded(sheet, box, table)
    opened.check_protection(sheet, box)
    changed["range"] = box.span().json(sheet.id)
    if "name" in mask:
        _check_name(book, changed.get("name", ""), table)
    given = asked if "columnProperties" in mask else {}
    known = [*table["columnProperties"], *({} for _ in range(box.right - box.left))][: box.right - box.left]
    changed["columnProperties"] = _columns(asked, box) if given else known
    replace_item(sheet, "tables", table, changed)
    _furnish(book, sheet, changed, given)


@kind("deleteTable")
def delete_table(opened: Opened, request: Json) -> None:
    """The table goes, with what its cells hold."""
    sheet, table = get_item(opened.book, "tables", request.get("tableId", ""))
    box = table_box(sheet, table)
    opened.check_protection(sheet, box)
    for row, column, _ in list(sheet.cells_in(box)):
        sheet.put(row, column, None)
    sheet.lists["tables"].remove(table)


def make_room(opened: Opened, table_id: str, many: int) -> tuple[Sheet, Box]:
    """Where the next rows of a table's body go: below its last filled row, above its footer; it grows for them."""
    sheet, table = get_item(opened.book, "tables", table_id)
    box = table_box(sheet, table)
    footer = FOOTER in table.get("rowsProperties", {})
    end = box.bottom - footer
    filled = (row for row, _, cell in sheet.cells_in(Box(box.top, end, box.left, box.right)) if cell.filled)
    top = max(filled, default=box.top) + 1
    missing = top + many - end
    if missing > 0:
        below = Box(box.bottom, box.bottom + missing, box.left, box.right)
        if footer or below.bottom > sheet.row_count or any(sheet.cells_in(below)):
            check_size(opened.book, missing * sheet.column_count)
            insert_lines(opened.book, sheet, "ROWS", end, missing, like_before=True)
        sheet, table = get_item(opened.book, "tables", table_id)
        grown = Span(box.top, box.bottom + missing, box.left, box.right).json(sheet.id)
        replace_item(sheet, "tables", table, table | {"range": grown})
    return sheet, Box(top, top + many, box.left, box.right)
