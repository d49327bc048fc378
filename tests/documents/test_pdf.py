"""A page as PDF: what stands in it, in which letters, and that it is the same whenever it is written."""

from __future__ import annotations

from io import BytesIO

import pytest
from font_roboto import font_files
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from offboard.documents.document import DOCX, PDF
from offboard.documents.page import LETTERS, Page, fits_pdf
from offboard.documents.pdf import STYLES
from offboard.emails.markdown import shield

TEXT = """**Bloom** and Ana.

- Łódź, 5 €
- Ελλάδα, Київ

## Accounts

| Account | Left |
| --- | --- |
| Instagram | 29 May |
| {cell} | 28 May |

See https://example.com/here
"""


def read(text: str, title: str = "Closing summary") -> PdfReader:
    return PdfReader(BytesIO(Page(title, text, PDF).render()))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("name", STYLES.values())
def test_every_letter_that_is_promised_has_its_picture(name: str) -> None:
    pictures = TTFont(font_files[name]).getBestCmap()
    promised = {letter for letter in map(chr, range(0x20, 0x10000)) if LETTERS.fullmatch(letter)}
    assert not {letter for letter in promised if ord(letter) not in pictures}
    assert len(promised) > 1_500


@pytest.mark.parametrize(
    ("text", "fits"),
    [("Łódź – “Київ” 5 €", True), ("Ελλάδα", True), ("株式会社", False), ("مخبز", False), ("Thank you 🎉", False)],
)
def test_what_its_type_cannot_show_is_known_before(text: str, *, fits: bool) -> None:
    assert fits_pdf("Title", shield(text)) is fits


def test_the_page_says_what_the_template_says() -> None:
    told = words(read(TEXT.format(cell=shield("Google <b>Profile</b> | **x**"))))
    expected = ("Closing summary", "Bloom and Ana.", "• Łódź, 5 €", "Ελλάδα, Київ", "Account Left", "Instagram 29 May")
    for part in (*expected, "Google <b>Profile</b> | **x** 28 May", "See https://example.com/here"):
        assert part in told


def test_an_address_is_a_link_and_nothing_else_is() -> None:
    (page,) = read(TEXT.format(cell=shield("[click](https://evil.example)"))).pages
    links = [note.get_object()["/A"]["/URI"] for note in page["/Annots"]]
    assert links == ["https://example.com/here"]


def test_a_long_page_goes_on_and_the_same_page_has_the_same_bytes() -> None:
    text = TEXT.format(cell="x") + "\n\n".join(f"Paragraph {n}, with some words." for n in range(120))
    assert len(read(text).pages) > 2
    assert "Paragraph 119" in words(read(text))
    assert Page("T", text, PDF).render() == Page("T", text, PDF).render()
    assert Page("T", text, DOCX).render().startswith(b"PK")
