"""A look into one file, and at its name: what in them is not for the client."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import PurePath

from offboard.scan.finding import Finding, Kind, Looked, finding_id
from offboard.scan.hit import Hit
from offboard.scan.keys import Key, find_keys, without_pictures
from offboard.scan.marks import FIRST, find_mark, find_mark_in_name
from offboard.scan.passwords import find_passwords
from offboard.scan.piece import Piece, UnreadableError, find_places, starts_of
from offboard.scan.read import read_pieces
from offboard.scan.wanted import Wanted

RULES = "2"  # changed whenever the rules find something else: then what was clean is looked into anew
ONCE = {Kind.CLIENT, Kind.INTERNAL}  # told once a file with the number of places: a footer stands on every page
PARTED = re.compile(r"[_\-.+\s]+")  # how the words of a name are held apart
LONG_LINE = re.compile(r"(?<=[\w.%+/-]{20})\n(?=[\w.%+/-]{2,})")  # it ends in the midst of a long word


def look_into(name: str, content: bytes, wanted: Wanted) -> Looked:
    """Everything in this file that is not for the client; never fails, whatever the bytes are."""
    try:
        pieces = read_pieces(name, content)
    except UnreadableError as why:
        return Looked(unread=str(why))
    stamp = sha256("\0".join(f"{piece.place}\1{piece.text}" for piece in pieces).encode()).hexdigest()
    hits = chain(_keys(pieces), find_passwords(pieces), _clients(pieces, wanted), _marks(pieces))
    return Looked(tuple(_findings(stamp, hits)))


def look_at_name(name: str, wanted: Wanted) -> tuple[Finding, ...]:
    """What a file's or a folder's name alone gives away."""
    stem = PurePath(name).stem
    words = PARTED.sub(" ", stem).strip()
    hits = [Hit("", key.kind, key.excerpt, key.what) for key in find_keys(name)]
    for form in (stem, words):  # each for itself: “passwords” below “passwords” is no password
        hits += [Hit("", hit.kind, hit.excerpt) for hit in find_passwords([Piece("", form)])]
    for term in wanted.terms:
        forms = (name, words, words.title()) if term.in_names else ()
        found = next(filter(None, (re.search(term.pattern, form) for form in forms)), None)
        if found:
            hits.append(Hit("", Kind.CLIENT, found[0], term.client))
    mark = find_mark_in_name(words)
    if mark:
        hits.append(Hit("", Kind.INTERNAL, mark))
    return tuple(_findings(name, hits))


def name_to_show(name: str, findings: Iterable[Finding]) -> str:
    """A file's name as it may be shown: of one that holds a password or a key only its beginning and its end."""
    if any(finding.kind not in ONCE for finding in findings):
        return f"{name[:3]}…{PurePath(name).suffix}"
    return name


def _keys(pieces: list[Piece]) -> Iterator[Hit]:
    """Keys in the whole text at once: a hundred patterns for each line would take minutes."""
    starts = starts_of(pieces)

    def placed(found: Iterable[Key], before: Sequence[int] | None = None) -> Iterator[Hit]:
        for key in found:
            at = before[key.at] if before else key.at
            yield Hit(pieces[bisect_right(starts, at) - 1].place, key.kind, key.excerpt, key.what)

    text = without_pictures("\n".join(piece.text for piece in pieces))
    hits = dict.fromkeys(placed(find_keys(text)))
    if any(piece.place.startswith("page ") for piece in pieces):  # a PDF breaks a long key into lines
        whole, before = _joined(text)
        hits |= dict.fromkeys(placed(find_keys(whole), before))
    yield from hits


def _joined(text: str) -> tuple[str, list[int]]:
    """The text with long words made whole again, and where each of its places was before."""
    gaps = {found.start() for found in LONG_LINE.finditer(text)}
    places = [place for place in range(len(text)) if place not in gaps] if gaps else []
    return "".join(text[place] for place in places), places


def _clients(pieces: list[Piece], wanted: Wanted) -> Iterator[Hit]:
    text = "\n".join(piece.text for piece in pieces)
    small = text.casefold()
    for term in wanted.terms:
        if term.sieve not in small:
            continue
        if term.plain and re.search(rf"(?<!\w){re.escape(term.plain)}(?!\w)", text):
            continue  # an everyday word in this very file
        for index, found in find_places(pieces, re.compile(term.pattern)):
            yield Hit(pieces[index].place, Kind.CLIENT, " ".join(found.split()), term.client)


def _marks(pieces: list[Piece]) -> Iterator[Hit]:
    page, line = "", 0
    for index, piece in enumerate(pieces):
        if piece.place.startswith(("page ", "slide ")) and piece.place != page:
            page, line = piece.place, 0
        line += 1
        head = index < FIRST or line <= FIRST or not piece.place[-1:].isdigit()
        title = index == 0 or piece.place.endswith("!A1")  # of a table: its first cell
        first = title or (head and not piece.cell)
        mark = find_mark(piece.text, first=first, alone=title or not piece.cell)
        if mark:
            yield Hit(piece.place, Kind.INTERNAL, mark)


def _findings(stamp: str, hits: Iterable[Hit]) -> Iterator[Finding]:
    """One finding for each place; for what is told once a file, one with the number of its places."""
    places: dict[tuple[Kind, str, str], list[str]] = {}
    first: dict[tuple[Kind, str, str], Hit] = {}
    for hit in hits:
        key = (hit.kind, hit.what, "" if hit.kind in ONCE else hit.place)
        first.setdefault(key, hit)
        if hit.place not in places.setdefault(key, []):
            places[key].append(hit.place)
    for key, hit in first.items():
        id = finding_id(stamp, hit.kind, hit.place, hit.what)
        yield Finding(id, hit.kind, hit.place, hit.excerpt, hit.what, len(places[key]) - 1)
