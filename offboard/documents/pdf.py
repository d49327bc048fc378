"""A page as PDF: nobody changes it by accident, and every machine shows it alike, for its type is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from font_roboto import font_files
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace, TextStyle
from markdown_it import MarkdownIt
from markdown_it.token import Token

from offboard.documents.document import BORN
from offboard.emails.markdown import link_addresses, unshield, unshield_html

FONT = "Roboto"
STYLES = {"": "Roboto", "B": "RobotoBold", "I": "RobotoItalic", "BI": "RobotoBoldItalic"}
MARGIN, LINE = 23, 6  # mm
INK, LINK, RULE = (0x20, 0x21, 0x24), "#1155CC", (0xBF, 0xC3, 0xC8)
HEADING = TextStyle(FONT, "B", 14, INK, t_margin=6, b_margin=1)
TAGS = {
    "h1": HEADING,
    "h2": HEADING,
    "h3": TextStyle(FONT, "B", 12, INK, t_margin=4, b_margin=1),
    "blockquote": TextStyle(FONT, "I", 11, INK, t_margin=1),
    "a": FontFace(color=LINK, emphasis="UNDERLINE"),
}
BLOCKS = re.compile("<(p|ul|ol)>")


def render_pdf(title: str, markdown: str) -> bytes:
    """The bytes of a page: title, headings, paragraphs, lists, tables, bold, italics, links to click."""
    paper = _blank_paper(title)
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    for is_table, tokens in _parts(parser.parse(link_addresses(markdown))):
        if is_table:
            _write_table(paper, tokens)
            continue
        told = unshield_html(parser.renderer.render(tokens, parser.options, {}))
        spaced = BLOCKS.sub(r'<\1 line-height="1.3">', told)
        paper.write_html(spaced, font_family=FONT, tag_styles=TAGS, ul_bullet_char="•", li_prefix_color=INK)
    return bytes(paper.output())


def _blank_paper(title: str) -> FPDF:
    paper = FPDF(format="A4")
    for style, name in STYLES.items():
        paper.add_font(FONT, style, font_files[name])
    paper.set_creation_date(BORN)
    paper.set_title(title)
    paper.set_margin(MARGIN)
    paper.set_auto_page_break(True, MARGIN)
    paper.add_page()
    paper.set_text_color(*INK)
    paper.set_draw_color(*RULE)
    paper.set_font(FONT, size=24)
    paper.multi_cell(0, text=title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(3)
    paper.set_font(FONT, size=11)
    return paper


def _parts(tokens: Sequence[Token]) -> Iterator[tuple[bool, list[Token]]]:
    """The page in its order: tables, and what stands between them."""
    depth = 0
    marked: list[tuple[bool, Token]] = []
    for token in tokens:
        depth += token.type == "table_open"
        marked.append((depth > 0, token))
        depth -= token.type == "table_close"
    for is_table, part in groupby(marked, key=lambda pair: pair[0]):
        yield is_table, [token for _, token in part]


def _write_table(paper: FPDF, tokens: Sequence[Token]) -> None:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(unshield("".join(child.content or "\n" for child in token.children or ())).strip())
    bold = FontFace(emphasis="BOLD")
    with paper.table(
        borders_layout="HORIZONTAL_LINES", text_align="LEFT", line_height=LINE, padding=0.5, headings_style=bold
    ) as table:
        for row in rows:
            table.row(row)
    paper.ln(2)
