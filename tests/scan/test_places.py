"""Where a finding stands: the page, the cell, the line, also in the corners of a document that nobody looks into."""

from __future__ import annotations

import io

import pytest
from docx import Document
from fpdf import FPDF
from openpyxl import Workbook
from openpyxl.comments import Comment

from offboard.scan.finding import Finding
from offboard.scan.look import look_at_name, look_into, name_to_show
from offboard.scan.wanted import Wanted
from tests.scan.documents import make_csv, make_html

SECRET = "Password: Sommer2024!"


def find(name: str, content: bytes, wanted: Wanted) -> list[Finding]:
    return list(look_into(name, content, wanted).findings)


def test_a_pdfs_page_is_told(wanted: Wanted) -> None:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=10)
    for text in ("May", "June", SECRET):
        pdf.add_page()
        pdf.cell(0, 5, text)
    assert [finding.place for finding in find("a.pdf", bytes(pdf.output()), wanted)] == ["page 3"]


def test_a_key_that_a_pdf_breaks_into_lines_is_found(wanted: Wanted) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Courier", size=20)
    pdf.multi_cell(0, 8, "EAAB" + "a1B2c3D4" * 12)
    (finding,) = find("a.pdf", bytes(pdf.output()), wanted)
    assert finding.what == "Meta access token"


def test_a_workbooks_cell_is_told_also_on_a_hidden_sheet_and_in_a_comment(wanted: Wanted) -> None:
    book = Workbook()
    book.active.title = "Posts"
    book.active.append(["Post", "Reach"])
    book.active["B2"].comment = Comment("PIN: 4821", "Ana")
    hidden = book.create_sheet("Logins")
    hidden.sheet_state = "hidden"
    hidden["C7"], hidden["C8"] = "Passwort", 48219930
    content = io.BytesIO()
    book.save(content)
    assert [f.place for f in find("a.xlsx", content.getvalue(), wanted)] == ["Logins!C8", "comment"]


def test_a_table_whose_title_says_that_it_is_internal_is_found(wanted: Wanted) -> None:
    book = Workbook()
    book.active.append(["INTERNAL USE ONLY - do not share with client"])
    book.active.append(["Month", "Margin"])
    content = io.BytesIO()
    book.save(content)
    assert [f.kind.value for f in find("a.xlsx", content.getvalue(), wanted)] == ["internal"]
    assert [f.kind.value for f in find("a.csv", b"Internal notes for the team\nMonth,Margin\n", wanted)] == ["internal"]


@pytest.mark.parametrize("part", ["header", "footer"])
def test_headers_footers_and_tables_of_a_document_are_read(part: str, wanted: Wanted) -> None:
    document = Document()
    document.add_paragraph("May")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("User", "Password", "bloom", "Mehl#77x"), strict=True):
        cell.text = text
    getattr(document.sections[0], part).paragraphs[0].text = SECRET
    content = io.BytesIO()
    document.save(content)
    assert {f.place for f in find("a.docx", content.getvalue(), wanted)} == {"table, row 2", "header or footer"}


def test_lines_are_told_and_links_and_comments_of_a_page_are_read(wanted: Wanted) -> None:
    page = f"<html><body>\n<p>May</p>\n<!-- {SECRET} -->\n<a href='https://a:Sommer2024@b.example'>x</a></body></html>"
    assert {f.place for f in find("a.html", page.encode(), wanted)} == {"line 3", "line 4"}
    table = [("User", "Password"), ("bloom", "Mehl#77x"), ("x", "changed"), ("y", "Brot!2024")]
    assert [f.place for f in find("a.csv", make_csv(table), wanted)] == ["line 2", "line 4"]
    assert len(find("a.html", make_html(table), wanted)) == 2


def test_another_client_on_every_page_is_told_once_with_the_number_of_places(wanted: Wanted) -> None:
    text = "\n".join(["Corvo Coffee"] * 5).encode()
    (finding,) = find("a.txt", text, wanted)
    assert finding.says("a.txt") == ("“a.txt”, line 1 and 4 more places: another client, Corvo Coffee (“Corvo Coffee”)")


def test_ids_stay_with_the_text_and_change_with_it(wanted: Wanted) -> None:
    one, again, other = (find("a.txt", text, wanted)[0].id for text in (b"PIN: 4821", b"PIN: 4821", b"PIN: 4822"))
    assert one == again != other


def test_a_section_of_its_own_may_be_marked_and_a_sentence_is_no_mark(wanted: Wanted) -> None:
    prose = ["A line about bread."] * 20
    for mark in ("Strictly confidential", "Vertraulich", "INTERN", "## Internal", "Nur intern"):
        assert [f.place for f in find("a.txt", "\n".join([*prose, mark, *prose]).encode(), wanted)] == ["line 21"], mark
    for line in ("we keep it confidential", "Intern", "- Vertraulich"):
        assert find("a.txt", "\n".join([*prose, line, *prose]).encode(), wanted) == [], line


def test_a_name_is_shown_whole_unless_a_secret_stands_in_it(wanted: Wanted) -> None:
    for name in ("passwords.txt", "Passwort.docx", "Passwords 2026.xlsx"):
        assert name_to_show(name, look_at_name(name, wanted)) == name
    assert name_to_show("IG pass Sommer2024!.txt", look_at_name("IG pass Sommer2024!.txt", wanted)) == "IG ….txt"
