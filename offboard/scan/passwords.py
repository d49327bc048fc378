"""Passwords in prose and tables: what stands behind, below or beside a word for one, in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from offboard.scan.finding import MASK, Kind
from offboard.scan.hit import Hit
from offboard.scan.labels import (
    CODE,
    CODES_LABEL,
    AccessColumn,
    find_access_column,
    is_heading,
    label_in,
    may_have_label,
)
from offboard.scan.lines import PIN, label_of_password
from offboard.scan.piece import Piece
from offboard.scan.values import is_password, looks_like_password, opens_access

REACH = 30  # lines below a heading “Platform User Password” that count as its table
CODES_REACH = 12  # lines below “Backup codes”


def find_passwords(pieces: Sequence[Piece]) -> Iterator[Hit]:
    """Each place in which a password stands, in the order of the pieces."""
    alone = ""  # the label that the line before was
    access: AccessColumn | None = None  # of the table in whose lines we are
    table, codes, codes_label = 0, 0, ""
    for piece in pieces:
        text, named = piece.text, may_have_label(piece.text)
        label = _in_cell(piece) or (label_of_password(text) if named else "") or (_below(text, alone) if alone else "")
        if not label and table and any(looks_like_password(word, surely=True) for word in text.split()):
            label = "password"
        if access and (cells := [] if piece.cell else access.cells(text)):
            label = label or (access.label if any(map(opens_access, cells)) else "")
        else:
            access = None
        if named and (begins := CODES_LABEL.search(text)):
            codes, codes_label = CODES_REACH, begins["label"]
        if codes and (code := CODE.search(text)) and not _is_year_pair(code[0]):
            label = label or codes_label
        if label:
            yield Hit(piece.place, Kind.PASSWORD, f"{label}: {MASK}")
        table, codes = max(0, table - 1), max(0, codes - 1)
        if named and is_heading(text):
            table = REACH
        if named and not piece.cell:
            access = find_access_column(text) or access
        alone = label_in(text) if named and not piece.cell else ""


def _in_cell(piece: Piece) -> str:
    if not piece.label:
        return ""
    if piece.access:
        return piece.label if opens_access(piece.text) else ""
    pin = PIN.search(piece.label) is not None
    strict = piece.beside and not pin
    found = looks_like_password(piece.text) if strict else is_password(piece.text, pin=pin)
    return piece.label if found else ""


def _below(text: str, label: str) -> str:
    """The label on the line before, when this one is a password and nothing else."""
    words = text.split()
    pin = PIN.match(label) is not None
    return label if len(words) == 1 and not label_in(text) and is_password(text, pin=pin) else ""


def _is_year_pair(code: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d[ -](?:19|20)\d\d|(?:19|20)\d{6}", code))
