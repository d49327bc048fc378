"""A page as a Word file: every alphabet, links to click, tables, and nothing that a cell could smuggle in."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from offboard.documents.docx import render_docx
from offboard.documents.page import Page
from offboard.emails.markdown import shield

ALPHABETS = ["Čapek & Søn", "Łódź", "ベーカリー", "مخبز", "Ελλάδα", "🥐"]
NAMES = [*ALPHABETS, "<b>Tom & Jerry</b>", "*not bold*", "[x](javascript:1)", "a | b"]


def read(content: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(content))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_out_letter_by_letter_in_the_text_and_in_the_title(name: str) -> None:
    page = read(render_docx(name, f"Hi {shield(name)}!\n\n| a |\n|---|\n| {shield(name)} |"))
    assert [paragraph.text for paragraph in page.paragraphs][:2] == [name, f"Hi {name}!"]
    assert page.tables[0].cell(1, 0).text == name
    assert page.core_properties.title == name


def test_headings_lists_tables_quotes_and_emphasis_are_what_they_are_in_word() -> None:
    text = "## One\n\n- a\n- b\n\n1. c\n\n> said\n\n**bold** and *slanted*\n\n| Who | When |\n|---|---|\n| Ana | May |"
    page = read(render_docx("T", text))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in page.paragraphs if paragraph.style]
    assert styles[:7] == [
        ("Title", "T"),
        ("Heading 1", "One"),
        ("List Bullet", "a"),
        ("List Bullet", "b"),
        ("List Number", "c"),
        ("Quote", "said"),
        ("Normal", "bold and slanted"),
    ]
    assert [(run.text, run.bold, run.italic) for run in page.paragraphs[6].runs if run.bold or run.italic] == [
        ("bold", True, None),
        ("slanted", None, True),
    ]
    assert [[cell.text for cell in row.cells] for row in page.tables[0].rows] == [["Who", "When"], ["Ana", "May"]]


def test_links_can_be_clicked_and_only_those_that_may_be() -> None:
    page = read(
        render_docx("T", "[Reports](https://x.example/1) https://y.example [no](javascript:alert) [f](file:///etc)")
    )
    links = [link.address for link in page.paragraphs[1].hyperlinks]
    assert links == ["https://x.example/1", "https://y.example"]


def test_the_same_words_are_the_same_bytes_and_other_words_another_digest() -> None:
    page = Page("Start here", "Hi Maya")
    assert page.render() == Page("Start here", "Hi Maya").render()
    assert page.digest == Page("Start here", "Hi Maya").digest
    assert len({page.digest, Page("Start here", "Hi Mia").digest, Page("Start", "Hi Maya").digest}) == 3
    assert " " not in page.digest
