"""Uploads on their way into a file: as they are, or converted into one of Google's own types."""

from __future__ import annotations

import mimetypes

from offboard.sandbox.call import Media
from offboard.sandbox.drive.contents import put_content
from offboard.sandbox.drive.formats import DOCUMENT, IMPORTS, XLSX
from offboard.sandbox.drive.prose import pack_blocks, read_html, read_text
from offboard.sandbox.drive.store import SPREADSHEET, File
from offboard.sandbox.drive.workbook import Unreadable, read_rows
from offboard.sandbox.refusal import Refusal
from offboard.sandbox.sheets import for_drive
from offboard.sandbox.state import State

UNKNOWN = "application/octet-stream"
TABLES = ("text/csv", "text/tab-separated-values", XLSX)


def guess_mime(name: str, media: Media | None) -> str:
    """The type of an upload whose metadata does not name one."""
    if media is None or media.mime not in ("", UNKNOWN):
        return media.mime if media else UNKNOWN
    return mimetypes.guess_type(name)[0] or UNKNOWN


def make_content(state: State, found: File, media: Media | None) -> None:
    """Fill a new file: with what was uploaded, or with what an empty one of its type has."""
    if found.mime == SPREADSHEET:
        for_drive.create(state, found.id)
    if media is not None:
        put_upload(state, found, media)
    elif found.mime == DOCUMENT or not found.native:
        put_content(state, found.id, b"", None if found.native else found.name)


def put_upload(state: State, found: File, media: Media) -> None:
    """Make an upload the content of a file, converted where the file is of one of Google's types."""
    if found.mime == SPREADSHEET:
        _put_table(state, found, media)
    elif found.mime == DOCUMENT:
        put_content(state, found.id, _document(found, media))
    elif not found.native:
        put_content(state, found.id, media.content, found.name)
    elif media.content:
        raise _unsupported(media.mime, found.mime)


def _put_table(state: State, found: File, media: Media) -> None:
    if media.mime not in TABLES:
        raise _unsupported(media.mime, found.mime)
    try:
        rows = read_rows(media.content, media.mime)
    except Unreadable:
        raise Refusal(400, "Bad Request", reason="badRequest") from None
    for_drive.import_table(state, found.id, rows)


def _document(found: File, media: Media) -> bytes:
    text = media.content.decode("utf-8", "replace")
    if media.mime == "text/plain":
        blocks = read_text(text)
    elif media.mime == "text/html":
        blocks = read_html(text)
    else:
        raise _unsupported(media.mime, found.mime)
    return pack_blocks(blocks)


def _unsupported(source: str, target: str) -> Refusal:
    if target in IMPORTS.get(source, []):
        return Refusal(501, f"The sandbox does not convert {source} to {target}.", reason="notImplemented")
    return Refusal(400, "Bad Request", reason="badRequest")
