"""Markdown as a Word file, which Drive shows on every phone and Google Docs opens; the same words, the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from markdown_it import MarkdownIt
from markdown_it.token import Token

from offboard.documents.document import BORN
from offboard.emails.markdown import SCHEMES, link_addresses, unshield

FONT, INK, LINK = "Arial", RGBColor(0x20, 0x21, 0x24), "1155CC"
MARGIN = Cm(2.3)
TABLES = ("Normal Table", "Table Grid")


def render_docx(title: str, markdown: str) -> bytes:
    """The bytes of a page: title, headings, paragraphs, lists, tables, bold, italics, links to click."""
    paper = blank_paper(title)
    paper.add_heading(title, 0)
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
    _write(paper, parser.parse(link_addresses(markdown)))
    return pack_paper(paper)


def blank_paper(title: str) -> Paper:
    """An empty A4 page in our type, whose properties name nobody."""
    paper = Document(BytesIO(_template()))
    properties = paper.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = BORN
    return paper


@cache
def _template() -> bytes:
    """The library's own blank page in our type, without its hundred looks of tables: no page of ours has one."""
    paper = Document()
    for section in paper.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    for name, size, above in (("Normal", 11, 0), ("Title", 24, 0), ("Heading 1", 14, 16), ("Heading 2", 12, 12)):
        style = paper.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()  # a style's theme would win over its font
        for script in ("ascii", "hAnsi", "cs"):  # other alphabets come in the reader's own font
            fonts.set(qn(f"w:{script}"), FONT)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(6)
    for style in list(paper.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in TABLES:
            style.delete()
    packed = BytesIO()
    paper.save(packed)
    return packed.getvalue()


def _write(paper: Paper, tokens: Sequence[Token]) -> None:
    lists: list[str] = []
    rows: list[list[Token]] = []
    style = ""
    for token in tokens:
        match token.type:
            case "heading_open":
                style = "Heading 1" if token.tag in ("h1", "h2") else "Heading 2"
            case "blockquote_open":
                style = "Quote"
            case "heading_close" | "blockquote_close":
                style = ""
            case "bullet_list_open":
                lists.append("List Bullet")
            case "ordered_list_open":
                lists.append("List Number")
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "table_open":
                rows = []
            case "tr_open":
                rows.append([])
            case "table_close":
                _write_table(paper, rows)
                rows = []
            case "inline" if rows:
                rows[-1].append(token)
            case "inline":
                _write_words(paper.add_paragraph(style=style or (lists[-1] if lists else None)), token.children or [])


def _write_table(paper: Paper, rows: Sequence[Sequence[Token]]) -> None:
    table = paper.add_table(len(rows), len(rows[0]), "Table Grid")
    for number, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, token in zip(row.cells, cells, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
            _write_words(paragraph, token.children or [], bold=not number)
    paper.add_paragraph()


def _write_words(paragraph: Paragraph, tokens: Sequence[Token], *, bold: int = 0) -> None:
    italic = 0
    address = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                address = str(token.attrGet("href") or "")
            case "link_close":
                address = ""
            case "softbreak" | "hardbreak":
                paragraph.add_run().add_break(WD_BREAK.LINE)
            case _:
                for run in add_runs(paragraph, unshield(token.content), address):
                    run.bold, run.italic = bool(bold) or None, bool(italic) or None


def add_runs(paragraph: Paragraph, text: str, address: str) -> Iterator[Run]:
    """The text as a run, inside a link where it has an address that may be one."""
    run = paragraph.add_run(text)
    if address.startswith(SCHEMES):
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(unshield(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        paragraph._p.append(link)
        link.append(run._r)
        run.font.color.rgb, run.font.underline = RGBColor.from_string(LINK), True
    yield run


def pack_paper(paper: Paper) -> bytes:
    """The file, its parts without the moment at which they were packed."""
    packed, even = BytesIO(), BytesIO()
    paper.save(packed)
    with zipfile.ZipFile(packed) as parts, zipfile.ZipFile(even, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name in parts.namelist():
            fresh.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)
    return even.getvalue()
