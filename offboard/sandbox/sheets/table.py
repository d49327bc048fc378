"""The table that values.append looks for: a stretch of filled cells around the last one in a range."""

from __future__ import annotations

from offboard.sandbox.sheets.a1 import Box
from offboard.sandbox.sheets.sheet import Sheet


def find_table(sheet: Sheet, box: Box) -> Box | None:
    """The last table in a range; None where no filled cell lies in it and none of a table's blanks either."""
    for row in range(min(box.bottom, len(sheet.rows)) - 1, box.top - 1, -1):
        for column in range(min(box.right, len(sheet.rows[row])) - 1, box.left - 1, -1):
            if _filled(sheet, row, column):
                return _grown(sheet, Box(row, row + 1, column, column + 1))
    for row, column in _around(box):
        if _filled(sheet, row, column):
            table = _grown(sheet, Box(row, row + 1, column, column + 1))
            if table.meets(box):
                return table
    return None


def _around(box: Box) -> list[tuple[int, int]]:
    rows, columns = range(max(0, box.top - 1), box.bottom + 1), range(max(0, box.left - 1), box.right + 1)
    edge_rows, edge_columns = (rows[0], rows[-1]), (columns[0], columns[-1])
    across = [(row, column) for row in edge_rows for column in columns]
    return across + [(row, column) for row in rows for column in edge_columns]


def _grown(sheet: Sheet, box: Box) -> Box:
    """The rectangle after every filled cell that touches it, even by a corner, was taken in."""
    top, bottom, left, right = box.top, box.bottom, box.left, box.right
    while True:
        before = (top, bottom, left, right)
        while top > 0 and _any(sheet, top - 1, left - 1, right + 1):
            top -= 1
        while bottom < len(sheet.rows) and _any(sheet, bottom, left - 1, right + 1):
            bottom += 1
        around = range(max(0, top - 1), min(bottom + 1, len(sheet.rows)))
        if left > 0 and any(_filled(sheet, row, left - 1) for row in around):
            left -= 1
        if any(_filled(sheet, row, right) for row in around):
            right += 1
        if before == (top, bottom, left, right):
            return Box(*before)


def _any(sheet: Sheet, row: int, left: int, right: int) -> bool:
    return any(cell is not None and cell.filled for cell in sheet.rows[row][max(0, left) : right])


def _filled(sheet: Sheet, row: int, column: int) -> bool:
    cell = sheet.cell(row, column)
    return cell is not None and cell.filled
