"""Passwords in prose and tables: what stands behind, below or beside a word for one, in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from offboard.scan.finding import MASK, Kind
from offboard.scan.hit import Hit
from offboard.scan.labels import ANY, CODE, CODES_LABEL, FOLLOWED, HEADING, INTRODUCED, LOGIN, is_label
from offboard.scan.piece import Piece
from offboard.scan.values import is_password, looks_like_password

REACH = 30  # lines below a heading “Platform User Password” that count as its table
CODES_REACH = 12  # lines below “Backup codes”
PIN = re.compile(r"pin|geheimzahl|code pin", re.IGNORECASE)
VERBS = {"is", "are", "ist", "sind", "est", "sont", "lautet"}  # “the password is” may be followed by anything


def find_passwords(pieces: Iterable[Piece]) -> Iterator[Hit]:
    """Each place in which a password stands, in the order of the pieces."""
    alone = ""  # the label that the line before was
    table, codes, codes_label = 0, 0, ""
    for piece in pieces:
        label = _in_cell(piece) or _behind_label(piece.text) or (_below(piece.text, alone) if alone else "")
        if not label and table and any(looks_like_password(word, surely=True) for word in piece.text.split()):
            label = "password"
        named = CODES_LABEL.search(piece.text)
        if named:
            codes, codes_label = CODES_REACH, named["label"]
        if codes and (found := CODE.search(piece.text)) and not _is_year_pair(found[0]):
            label = label or codes_label
        if label:
            yield Hit(piece.place, Kind.PASSWORD, f"{label}: {MASK}")
        table, codes = max(0, table - 1), max(0, codes - 1)
        if _is_heading(piece.text):
            table = REACH
        if piece.text.strip():
            alone = piece.text.strip(" :") if is_label(piece.text) and not piece.label else ""


def may_hold_passwords(text: str) -> bool:
    """A quick look: text without any word for a password needs no other."""
    return ANY.search(text) is not None


def _in_cell(piece: Piece) -> str:
    if not piece.label:
        return ""
    pin = PIN.search(piece.label) is not None
    strict = piece.beside and not pin
    found = looks_like_password(piece.text) if strict else is_password(piece.text, pin=pin)
    return piece.label if found else ""


def _behind_label(text: str) -> str:
    """The label of a password in this line: `Passwort Instagram: …`, `Login: bloom / …`; empty: there is none."""
    if not ANY.search(text):
        return ""
    for found in INTRODUCED.finditer(text):
        label, value = found["label"], found["value"]
        if found["sign"].casefold() in VERBS:
            words = value.split()
            if words and looks_like_password(words[0]):
                return label
        elif is_password(value, pin=PIN.match(label) is not None):
            return label
    for found in FOLLOWED.finditer(text):
        if looks_like_password(found["value"], surely=True):
            return found["label"]
    for found in LOGIN.finditer(text):
        if looks_like_password(found["value"]):
            return found["label"]
    return ""


def _below(text: str, label: str) -> str:
    """The label on the line before, when this one is a password and nothing else."""
    words = text.split()
    pin = PIN.match(label) is not None
    return label if len(words) == 1 and is_password(text, pin=pin) else ""


def _is_heading(text: str) -> bool:
    """Whether a line heads a table with passwords: `Platform  User  Password`."""
    words = text.split()
    named = len(HEADING.findall(text)) >= 1 and len(words) <= 10
    return named and not any(c.isdigit() for c in text) and _has_label(text)


def _has_label(text: str) -> bool:
    return any(is_label(word) for word in re.split(r"\s{2,}|[|;\t ]", text) if word)


def _is_year_pair(code: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d[ -](?:19|20)\d\d|(?:19|20)\d{6}", code))
