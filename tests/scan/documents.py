"""Documents as people's programs write them: the same lines and tables as PDF, DOCX, PPTX, XLSX, CSV, TXT and HTML."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from html import escape

from docx import Document
from fpdf import FPDF
from openpyxl import Workbook

Lines = Sequence[str | Sequence[str]]  # a line of text, or a table's row

SLIDE = (
    '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:txBody>{}</p:txBody></p:sld>'
)


def make_pdf(lines: Lines) -> bytes:
    """Its table's rows are lines whose cells stand side by side, as a spreadsheet's print is."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=9)
    for line in lines:
        text = line if isinstance(line, str) else "   ".join(line)
        pdf.multi_cell(0, 5, text.encode("latin-1", "replace").decode("latin-1"), new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def make_docx(lines: Lines) -> bytes:
    """Paragraphs, and a real table for rows."""
    document = Document()
    table = None
    for line in lines:
        if isinstance(line, str):
            document.add_paragraph(line)
            table = None
            continue
        table = table or document.add_table(0, len(line))
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def make_pptx(lines: Lines) -> bytes:
    """One slide with a paragraph a line."""
    texts = [line if isinstance(line, str) else "\t".join(line) for line in lines]
    paragraphs = "".join(f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>" for text in texts)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("ppt/slides/slide1.xml", SLIDE.format(paragraphs))
    return content.getvalue()


def make_xlsx(lines: Lines) -> bytes:
    """A row a line."""
    book = Workbook()
    for line in lines:
        book.active.append([line] if isinstance(line, str) else list(line))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def make_csv(lines: Lines) -> bytes:
    """As Excel in Germany writes it."""
    content = io.StringIO()
    writer = csv.writer(content, delimiter=";")
    for line in lines:
        writer.writerow([line] if isinstance(line, str) else line)
    return content.getvalue().encode("cp1252", "replace")


def make_txt(lines: Lines) -> bytes:
    """A line a line."""
    return "\n".join(line if isinstance(line, str) else "\t".join(line) for line in lines).encode()


def make_html(lines: Lines) -> bytes:
    """Paragraphs, and a table for rows."""
    parts: list[str] = ["<!DOCTYPE html><html><head><style>p { color: #d4a017 }</style></head><body>"]
    table = False
    for line in lines:
        if isinstance(line, str):
            parts += ["</table>"] if table else []
            parts.append(f"<p>{escape(line)}</p>")
            table = False
        else:
            parts += [] if table else ["<table>"]
            parts.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>")
            table = True
    return "\n".join([*parts, "</table></body></html>" if table else "</body></html>"]).encode()


MAKE: dict[str, Callable[[Lines], bytes]] = {
    "pdf": make_pdf,
    "docx": make_docx,
    "pptx": make_pptx,
    "xlsx": make_xlsx,
    "csv": make_csv,
    "txt": make_txt,
    "html": make_html,
}
