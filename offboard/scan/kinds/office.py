"""DOCX, PPTX and ODT: all their text, also in tables, headers, footers, notes, comments and text boxes.

By the parts' XML and not by python-docx or python-pptx: these give the body, and leave out footnotes, comments,
text boxes and what was struck out under “track changes”, all of which the client can open.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from offboard.scan.kinds.archive import BROKEN, FAULTS, open_archive
from offboard.scan.piece import Piece, UnreadableError, cells_of

PARTS = (  # in which text stands, and what the person calls them
    (re.compile(r"word/document\.xml"), "paragraph"),
    (re.compile(r"word/(?:header|footer)\d*\.xml"), "header or footer"),
    (re.compile(r"word/(?:footnotes|endnotes)\.xml"), "footnote"),
    (re.compile(r"word/comments\w*\.xml"), "comment"),
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), "slide {}"),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml"), "notes of slide {}"),
    (re.compile(r"ppt/comments/\w+\.xml"), "comment"),
    (re.compile(r"xl/(?:comments\d*|comments/comment\d+|threadedComments/\w+)\.xml"), "comment"),
    (re.compile(r"content\.xml|styles\.xml"), "paragraph"),
    (re.compile(r"docProps/core\.xml|meta\.xml"), "its properties"),
)
PARAGRAPHS = {"p", "h", "comment", "threadedComment", "text"}
PROPERTIES = {"title", "subject", "keywords", "description", "category"}
TEXTS = {"t", "delText", "instrText"}


def read_office(content: bytes) -> Iterator[Piece]:
    """Each paragraph, in the order of the parts; UnreadableError for a broken file."""
    archive = open_archive(content)
    for name in sorted(archive.namelist()):
        yield from read_part(archive, name)


def read_part(archive: zipfile.ZipFile, name: str) -> Iterator[Piece]:
    """The paragraphs of one part, if text stands in it."""
    for pattern, place in PARTS:
        found = pattern.fullmatch(name)
        if found:
            try:
                with archive.open(name) as part:
                    yield from _read(iterparse(part, events=("start", "end")), place.format(*found.groups()))
            except (ParseError, DefusedXmlException, *FAULTS) as error:
                raise UnreadableError(BROKEN) from error


def _read(events: Iterator[tuple[str, Element]], place: str) -> Iterator[Piece]:
    """Paragraphs as they end, table rows as a whole; what was read is dropped, so that size does not matter."""
    number, depth = 0, 0
    rows: list[list[str]] = []
    for event, element in events:
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            depth += tag in ("tbl", "table")
            continue
        if tag in PARAGRAPHS and not depth:
            number += 1
            where = f"{place} {number}" if place == "paragraph" else place
            yield Piece(where, _text(element))
            element.clear()
        elif tag in PROPERTIES and place == "its properties":
            yield Piece(place, element.text or "")
        elif tag in ("tr", "table-row"):
            rows.append([_text(cell) for cell in element if cell.tag.rpartition("}")[2] in ("tc", "table-cell")])
            element.clear()
        elif tag in ("tbl", "table"):
            depth -= 1
            if not depth:
                where = "table" if place == "paragraph" else place
                yield from cells_of(([f"{where}, row {n}"] * len(row), row) for n, row in enumerate(rows, start=1))
                rows = []
                element.clear()


def _text(element: Element) -> str:
    """The text below an element; an ODT's stands in any element, Office's in `t` alone."""
    if element.tag.startswith("{urn:oasis"):
        return " ".join("".join(element.itertext()).split())
    parts = []
    for inner in element.iter():
        tag = inner.tag.rpartition("}")[2]
        if tag in TEXTS:
            parts.append(inner.text or "")
        elif tag in ("tab", "br", "cr", "p") and parts:
            parts.append(" ")
    return "".join(parts).strip() or (element.text or "").strip()
