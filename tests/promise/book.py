"""A person's hand in the tracker: every act is done in a twin as well, which no program ever writes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from offboard.columns import squeeze
from offboard.demo.person import Person, RefusedError
from offboard.model import TABS
from offboard.tracker.tabs import RECORDS, SHEET_IDS, columns_made

Request = dict[str, Any]
Cells = list[list[dict[str, Any]]]
PEOPLES = {SHEET_IDS[title]: title for title in TABS}  # the tabs that people edit, by id, with init's names
ROWS, COLUMNS = 60, 30  # a walk types no farther
CELL = "userEnteredValue,formattedValue,chipRuns,hyperlink"
GRID = f"sheets(properties(sheetId,title,index),data(rowData(values({CELL}))))"


class Book:
    """The tracker in a person's browser, and the twin in which the same was done and nothing else."""

    def __init__(self, person: Person, tracker: str) -> None:
        self._person = person
        self.tracker = tracker
        copied = person.ask("POST", f"/drive/v3/files/{tracker}/copy", {"name": "The twin"})
        self.twin = str(copied["id"])
        today = {"deleteSheet": {"sheetId": SHEET_IDS["Today"]}}  # formulas alone, which nobody looks at there
        person.ask("POST", f"/v4/spreadsheets/{self.twin}:batchUpdate", {"requests": [today]})

    def read(self, spreadsheet: str, *sheets: int) -> dict[int, tuple[str, Cells]]:
        """Title and cells of these tabs, or of all that people edit, without what trails empty."""
        size = {"endRowIndex": ROWS, "endColumnIndex": COLUMNS}
        areas = [{"gridRange": {"sheetId": id} | size} for id in sheets or PEOPLES]
        address = f"/v4/spreadsheets/{spreadsheet}:getByDataFilter?fields={GRID}"
        answer = self._person.ask("POST", address, {"dataFilters": areas, "includeGridData": True})
        found = {}
        for sheet in answer["sheets"]:
            rows = [row.get("values", []) for area in sheet.get("data", []) for row in area.get("rowData", [])]
            found[int(sheet["properties"]["sheetId"])] = (str(sheet["properties"]["title"]), _trimmed(rows))
        return found

    def edit(self, *requests: Request) -> bool:
        """Do it in both; False where Google would not have it."""
        body = {"requests": list(requests)}
        try:
            self._person.ask("POST", f"/v4/spreadsheets/{self.twin}:batchUpdate", body)
        except RefusedError:
            return False
        self._person.ask("POST", f"/v4/spreadsheets/{self.tracker}:batchUpdate", body)
        return True

    def type(self, sheet: int, cells: Mapping[tuple[int, int], str]) -> bool:
        """Type into cells, by row and column, text that the spreadsheet reads by its locale."""
        data = [{"dataFilter": {"gridRange": _cell(sheet, *at)}, "values": [[text]]} for at, text in cells.items()]
        body = {"valueInputOption": "USER_ENTERED", "data": data}
        for spreadsheet in (self.twin, self.tracker):
            self._person.ask("POST", f"/v4/spreadsheets/{spreadsheet}/values:batchUpdateByDataFilter", body)
        return True


class Tab:
    """One tab as the person sees it now, to point at rows and columns by what stands in them."""

    def __init__(self, book: Book, sheet: int) -> None:
        self.id = sheet
        self.title, self.cells = book.read(book.twin, sheet)[sheet]
        self.fields = columns_made(PEOPLES[sheet]) if PEOPLES[sheet] in RECORDS else {}

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        cells = self.cells[row] if row < len(self.cells) else []
        return str(cells[column].get("formattedValue", "")) if column < len(cells) else ""

    def column(self, field: str) -> int | None:
        """Where a field's column stands."""
        known = self.fields[field]
        words = [word.casefold() for word in (known.header, *known.aliases)]
        width = len(self.cells[0]) if self.cells else 0
        return next((at for at in range(width) if squeeze(self.text(0, at)).casefold() in words), None)

    def rows(self, field: str = "", value: str = "") -> list[int]:
        """The rows below the header that are not empty, and whose field shows this value."""
        column = self.column(field) if field else None
        filled = [at for at, cells in enumerate(self.cells) if at and any(cell.get("formattedValue") for cell in cells)]
        return [row for row in filled if not field or (column is not None and self.text(row, column) == value)]


def _cell(sheet: int, row: int, column: int) -> dict[str, int]:
    lines = {"startRowIndex": row, "endRowIndex": row + 1, "startColumnIndex": column, "endColumnIndex": column + 1}
    return {"sheetId": sheet} | lines


def _trimmed(rows: Cells) -> Cells:
    """Without the empty rows at the end, and the empty cells at the end of each."""
    found = []
    for cells in rows:
        last = max((at for at, cell in enumerate(cells, 1) if cell), default=0)
        found.append(cells[:last])
    while found and not found[-1]:
        found.pop()
    return found
