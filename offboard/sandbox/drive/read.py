"""A file read: its metadata, what is in it, Google's own types as files for everybody, and no comments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from offboard.sandbox.call import Answer, Call, Media
from offboard.sandbox.drive.access import get_downloadable, get_readable, rank_of
from offboard.sandbox.drive.capabilities import can_read_all
from offboard.sandbox.drive.contents import get_content
from offboard.sandbox.drive.formats import DOCUMENT, EXPORTS, PDF, PRESENTATION, XLSX
from offboard.sandbox.drive.pdf import render_document, render_sheets
from offboard.sandbox.drive.prose import Block, unpack_blocks, write_html, write_text
from offboard.sandbox.drive.ready import answers_drive
from offboard.sandbox.drive.resource import DEFAULT, asked_fields, render_file
from offboard.sandbox.drive.store import SPREADSHEET, File
from offboard.sandbox.drive.workbook import write_delimited, write_workbook
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets import for_drive
from offboard.sandbox.sheets.for_drive import Table

LARGEST = 10 * 1024 * 1024  # bytes of an export
BOM = "\ufeff"


@answers_drive("drive.files.get", default_fields=DEFAULT)
def get(call: Call) -> Answer:
    """A file's metadata; with `alt=media`, its bytes."""
    if call.parameters.get("alt") == "media":
        return _download(call)
    return render_file(call, get_readable(call, call.parameters["fileId"]), asked_fields(call))


def _download(call: Call) -> Media:
    found = get_downloadable(call, call.parameters["fileId"])
    if found.native:
        message = "Only files with binary content can be downloaded. Use Export with Docs Editors files."
        raise Refusal(403, message, reason="fileNotDownloadable", location="alt")
    if not can_read_all(found, rank_of(call, found)):
        raise Refusal(403, "This file cannot be downloaded by the user.", reason="cannotDownloadFile")
    return Media(get_content(call.state, found), found.mime, ranged=True)


PROSE: dict[str, Callable[[list[Block], str], bytes]] = {
    PDF: render_document,
    "text/plain": lambda blocks, _: (BOM + write_text(blocks)).encode(),
    "text/html": lambda blocks, title: write_html(blocks, title).encode(),
}
TABLES: dict[str, Callable[[Sequence[Table], str], bytes]] = {
    PDF: render_sheets,
    XLSX: lambda sheets, _: write_workbook(sheets),
    "text/csv": lambda sheets, _: write_delimited(sheets[0], ","),
    "text/tab-separated-values": lambda sheets, _: write_delimited(sheets[0], "\t"),
}


@answers_drive("drive.files.export")
def export(call: Call) -> Answer:
    """A Doc, Sheet or Slides presentation in another type."""
    found, mime = get_downloadable(call, call.parameters["fileId"]), call.parameters["mimeType"]
    if found.mime not in EXPORTS:
        raise Refusal(403, "Export only supports Docs Editors files.", reason="fileNotExportable")
    if not can_read_all(found, rank_of(call, found)):
        raise Refusal(403, "This file cannot be exported by the user.", reason="cannotExportFile")
    if mime not in EXPORTS[found.mime]:
        message = "The requested conversion is not supported."
        raise Refusal(400, message, reason="badRequest", location="convertTo")
    content = _convert(call, found, mime)
    if len(content) > LARGEST:
        raise Refusal(403, "This file is too large to be exported.", reason="exportSizeLimitExceeded")
    return Media(content, mime)


def _convert(call: Call, found: File, mime: str) -> bytes:
    if found.mime == SPREADSHEET and mime in TABLES:
        return _convert_tables(for_drive.export_table(call.state, found.id), mime, found.name)
    if found.mime in (DOCUMENT, PRESENTATION) and mime in PROSE:
        return _convert_prose(get_content(call.state, found), mime, found.name)
    raise Refusal(501, f"The sandbox does not export {found.mime} as {mime}.", reason="notImplemented")


@lru_cache(maxsize=32)
def _convert_tables(tables: tuple[Table, ...], mime: str, title: str) -> bytes:
    return TABLES[mime](tables, title)


@lru_cache(maxsize=32)
def _convert_prose(content: bytes, mime: str, title: str) -> bytes:
    return PROSE[mime](unpack_blocks(content), title)


@answers_drive("drive.comments.list")
def list_comments(call: Call) -> Answer:
    """The comments of a file, of which the sandbox has none; Google wants the fields named."""
    if not call.parameters.get("fields"):
        message = "The 'fields' parameter is required for this method."
        raise Refusal(400, message, reason="required", location="fields")
    get_downloadable(call, call.parameters["fileId"])
    return {"kind": "drive#commentList", "comments": []}
