"""A file's pieces: which kind it is by its first bytes, and what need not be fetched at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath

from offboard.scan.kinds.archive import open_archive
from offboard.scan.kinds.office import read_office
from offboard.scan.kinds.pdf import read_pdf
from offboard.scan.kinds.text import read_csv, read_html, read_text
from offboard.scan.kinds.workbook import read_workbook
from offboard.scan.piece import Piece, UnreadableError

LARGEST = 25 * 1024 * 1024  # bytes of a file that is looked into
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # an XLS of old, or an office file that is locked
UNREADABLE = {  # by the name's ending: need not be fetched
    "a picture": "png jpg jpeg gif webp heic heif tif tiff bmp psd ai eps indd sketch fig xd ico raw cr2 dng",
    "a film": "mp4 mov avi mkv webm m4v wmv mpg mpeg prproj",
    "a sound": "mp3 wav m4a aac ogg flac aif aiff",
    "an archive": "zip rar 7z tar gz tgz bz2",
    "a font": "ttf otf woff woff2",
    "an old or foreign format": "doc ppt pages numbers key rtf epub pub mpp",
}
WHY = {ending: why for why, endings in UNREADABLE.items() for ending in endings.split()}


def why_unreadable(name: str, size: int) -> str:
    """Why a file need not even be fetched: its ending says that it holds no text, or it is too large. Else empty."""
    if size > LARGEST:
        return f"{size // 1_000_000} MB are too much"
    return WHY.get(PurePath(name).suffix.lower().removeprefix("."), "")


def read_pieces(name: str, content: bytes) -> list[Piece]:
    """All text of a file, piece by piece; UnreadableError says why there is none."""
    try:
        return [piece for piece in _reader(name, content)(content) if piece.text.strip()]
    except RecursionError as error:
        raise UnreadableError("it is nested too deep") from error


def _reader(name: str, content: bytes) -> Callable[[bytes], Iterator[Piece]]:
    ending = PurePath(name).suffix.lower()
    if content[:1024].lstrip().startswith(b"%PDF"):
        return read_pdf
    if content.startswith(b"PK"):
        return _read_archive
    if content.startswith(OLD_OFFICE):
        return read_workbook
    if ending in (".csv", ".tsv"):
        return read_csv
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if ending in (".html", ".htm") or start.startswith((b"<!doctype html", b"<html")):
        return read_html
    return read_text


def _read_archive(content: bytes) -> Iterator[Piece]:
    names = open_archive(content).namelist()
    if {"xl/workbook.xml", "xl/workbook.bin"} & set(names) or b"opendocument.spreadsheet" in content[:128]:
        return read_workbook(content)
    if any(name.startswith(("word/", "ppt/")) or name == "content.xml" for name in names):
        return read_office(content)
    raise UnreadableError("it is no kind of file that offboard can read")
