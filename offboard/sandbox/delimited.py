"""Text with separators, cut into rows."""

from __future__ import annotations

import csv
import io


def split_rows(text: str, delimiter: str) -> list[list[str]]:
    """The rows of a text, quotes undone; lines may end in any way, a cell may be of any length."""
    csv.field_size_limit(len(text) + 1)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
