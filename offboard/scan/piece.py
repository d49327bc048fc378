"""Pieces of a file's text with the place where each stands; a table's cells know what their column is called."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from offboard.scan.labels import access_in, label_in, may_have_label


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
    access: bool = False  # the label is a word for an access: then only what is nothing but a secret counts


def find_places(pieces: Sequence[Piece], pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Each match in the text of all pieces at once, with the index of the piece in which it begins."""
    starts = starts_of(pieces)
    for found in pattern.finditer("\n".join(piece.text for piece in pieces)):
        yield bisect_right(starts, found.start()) - 1, found[0]


def starts_of(pieces: Sequence[Piece]) -> list[int]:
    """Where each piece begins in the text of all, a line each."""
    return list(accumulate((len(piece.text) + 1 for piece in pieces), initial=0))[:-1]


def cells_of(rows: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Iterator[Piece]:
    """Each row's places and texts as pieces, with the heading of the column where that is a word for a password.

    Or for an access, such as “Login”: unless a column beside it holds the passwords, and it the names.
    """
    headings: dict[int, str] = {}
    accesses: dict[int, str] = {}
    for places, texts in rows:
        filled = [column for column, text in enumerate(texts) if text]
        telling = may_have_label("\n".join(texts))  # once a row: most hold numbers
        names = {column: label_in(texts[column]) for column in filled} if telling else {}
        before = access = ""
        for column in filled:
            text, named = texts[column], names.get(column, "")
            if named:
                headings[column] = before = named
                yield Piece(places[column], text, cell=True)
                continue
            label = before or headings.get(column, "")
            opens = "" if label else access or accesses.get(column, "")
            if not label and len(text) != 8 and text.isdigit():
                continue  # a number is a password below such a heading only, or a backup code of eight digits
            beside = bool(before) and len(filled) > 2
            yield Piece(places[column], text, label or opens, beside=beside, cell=True, access=bool(opens))
            before, access = "", access_in(text) if telling else ""
            if access and not any(names.values()):
                accesses[column] = access
