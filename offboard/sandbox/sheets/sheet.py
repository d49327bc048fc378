"""One sheet of a spreadsheet: its grid of cells and everything that lies on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from offboard.sandbox.documents import Json
from offboard.sandbox.sheets.a1 import Box, Span, quote_title
from offboard.sandbox.sheets.cell import Cell

Row = list[Cell | None]
Rows = list[Row]
Dimension = Literal["ROWS", "COLUMNS"]

BLANK = Cell()
LISTS = ("merges", "conditionalFormats", "protectedRanges", "bandedRanges", "tables")


class Sheet:
    """A grid. Rows are ragged: what follows the last cell, or the last row, is blank."""

    def __init__(self, properties: Json, load: Callable[[], Rows] = list) -> None:
        self.properties = properties
        self.lists: dict[str, list[Json]] = {name: [] for name in LISTS}
        self.basic_filter: Json | None = None
        self.sizes: dict[Dimension, dict[int, Json]] = {"ROWS": {}, "COLUMNS": {}}  # DimensionProperties that differ
        self.changed: set[int] = set()  # rows that storage does not have yet
        self.shifts: list[tuple[int, int]] = []  # (at, by): what happened to storage's rows since it was written
        self.saved = ""  # the document that storage has
        self.touch: Callable[[], None] = lambda: None  # called at every change of a cell
        self._load = load
        self._rows: Rows | None = None

    @property
    def id(self) -> int:
        """Its number in the spreadsheet."""
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        """Its name on the tab."""
        return str(self.properties["title"])

    @property
    def grid(self) -> Json:
        """Its grid properties."""
        found: Json = self.properties["gridProperties"]
        return found

    @property
    def row_count(self) -> int:
        """How many rows the grid has."""
        return int(self.grid["rowCount"])

    @property
    def column_count(self) -> int:
        """How many columns the grid has."""
        return int(self.grid["columnCount"])

    @property
    def box(self) -> Box:
        """The whole grid."""
        return Box(0, self.row_count, 0, self.column_count)

    @property
    def rows(self) -> Rows:
        """The rows down to the last that has something, read from storage when first asked for."""
        if self._rows is None:
            self._rows = self._load()
        return self._rows

    @property
    def loaded(self) -> bool:
        """Whether its rows are in memory."""
        return self._rows is not None

    def take_rows(self, rows: Rows) -> None:
        """Have these rows, instead of reading them from storage."""
        self._rows = rows

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell there; None when it is blank."""
        rows = self.rows
        if row >= len(rows):
            return None
        line = rows[row]
        return line[column] if column < len(line) else None

    def put(self, row: int, column: int, cell: Cell | None) -> None:
        """Replace the cell there."""
        rows = self.rows
        if cell is not None and cell.blank:
            cell = None
        if cell is None and (row >= len(rows) or column >= len(rows[row])):
            return
        while len(rows) <= row:
            rows.append([])
        line = rows[row]
        if column >= len(line):
            line.extend([None] * (column + 1 - len(line)))
        line[column] = cell
        self.changed.add(row)
        self.trim(row)
        self.touch()

    def edit(self, row: int, column: int, change: Callable[[Cell], Cell]) -> None:
        """Replace a cell by what a function makes of it."""
        self.put(row, column, change(self.cell(row, column) or BLANK))

    def trim(self, row: int) -> None:
        """Forget the blanks at the end of a row, and the rows at the end that have become blank."""
        rows = self.rows
        line = rows[row]
        while line and line[-1] is None:
            line.pop()
        while rows and not rows[-1]:
            rows.pop()

    def cells_in(self, box: Box) -> Iterator[tuple[int, int, Cell]]:
        """The cells of a rectangle that are not blank, row by row."""
        for row in range(box.top, min(box.bottom, len(self.rows))):
            for column, cell in enumerate(self.rows[row][box.left : box.right], box.left):
                if cell is not None:
                    yield row, column, cell

    def cells_that_refer(self) -> list[tuple[int, int, Cell]]:
        """The cells with a formula or a rule: all that can refer to other cells."""
        return [
            (row, column, cell)
            for row, line in enumerate(self.rows)
            for column, cell in enumerate(line)
            if cell is not None and (cell.formula is not None or cell.rule is not None)
        ]

    def last_filled_row(self) -> int:
        """The index of the last row with content; -1 when there is none."""
        for row in range(len(self.rows) - 1, -1, -1):
            if any(cell is not None and cell.filled for cell in self.rows[row]):
                return row
        return -1

    def count(self, dimension: Dimension) -> int:
        """How many rows or columns the grid has."""
        return self.row_count if dimension == "ROWS" else self.column_count

    def address(self, span: Span) -> str:
        """A range in A1 notation with this sheet's title, as Google writes it back."""
        return f"{quote_title(self.title)}!{span.text()}"

    def document(self) -> Json:
        """Everything but the cells, for storage."""
        sizes = {dimension: {str(n): size for n, size in found.items()} for dimension, found in self.sizes.items()}
        one = {"properties": self.properties, "basicFilter": self.basic_filter, "sizes": sizes}
        return one | self.lists

    @classmethod
    def from_document(cls, document: Json, load: Callable[[], Rows]) -> Sheet:
        """The sheet that a document from storage describes."""
        sheet = cls(document["properties"], load)
        sheet.basic_filter = document["basicFilter"]
        sheet.lists = {name: document.get(name, []) for name in LISTS}
        sizes = document["sizes"]
        sheet.sizes = {
            "ROWS": {int(n): size for n, size in sizes["ROWS"].items()},
            "COLUMNS": {int(n): size for n, size in sizes["COLUMNS"].items()},
        }
        return sheet
