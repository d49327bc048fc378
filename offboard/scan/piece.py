"""Pieces of a file's text with the place where each stands; a table's cells know what their column is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from offboard.scan.labels import is_label


class UnreadableError(Exception):
    """Why a file cannot be looked into, in words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, a paragraph or a cell."""

    place: str
    text: str
    label: str = ""  # of a cell: the word for a password above it, or to its left
    beside: bool = False  # the label is to the left: then only what looks like one counts
    cell: bool = False


def cells_of(rows: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Iterator[Piece]:
    """Each row's places and texts as pieces, with the heading of the column where that is a word for a password."""
    headings: dict[int, str] = {}
    for places, texts in rows:
        filled = [column for column, text in enumerate(texts) if text]
        before = ""
        for column in filled:
            text = texts[column]
            if is_label(text):
                headings[column] = before = text.strip(" :")
                yield Piece(places[column], text, cell=True)
                continue
            label = before or headings.get(column, "")
            yield Piece(places[column], text, label, beside=bool(before) and len(filled) > 2, cell=True)
            before = ""
