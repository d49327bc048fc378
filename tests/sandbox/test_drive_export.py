"""Docs and Sheets: converted when they are uploaded, exported as files that other programs read."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offboard.sandbox.drive.pdf import render_document, render_sheets
from offboard.sandbox.drive.prose import pack_blocks, read_html, read_text, unpack_blocks, write_html, write_text
from offboard.sandbox.sheets.for_drive import Shown
from tests.sandbox.caller import Caller
from tests.sandbox.drive_calls import (
    DOCUMENT,
    FILES,
    FOLDER,
    SPREADSHEET,
    UPLOAD,
    look,
    make,
    refused,
    share,
    upload,
)

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = """<html><head><title>no</title><style>p {}</style></head><body><h1>Report &amp; <i>more</i></h1>
<p>Söhne earn   5 €<br>a day</p><script>no()</script><ul><li>one</li><li>two</li></ul>
<table><tr><th>Month</th><th>Sum</th></tr><tr><td>May</td><td></td></tr></table></body></html>"""
CSV = 'name,sum,when\r\nSöhne,"1,5",2026-05-21\r\n=1+1,TRUE,007\r\n'


def export(caller: Caller, file_id: str, mime: str) -> Any:
    return caller.call("GET", f"{FILES}/{file_id}/export", mimeType=mime)


def text_of(caller: Caller, file_id: str) -> str:
    return str(export(caller, file_id, "text/plain").content.decode("utf-8-sig"))


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


class TestDocument:
    def test_a_page_becomes_a_doc_and_text_and_pdf_with_the_same_words(self, ana: Caller) -> None:
        file_id = make(ana, "Report", content=PAGE.encode(), mime="text/html", mimeType=DOCUMENT)
        text = export(ana, file_id, "text/plain")
        assert text.content.decode() == (
            "\ufeffReport & more\r\nSöhne earn 5 €\na day\r\n* one\r\n* two\r\nMonth\tSum\r\nMay\t"
        )
        shown = words(export(ana, file_id, PDF).content)
        for part in ("Report & more", "Söhne earn 5 €", "one", "Month"):
            assert part in shown
        assert "no()" not in shown

    def test_a_text_becomes_a_doc_line_by_line(self, ana: Caller) -> None:
        told = "First\n\n  indented  twice\n<b>"
        file_id = make(ana, "Notes", content=told.encode(), mimeType=DOCUMENT)
        assert look(ana, file_id)["mimeType"] == DOCUMENT
        assert text_of(ana, file_id) == told.replace("\n", "\r\n")
        assert "<p>&lt;b&gt;</p>" in export(ana, file_id, "text/html").text

    def test_an_empty_one_can_be_exported_and_written_over(self, ana: Caller) -> None:
        file_id = make(ana, "Empty", mimeType=DOCUMENT)
        assert export(ana, file_id, "text/plain").content.decode() == "\ufeff"
        assert len(pypdf.PdfReader(io.BytesIO(export(ana, file_id, PDF).content)).pages) == 1
        ana.call(
            "PATCH", f"{UPLOAD}/{file_id}", data=b"now", headers={"Content-Type": "text/plain"}, uploadType="media"
        )
        assert text_of(ana, file_id) == "now"

    def test_a_copy_has_the_same_words(self, ana: Caller) -> None:
        file_id = make(ana, "a", content=b"words", mimeType=DOCUMENT)
        copied = ana.call("POST", f"{FILES}/{file_id}/copy", json={}).json()["id"]
        assert text_of(ana, copied) == "words"

    def test_a_long_one_goes_over_several_pages_with_letters_of_every_kind(self) -> None:
        pdf = render_document(read_text("Łukasz Žižek owes 5 € – “now” 日本\n" * 200), "Ünïcode")
        assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) > 2
        assert "Lukasz Žižek owes 5 € – “now” ??" in words(pdf)


class TestSpreadsheet:
    def test_a_csv_becomes_a_sheet_whose_cells_are_typed(self, ana: Caller) -> None:
        file_id = make(ana, "Sums", content=CSV.encode(), mime="text/csv", mimeType=SPREADSHEET)
        values = ana.call("GET", f"/v4/spreadsheets/{file_id}/values/A1:C3").json()["values"]
        assert values[1][0] == "Söhne"
        assert values[2][:2] == ["2", "TRUE"]

    def test_it_is_exported_as_csv_xlsx_and_pdf(self, ana: Caller) -> None:
        file_id = make(ana, "Sums", content=b"name,sum\nS\xc3\xb6hne,2\n", mime="text/csv", mimeType=SPREADSHEET)
        rows = list(csv.reader(io.StringIO(export(ana, file_id, "text/csv").content.decode())))
        assert rows == [["name", "sum"], ["Söhne", "2"]]
        assert export(ana, file_id, "text/tab-separated-values").content.decode() == "name\tsum\r\nSöhne\t2"
        book = openpyxl.load_workbook(io.BytesIO(export(ana, file_id, XLSX).content))
        assert list(book.worksheets[0].iter_rows(values_only=True)) == [("name", "sum"), ("Söhne", 2)]
        assert "Söhne" in words(export(ana, file_id, PDF).content)

    def test_an_exported_workbook_can_be_uploaded_as_a_sheet_again(self, ana: Caller) -> None:
        first = make(ana, "Sums", content=b"a,=x\n,1.5\n", mime="text/csv", mimeType=SPREADSHEET)
        content = export(ana, first, XLSX).content
        second = make(ana, "Again", content=content, mime=XLSX, mimeType=SPREADSHEET)
        assert export(ana, second, "text/csv").text == export(ana, first, "text/csv").text

    def test_one_made_by_drive_is_one_in_sheets_under_the_same_name(self, ana: Caller) -> None:
        file_id = make(ana, "By Drive", mimeType=SPREADSHEET)
        path = f"/v4/spreadsheets/{file_id}"
        assert ana.call("GET", path).json()["properties"]["title"] == "By Drive"
        ana.call("PATCH", f"{FILES}/{file_id}", json={"name": "Renamed"})
        assert ana.call("GET", path).json()["properties"]["title"] == "Renamed"
        made = ana.call("POST", "/v4/spreadsheets", json={"properties": {"title": "By Sheets"}}).json()
        assert look(ana, made["spreadsheetId"])["name"] == "By Sheets"
        ana.call("DELETE", f"{FILES}/{file_id}")
        assert ana.call("GET", path).status_code == 404

    def test_a_copy_has_the_same_cells_and_a_life_of_its_own(self, ana: Caller) -> None:
        file_id = make(ana, "a", content=b"1,2", mime="text/csv", mimeType=SPREADSHEET)
        copied = ana.call("POST", f"{FILES}/{file_id}/copy", json={"name": None, "mimeType": SPREADSHEET}).json()
        assert copied["name"] == "Copy of a"
        ana.call("DELETE", f"{FILES}/{file_id}")
        assert export(ana, copied["id"], "text/csv").text == "1,2"

    def test_a_copied_csv_can_become_a_sheet(self, ana: Caller) -> None:
        file_id = make(ana, "a.csv", content=b"1,2", mime="text/csv")
        copied = ana.call("POST", f"{FILES}/{file_id}/copy", json={"mimeType": SPREADSHEET}).json()["id"]
        assert export(ana, copied, "text/csv").text == "1,2"

    def test_an_import_over_a_sheet_replaces_it(self, ana: Caller) -> None:
        file_id = make(ana, "a", content=b"old", mime="text/csv", mimeType=SPREADSHEET)
        answer = ana.call(
            "PATCH",
            f"/upload/drive/v3/files/{file_id}",
            data=b"new,1",
            headers={"Content-Type": "text/csv"},
            uploadType="media",
        )
        assert answer.json()["name"] == "a"
        assert export(ana, file_id, "text/csv").text == "new,1"

    def test_wide_and_empty_ones_have_pages_too(self) -> None:
        wide = [[Shown(f"c{n}", f"c{n}") for n in range(40)]]
        pages = pypdf.PdfReader(io.BytesIO(render_sheets([("Wide", wide), ("Empty", [])], "t"))).pages
        assert len(pages) == 4
        assert "c39" in pages[2].extract_text()


@pytest.mark.parametrize(
    ("mime", "wanted", "status", "reason"),
    [
        (DOCUMENT, XLSX, 400, "badRequest"),
        (SPREADSHEET, "text/plain", 400, "badRequest"),
        (DOCUMENT, "nonsense", 400, "badRequest"),
        (DOCUMENT, "application/rtf", 501, "notImplemented"),
        (FOLDER, PDF, 403, "fileNotExportable"),
        ("text/plain", PDF, 403, "fileNotExportable"),
    ],
)
def test_what_google_does_not_export_is_refused(ana: Caller, mime: str, wanted: str, status: int, reason: str) -> None:
    answer = export(ana, make(ana, mimeType=mime), wanted)
    assert refused(answer)[:2] == (status, reason)
    if status == 400:
        assert refused(answer)[2] == "The requested conversion is not supported."


def test_an_export_of_more_than_ten_megabytes_is_refused(ana: Caller) -> None:
    file_id = make(ana, "long", content=b"x" * (10 * 1024 * 1024 + 1), mimeType=DOCUMENT)
    answer = export(ana, file_id, "text/plain")
    assert refused(answer) == (403, "exportSizeLimitExceeded", "This file is too large to be exported.")


def test_readers_of_a_locked_doc_cannot_export_it(ana: Caller, maya: Caller) -> None:
    file_id = make(ana, mimeType=DOCUMENT, copyRequiresWriterPermission=True)
    share(ana, file_id, "maya@bloom.example")
    assert refused(export(maya, file_id, "text/plain"))[:2] == (403, "cannotExportFile")


@pytest.mark.parametrize(
    ("mime", "target", "status"),
    [
        ("image/gif", DOCUMENT, 400),
        ("text/plain", SPREADSHEET, 400),
        ("text/plain", FOLDER, 400),
        ("application/rtf", DOCUMENT, 501),
        (XLSX, SPREADSHEET, 400),
    ],
)
def test_an_upload_that_cannot_be_converted_makes_nothing(ana: Caller, mime: str, target: str, status: int) -> None:
    answer = upload(ana, {"name": "a", "mimeType": target}, b"\x00nonsense", mime)
    assert answer.status_code == status
    assert ana.call("GET", FILES).json()["files"] == []


@pytest.mark.parametrize(
    ("mime", "target"), [("text/csv", SPREADSHEET), (DOCUMENT, "text/csv"), (DOCUMENT, SPREADSHEET)]
)
def test_a_file_is_converted_only_while_it_is_made(ana: Caller, mime: str, target: str) -> None:
    file_id = make(ana, mimeType=mime)
    head = b"--x\r\nContent-Type: application/json\r\n\r\n" + f'{{"mimeType": "{target}"}}'.encode()
    data = head + b"\r\n--x\r\nContent-Type: text/csv\r\n\r\n1,2\r\n--x--\r\n"
    kind = {"Content-Type": "multipart/related; boundary=x"}
    answer = ana.call("PATCH", f"{UPLOAD}/{file_id}", data=data, headers=kind, uploadType="multipart")
    assert (answer.status_code, look(ana, file_id)["mimeType"]) == (400, mime)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_every_text_survives_being_a_doc(text: str) -> None:
    """Only the line ends become all the same, and one at the very end says nothing."""
    blocks = unpack_blocks(pack_blocks(read_text(text)))
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    assert write_text(blocks) == lines.replace("\n", "\r\n")
    render_document(blocks, text)


TAGS = ["<p>", "</p>", "<td>", "<tr>", "</table>", "<li>", "<br>", "a", " ", "<h1>", "<!--", "</li>", "<script>"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(TAGS), max_size=30))
def test_every_heap_of_tags_is_a_doc(parts: list[str]) -> None:
    blocks = read_html("".join(parts))
    assert [block.text for block in read_html(write_html(blocks, "t"))] == [block.text for block in blocks]
    render_document(blocks, "t")
