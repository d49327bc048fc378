"""Docs and Sheets as PDF, A4, in the fonts that every reader has."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from fpdf import FPDF
from fpdf.fonts import FontFace

from offboard.sandbox.drive.prose import HEADINGS, Block
from offboard.sandbox.sheets.for_drive import Table

ENCODING = "cp1252"  # what the standard fonts can show
SIZES = dict(zip(HEADINGS, (20, 16, 14, 12, 11, 10), strict=True))
BODY = 11
WIDEST = 18  # columns of a table on one page
TALLEST = 20  # lines of a row: words that do not fill theirs may double them


def render_document(blocks: list[Block], title: str) -> bytes:
    """A Doc as PDF: headings, paragraphs, lists and tables."""
    pdf = _paper(title, "portrait")
    pdf.add_page()
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        if kind == "tr":
            _table(pdf, [list(block.texts[:WIDEST]) for block in run], BODY - 1)
            continue
        for block in run:
            pdf.set_font("Helvetica", "B" if kind in SIZES else "", SIZES.get(kind, BODY))
            text = f"•  {block.text}" if kind == "li" else block.text
            pdf.multi_cell(0, pdf.font_size * 1.4, _showable(text), new_x="LMARGIN", new_y="NEXT")
            pdf.ln(1)
    return bytes(pdf.output())


def render_sheets(sheets: Sequence[Table], title: str) -> bytes:
    """A spreadsheet as PDF: every sheet on pages of its own, as wide tables are cut for printing."""
    pdf = _paper(title, "landscape")
    for name, rows in sheets:
        texts = [[cell.text for cell in row] for row in rows]
        width = max((len(row) for row in texts), default=0)
        for first in range(0, max(width, 1), WIDEST):
            pdf.add_page()
            pdf.set_font("Helvetica", "B", BODY)
            pdf.cell(text=_showable(name), new_x="LMARGIN", new_y="NEXT")
            last = min(first + WIDEST, width)
            _table(pdf, [[*row, *[""] * (width - len(row))][first:last] for row in texts], 7)
    return bytes(pdf.output())


def _paper(title: str, orientation: str) -> FPDF:
    pdf = FPDF(orientation=orientation, format="A4")
    pdf.core_fonts_encoding = ENCODING
    pdf.set_title(title)
    pdf.set_auto_page_break(True, margin=20)
    return pdf


def _table(pdf: FPDF, rows: list[list[str]], size: float) -> None:
    if not rows or not any(rows):
        return
    pdf.set_font("Helvetica", "", size)
    width = max(len(row) for row in rows)
    letters = max(1, int(pdf.epw / width / pdf.font_size) - 2)  # of the widest, in one line of a cell
    with pdf.table(first_row_as_headings=False, headings_style=FontFace(), line_height=pdf.font_size * 1.5) as table:
        for row in rows:
            table.row([_fitting(_showable(text), letters) for text in [*row, *[""] * (width - len(row))]])


def _fitting(text: str, letters: int) -> str:
    """As much of a cell's text as surely fits on one page: a row is not cut in two."""
    kept, room = [], TALLEST
    for line in text.split("\n"):
        if room <= 0:
            break
        kept.append(line[: room * letters])
        room -= 1 + len(line) // letters
    return "\n".join(kept)


def _showable(text: str) -> str:
    """The text in the letters of the standard fonts: marks fall off letters that these do not have."""
    shown = "".join(letter if _encodes(letter) else _plain(letter) for letter in text.expandtabs(4))
    return "".join(letter for letter in shown if letter == "\n" or letter.isprintable())


def _plain(letter: str) -> str:
    name = unicodedata.name(letter, "").partition(" WITH ")[0]
    try:
        plain = unicodedata.lookup(name)
    except KeyError:
        return "?"
    return plain if _encodes(plain) else "?"


def _encodes(text: str) -> bool:
    try:
        text.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True
