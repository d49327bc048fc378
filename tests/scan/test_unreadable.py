"""Whatever lies in a folder, a look into it ends: with findings, or with why it could not be read."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from offboard.scan.finding import Kind
from offboard.scan.look import look_into
from offboard.scan.read import LARGEST, why_unreadable
from offboard.scan.wanted import Wanted
from tests.scan.documents import MAKE, make_docx, make_pdf, make_xlsx

LINES = ["Password: Sommer2024!", "Reach 18,500"]


def locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf(LINES))))
    writer.encrypt("secret")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return content.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'
UNREAD = {
    "locked.pdf": (locked(), "locked"),
    "torn.pdf": (make_pdf(LINES)[:200], "broken"),
    "empty.pdf": (b"%PDF-1.4", "broken"),
    "scan.pdf": (make_pdf([]), "pictures of text"),
    "torn.docx": (make_docx(LINES)[:800], "broken"),
    "torn.xlsx": (make_xlsx(LINES)[:800], "broken"),
    "bomb.xlsx": (zipped(xl__workbook_xml=bytes(300_000_000)), "unpacks to 300 MB"),
    "bomb.docx": (zipped(word__document_xml=bytes(300_000_000)), "unpacks to 300 MB"),
    "laughs.docx": (zipped(word__document_xml=LAUGHS), "broken"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "broken"),
    "thing.bin": (bytes(range(256)) * 8, "no kind of file"),
    "thing.zip": (zipped(readme=b"Password: Sommer2024!"), "no kind of file"),
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_read_says_why(name: str, wanted: Wanted) -> None:
    content, why = UNREAD[name]
    looked = look_into(name, content, wanted)
    assert why in looked.unread
    assert not looked.findings


def test_pictures_films_and_what_is_too_large_need_not_be_fetched() -> None:
    assert why_unreadable("Reach.PNG", 10) == "a picture"
    assert why_unreadable("Reel.mp4", 10) == "a film"
    assert why_unreadable("Numbers.xlsx", 300_000_000) == "300 MB are too much"
    assert why_unreadable("Numbers.xlsx", LARGEST) == ""


@settings(max_examples=150)
@given(kind=st.sampled_from(sorted(MAKE)), cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=4))
def test_a_file_that_went_wrong_anywhere_never_breaks_the_look(
    kind: str, cuts: list[tuple[float, bytes]], wanted: Wanted
) -> None:
    content = bytearray(MAKE[kind](LINES))
    for where, wrong in cuts:
        at = int(where * len(content))
        content[at : at + len(wrong)] = wrong
    look_into(f"file.{kind}", bytes(content), wanted)


def test_a_files_kind_is_told_by_its_bytes_and_not_by_its_name(wanted: Wanted) -> None:
    for kind in ("pdf", "docx", "xlsx", "html"):
        found = look_into("file", MAKE[kind](LINES), wanted).findings
        assert [finding.kind for finding in found] == [Kind.PASSWORD], kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_that_programs_write(encoding: str, wanted: Wanted) -> None:
    content = "Zugänge\nPasswörter: Größe#77\n".encode(encoding)
    (finding,) = look_into("a.txt", content, wanted).findings
    assert finding.place == "line 2"
